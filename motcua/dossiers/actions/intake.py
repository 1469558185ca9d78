"""Reception: the clock starts, or the dossier never begins."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import begin, entering
from motcua.dossiers.actions.owing import must_be_paid_before_reception
from motcua.dossiers.events import Received, RefusedToReceive
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import due_of


def receive(dossier: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Receive it: the clock starts, the due date is promised, the first step after reception gets the file.

    Online filings count from the reception, which the law wants within the working day of filing. Raises `Refused`
    ``fee_not_paid`` where the edition wants the fee before.
    """
    with transaction.atomic():
        moving = begin(dossier, "receive", by=by, at=at, seen=seen)
        must_be_paid_before_reception(moving)
        first = rules.first_step(moving.plan.definition)
        rules.exit_of(first, "pass", moving.circumstances)
        step = rules.target_of(moving.plan.definition, first, "pass")
        standing, (changes, gone) = moving.standing, entering(moving, step)
        due = due_of(moving.plan, moving.dossier.channel, standing.agency.code, at)
        received = Received(step.step, due.at.isoformat() if due else None, (due.starts if due else at).isoformat())
        return moving.record(received, *gone, received_at=at, due_at=due.at if due else None, **changes)


def refuse(dossier: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Refuse to receive, with the reason that form 03 tells. Final."""
    with transaction.atomic():
        moving = begin(dossier, "refuse", by=by, at=at, seen=seen)
        refused = RefusedToReceive(rules.reason(reason), moving.letter_number("03"))
        return moving.record(refused, ended_at=at, paused_at=None)
