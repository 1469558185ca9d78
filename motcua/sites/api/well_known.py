"""Addresses that standards fix: the keys and the DID document by which anybody checks what this node signed."""

from django.urls import path

from motcua.sites.api import credentials
from motcua.sites.api.service import door

urlpatterns = [
    path("jwks.json", door(credentials.key_set), name="jwks"),
    path("did.json", door(credentials.did_document), name="did"),
]
