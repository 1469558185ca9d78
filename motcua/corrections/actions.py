"""Every write to what was filed, after it was filed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.corrections.events import Corrected, Decided, ReturnChosen
from motcua.corrections.models import Correction
from motcua.corrections.rules import answers_sha256, changed
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin
from motcua.dossiers.models import RETURNS, Dossier, Standing
from motcua.dossiers.states import State

__all__ = ["accept_correction", "choose_return", "correct", "refuse_correction"]


def correct(
    dossier: UUID | str, answers: dict[str, Any], reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Give all answers anew: in effect at once before reception, afterwards a request to who holds the step.

    Raises `Invalid` ``answers_invalid`` (``fields``), ``nothing_changed``; `Refused` ``correction_open``.
    """
    with transaction.atomic():
        moving = begin(dossier, "correct", by=by, at=at, seen=seen)
        if Correction.objects.filter(dossier=moving.dossier, decided_at=None).exists():
            raise Refused("correction_open")
        # Read under the lock: what `begin` joined may be from before somebody else's correction.
        before = Dossier.objects.values_list("answers", flat=True).get(pk=moving.dossier.pk)
        after = _checked(moving, answers)
        names = changed(before, after)
        if not names:
            raise Invalid("nothing_changed")
        now, why = moving.standing.state in {State.SUBMITTED, State.RETURNED}, rules.reason(reason)
        Correction.objects.create(
            dossier=moving.dossier, before=before, after=after, reason=why, asked_at=at, asked_by=by.ref,
            decided_at=at if now else None, accepted=True if now else None,
        )  # fmt: skip
        if now:
            Dossier.objects.filter(pk=moving.dossier.pk).update(answers=after)
        return moving.record(Corrected(names, answers_sha256(after), why, now))


def accept_correction(dossier: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """The answers asked for become those of the dossier; by who holds the step.

    Raises `NotFound` ``correction_unknown``.
    """
    with transaction.atomic():
        moving, asked = _asked(dossier, "accept_correction", by, at, seen)
        Correction.objects.filter(pk=asked.pk).update(decided_at=at, accepted=True)
        Dossier.objects.filter(pk=moving.dossier.pk).update(answers=asked.after)
        return moving.record(Decided(True, answers_sha256(asked.after), ""))


def refuse_correction(
    dossier: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """The answers stay as they were, for a reason that is told. Raises `NotFound` ``correction_unknown``."""
    with transaction.atomic():
        moving, asked = _asked(dossier, "refuse_correction", by, at, seen)
        why = rules.reason(reason)
        Correction.objects.filter(pk=asked.pk).update(decided_at=at, accepted=False, why=why)
        return moving.record(Decided(False, answers_sha256(asked.before), why))


def choose_return(
    dossier: UUID | str, how: str, *, by: Actor, at: datetime, address: str = "", seen: int | None = None
) -> Standing:
    """Another way to get the result, until the decision.

    Raises `Invalid` ``return_unknown``, ``return_address_missing`` (the post needs one).
    """
    to = clean(address.replace("\x00", ""))[:300] if how == "post" else ""
    if how not in RETURNS:
        raise Invalid("return_unknown")
    if how == "post" and not to:
        raise Invalid("return_address_missing")
    with transaction.atomic():
        moving = begin(dossier, "choose_return", by=by, at=at, seen=seen)
        chosen = ReturnChosen(moving.dossier.return_by, how)
        Dossier.objects.filter(pk=moving.dossier.pk).update(return_by=how, return_address=to)
        return moving.record(chosen)


def _checked(moving: Moving, answers: dict[str, Any]) -> dict[str, Any]:
    form = moving.plan.form
    kept = form.kept(answers)
    if faults := form.check(kept):
        raise Invalid("answers_invalid", fields=faults)
    return kept


def _asked(dossier: UUID | str, verb: str, by: Actor, at: datetime, seen: int | None) -> tuple[Moving, Correction]:
    moving = begin(dossier, verb, by=by, at=at, seen=seen)
    rules.must_hold(by, moving.standing.role, str(moving.standing.officer_id or ""))
    asked = Correction.objects.select_for_update().filter(dossier=moving.dossier, decided_at=None).first()
    if asked is None:
        raise NotFound("correction_unknown")
    return moving, asked
