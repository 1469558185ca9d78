"""Addresses of money at the desk: bills of a dossier, tills, reconciliation."""

from django.urls import path

from motcua.sites.desk.views import money, reconciling

BILL = "ho-so/<str:code>/thu/<str:number>/"
urlpatterns = [
    path(BILL + "bien-lai/", money.receipt, name="bill_receipt"),
    path(BILL + "<str:slug>/", money.act, name="bill_act"),
    path("ho-so/<str:code>/khong-thu/", money.exempt, name="exempt"),
    path("thu-tien/", money.till, name="till"),
    path("thu-tien/may-the/", reconciling.terminal, name="terminal"),
    path("doi-soat/", reconciling.listed, name="reconciling"),
    path("doi-soat/sao-ke/", reconciling.statement, name="statement"),
    path("doi-soat/<uuid:row>/", reconciling.one, name="reconciliation"),
]
