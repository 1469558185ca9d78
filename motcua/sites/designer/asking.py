"""Who designs, which edition is on the bench, and how a change is written: always against what the page showed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, NotFound
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue import actions
from motcua.catalogue.definition import Definition
from motcua.catalogue.models import Edition
from motcua.catalogue.queries import Plan, plan_of
from motcua.catalogue.rules import publish_problems
from motcua.catalogue.states import DRAFT
from motcua.people.models import Post
from motcua.people.queries import actor_for, posts_of
from motcua.sites.frame.templatetags.frame import door

DESIGNERS = ("administrator", "approver")  # an approver reads, sends back and publishes; the verbs check
LEADERS = (*DESIGNERS, "head")  # who reads what is said about the whole catalogue
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Administrator:
    """Who is at the designer, at the moment of the request."""

    by: Actor
    at: datetime


@dataclass
class Workbench:
    """One edition on the bench. ``plan`` holds its definition and form; a draft is read anew at each request."""

    by: Actor
    at: datetime
    edition: Edition
    plan: Plan

    @property
    def definition(self) -> Definition:
        """What the edition says now."""
        return self.plan.definition

    @property
    def seen(self) -> str:
        """The content hash a page must post back: ``<input type="hidden" name="seen">``."""
        return self.edition.content_hash

    @property
    def open(self) -> bool:
        """Whether this person may change it now."""
        return self.edition.state == DRAFT and "administrator" in self.by.roles

    @cached_property
    def problems(self) -> list[str]:
        """Why it could not be published, in English, each beginning with its place."""
        return publish_problems(self.definition)

    def address(self, name: str, **more: Any) -> str:
        """The address of a page of this bench: ``bench.address("form")``."""
        return reverse(f"designer:{name}", kwargs={"edition": self.edition.id, **more})

    def revise(self, definition: Definition, request: HttpRequest) -> None:
        """Write a changed definition, against what the page showed (``seen`` in the post). Raises as the verb does."""
        seen = request.POST.get("seen", "")
        self.edition = actions.revise(self.edition, definition, by=self.by, at=self.at, seen=seen)
        self.plan = plan_of(self.edition)
        self.__dict__.pop("problems", None)


def administrator_only(view: View) -> View:
    """Give the view the `Administrator`; anybody else is led to the sign-in page and back. Kept by no cache.

    Raises `Forbidden` ``designers_only``.
    """
    return _for(DESIGNERS, "designers_only", view)


def leaders_only(view: View) -> View:
    """The same for whoever leads, heads of departments among them. Raises `Forbidden` ``leaders_only``."""
    return _for(LEADERS, "leaders_only", view)


def _for(roles: tuple[str, ...], refusal: str, view: View) -> View:
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else reverse("designer:procedures")
            return redirect(f"{door(settings.LOGIN_URL)}?{urlencode({'next': back})}")
        at = timezone.now()
        post = _post(posts_of(request.user, on=local(at).date()), roles, refusal)
        by = actor_for(post.officer, post.agency, on=local(at).date())
        return view(request, Administrator(by, at), *args, **kwargs)

    return answer


def _post(posts: list[Post], roles: tuple[str, ...], refusal: str) -> Post:
    for role in roles:
        if found := next((post for post in posts if post.role == role), None):
            return found
    raise Forbidden(refusal)


def workbench(view: View) -> View:
    """Give the view the `Workbench` of the edition in the address. Raises `NotFound` ``edition_unknown``."""

    @administrator_only
    @wraps(view)
    def answer(
        request: HttpRequest, who: Administrator, edition: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        found = Edition.objects.filter(id=edition).select_related("procedure").first()
        if found is None:
            raise NotFound("edition_unknown")
        return view(request, Workbench(who.by, who.at, found, plan_of(found)), *args, **kwargs)

    return answer


def asked(request: HttpRequest, name: str, longest: int = 200) -> str:
    """One value of the address, cleaned and cut."""
    return clean(request.GET.get(name, "").replace("\x00", ""))[:longest]
