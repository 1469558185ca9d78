"""A filing at the counter: filed, its papers counted, put into its group, received; all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid
from motcua.catalogue.queries import plan
from motcua.desks.actions.groups import put_in
from motcua.desks.actions.tickets import serve
from motcua.desks.events import PapersCounted
from motcua.desks.models import PaperCount
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import Filing
from motcua.dossiers.states import State
from motcua.filing.actions import submit

MOST_SHEETS = 9999


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought for one paper. ``pages`` None: not counted. ``shown``: only shown, nothing of it was kept."""

    paper: str
    originals: int = 0
    copies: int = 0
    pages: int | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What the counter adds to a filing: the papers as counted, its group, its queue ticket, and whether it is
    received at once."""

    papers: tuple[Brought, ...] = ()
    group: UUID | None = None
    ticket: UUID | None = None
    receive: bool = True


def file_at_counter(filing: Filing, counted: Counted, *, by: Actor, at: datetime) -> Dossier:
    """File, count, group and receive in one transaction. Sent twice it is one dossier, counted once.

    What is taken in for another agency is received there. Raises as `filing.actions.submit` and ``receive``;
    `Invalid` ``paper_unknown``, ``paper_count_wrong``; `NotFound` ``group_unknown``.
    """
    by.must_have({"reception"})
    _check(filing, counted.papers)
    with transaction.atomic():
        dossier = submit(filing, by=by, at=at)
        count_papers(dossier, counted.papers, by=by, at=at)
        if counted.group:
            put_in(counted.group, [dossier.id], by=by, at=at)
        if counted.ticket:
            serve(counted.ticket, by=by, at=at)
        waiting = Standing.objects.filter(dossier=dossier.id, state=State.SUBMITTED, agency=by.agency)
        if counted.receive and waiting.exists():
            actions.receive(dossier.id, by=by, at=at)
        return dossier


def count_papers(dossier: Dossier, papers: Sequence[Brought], *, by: Actor, at: datetime) -> None:
    """Keep what was counted, once: a dossier that has its counts keeps them. Effects: rows, and one fact."""
    if not papers or PaperCount.objects.filter(dossier=dossier).exists():
        return
    PaperCount.objects.bulk_create(
        PaperCount(
            dossier=dossier, paper=each.paper, originals=each.originals, copies=each.copies, pages=each.pages,
            shown=each.shown,
        )
        for each in papers
    )  # fmt: skip
    told = [
        f"{each.paper}:{each.originals}:{each.copies}:{'' if each.pages is None else each.pages}:"
        f"{'shown' if each.shown else 'kept'}"
        for each in papers
    ]
    ledger.append(f"papers:{dossier.id}", [PapersCounted(str(dossier.id), told)], by=by, at=at)


def _check(filing: Filing, papers: Sequence[Brought]) -> None:
    known = {paper.code for paper in plan(filing.edition).definition.papers} | {"khac"}
    codes = [each.paper for each in papers]
    if strange := sorted(set(codes) - known):
        raise Invalid("paper_unknown", papers=strange)
    numbers = [number for each in papers for number in (each.originals, each.copies, each.pages or 0)]
    if len(codes) != len(set(codes)) or any(not 0 <= number <= MOST_SHEETS for number in numbers):
        raise Invalid("paper_count_wrong", limit=MOST_SHEETS)
