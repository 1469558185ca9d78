"""Turns a refusal into a page that says what rule, what to do and whom to ask; below ``/api/`` into problem+json."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from motcua.base.errors import Refused
from motcua.sites.frame import refusals


class RefusalMiddleware:
    """Stands last in ``MIDDLEWARE``, nearest to the views. Everything that is not a `Refused` goes on as it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a `Refused`, with its status; None for any other error."""
        if not isinstance(error, Refused):
            return None
        return refusal_response(request, error)


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks: it gets problem+json, a person gets a page."""
    return request.path.startswith(("/api/", "/en/api/"))


def refusal_response(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page, the part of a page that htmx asked for, or the problem document (RFC 9457), for a refusal."""
    if is_api(request):
        return JsonResponse(refusals.problem(error), status=error.status, content_type="application/problem+json")
    said = refusals.said(error)
    context = {"what": said.what, "do": said.do, "code": error.code, "status": error.status}
    if getattr(request, "htmx", False):
        response = render(request, "frame/refusal.html", context, status=error.status)
        response.headers["HX-Retarget"] = "#thong-bao"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "frame/refused.html", context, status=error.status)
