"""Pages of the frame itself: errors in the manner of every other page, and the page of components."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.sites.frame.middleware import UNREACHABLE, refusal_response, unavailable
from motcua.sites.frame.public import public_page
from motcua.sites.frame.showcase import everything

PLAIN = (
    "<!doctype html><html lang=vi><meta charset=utf-8><title>Lỗi hệ thống</title>"
    "<p>Hệ thống gặp lỗi. Hãy thử lại sau ít phút. / Something failed here. Please try again in a few minutes."
)


class BadRequest(Refused):
    """HTTP 400."""

    status = 400


class TooLarge(Invalid):
    """HTTP 413."""

    status = 413


class ServerError(Refused):
    """HTTP 500."""

    status = 500


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when Django stopped reading because the request was too large (``handler400``)."""
    if "TooBig" in type(exception).__name__ or "TooMany" in type(exception).__name__:
        return too_large(request)
    return refusal_response(request, BadRequest("bad_request"))


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    limit = settings.MAX_FILE_BYTES // (1024 * 1024)
    return refusal_response(request, TooLarge("too_large", limit=limit))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403 (``handler403``)."""
    return refusal_response(request, Forbidden("forbidden"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404 (``handler404``)."""
    return refusal_response(request, NotFound("not_found"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is gone (``handler500``). Touches no database, nor the layout if that is broken."""
    error = sys.exc_info()[1]
    try:
        if isinstance(error, UNREACHABLE):
            return unavailable(request, error)
        return refusal_response(request, ServerError("server_error"))
    except Exception:
        return HttpResponse(PLAIN, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form's token was missing or old (``CSRF_FAILURE_VIEW``)."""
    return refusal_response(request, Forbidden("csrf"))


@public_page
def khung(request: HttpRequest) -> HttpResponse:
    """Every component with all its states."""

    return render(request, "frame/khung.html", everything())
