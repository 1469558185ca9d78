"""Clock work over dossiers, started by the worker. Each may run at any time, twice, or in two workers at once."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from motcua.base.actor import SYSTEM
from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.dossiers import actions
from motcua.dossiers.models import Standing, Supplement
from motcua.dossiers.states import State
from motcua.supervision.actions import time_out

MOST = 500  # of a run; the rest waits for the next
UNANSWERED = "Quá thời hạn bổ sung hồ sơ mà không nhận được phần bổ sung"


def stop_unanswered(at: datetime | None = None) -> int:
    """Close dossiers whose supplement was not answered in time; returns how many.

    One that was received is stopped (form 05); one that waited for its reception is refused (form 03): it never began.
    """
    at = at or datetime.now(UTC)
    late = Supplement.objects.filter(Q(answered_at=None), answer_by__lt=local(at).date())
    waiting = Standing.objects.filter(dossier__supplements__in=late)
    stopped = waiting.filter(state=State.SUPPLEMENTING).values_list("dossier_id", flat=True)[:MOST]
    refused = waiting.filter(state=State.RETURNED).values_list("dossier_id", flat=True)[:MOST]
    done = each(stopped, lambda dossier: actions.stop(dossier, UNANSWERED, by=SYSTEM, at=at))
    return done + each(refused, lambda dossier: actions.refuse(dossier, UNANSWERED, by=SYSTEM, at=at))


def watch_steps(at: datetime | None = None) -> int:
    """Remind, escalate or close where a dossier stood too long at its step; returns how many times."""
    at = at or datetime.now(UTC)
    found = Standing.objects.filter(watch_at__lte=at, paused_at=None).order_by("watch_at")
    over = found.values_list("dossier_id", flat=True)[:MOST]
    return each(over, lambda dossier: time_out(dossier, by=SYSTEM, at=at))


def each(dossiers: Iterable[UUID], act: Callable[[UUID], Any]) -> int:
    """Do it to each, and count; one that moved between the look and the act is left alone."""
    done = 0
    for dossier in list(dossiers):
        try:
            act(dossier)
        except Refused:
            continue
        done += 1
    return done
