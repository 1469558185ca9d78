"""Who sits at the desk, at which post, and what was written in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, NotFound
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.people.models import Agency, Officer, Post
from motcua.people.queries import actor_for, officer_of, posts_of
from motcua.sites.frame.templatetags.frame import door

POST_KEY = "post"  # in the session: id of the agency the officer sits at
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Desk:
    """An officer at one post, at the moment of the request; ``agencies`` are all the officer may choose from."""

    officer: Officer
    agency: Agency
    agencies: list[Agency]
    by: Actor
    at: datetime


def signed_in(view: View) -> View:
    """Give the view the posts held today by whoever is signed in; anybody else is led to the sign-in page and back.

    Kept by no cache. Raises `Forbidden` ``officers_only`` for a citizen, ``no_post`` for an officer without any.
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(f"{door(settings.LOGIN_URL)}?{urlencode({'next': _back_to(request)})}")
        posts = posts_of(request.user, on=local(timezone.now()).date())
        if not posts and officer_of(request.user) is None:
            raise Forbidden("officers_only")
        return view(request, posts, *args, **kwargs)

    return answer


def officer_only(view: View) -> View:
    """Give the view the `Desk`. An officer with several posts who chose none yet is asked first.

    Raises as `signed_in`; `Forbidden` ``no_post`` once when the chosen post has ended, and forgets the choice.
    """

    @signed_in
    @wraps(view)
    def answer(request: HttpRequest, posts: list[Post], *args: Any, **kwargs: Any) -> HttpResponseBase:
        agencies = agencies_of(posts)
        chosen = request.session.get(POST_KEY)
        if chosen is None and len(agencies) > 1:
            return redirect(f"{reverse('desk:post')}?{urlencode({'next': _back_to(request)})}")
        at = timezone.now()
        agency = next((each for each in agencies if chosen in {None, str(each.id)}), None)
        if agency is None:
            request.session.pop(POST_KEY, None)
            raise Forbidden("no_post", agency=now_("cơ quan đã chọn"))
        by = actor_for(posts[0].officer, agency, on=local(at).date())
        return view(request, Desk(posts[0].officer, agency, agencies, by, at), *args, **kwargs)

    return answer


def agencies_of(posts: list[Post]) -> list[Agency]:
    """The agencies of the posts, each once. Raises `Forbidden` ``no_post`` when there is none."""
    found = list({post.agency_id: post.agency for post in posts}.values())
    if not found:
        raise Forbidden("no_post", agency=now_("cơ quan nào"))
    return found


def _back_to(request: HttpRequest) -> str:
    """The page to come back to; after a post the worklist, as a post is not sent again."""
    return request.get_full_path() if request.method == "GET" else reverse("desk:worklist")


def asked(request: HttpRequest, name: str, longest: int = 100) -> str:
    """One value of the address, cleaned and cut."""
    return clean(request.GET.get(name, "").replace("\x00", ""))[:longest]


def id_in(text: str | None) -> UUID | None:
    """The identifier in a text, None when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def uuid_of(text: str) -> UUID:
    """The identifier a page posted back. Raises `NotFound` ``not_found`` for anything else."""
    found = id_in(text)
    if found is None:
        raise NotFound("not_found")
    return found
