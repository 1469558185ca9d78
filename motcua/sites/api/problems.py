"""What a program is told when something is refused: RFC 9457, with the sentences that pages use."""

import logging
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from ninja.errors import HttpError, ValidationError

from motcua.base.errors import NotFound, Refused
from motcua.forms import Fault
from motcua.sites.frame import refusals
from motcua.sites.frame.middleware import UNREACHABLE

KIND = "application/problem+json"
TOO_LARGE = (RequestDataTooBig, TooManyFilesSent)
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnicodeError)
log = logging.getLogger("django.request")


class Denied(Refused):
    """A refusal that only a program meets, with the HTTP status that says it best."""

    def __init__(self, status: int, code: str, **details: Any) -> None:
        super().__init__(code, **details)
        self.status = status


def told(request: HttpRequest, error: Any) -> HttpResponse:
    """The problem document for anything that was raised."""
    return refused(error) if isinstance(error, Refused) else failed(request, error)


def refused(error: Refused) -> HttpResponse:
    """The problem document for a refusal; ``fields`` says per place what is wrong there."""
    fields = error.details.get("fields")
    shown = {key: value for key, value in error.details.items() if not isinstance(fields, Mapping) or key != "fields"}
    problem = refusals.problem(error) | {"details": {key: refusals.plain(value) for key, value in shown.items()}}
    if isinstance(fields, Mapping):
        problem["fields"] = {str(place): sentence(fault) for place, fault in fields.items()}
    response = HttpResponse(orjson.dumps(problem), status=error.status, content_type=KIND)
    response["Cache-Control"] = "no-store"
    if error.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="motcua"'
    return response


def sentence(fault: object) -> str:
    """What is wrong with one field, in the reader's language."""
    return fault.sentence(get_language() or "vi") if isinstance(fault, Fault) else str(fault)


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to anything else that was raised: what the request did wrong, or a 500 that tells nothing."""
    if isinstance(error, TOO_LARGE):
        return refused(Denied(413, "body_too_large", limit_mb=2))
    if isinstance(error, UNREADABLE):
        return refused(Denied(400, "bad_request"))
    if isinstance(error, Http404 | ValidationError):  # the library checks addresses only: bodies are read by us
        return refused(NotFound("not_found"))
    if isinstance(error, HttpError):
        return refused(Denied(error.status_code, HTTP_CODES.get(error.status_code, "bad_request")))
    if isinstance(error, UNREACHABLE):
        log.warning("API: %s %s: the database does not answer: %s", request.method, request.path, error)
        response = refused(Denied(503, "unavailable"))
        response["Retry-After"] = "10"
        return response
    log.error("API: %s %s failed", request.method, request.path, exc_info=error)
    return refused(Denied(500, "server_error"))


HTTP_CODES = {401: "signed_out", 403: "csrf"}  # what the library itself raises
