"""Addresses of the desk, below ``/can-bo/``."""

from django.urls import path

from motcua.sites.desk.views import dossier, files, intake, post, register, worklist

app_name = "desk"
DOSSIER = "ho-so/<str:code>/"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("vi-tri/", post.post, name="post"),
    path("tiep-nhan-moi/", intake.choose, name="choose"),
    path("tiep-nhan-moi/<str:procedure>/", intake.intake, name="intake"),
    path("so-theo-doi/", register.register, name="register"),
    path("so-theo-doi/tep/<str:kind>/", register.file, name="register_file"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "in/<str:form>/", files.printed, name="print"),
    path(DOSSIER + "tep/<str:paper>/", files.paper, name="paper"),
    path(DOSSIER + "ket-qua/", files.result, name="result"),
    path(DOSSIER + "<str:slug>/", dossier.move, name="move"),
]
