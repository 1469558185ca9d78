"""A signature that waits for somebody who left, is ill or sits elsewhere by now is asked of somebody else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound
from motcua.base.worktime import local
from motcua.results import rules
from motcua.results.actions.issuing import held
from motcua.results.events import SignatureGiven
from motcua.results.models import Result, SignatureAsked
from motcua.results.queries import issued_here, who_may_sign
from motcua.results.states import MAY_SIGN


def give_signature(
    result: UUID, officer: UUID, reason: str, *, former: UUID | None, by: Actor, at: datetime
) -> Result:
    """Ask ``officer`` of the actor's agency to sign in place of ``former``, who can't sign it any more.

    Effects: the queue forgets it until the subscriber has made the document anew, which names who signs; a fact. Raises
    `Invalid` ``reason_missing``, ``reason_too_long``, `Forbidden` ``wrong_role``, `NotFound` ``signature_not_waiting``
    when it does not wait for ``former`` (any more), `Invalid` ``signer_unfit``.
    """
    why = rules.reason(reason)
    by.must_have(MAY_SIGN)
    with transaction.atomic():
        held(result)
        waiting = SignatureAsked.objects.select_for_update(of=("self",)).select_related("result__agency")
        asked = waiting.filter(pk=result, officer=former).first() if former else None
        if asked is None or not issued_here(asked.result.agency, by):
            raise NotFound("signature_not_waiting")
        fit = {each.id for each in who_may_sign(by.agency, on=local(at).date())}
        if officer not in fit - {former}:
            raise Invalid("signer_unfit")
        its = asked.result
        asked.delete()
        Result.objects.filter(pk=result).update(signer=officer)
        ledger.append(its.stream, [SignatureGiven(its.number, str(officer), str(former), why)], by=by, at=at)
        return its
