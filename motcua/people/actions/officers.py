"""Officers and their posts. For administrators and the system."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, Refused
from motcua.base.text import clean
from motcua.people import events, queries
from motcua.people.actions.agencies import WHO
from motcua.people.models import Account, Agency, Officer, Post
from motcua.people.states import ROLES


@transaction.atomic
def take_on(account: Account, full_name: str, title: str = "", *, by: Actor, at: datetime) -> Officer:
    """An officer who signs in with ``account``. Raises `Invalid` ``full_name_missing``."""
    by.must_have(WHO)
    if not clean(full_name):
        raise Invalid("full_name_missing")
    officer = Officer.objects.create(account=account, full_name=clean(full_name), title=clean(title))
    ledger.append(f"officer:{officer.id}", [events.OfficerTakenOn(str(officer.id))], by=by, at=at)
    return officer


@transaction.atomic
def appoint(officer: Officer, agency: Agency, role: str, *, since: date, by: Actor, at: datetime) -> Post:
    """Give the officer ``role`` at ``agency`` from the day ``since``.

    Raises `Invalid` ``role_unknown``, `NotFound` ``agency_closed``, `Refused` ``post_exists``.
    """
    by.must_have(WHO)
    if role not in ROLES:
        raise Invalid("role_unknown", role=role)
    queries.must_exist(agency, on=since)
    try:
        with transaction.atomic():
            post = Post.objects.create(officer=officer, agency=agency, role=role, valid_from=since)
    except IntegrityError:
        raise Refused("post_exists", role=role, agency=agency.name) from None
    appointed = events.OfficerAppointed(str(officer.id), str(agency.id), role, since.isoformat())
    ledger.append(f"officer:{officer.id}", [appointed], by=by, at=at)
    return post


@transaction.atomic
def end_post(post: Post, *, until: date, by: Actor, at: datetime) -> None:
    """Let the post be held up to and including ``until``.

    Raises `Invalid` ``period_backwards``, `Refused` ``post_ended``.
    """
    by.must_have(WHO)
    if until < post.valid_from:
        raise Invalid("period_backwards")
    if not Post.objects.filter(id=post.id, valid_until__isnull=True).update(valid_until=until):
        raise Refused("post_ended")
    post.valid_until = until
    ended = events.PostEnded(str(post.officer_id), str(post.agency_id), post.role, until.isoformat())
    ledger.append(f"officer:{post.officer_id}", [ended], by=by, at=at)
