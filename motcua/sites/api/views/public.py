"""What anybody may ask: the status of a dossier by its code, and whether a result is genuine."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from motcua.base.numbering import parse_code
from motcua.base.worktime import local
from motcua.dossiers.queries import standing_by_code
from motcua.results.queries import verified
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.describing import operation
from motcua.sites.api.reading import query
from motcua.sites.api.service import answer

router = Router(tags=["public"])


@operation(router, "GET", "/status/{code}", shapes.Status)
def status(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """Where a dossier stands, by the code on its receipt; nothing about any person."""
    parse_code(code)
    return answer(showing.status(standing_by_code(code)))


@operation(router, "GET", "/results/verify", shapes.Verified, takes=asked.Verification)
def verify(request: HttpRequest) -> HttpResponse:
    """Whether this node issued the result with this number and check code. Both must fit."""
    given = query(request, asked.Verification)
    return answer(showing.verified(verified(given.number, given.code), local(timezone.now()).date()))
