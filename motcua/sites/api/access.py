"""Who asks. Programs carry a signed token, browsers their session with its CSRF token; officers act from one post."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from ninja.security import APIKeyCookie, HttpBearer

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid
from motcua.base.worktime import local
from motcua.people import rules
from motcua.people.models import Account, Agency, Citizen, Post
from motcua.people.queries import Sessions, actor_for, citizen_actor, citizen_of, posts_of
from motcua.sites.api.problems import Denied

TOKEN_SECONDS = 8 * 3600
SALT = "motcua.api.token"


@dataclass(frozen=True)
class Caller:
    """Who sent this request, and when it came; one moment for everything the request does."""

    actor: Actor
    at: datetime
    citizen: Citizen | None = None
    agency: Agency | None = None
    account: Account | None = field(default=None, repr=False)


class Bearer(HttpBearer):
    """``Authorization: Bearer`` with a token from ``POST /token``."""

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The caller; None without the header. Any other scheme and any bad token is refused at once."""
        given = request.headers.get("Authorization", "")
        scheme, _blank, token = given.partition(" ")
        if not given:
            return None
        if scheme.lower() != "bearer":
            raise Denied(401, "token_invalid")
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller behind ``token``. Raises `Denied` ``token_invalid`` (401), and as `caller`."""
        return caller(account_of(token), request)


class Session(APIKeyCookie):
    """The session of a signed-in person; requests that change something need ``X-CSRFToken``."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The caller; None without a session cookie."""
        return super().__call__(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:  # noqa: ARG002
        """The caller behind the session, None when it has ended."""
        account = request.user
        return caller(account, request) if isinstance(account, Account) else None


SIGNED_IN: list[Any] = [Bearer(), Session()]


def token_for(account: Account) -> str:
    """A token for eight hours; a new password ends it."""
    return signing.dumps({"account": str(account.id), "password": fingerprint(account)}, salt=SALT)


def account_of(token: str) -> Account:
    """The account a token was made for. Raises `Denied` ``token_invalid`` (401)."""
    try:
        read = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        raise Denied(401, "token_invalid") from None
    account = Sessions().get_user(read["account"])
    if account is None or not constant_time_compare(read["password"], fingerprint(account)):
        raise Denied(401, "token_invalid")
    return account


def fingerprint(account: Account) -> str:
    """Something that changes with the password and tells nothing about it."""
    return account.get_session_auth_hash()[:20]


def caller(account: Account, request: HttpRequest) -> Caller:
    """The citizen, or the officer at the post that ``X-Agency`` names. Three queries at most.

    Raises `Forbidden` ``no_post``, `Denied` ``post_not_chosen`` (400) when there are several and none was named.
    """
    at = timezone.now()
    if citizen := citizen_of(account):
        return Caller(citizen_actor(citizen), at, citizen=citizen, account=account)
    on = local(at).date()
    agency, posts = chosen(posts_of(account, on=on), request.headers.get("X-Agency", ""))
    return Caller(actor_for(posts[0].officer, agency, on=on), at, agency=agency, account=account)


def chosen(posts: list[Post], code: str) -> tuple[Agency, list[Post]]:
    """The agency of this code, or the only one there is, with the posts held there. Raises as `caller`."""
    held = {post.agency.code: post.agency for post in posts}
    if not code and len(held) > 1:
        raise Denied(400, "post_not_chosen", agencies=sorted(held))
    wanted = rules.agency_code(code) if code else next(iter(held), "")
    if wanted not in held:
        raise Forbidden("no_post", agency=wanted)
    return held[wanted], [post for post in posts if post.agency.code == wanted]


def ticket(sha256: str, account: Account) -> str:
    """What an upload is named by afterwards: nobody can file a file that somebody else sent, by knowing its hash."""
    return f"{sha256}.{_mark(sha256, account)}"


def sha256_of(given: str, account: Account) -> str:
    """The hash behind the ticket of one's own upload. Raises `Invalid` ``file_unknown``."""
    sha256, _dot, mark = given.partition(".")
    if not constant_time_compare(mark, _mark(sha256, account)):
        raise Invalid("file_unknown")
    return sha256


def _mark(sha256: str, account: Account) -> str:
    return salted_hmac("motcua.api.file", f"{sha256} {account.id}", algorithm="sha256").hexdigest()[:32]
