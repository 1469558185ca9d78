"""How a dossier ends: withdrawn by its filer, handed over, put away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import ENDED_EARLY, STOPPED_CLOCKS, begin, must_be_ready
from motcua.dossiers.actions.owing import must_be_paid_before_result
from motcua.dossiers.events import Closed, HandedOver, Withdrawn
from motcua.dossiers.models import RETURNS, Standing
from motcua.results import actions as results


def withdraw(dossier: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Take the request back, while nothing was decided. Only the one who filed it."""
    with transaction.atomic():
        moving = begin(dossier, "withdraw", by=by, at=at, seen=seen)
        return moving.record(Withdrawn(rules.reason(reason)), ended_at=at, **ENDED_EARLY)


def hand_over(dossier: UUID | str, *, by: Actor, at: datetime, how: str = "", seen: int | None = None) -> Standing:
    """Give the result to the citizen: it appears in the citizen's account; ``how`` is one of ``RETURNS``.

    Raises `Refused` ``not_at_hand_over_step``, ``fee_not_paid``, and ``result_not_ready`` while its document is still
    being made. What the law lets be paid later is told in the fact.
    """
    with transaction.atomic():
        moving = begin(dossier, "hand_over", by=by, at=at, seen=seen)
        here = rules.step_of(moving.plan.definition, moving.standing.step)
        if here.does != "hand_over":
            raise Refused("not_at_hand_over_step", step=here.name)
        must_be_ready(moving, here)
        owed_vnd = must_be_paid_before_result(moving)
        way = how if how in RETURNS else moving.dossier.return_by
        results.hand_over(moving.dossier.stream, by=by, at=at)
        return moving.record(HandedOver(way, owed_vnd), step="", role="", officer_id=None, **STOPPED_CLOCKS)


def close(dossier: UUID | str, *, by: Actor, at: datetime, note: str = "", seen: int | None = None) -> Standing:
    """Put the file away. Final."""
    with transaction.atomic():
        moving = begin(dossier, "close", by=by, at=at, seen=seen)
        return moving.record(Closed(note[: rules.MAX_REASON]))
