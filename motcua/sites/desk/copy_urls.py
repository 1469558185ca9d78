"""Addresses of certified copies: the queue and the counter, one copy, the register book."""

from django.urls import path

from motcua.sites.desk.views import copies, copy_book

COPY = "chung-thuc/<str:copy>/"
urlpatterns = [
    path("chung-thuc/", copies.listed, name="copies"),
    path("chung-thuc/so/", copy_book.book, name="copy_book"),
    path("chung-thuc/so/tep/", copy_book.excel, name="copy_book_file"),
    path(COPY, copies.copy, name="copy"),
    path(COPY + "xem/", copies.preview, name="copy_preview"),
    path(COPY + "ban-sao/", copies.document, name="copy_document"),
    path(COPY + "bien-lai/", copies.receipt, name="copy_receipt"),
    path(COPY + "ban-quet/<int:place>/", copies.scan, name="copy_scan"),
    path(COPY + "<str:slug>/", copies.act, name="copy_act"),
]
