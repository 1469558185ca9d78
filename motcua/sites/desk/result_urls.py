"""Addresses of results at the desk: what waits for a signature, the registry of the agency."""

from django.urls import path

from motcua.sites.desk.views import results, signing

RESULT = "ket-qua/<uuid:result>/"
urlpatterns = [
    path("ky-so/", signing.waiting, name="signing"),
    path("ky-so/<uuid:result>/", signing.look, name="sign_look"),
    path("ky-so/<uuid:result>/giao/", signing.give, name="sign_give"),
    path("ket-qua/", results.listed, name="results"),
    path(RESULT, results.result, name="registered"),
    path(RESULT + "tep/", results.document, name="registered_file"),
    path(RESULT + "<str:slug>/", results.change, name="registered_change"),
]
