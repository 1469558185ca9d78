"""Who is asking, in which language, on which day, and what was written in the address."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from motcua.base.errors import Forbidden, NotFound
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.people.queries import citizen_of

View = Callable[..., HttpResponseBase]


def citizen_only(view: View) -> View:
    """Give the view the signed-in citizen; anybody else is led to the sign-in page and back.

    The page is kept by no cache. Raises `Forbidden` ``citizens_only`` for an officer's account.
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('portal:sign_in')}?{urlencode({'next': back_to(request)})}")
        who = citizen_of(request.user)
        if who is None:
            raise Forbidden("citizens_only")
        return view(request, who, *args, **kwargs)

    return answer


def back_to(request: HttpRequest) -> str:
    """Where to go on after signing in: the page asked for; after a post the account, as a post is not sent again."""
    return request.get_full_path() if request.method == "GET" else reverse("portal:account")


def asked(request: HttpRequest, name: str, longest: int = 200) -> str:
    """One value of the address, cleaned and cut: nothing a person types there can break a page."""
    return clean(request.GET.get(name, "").replace("\x00", ""))[:longest]


def today() -> date:
    """The legal day: the date in Vietnam now."""
    return local(timezone.now()).date()


def uuid_of(text: str) -> UUID:
    """The identifier a page posted back. Raises `NotFound` ``not_found`` for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("not_found") from None


def seen_in(request: HttpRequest) -> int | None:
    """What the page showed, so that somebody who acted in between is noticed."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
