"""Turns a refusal into a page that says what rule, what to do and whom to ask; below ``/api/`` into problem+json."""

import logging
import re
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from motcua.base.errors import Refused
from motcua.sites.frame import refusals

UNREACHABLE = (OperationalError, InterfaceError)  # the database is gone, or too busy to answer
AT_DESK = re.compile(r"(?:/en)?/(?:can-bo|quan-tri)/")
NO_OFFICER = {"officers_only", "designers_only", "leaders_only"}  # told at the desk to whoever has no business there
log = logging.getLogger(__name__)


class Unavailable(Refused):
    """HTTP 503: not now, and it is not the person's fault."""

    status = 503


class MethodNotAllowed(Refused):
    """HTTP 405: a page that is only written to was opened, or the other way round."""

    status = 405


class RefusalMiddleware:
    """Stands last in ``MIDDLEWARE``, nearest to the views. Everything that is not a `Refused` goes on as it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not is_api(request):
            told = refusal_response(request, MethodNotAllowed("page_not_opened_so"))
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a `Refused`, with its status, and to a database that is gone; None for any other error."""
        if isinstance(error, UNREACHABLE):
            return unavailable(request, error)
        if not isinstance(error, Refused):
            return None
        return refusal_response(request, error)


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks: it gets problem+json, a person gets a page."""
    return request.path.startswith(("/api/", "/en/api/"))


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer while the database is gone: 503, kept by no cache. Touches no database."""
    log.warning("%s %s: the database does not answer: %s", request.method, request.path, error)
    response = refusal_response(request, Unavailable("unavailable"))
    response.headers["Retry-After"], response.headers["Cache-Control"] = "10", "no-store"
    return response


def refusal_response(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page, the part of a page that htmx asked for, or the problem document (RFC 9457), for a refusal."""
    if is_api(request):
        return JsonResponse(refusals.problem(error), status=error.status, content_type="application/problem+json")
    said = refusals.said(error)
    officer = AT_DESK.match(request.path) is not None and error.code not in NO_OFFICER
    context = {"what": said.what, "do": said.do, "code": error.code, "status": error.status, "officer": officer}
    if getattr(request, "htmx", False):
        response = render(request, "frame/refusal.html", context, status=error.status)
        response.headers["HX-Retarget"] = "#thong-bao"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "frame/refused.html", context, status=error.status)
