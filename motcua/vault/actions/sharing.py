"""Showing one thing to one agency or one person, for a time, and taking that back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.people import rules
from motcua.people.models import Citizen
from motcua.people.queries import agency_by_id, must_exist
from motcua.vault import events
from motcua.vault.models import Share, Version
from motcua.vault.queries import share_of, version_of
from motcua.vault.states import LONGEST_SHARE_DAYS

MOST_SHARES = 50  # of one giver, open at once


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is shown to whom: one agency (its id) or one person (an identity number); ``until`` is the last day."""

    version: UUID
    until: date
    purpose: str
    agency: UUID | None = None
    identity_number: str = ""


def share(sharing: Sharing, *, by: Actor, at: datetime) -> Share:
    """Show one version of an own item, or of one's organisation, to the receiver.

    Raises `NotFound` ``item_unknown``, ``agency_…``; `Invalid` ``receiver_not_one``, ``identity_number_…``,
    ``share_purpose_missing``, ``share_until_wrong``; `Refused` ``share_with_self``, ``share_given``,
    ``too_many_shares``. Nothing tells whether anybody has the identity number.
    """
    by.must_have({"citizen"})
    version, today = version_of(sharing.version, by.id).version, local(at).date()
    purpose, latest = clean(sharing.purpose)[:300], today + timedelta(days=LONGEST_SHARE_DAYS)
    if not purpose:
        raise Invalid("share_purpose_missing")
    if not today <= sharing.until <= latest:
        raise Invalid("share_until_wrong", latest=f"{latest:%d/%m/%Y}")
    if (sharing.agency is None) == (not sharing.identity_number.strip()):
        raise Invalid("receiver_not_one")
    number = ""
    if sharing.agency is not None:
        must_exist(agency_by_id(sharing.agency), on=today)
    else:
        number = rules.check_identity_number(sharing.identity_number).number
        if Citizen.objects.filter(pk=by.id, identity_number=number).exists():
            raise Refused("share_with_self")
    given = Share(
        version=version, given_by_id=UUID(by.id), agency_id=sharing.agency, identity_number=number, purpose=purpose,
        given_at=at, until=sharing.until,
    )  # fmt: skip
    return _write(given, version, by=by, at=at)


@transaction.atomic
def revoke(share_id: UUID | str, *, by: Actor, at: datetime) -> Share:
    """Take it back at once: who holds the item may. Raises `NotFound` ``share_unknown``, also for one taken back."""
    by.must_have({"citizen"})
    found = share_of(share_id, by.id)
    if not Share.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=at):
        raise NotFound("share_unknown")
    ledger.append(f"share:{found.id}", [events.Revoked(str(found.id), str(found.version_id))], by=by, at=at)
    return found


def _write(given: Share, version: Version, *, by: Actor, at: datetime) -> Share:
    today = local(at).date()
    told = events.Shared(str(given.id), str(version.id), str(given.agency_id or ""), given.until.isoformat())
    try:
        with transaction.atomic():
            Citizen.objects.select_for_update().get(pk=by.id)  # one after the other, so that they can be counted
            open_now = Share.objects.filter(given_by=by.id, revoked_at=None)
            # What has run out makes room: only what still shows counts as given.
            open_now.filter(until__lt=today).update(revoked_at=at)
            if open_now.count() >= MOST_SHARES:
                raise Refused("too_many_shares", limit=MOST_SHARES)
            given.save(force_insert=True)
            ledger.append(f"share:{given.id}", [told], by=by, at=at, after=ledger.NOTHING)
    except IntegrityError as clash:
        if "share_agency_once" in str(clash) or "share_person_once" in str(clash):
            raise Refused("share_given") from None
        raise
    return given
