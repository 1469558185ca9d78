"""Marks the pages that are the same for everybody, so that the front may keep them ready."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

HEADER = "X-Public-Page"  # read and removed by motcua.sites.front; its value is the seconds a page may be kept
KEPT_SECONDS = 300

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Promise that the page depends on its address alone: no session, no user, no message, no token in it.

    The front renders it once without any cookie, keeps it for `KEPT_SECONDS` or until the catalogue changes, and
    hands it to everybody. The promise is checked: a response that looked at the session (``Vary: Cookie``) is never
    kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers[HEADER] = str(KEPT_SECONDS)
        return response

    return answer
