"""The decision and what may happen instead of it: a new appointment with an apology, or a stop."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, Refused
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import ENDED_EARLY, Moving, begin, entering, must_be_ready
from motcua.dossiers.events import Decided, Extended, Stopped
from motcua.dossiers.models import Extension, Standing
from motcua.results import actions as results


def decide(
    dossier: UUID | str, granted: bool, *, by: Actor, at: datetime, reason: str = "", seen: int | None = None
) -> Standing:
    """Grant or refuse what was asked for: a numbered result is issued, and the file goes on to whoever stamps, copies or
    hands it over.

    Only at the step that decides, by who holds it; a refusal needs a reason. Effects: a result (its PDF is made by a
    subscriber). Raises `Refused` ``not_the_deciding_step``.
    """
    why = rules.reason(reason) if not granted or reason else ""
    with transaction.atomic():
        moving = begin(dossier, "decide", by=by, at=at, seen=seen)
        rules.must_hold(by, moving.standing.role, str(moving.standing.officer_id or ""))
        definition = moving.plan.definition
        here = rules.step_of(definition, moving.standing.step)
        if here.does != "decide":
            raise Refused("not_the_deciding_step", step=here.name)
        action = "pass" if granted else "refuse"
        rules.exit_of(here, action, moving.circumstances)
        if granted:
            must_be_ready(moving, here)
        after = rules.target_of(definition, here, action)
        changes, gone = entering(moving, after)
        decided = Decided(granted, _issue(moving, granted, why), why, after.step)
        return moving.record(decided, *gone, ended_at=at, **changes)


def extend(
    dossier: UUID | str, until: datetime, reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Apologise and promise a later date, once, at least a day before the old one (form 04).

    Raises `Refused` as `rules.check_extension` does, `Invalid` ``extension_outside_hours``.
    """
    with transaction.atomic():
        moving = begin(dossier, "extend", by=by, at=at, seen=seen)
        due_at = moving.standing.due_at
        extended = Extension.objects.filter(dossier=moving.dossier).exists()
        rules.check_extension(due_at=due_at, until=until, at=at, extended=extended)
        if not calendar_for(moving.standing.agency.code).day(rules.local(until).date()).working:
            raise Invalid("extension_outside_hours")
        why = rules.reason(reason)
        Extension.objects.create(dossier=moving.dossier, before=due_at, until=until, reason=why, apology=why, at=at)
        before, number = due_at.isoformat() if due_at else "", moving.letter_number("04")
        return moving.record(Extended(before, until.isoformat(), why, number), due_at=until)


def stop(dossier: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Stop processing for good, with the reason that form 05 tells (Nghị định 118/2025/NĐ-CP Điều 21)."""
    with transaction.atomic():
        moving = begin(dossier, "stop", by=by, at=at, seen=seen)
        stopped = Stopped(rules.reason(reason), moving.letter_number("05"))
        return moving.record(stopped, ended_at=at, **ENDED_EARLY)


def _issue(moving: Moving, granted: bool, reason: str) -> str:
    """Issue the result of this decision; returns its number."""
    dossier, definition = moving.dossier, moving.plan.definition
    kind = definition.results[0] if definition.results else None
    issued = results.issue(
        results.Issue(
            reference=dossier.stream,
            kind=(kind.code if kind else "") or definition.procedure,
            title=kind.name if kind and granted else f"Văn bản trả lời: {definition.name.vi}",
            template=(kind.template if kind else "") or "ket-qua" if granted else "tu-choi",
            agency=moving.standing.agency_id,
            holder=dossier.filed_by_id,
            holder_name=dossier.owner_name,
            holder_organisation=dossier.organisation,
            granted=granted,
            signer=UUID(moving.by.id) if moving.by.kind == "officer" else None,
            validity=kind.valid if kind and granted else "",
            content={"dossier": dossier.code, "procedure": definition.name.vi, "answers": dossier.answers,
                     "edition": str(dossier.edition_id),
                     "decided_by": moving.by.name, "reason": reason},
        ),
        by=moving.by,
        at=moving.at,
    )  # fmt: skip
    return issued.number
