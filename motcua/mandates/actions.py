"""Authorising somebody to act in one matter, and taking that back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean, fold
from motcua.base.worktime import local
from motcua.mandates import events
from motcua.mandates.models import Mandate
from motcua.people import rules
from motcua.people.models import Citizen
from motcua.people.states import DECLARED

LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Authority:
    """What a person gives to another: ``reference`` is the matter; ``until`` is the last day."""

    reference: str
    identity_number: str
    full_name: str
    until: date
    basis: str
    may_withdraw: bool = False


def give(authority: Authority, *, by: Actor, at: datetime) -> Mandate:
    """Let somebody see and act in one matter of ``by``'s own; the caller knows that it is.

    Number and name must both be those of one person whose identity was verified: nobody learns a name from a number,
    and nobody who merely claims a number gets the dossier. Raises `Invalid` ``identity_number_…``, ``basis_missing``,
    ``mandate_until_wrong``; `Refused` ``taker_unknown``, ``taker_is_giver``, ``mandate_given``.
    """
    by.must_have({"citizen"})
    number, basis = rules.check_identity_number(authority.identity_number).number, clean(authority.basis)[:300]
    today = local(at).date()
    if not basis:
        raise Invalid("basis_missing")
    if not today <= authority.until <= today + timedelta(days=LONGEST_DAYS):
        raise Invalid("mandate_until_wrong", latest=f"{today + timedelta(days=LONGEST_DAYS):%d/%m/%Y}")
    named = fold(clean(authority.full_name))
    taker = Citizen.objects.filter(identity_number=number, folded_name=named).exclude(verification=DECLARED).first()
    if taker is None:
        raise Refused("taker_unknown")
    if str(taker.id) == by.id:
        raise Refused("taker_is_giver")
    return _write(authority, taker, basis, by=by, at=at)


@transaction.atomic
def revoke(mandate: UUID | str, *, by: Actor, at: datetime) -> Mandate:
    """End it now; the giver may, and the taker may lay it down. Raises `NotFound` ``mandate_unknown``."""
    found = Mandate.objects.select_for_update().filter(pk=mandate, revoked_at=None).first()
    if found is None or by.kind != "citizen" or by.id not in {str(found.giver_id), str(found.taker_id)}:
        raise NotFound("mandate_unknown")
    Mandate.objects.filter(pk=found.pk).update(revoked_at=at)
    ledger.append(f"mandate:{found.id}", [events.Revoked(str(found.id), found.reference)], by=by, at=at)
    return found


def _write(authority: Authority, taker: Citizen, basis: str, *, by: Actor, at: datetime) -> Mandate:
    found = Mandate(
        giver_id=UUID(by.id), taker=taker, reference=authority.reference, basis=basis, given_at=at,
        until=authority.until, may_withdraw=authority.may_withdraw,
    )  # fmt: skip
    given = events.Given(
        str(found.id), by.id, str(taker.id), found.reference, found.until.isoformat(), found.may_withdraw
    )
    try:
        with transaction.atomic():
            # What has run out makes room: only what still holds counts as given.
            Mandate.objects.filter(
                taker=taker, reference=found.reference, revoked_at=None, until__lt=local(at).date()
            ).update(revoked_at=at)
            found.save(force_insert=True)
            ledger.append(f"mandate:{found.id}", [given], by=by, at=at, after=ledger.NOTHING)
    except IntegrityError as clash:
        if "mandate_once" in str(clash):
            raise Refused("mandate_given") from None
        raise
    return found
