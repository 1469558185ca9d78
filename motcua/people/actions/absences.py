"""Who does the work of an officer who is away. Named by the officer, or by who leads the agency."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.people import events
from motcua.people.models import Agency, Officer, Post, Substitution

LEADING = frozenset({"head", "approver", "administrator"})
AT_MOST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away from the actor's agency, who does the work, first and last day, and why."""

    absent: UUID
    substitute: UUID
    since: date
    until: date
    reason: str


@transaction.atomic
def name_substitute(absence: Absence, *, by: Actor, at: datetime) -> Substitution:
    """While it runs, the substitute has the absent officer's roles at the actor's agency and may move what was given
    to him or her. Facts go on naming who really acted.

    Raises `Invalid` ``period_backwards``, ``absence_past``, ``absence_too_long``, ``absence_reason_missing``;
    `Forbidden` ``absence_of_another``; `Refused` ``substitute_is_absent``, ``substitute_is_away``,
    ``substitute_of_substitute``, ``absence_overlaps``; `NotFound` ``officer_unknown``.
    """
    reason = _checked(absence, by, local(at).date())
    agency = Agency.objects.select_for_update(no_key=True).get(pk=by.agency)  # chains are looked for one at a time
    for who in (absence.absent, absence.substitute):
        _must_sit_at(agency, who, absence.since)
    _must_not_chain(agency, absence)
    try:
        with transaction.atomic():
            made = Substitution.objects.create(
                absent_id=absence.absent, substitute_id=absence.substitute, agency=agency, reason=reason,
                valid_from=absence.since, valid_until=absence.until,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("absence_overlaps") from None
    named = events.SubstituteNamed(
        str(made.id), str(absence.substitute), by.agency, absence.since.isoformat(), absence.until.isoformat()
    )
    ledger.append(f"officer:{absence.absent}", [named], by=by, at=at)
    return made


@transaction.atomic
def end_substitution(substitution: UUID, *, by: Actor, at: datetime) -> Substitution:
    """End it at once: the officer is back. Raises `NotFound` ``absence_unknown``, `Refused` ``absence_ended``."""
    found = Substitution.objects.select_for_update().filter(pk=substitution, agency=by.agency).first()
    if found is None:
        raise NotFound("absence_unknown")
    _must_be_about(found.absent_id, by)
    if found.ended_at or found.valid_until < local(at).date():
        raise Refused("absence_ended")
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    ledger.append(f"officer:{found.absent_id}", [events.SubstitutionEnded(str(found.id))], by=by, at=at)
    return found


def _checked(absence: Absence, by: Actor, today: date) -> str:
    """The reason as it is kept, once everything else about the absence is right."""
    _must_be_about(absence.absent, by)
    if absence.until < absence.since:
        raise Invalid("period_backwards")
    if absence.until < today:
        raise Invalid("absence_past")
    if absence.until - absence.since > AT_MOST:
        raise Invalid("absence_too_long")
    if absence.absent == absence.substitute:
        raise Refused("substitute_is_absent")
    if not (reason := clean(absence.reason.replace("\x00", ""))):
        raise Invalid("absence_reason_missing")
    return reason[:200]


def _must_be_about(officer: UUID, by: Actor) -> None:
    """One's own absence, or somebody else's by who leads there in his or her own right, not as a substitute."""
    if by.kind != "officer" or not (by.id == str(officer) or by.own_roles & LEADING):
        raise Forbidden("absence_of_another")


def _must_sit_at(agency: Agency, officer: UUID, since: date) -> None:
    held = Post.objects.valid(since).filter(agency=agency, officer=officer, officer__account__is_active=True)
    if not held.exists():
        known = Officer.objects.filter(pk=officer).values_list("full_name", flat=True).first()
        raise NotFound("officer_unknown", agency=agency.name, name=known or "")


def _must_not_chain(agency: Agency, absence: Absence) -> None:
    """Nobody does somebody's work through a third: neither is the substitute away, nor does the absent stand in."""
    then = Substitution.objects.filter(
        agency=agency, ended_at=None, valid_from__lte=absence.until, valid_until__gte=absence.since
    )
    if then.filter(absent=absence.substitute).exists():
        raise Refused("substitute_is_away")
    if then.filter(substitute=absence.absent).exists():
        raise Refused("substitute_of_substitute")
