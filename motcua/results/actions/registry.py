"""What happens to a result after it was issued: suspended, in force again, taken back, replaced."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.results import rules
from motcua.results.events import Looked, Replaced, Resumed, Revoked, Suspended
from motcua.results.models import Result, SignatureAsked
from motcua.results.queries import at_registry, in_force, issued_here
from motcua.results.states import LABELS, MACHINE

MAX_DECISION = 80


def read(result: UUID, *, by: Actor, at: datetime) -> Result:
    """One result of the officer's agency, as the registry has it; that it was read is recorded, once a day.

    Raises `Forbidden` ``wrong_role``, `NotFound` ``result_unknown``.
    """
    found = at_registry(result, by)
    stream = f"look-result:{found.id}:{by.ref}:{local(at):%y%m%d}"
    ledger.append_once(stream, Looked(str(found.id), found.file_id or "", "registry"), by=by, at=at)
    return found


def suspend(result: UUID, reason: str, *, by: Actor, at: datetime, decision: str = "") -> Result:
    """For the time being the result does not count. ``decision``: the number of the decision, where there is one.

    Raises as `_change`.
    """
    why, number = rules.reason(reason), _decision(decision)
    return _change(result, "suspend", lambda its: Suspended(its.number, why, number), by=by, at=at,
                   state_reason=why, state_decision=number)  # fmt: skip


def resume(result: UUID, reason: str, *, by: Actor, at: datetime) -> Result:
    """It counts again. Raises as `_change`."""
    why = rules.reason(reason)
    return _change(result, "resume", lambda its: Resumed(its.number, why), by=by, at=at,
                   state_reason=why, state_decision="")  # fmt: skip


def revoke(result: UUID, reason: str, decision: str, *, by: Actor, at: datetime) -> Result:
    """Take the result back for good, by the decision with this number.

    Raises `Invalid` ``decision_missing``, and as `_change`.
    """
    why, number = rules.reason(reason), _decision(decision)
    if not number:
        raise Invalid("decision_missing")
    return _change(result, "revoke", lambda its: Revoked(its.number, why, number), by=by, at=at,
                   state_reason=why, state_decision=number)  # fmt: skip


def replace(result: UUID, reason: str, new_number: str, *, by: Actor, at: datetime) -> Result:
    """Another result of the same agency for the same holder stands in its place from now on.

    Raises `Invalid` ``replacement_unknown`` unless ``new_number`` is one that is in force, ``replacement_of_another``
    for one of somebody else, ``replacement_not_signed`` where a signed one would give way to one without signatures;
    and as `_change`.
    """
    why, wanted = rules.reason(reason), clean(new_number.replace("\x00", ""))[:80]
    with transaction.atomic():  # both are held, in one order: neither can be replaced meanwhile
        both = Result.objects.select_for_update(of=("self",)).select_related("agency")
        held = list(both.filter(Q(pk=result) | Q(number=wanted)).order_by("pk"))
        new = next((each for each in held if each.number == wanted and each.pk != result), None)
        if new is None or not in_force(new, local(at).date()) or not issued_here(new.agency, by):
            raise Invalid("replacement_unknown", number=wanted)
        for old in held:
            _must_fit(old, new)
        return _change(result, "replace", lambda its: Replaced(its.number, why, new.number), by=by, at=at,
                       state_reason=why, state_decision="", replaced_by=new)  # fmt: skip


def _must_fit(old: Result, new: Result) -> None:
    """By account or organisation; by name where one of the two was asked for at the counter and has neither."""
    whose, others = (each.holder_organisation_id or each.holder_id for each in (old, new))
    if whose != others if whose and others else old.holder_folded != new.holder_folded:
        raise Invalid("replacement_of_another", number=new.number)
    if old.signed_by and not new.signed_by:
        raise Invalid("replacement_not_signed", number=new.number)


def _decision(number: str) -> str:
    return clean(number.replace("\x00", ""))[:MAX_DECISION]


def _change(result: UUID, verb: str, event: Any, *, by: Actor, at: datetime, **changes: Any) -> Result:
    """Make a move of the machine: the row changed, the fact recorded, or neither. What ended waits for no signature.

    Raises `NotFound` ``result_unknown`` for a result of another agency, `Forbidden` ``wrong_role``, `Refused`
    ``result_wrong_state``; `Invalid` ``reason_missing`` comes first.
    """
    with transaction.atomic():
        row = next(each for each in MACHINE if each.verb == verb)
        by.must_have(row.roles)
        its = Result.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=result).first()
        if its is None or not issued_here(its.agency, by):
            raise NotFound("result_unknown")
        if its.state not in row.sources:
            raise Refused("result_wrong_state", number=its.number, state=LABELS[its.state][0])
        Result.objects.filter(pk=its.pk).update(state=row.target, state_at=at, **changes)
        if row.target in MACHINE.final:
            SignatureAsked.objects.filter(pk=its.pk).delete()
        ledger.append(its.stream, [event(its)], by=by, at=at)
        its.refresh_from_db()
        return its
