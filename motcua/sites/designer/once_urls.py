"""Addresses of the once-only report, below ``/quan-tri/ra-soat/``."""

from django.urls import path

from motcua.sites.designer.views import once, once_files

urlpatterns = [
    path("", once.report, name="once"),
    path("tinh-lai/", once.again, name="once_again"),
    path("giay-to/<str:key>/", once.paper, name="once_paper"),
    path("co-so-du-lieu/<str:code>/", once.register, name="once_register"),
    path("thu-tuc/", once.procedures, name="once_procedures"),
    path("thu-tuc/<str:code>/", once.procedure, name="once_procedure"),
    path("thu-tuc/<str:code>/<int:place>/ghi-nhan/", once.known, name="once_known"),
    path("hinh.svg", once_files.picture, name="once_picture"),
    path("hinh-hep.svg", once_files.picture, {"narrow": True}, name="once_picture_narrow"),
    path("bao-cao.json", once_files.as_json, name="once_json"),
    path("bao-cao.csv", once_files.as_csv, name="once_csv"),
    path("bao-cao.xlsx", once_files.as_excel, name="once_excel"),
]
