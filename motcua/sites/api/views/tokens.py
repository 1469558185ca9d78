"""Signing in as a program."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from motcua.base.worktime import local
from motcua.people.actions import sign_in
from motcua.people.models import Post
from motcua.people.queries import posts_of
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.access import TOKEN_SECONDS, token_for
from motcua.sites.api.describing import operation
from motcua.sites.api.reading import body
from motcua.sites.api.service import answer

router = Router(tags=["access"])


@operation(router, "POST", "/token", shapes.Token, takes=asked.Login)
def token(request: HttpRequest) -> HttpResponse:
    """Sign in with login and password: a token for eight hours. Wrong passwords are rationed as on the page."""
    given, at = body(request, asked.Login), timezone.now()
    account = sign_in(given.login, given.password, request.META.get("REMOTE_ADDR", ""), at=at)
    posts = list(held(posts_of(account, on=local(at).date())))
    kind = "officer" if posts else "citizen"
    return answer(shapes.Token(token_for(account), "Bearer", TOKEN_SECONDS, kind, posts))


def held(posts: Iterable[Post]) -> Iterable[shapes.PostShown]:
    """The posts of an officer, an agency each."""
    agencies = {post.agency.code: post.agency for post in posts}
    for code, agency in agencies.items():
        roles = sorted(post.role for post in posts if post.agency.code == code)
        yield shapes.PostShown(showing.agency(agency), roles)
