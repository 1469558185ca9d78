"""The API itself: what it is called, what it answers when something is refused, and the door every request goes by."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI

from motcua.base.errors import NotFound
from motcua.sites.api import problems
from motcua.sites.api.problems import Denied

DESCRIPTION = (
    "One door to every administrative procedure: find a procedure, file a dossier, follow it, process it. "
    "The same actions as the pages. Refusals are RFC 9457 problems; their `code` is stable, their words follow "
    "Accept-Language (vi, en)."
)
ROOM = 64 * 1024  # what a multipart body adds to its file
View = Callable[..., HttpResponse]

api = NinjaAPI(
    title="motcua", version="1", description=DESCRIPTION, openapi_url=None, docs_url=None, urls_namespace="api"
)
for error in list(api._exception_handlers):  # the library's own answers are not problem documents
    api.add_exception_handler(error, problems.told)


def answer(value: Any, status: int = 200, *, cache: str = "no-store", **headers: str) -> HttpResponse:
    """``value`` (a struct of ``shapes``) as JSON."""
    response = HttpResponse(msgspec.json.encode(value), status=status, content_type="application/json")
    response["Cache-Control"] = cache
    for name, given in headers.items():
        response[name] = given
    return response


PUBLIC = "public, max-age=60"


def door(view: View) -> View:
    """Every address of the API: the reader's language, limits before anything is read, and problems for all errors."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        head, request.method = request.method == "HEAD", "GET" if request.method == "HEAD" else request.method
        with translation.override(language):
            response = _answered(view, request, *args, **kwargs)
        response["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        if head:
            response.content = b""
        return response

    return enter


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        _must_be_sane(request)
        response = view(request, *args, **kwargs)
    except Exception as error:
        return problems.told(request, error)
    if response.status_code == 405:
        refused = problems.refused(Denied(405, "method_not_allowed", method=request.method))
        refused["Allow"] = response["Allow"]
        return refused
    return response


def _must_be_sane(request: HttpRequest) -> None:
    """Raise what is wrong with a request as a whole, before any of its body is read."""
    if "\0" in request.path or any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
        raise Denied(400, "bad_request")
    upload = request.content_type == "multipart/form-data"
    most = settings.MAX_FILE_BYTES + ROOM if upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most:
        raise Denied(413, "body_too_large", limit_mb=most // 1024 // 1024)


def unknown(request: HttpRequest) -> HttpResponse:
    """Any other address below ``/api/``."""
    raise NotFound("address_unknown", address=request.path[:100])
