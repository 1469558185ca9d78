"""Addresses of the portal."""

from django.urls import path

from motcua.sites.portal.views import (
    account,
    door,
    dossier,
    drafts,
    finding,
    home,
    papers,
    procedure,
    review,
    sections,
    tracking,
)

app_name = "portal"
DRAFT = "ho-so-nhap/<uuid:draft>/"
DOSSIER = "ho-so/<str:code>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("tim-kiem/", finding.search, name="search"),
    path("su-kien/<str:code>/", home.event, name="event"),
    path("linh-vuc/", home.fields, name="fields"),
    path("linh-vuc/<str:code>/", home.field, name="field"),
    path("thu-tuc/", home.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", procedure.procedure, name="procedure"),
    path("tra-cuu/", tracking.track, name="track"),
    path("ket-qua/", tracking.verify, name="verify"),
    path("dang-nhap/", door.sign_in, name="sign_in"),
    path("dang-ky/", door.sign_up, name="sign_up"),
    path("dang-xuat/", door.sign_out, name="sign_out"),
    path("nop/<str:procedure>/", drafts.start, name="start"),
    path(DRAFT, drafts.draft, name="draft"),
    path(DRAFT + "to-khai/<str:section>/", sections.section, name="section"),
    path(DRAFT + "noi-nop/", drafts.filing, name="filing"),
    path(DRAFT + "giay-to/", papers.papers, name="papers"),
    path(DRAFT + "kiem-tra/", review.review, name="review"),
    path(DRAFT + "nop/", review.file, name="file"),
    path(DRAFT + "xoa/", drafts.discard, name="discard"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "bo-sung/", dossier.supplement, name="supplement"),
    path(DOSSIER + "rut/", dossier.withdraw, name="withdraw"),
    path(DOSSIER + "tep/<str:paper>/", dossier.paper, name="paper"),
    path(DOSSIER + "ket-qua/", dossier.result, name="result"),
    path(DOSSIER + "giay-tiep-nhan/", dossier.receipt, name="receipt"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/thong-bao/", account.inbox, name="inbox"),
    path("tai-khoan/thong-bao/da-doc/", account.mark_read, name="mark_read"),
    path("tai-khoan/thong-tin/", account.profile, name="profile"),
]
