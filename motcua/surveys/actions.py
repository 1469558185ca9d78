"""The verbs of a survey: ask for one, take it in hand, go on, finish, give up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Refused
from motcua.catalogue.queries import catalogue_version
from motcua.surveys.events import Asked, Finished, GivenUp
from motcua.surveys.models import DEAD_SECONDS, GIVEN_UP, OPEN, READY, RUNNING, WAITING, Survey
from motcua.surveys.queries import procedures_in_force

LEADERS = frozenset({"administrator", "head", "approver"})
MAY_ASK = LEADERS | {"system"}


@dataclass(frozen=True)
class Made:
    """What a report came to: as plain values, in short, and drawn twice."""

    content: dict[str, Any]
    head: dict[str, Any]
    picture: str
    picture_narrow: str


@transaction.atomic
def ask(*, by: Actor, at: datetime) -> Survey:
    """Want the report anew; where one is waiting or being worked out, that one. Effects: a row and a fact, or none.

    Raises `Forbidden` ``wrong_role``, `Refused` ``survey_of_nothing`` while no edition is in force.
    """
    by.must_have(MAY_ASK)
    if found := Survey.objects.filter(open=True).first():
        return found
    if not procedures_in_force(at):
        raise Refused("survey_of_nothing")
    survey, made = Survey.objects.get_or_create(open=True, defaults={"asked_at": at, "asked_by": by.name})
    if made:
        ledger.append(stream(survey.id), [Asked(catalogue_version())], by=by, at=at, after=ledger.NOTHING)
    return survey


@transaction.atomic
def take(holder: UUID, day: date, total: int, *, at: datetime) -> Survey | None:
    """Take the open survey in hand, where nobody is at it or whoever was is dead; None where there is none.

    It begins from nothing: what a dead process had worked out is lost, and it is not much. ``version`` is read before
    the editions are, so a change in between makes the report old, never wrongly new.
    """
    dead = Q(state=RUNNING, beat_at__lt=at - timedelta(seconds=DEAD_SECONDS))
    found = Survey.objects.select_for_update(skip_locked=True).filter(Q(state=WAITING) | dead, open=True)
    survey = found.first()
    if survey is None:
        return None
    survey.state, survey.holder, survey.beat_at = RUNNING, holder, at
    survey.version, survey.day, survey.done, survey.total = catalogue_version(), day, 0, 2 * total
    survey.save(update_fields=["state", "holder", "beat_at", "version", "day", "done", "total"])
    return survey


def go_on(survey: UUID, holder: UUID, done: int, *, at: datetime) -> None:
    """Show how far it is, and that somebody is at it. Raises `Conflict` ``acted_first`` when another took it over."""
    if not _held(survey, holder).update(done=done, beat_at=at):
        raise Conflict("acted_first")


@transaction.atomic
def finish(survey: UUID, holder: UUID, made: Made, *, by: Actor, at: datetime) -> None:
    """Keep the report; older ones keep their head alone. Effects: one fact. Raises as `go_on`."""
    row = _held(survey, holder).select_for_update().first()
    if row is None:
        raise Conflict("acted_first")
    row.state, row.open, row.ended_at, row.done = READY, None, at, row.total
    row.head, row.content = made.head, made.content
    row.picture, row.picture_narrow = made.picture, made.picture_narrow
    row.save()
    Survey.objects.filter(state=READY).exclude(id=row.id).update(content=None, picture="", picture_narrow="")
    counts = {name: figure["count"] for name, figure in made.head["figures"].items()}
    event = Finished(row.version or 0, counts["procedures"], counts["by_result"], counts["by_register"])
    ledger.append(stream(row.id), [event], by=by, at=at)


@transaction.atomic
def give_up(survey: UUID, holder: UUID, problem: str, *, by: Actor, at: datetime) -> None:
    """It can't be worked out: ``problem`` is the kind of error. The report before it stays. Effects: one fact."""
    row = _held(survey, holder).select_for_update().first()
    if row is not None:
        row.state, row.open, row.ended_at, row.problem = GIVEN_UP, None, at, problem[:200]
        row.save(update_fields=["state", "open", "ended_at", "problem"])
        ledger.append(stream(row.id), [GivenUp(row.problem)], by=by, at=at)


def stream(survey: UUID) -> str:
    """The stream of its facts."""
    return f"survey:{survey}"


def _held(survey: UUID, holder: UUID) -> Any:
    return Survey.objects.filter(id=survey, holder=holder, state__in=OPEN)
