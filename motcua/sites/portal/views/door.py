"""Signing up, in and out."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.base.errors import Refused
from motcua.people import actions
from motcua.people.models import Account
from motcua.people.queries import officer_of
from motcua.sites.frame.words import english
from motcua.sites.portal.asking import asked
from motcua.sites.portal.forms import SignIn, SignUp

BACKEND = "motcua.people.queries.Sessions"
DESK = "/can-bo/"


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a login and a password; on a demo node the accounts to try stand beside it."""
    onward, form, status = local_next(request), SignIn(request.POST or None), 200
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(onward or "portal:account")
    if request.method == "POST" and form.is_valid():
        given, address = form.cleaned_data, request.META.get("REMOTE_ADDR", "")
        try:
            account = actions.sign_in(given["login"], given["password"], address, at=timezone.now())
        except Refused as no:
            status = form.refuse(no)
        else:
            return enter(request, account, onward)
    elif request.method == "POST":
        status = 422
    context = {"form": form, "fields": _filled(request, form), "onward": onward, **demo()}
    return render(request, "portal/sign_in.html", context, status=status)


@never_cache
@sensitive_post_parameters("password")
def sign_up(request: HttpRequest) -> HttpResponse:
    """Open a citizen's account, and be signed in with it."""
    onward, form, status = local_next(request), SignUp(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            who = actions.sign_up(given["login"], given["password"], form.person, at=timezone.now())
        except Refused as no:
            status = form.refuse(no)
        else:
            assert who.account is not None
            return enter(request, who.account, onward)
    elif request.method == "POST":
        status = 422
    return render(request, "portal/sign_up.html", {"form": form, "onward": onward}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("portal:home")


def enter(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    """Begin a session under a new key, and go on: an officer to the desk, a citizen to the page first asked for."""
    login(request, account, backend=BACKEND)
    if officer_of(account):
        desk = f"/en{DESK}" if english() else DESK
        return redirect(onward if DESK in onward else desk)
    return redirect(onward or "portal:account")


def local_next(request: HttpRequest) -> str:
    """The page to go on to, if it is one of ours; else empty: nobody is sent to another site from here."""
    onward = (request.POST.get("next") or request.GET.get("next") or "")[:500]
    ours = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return onward if ours else ""


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((settings.DATA / "people.yaml").read_bytes())
    return found


def demo() -> dict[str, Any]:
    """The accounts and the password of a demo node; nothing on any other."""
    if not settings.DEMO:
        return {}
    people = _shipped()
    speech = "en" if english() else "vi"
    citizens = [(each["login"], each["full_name"], each["about"][speech]) for each in people["citizens"]]
    officers = [(each["login"], each["full_name"], each["title"]) for each in people["officers"]]
    return {"demo": {"password": people["password"], "citizens": citizens, "officers": officers}}


def _filled(request: HttpRequest, form: SignIn) -> list[Any]:
    """The two boxes; on a demo node filled by a link with one of the accounts listed there."""
    chosen = asked(request, "dien", 64)
    known = demo().get("demo", {"citizens": [], "officers": [], "password": ""})
    if chosen not in {account for account, *_ in [*known["citizens"], *known["officers"]]}:
        return form.views
    name, password = form.views
    shown = tuple({**dict(password.attributes), "type": "text"}.items())
    return [replace(name, value=chosen), replace(password, value=known["password"], attributes=shown)]
