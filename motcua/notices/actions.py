"""Every write to notices."""

from collections.abc import Sequence
from datetime import datetime

from motcua.base.actor import Actor
from motcua.notices.models import Notice


def tell(notices: Sequence[Notice]) -> None:
    """Put notices into inboxes; one that stands there already for the same fact stays as it is."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def mark_read(*, by: Actor, at: datetime) -> int:
    """Mark all notices of the citizen as read; returns how many were new."""
    return Notice.objects.filter(citizen=by.id, read_at=None).update(read_at=at)


def forget_all() -> None:
    """Empty all inboxes, before they are told again from the facts."""
    Notice.objects.all().delete()
