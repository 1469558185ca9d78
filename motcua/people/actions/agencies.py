"""The tree of agencies and its codes: create, change, recode, merge. For administrators and the system."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, Refused
from motcua.base.text import clean
from motcua.people import events, rules
from motcua.people.models import Agency, AgencyCode, Post
from motcua.people.states import LEVELS

WHO = frozenset({"administrator", "system"})
CHANGEABLE = ("name", "name_en", "one_stop", "fields", "address", "phone")
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency to be. ``old_codes`` are earlier codes with the last day of each, oldest first."""

    code: str
    name: str
    level: str
    valid_from: date
    name_en: str = ""
    parent: Agency | None = None
    one_stop: bool = False
    fields: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    old_codes: tuple[tuple[str, date], ...] = ()


@transaction.atomic
def create_agency(new: NewAgency, *, by: Actor, at: datetime) -> Agency:
    """Add an agency with its codes. Raises `Invalid` ``agency_code_malformed``, ``agency_level_unknown``,
    ``agency_name_missing`` and `Refused` ``agency_code_taken``."""
    by.must_have(WHO)
    if new.level not in LEVELS:
        raise Invalid("agency_level_unknown", level=new.level)
    if not clean(new.name):
        raise Invalid("agency_name_missing")
    agency = Agency.objects.create(
        code=rules.agency_code(new.code),
        name=clean(new.name),
        name_en=clean(new.name_en),
        level=new.level,
        parent=new.parent,
        valid_from=new.valid_from,
        one_stop=new.one_stop,
        fields=list(new.fields),
        address=clean(new.address),
        phone=new.phone,
    )
    since = new.valid_from
    for code, until in new.old_codes:
        _give_code(agency, code, since, until)
        since = until + A_DAY
    _give_code(agency, new.code, since, None)
    _record(agency, events.AgencyCreated(str(agency.id), agency.code), by, at)
    return agency


@transaction.atomic
def change_agency(agency: Agency, changes: Mapping[str, Any], *, by: Actor, at: datetime) -> list[str]:
    """Set what differs among `CHANGEABLE`; returns the names of what was changed (none: nothing is written).

    Raises `Invalid` ``field_unknown`` for anything else.
    """
    by.must_have(WHO)
    if unknown := sorted(set(changes) - set(CHANGEABLE)):
        raise Invalid("field_unknown", names=unknown)
    changed = sorted(name for name, value in changes.items() if getattr(agency, name) != value)
    if changed:
        for name in changed:
            setattr(agency, name, changes[name])
        agency.save(update_fields=changed)
        _record(agency, events.AgencyChanged(str(agency.id), changed), by, at)
    return changed


@transaction.atomic
def recode(agency: Agency, code: str, *, on: date, by: Actor, at: datetime) -> None:
    """Give the agency another code from the day ``on``; the old one goes on resolving to it.

    Raises as `create_agency`, and `Refused` ``agency_has_plans`` when its present code starts on ``on``
    or later.
    """
    by.must_have(WHO)
    old = agency.code
    _end_codes(agency, on)
    agency.code = rules.agency_code(code)
    agency.save(update_fields=["code"])
    _give_code(agency, code, on, None)
    _record(agency, events.AgencyRecoded(str(agency.id), old, agency.code, on.isoformat()), by, at)


@transaction.atomic
def merge(old: Agency, into: Agency, *, on: date, by: Actor, at: datetime) -> None:
    """``into`` takes over from ``old`` on the day ``on``: its codes resolve there, its posts end, what
    stood under it stands under ``into``.

    Raises `Refused` ``agency_closed`` when ``old`` has ended or ``into`` does not exist on that day,
    ``agency_merge_below`` when ``into`` is or stands under ``old``, ``agency_has_plans`` when a code or
    post of ``old`` starts later.
    """
    by.must_have(WHO)
    _lock(old, into)
    if old.valid_until is not None or old.valid_from >= on:
        raise Refused("agency_closed", agency=old.code)
    if into.valid_from > on or (into.valid_until is not None and into.valid_until < on):
        raise Refused("agency_closed", agency=into.code)
    if _stands_under(into, old):
        raise Refused("agency_merge_below")
    _end_codes(old, on)
    _end_posts(old, on, by, at)
    Agency.objects.filter(parent=old).update(parent=into)
    old.valid_until, old.successor = on - A_DAY, into
    old.save(update_fields=["valid_until", "successor"])
    _record(old, events.AgencyMerged(str(old.id), str(into.id), on.isoformat()), by, at)


def _lock(*agencies: Agency) -> None:
    """Lock the rows and read them again; always in the order of their ids."""
    list(Agency.objects.select_for_update().filter(id__in=[a.id for a in agencies]).order_by("id"))
    for agency in agencies:
        agency.refresh_from_db()


def _stands_under(agency: Agency, top: Agency) -> bool:
    seen, above = set(), agency
    while above.id != top.id:
        if above.parent is None or above.id in seen:
            return False
        seen.add(above.id)
        above = above.parent
    return True


def _give_code(agency: Agency, code: str, since: date, until: date | None) -> None:
    written = rules.agency_code(code)
    try:
        with transaction.atomic():
            AgencyCode.objects.create(code=written, agency=agency, valid_from=since, valid_until=until)
    except IntegrityError:
        raise Refused("agency_code_taken", agency=written) from None


def _end_codes(agency: Agency, on: date) -> None:
    still = AgencyCode.objects.filter(agency=agency, valid_until__isnull=True)
    if not still or any(code.valid_from >= on for code in still):
        raise Refused("agency_has_plans", agency=agency.code)
    still.update(valid_until=on - A_DAY)


def _end_posts(agency: Agency, on: date, by: Actor, at: datetime) -> None:
    last = on - A_DAY
    still = Post.objects.filter(agency=agency).exclude(valid_until__lt=on).select_related("officer")
    for post in still:
        if post.valid_from >= on:
            raise Refused("agency_has_plans", agency=agency.code)
        ended = events.PostEnded(str(post.officer_id), str(agency.id), post.role, last.isoformat())
        ledger.append(f"officer:{post.officer_id}", [ended], by=by, at=at)
    still.update(valid_until=last)


def _record(agency: Agency, event: object, by: Actor, at: datetime) -> None:
    ledger.append(f"agency:{agency.id}", [event], by=by, at=at)
