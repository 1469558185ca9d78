"""Addresses of the desk, below ``/can-bo/``."""

from django.urls import path

from motcua.sites.desk import copy_urls, counter_urls
from motcua.sites.desk.views import (
    bulk,
    correcting,
    dossier,
    files,
    intake,
    notes,
    opinions,
    post,
    register,
    saved,
    shared,
    sheets,
    taking,
    work,
    worklist,
    workload,
)

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
    path("khoi-luong/", workload.load, name="workload"),
    path("nhap-bang/", sheets.runs, name="sheets"),
    path("nhap-bang/luot/<str:run>/", sheets.sheet, name="sheet"),
    path("nhap-bang/luot/<str:run>/can-sua/", sheets.wrong, name="sheet_wrong"),
    path("nhap-bang/<str:procedure>/", sheets.send, name="sheet_send"),
    path("nhap-bang/<str:procedure>/mau/", sheets.template, name="sheet_template"),
    *counter_urls.urlpatterns,
    *copy_urls.urlpatterns,
    path("y-kien/", opinions.listed, name="opinions"),
    path("y-kien/<str:opinion>/", opinions.opinion, name="opinion"),
    path("y-kien/<str:opinion>/tep/<str:paper>/", opinions.paper, name="opinion_paper"),
    path("duoc-chia-se/", shared.listed, name="shared"),
    path("duoc-chia-se/<str:share>/", shared.one, name="shared_one"),
    path("duoc-chia-se/<str:share>/tep/", shared.file, name="shared_file"),
    path("so-theo-doi/", register.register, name="register"),
    path("so-theo-doi/tep/<str:kind>/", register.file, name="register_file"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "in/<str:form>/", files.printed, name="print"),
    path(DOSSIER + "tep/<str:paper>/", files.paper, name="paper"),
    path(DOSSIER + "ket-qua/", files.result, name="result"),
    path(DOSSIER + "ghi-chu/", notes.note, name="note"),
    path(DOSSIER + "ghi-chu/<str:note>/", notes.removed, name="note_removed"),
    path(DOSSIER + "viec/", work.task, name="task"),
    path(DOSSIER + "lay-y-kien/", work.ask, name="ask_opinion"),
    path(DOSSIER + "lay-y-kien/<str:opinion>/rut/", work.withdraw, name="withdraw_opinion"),
    path(DOSSIER + "tra-loi-sua/", correcting.correction, name="correction"),
    path(DOSSIER + "<str:slug>/", dossier.move, name="move"),
]
