"""Clock work of results, started by the worker."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotFound
from motcua.results.actions import seal
from motcua.results.models import SignatureAsked
from motcua.results.states import State

AGAIN = timedelta(minutes=5)  # after a refusal
AT_ONCE = 20


def seal_waiting() -> int:
    """Sign what waits for the certificate of an agency; returns how many were. Safe to run twice."""
    at, sealed = datetime.now(UTC), 0
    due = Q(officer=None, result__state=State.ISSUED) & (Q(tried_at=None) | Q(tried_at__lt=at - AGAIN))
    waiting = SignatureAsked.objects.filter(due).order_by("asked_at").values_list("pk", flat=True)
    for result in waiting[:AT_ONCE]:
        try:
            sealed += seal(result, by=SYSTEM, at=datetime.now(UTC)) is None
        except NotFound:  # another worker was faster
            continue
    return sealed
