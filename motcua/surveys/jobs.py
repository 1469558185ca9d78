"""Clock work: ask for the report when the catalogue changed, and work it out a little at a time."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from motcua.base.actor import SYSTEM
from motcua.base.errors import Conflict
from motcua.base.ids import new_id
from motcua.base.worktime import local
from motcua.catalogue.queries import definitions
from motcua.review.report import Report, reviewing
from motcua.surveys import actions, queries
from motcua.surveys.made import made_of
from motcua.surveys.models import Survey

SECONDS = 1.0  # at a time: what reads the ledger has its turn in between


@dataclass
class Work:
    """The survey this process is at, as far as it is."""

    survey: UUID
    steps: Generator[int, None, Report]
    holder: UUID
    done: int = 0


_work: list[Work] = []


def keep_fresh() -> None:
    """Ask for a report where the newest does not show the catalogue as it is; an empty catalogue has none."""
    at = datetime.now(UTC)
    if queries.out_of_date() and queries.procedures_in_force(at):
        actions.ask(by=SYSTEM, at=at)


def compute() -> bool:
    """Work at the open survey for about `SECONDS`; returns whether something is left. Safe to run twice."""
    if not _work and not _begin():
        return False
    work = _work.pop()
    try:
        if report := _go_on(work):
            at = datetime.now(UTC)
            actions.finish(work.survey, work.holder, made_of(report, at), by=SYSTEM, at=at)
            return False
        actions.go_on(work.survey, work.holder, work.done, at=datetime.now(UTC))
    except Conflict:  # thought dead, and another process has it now
        return False
    except Exception as fault:
        actions.give_up(work.survey, work.holder, type(fault).__name__, by=SYSTEM, at=datetime.now(UTC))
        raise
    _work.append(work)
    return True


def _go_on(work: Work) -> Report | None:
    until = time.monotonic() + SECONDS
    try:
        while time.monotonic() < until:
            work.done = next(work.steps)
    except StopIteration as end:
        return end.value
    return None


def _begin() -> bool:
    at, holder = datetime.now(UTC), new_id()
    if not Survey.objects.filter(open=True).exists():
        return False
    day = local(at).date()
    survey = actions.take(holder, day, queries.procedures_in_force(at), at=at)
    if survey:
        _work.append(Work(survey.id, reviewing(each for _, each in definitions(day)), holder))
    return survey is not None
