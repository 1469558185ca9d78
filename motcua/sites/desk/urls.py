"""Addresses of the desk, below ``/can-bo/``."""

from django.urls import path

from motcua.sites.desk.views import bulk, dossier, files, intake, notes, post, register, saved, taking, worklist

app_name = "desk"
DOSSIER = "ho-so/<str:code>/"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("tep/", taking.excel, name="excel"),
    path("hang-loat/<str:slug>/", bulk.together, name="together"),
    path("danh-sach/", saved.saved, name="saved"),
    path("danh-sach/<str:view>/", saved.change, name="saved_change"),
    path("vi-tri/", post.post, name="post"),
    path("tiep-nhan-moi/", intake.choose, name="choose"),
    path("tiep-nhan-moi/xong/<str:code>/", intake.taken, name="taken"),
    path("tiep-nhan-moi/<str:procedure>/", intake.intake, name="intake"),
    path("so-theo-doi/", register.register, name="register"),
    path("so-theo-doi/tep/<str:kind>/", register.file, name="register_file"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "in/<str:form>/", files.printed, name="print"),
    path(DOSSIER + "tep/<str:paper>/", files.paper, name="paper"),
    path(DOSSIER + "ket-qua/", files.result, name="result"),
    path(DOSSIER + "ghi-chu/", notes.note, name="note"),
    path(DOSSIER + "ghi-chu/<str:note>/", notes.removed, name="note_removed"),
    path(DOSSIER + "<str:slug>/", dossier.move, name="move"),
]
