"""Addresses of the API: ``/api/v1/…``, its description, and a problem document for everything else."""

from django.urls import URLPattern, include, path, re_path

from motcua.sites.api import credentials
from motcua.sites.api.callbacks import callback
from motcua.sites.api.describing import openapi
from motcua.sites.api.service import api, door, unknown
from motcua.sites.api.views import catalogue, dossiers, moves, opinions, payments, public, tokens

for module in (tokens, catalogue, dossiers, moves, opinions, payments, public):
    api.add_router("", module.router)


def _doored() -> list[URLPattern]:
    """The router's addresses, each behind the door; the library's own front page is left out."""
    found = [each for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    for pattern in found:
        pattern.callback = door(pattern.callback)
    return found


app_name = "api"
urlpatterns = [
    path("v1/openapi.json", door(openapi), name="openapi"),
    path("v1/", include(_doored())),
    path("thanh-toan/<str:provider>/", door(callback), name="callback"),
    path("ket-qua/kiem-chung", door(credentials.verify), name="credential_verify"),
    path("ket-qua/trang-thai/<uuid:result>", door(credentials.status), name="credential_status"),
    re_path("", door(unknown)),
]
