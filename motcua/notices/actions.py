"""Every write to notices."""

from collections.abc import Sequence
from datetime import datetime

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.notices.models import Follow, Notice

MAX_FOLLOWED = 100


def tell(notices: Sequence[Notice]) -> None:
    """Put notices into inboxes; one that stands there already for the same fact stays as it is."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def mark_read(*, by: Actor, at: datetime) -> int:
    """Mark all notices of the citizen as read; returns how many were new."""
    return Notice.objects.filter(citizen=by.id, read_at=None).update(read_at=at)


def follow(reference: str, *, by: Actor, at: datetime) -> Follow:
    """Be told of ``reference`` from now on; again, nothing changes. Raises `Refused` ``too_many_followed``."""
    by.must_have({"citizen"})
    if Follow.objects.filter(citizen=by.id).exclude(reference=reference)[:MAX_FOLLOWED].count() >= MAX_FOLLOWED:
        raise Refused("too_many_followed", limit=MAX_FOLLOWED)
    found, _ = Follow.objects.get_or_create(citizen_id=by.id, reference=reference, defaults={"since": at})
    return found


def unfollow(reference: str, *, by: Actor) -> None:
    """Be told no more."""
    Follow.objects.filter(citizen=by.id, reference=reference).delete()
