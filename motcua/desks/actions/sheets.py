"""Sheets of filings: sent by reception, brought in by the worker chunk by chunk; what is wrong is told row by row.

A chunk is one transaction that also moves ``next_row``: killed half-way, the run goes on where it was, and nothing is
filed twice. The filing's moment is when the sheet was sent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.base import files, ledger
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Forbidden, Invalid, Refused
from motcua.base.text import clean
from motcua.catalogue.queries import Plan, plan
from motcua.desks.actions.counter import Brought, Counted, file_at_counter
from motcua.desks.events import SheetBroughtIn, SheetSent
from motcua.desks.models import SheetFault, SheetRun
from motcua.desks.rules import (
    IDENTITY,
    OWNER,
    PAPERS,
    PHONE,
    Column,
    Problem,
    answers_of,
    columns_of,
    filing_id,
    fingerprint,
    is_hints,
    matched,
    papers_of,
    row_of,
)
from motcua.desks.sheets import Cell, opened
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Filing, Owner, competent
from motcua.forms import Fault
from motcua.people.models import Agency
from motcua.people.rules import check_identity_number, phone

CHUNK = 50  # filings of one transaction: so long others wait for a number of the agency's day
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Row:
    """A row that says something. ``time``: the how-maniest of its content in the file."""

    number: int
    said: dict[str, str]
    problems: list[Problem]
    content: str
    time: int


@dataclass
class Reading:
    """A sheet being read for one run; ``next_row`` is where it stands. Kept by the process between chunks.

    ``ended``: nothing is left, or the file broke its reader there (``broken``).
    """

    edition: Plan
    last_row: int
    rows: Iterator[Row]
    next_row: int = 1
    ended: bool = False
    broken: Refused | None = None

    def take(self, many: int) -> list[Row]:
        """The next rows that say something, so many at most."""
        taken: list[Row] = []
        while len(taken) < many and not self.ended:
            try:
                row = next(self.rows, None)
            except Refused as no:
                row, self.broken = None, no
            self.ended = row is None
            self.next_row = row.number + 1 if row else self.last_row + 1
            taken += [row] if row else []
        return taken


def send_sheet(
    content: Iterable[bytes], name: str, edition_id: UUID, *, receive: bool, by: Actor, at: datetime
) -> SheetRun:
    """Keep the file and take it in hand, after its columns were found to be those of the procedure.

    Effects: a stored file, a waiting run, a fact. Raises as `files.store`, `sheets.opened`, `rules.matched` and
    `Plan.obstacle`; `Invalid` ``sheet_empty``, ``file_type_refused``; `Forbidden` ``wrong_role``.
    """
    by.must_have({"reception"})
    edition, agency = plan(edition_id), Agency.objects.get(id=by.agency)
    if obstacle := edition.obstacle("direct"):
        raise Refused(obstacle, procedure=edition.code)
    if not competent(agency.level, agency.fields, edition.definition):
        raise Forbidden("agency_not_competent", agency=agency.name)
    stored = files.store(content, at=at)
    if stored.media_type != SHEET_TYPE:
        raise Invalid("file_type_refused", found=stored.media_type, accepted=["xlsx"])
    reading = read(stored.sha256, edition)
    if not reading.take(1):
        raise reading.broken or Invalid("sheet_empty")
    with transaction.atomic():
        run = SheetRun.objects.create(
            agency=agency, officer_id=by.id, edition_id=edition_id, file=stored, receive=receive, sent_at=at,
            name=clean(name.replace("\x00", ""))[-120:] or "bang.xlsx", next_row=1, last_row=reading.last_row,
        )  # fmt: skip
        sent = SheetSent(by.agency, edition.code, stored.sha256, reading.last_row)
        ledger.append(f"sheet:{run.id}", [sent], by=by, at=at, after=ledger.NOTHING)
    return run


def read(sha256: str, edition: Plan) -> Reading:
    """The sheet of a stored file from its first row. Raises as `sheets.opened` and `rules.matched`."""
    with closing(files.open_file(sha256)) as stored:
        sheet = opened(stored.read(), edition.code)
    lines = sheet.rows()
    _, first = next(lines, (1, []))
    header = matched(first, columns_for(edition))
    return Reading(edition, sheet.last_row, _rows(lines, header))


def columns_for(edition: Plan) -> list[Column]:
    """The columns of sheets for this edition."""
    return columns_of(edition.form_definition, [(paper.code, paper.name) for paper in edition.definition.papers])


def bring_in(run_id: UUID, reading: Reading, *, at: datetime) -> SheetRun | None:
    """Bring one chunk of a run in; None when the run is done or in another hand.

    Effects: dossiers with their facts, faults, the run's counts, at the end a fact. Raises `Conflict` ``acted_first``
    when another process read on meanwhile: open the sheet anew.
    """
    with transaction.atomic():
        found = SheetRun.objects.select_for_update(skip_locked=True, of=("self",)).select_related("officer")
        run = found.filter(id=run_id, state="waiting").first()
        if run is None:
            return None
        while reading.next_row < run.next_row and reading.take(1):
            pass
        if reading.next_row != run.next_row:
            raise Conflict("acted_first")
        _bring(run, reading.edition, reading.take(CHUNK))
        run.next_row = reading.next_row
        if reading.ended:
            _end(run, reading.edition.code, reading.broken, at)
        run.save()
    return run


def give_up(run_id: UUID, why: Refused, *, at: datetime) -> None:
    """End a run whose file can't be read any more; what was brought in stays, the reason is told at the next row."""
    with transaction.atomic():
        found = SheetRun.objects.select_for_update(of=("self",)).select_related("officer", "edition__procedure")
        run = found.filter(id=run_id, state="waiting").first()
        if run is not None:
            _end(run, run.edition.procedure.code, why, at)
            run.save()


def sender(run: SheetRun) -> Actor:
    """Who sent the sheet, as the officer of reception that he or she was then."""
    return Actor(f"officer:{run.officer_id}", run.officer.full_name, frozenset({"reception"}), str(run.agency_id))


def _end(run: SheetRun, procedure: str, broken: Refused | None, at: datetime) -> None:
    if broken:
        run.wrong += 1
        told_why = [refused("", broken).plain()]
        SheetFault.objects.update_or_create(run=run, row=run.next_row, defaults={"faults": told_why})
    run.state, run.done_at = "done", at
    told = SheetBroughtIn(str(run.agency_id), procedure, run.filed, run.known, run.wrong)
    ledger.append(f"sheet:{run.id}", [told], by=sender(run), at=at)


def _rows(lines: Iterator[tuple[int, list[Cell]]], header: list[Column | None]) -> Iterator[Row]:
    times: Counter[str] = Counter()
    for number, cells in lines:
        if number == 2 and is_hints(cells, header):
            continue
        said, problems = row_of(cells, header)
        if said or problems:
            content = fingerprint(said)
            times[content] += 1
            yield Row(number, said, problems, content, times[content])


def _bring(run: SheetRun, edition: Plan, rows: list[Row]) -> None:
    by, columns = sender(run), {each.name: each for each in columns_for(edition)}
    ids = {row.number: filing_id(run.agency_id, edition.code, row.content, row.time) for row in rows}
    known = set(Dossier.objects.filter(id__in=list(ids.values())).values_list("id", flat=True))
    faults = []
    for row in rows:
        if not row.problems and ids[row.number] in known:
            run.known += 1
            continue
        problems = row.problems or Attempt(run, edition, row, ids[row.number], columns).problems(by)
        if problems:
            run.wrong += 1
            faults.append(SheetFault(run=run, row=row.number, faults=[each.plain() for each in problems]))
        else:
            run.filed += 1
    SheetFault.objects.bulk_create(faults)


@dataclass
class Attempt:
    """One row on its way to a dossier."""

    run: SheetRun
    edition: Plan
    row: Row
    id: UUID
    columns: dict[str, Column]

    def problems(self, by: Actor) -> list[Problem]:
        """File the row; empty: it is filed, and received where that was asked. Else why not, and nothing was written."""
        try:
            if found := [*self._about_owner(), *self._about_papers(), *self._about_answers()]:
                return found
            brought = tuple(Brought(code, originals=1) for code in self._papers()[0])
            counted = Counted(brought, receive=self.run.receive)
            file_at_counter(self.filing(), counted, by=by, at=self.run.sent_at)
        except Refused as no:
            return [refused("", no)]
        return []

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers that apply."""
        return self.edition.form.kept(answers_of(self.edition.form_definition, self.row.said))

    def filing(self) -> Filing:
        """The filing as `file_at_counter` takes it."""
        said = self.row.said
        identity = check_identity_number(said[IDENTITY]).number if IDENTITY in said else ""
        owner = Owner(clean(said[OWNER])[:200], identity, phone(said[PHONE]) if PHONE in said else "")
        return Filing(
            id=self.id, edition=self.edition.edition_id, agency=self.run.agency_id, channel="direct", owner=owner,
            answers=self.answers, return_by="counter",
        )  # fmt: skip

    def _about_owner(self) -> Iterator[Problem]:
        said = self.row.said
        if not clean(said.get(OWNER, "")):
            yield Problem(self.columns[OWNER].title, "form", "required", {})
        for name, check in ((IDENTITY, check_identity_number), (PHONE, phone)):
            try:
                if name in said:
                    check(said[name])
            except Refused as no:
                yield refused(self.columns[name].title, no)

    def _papers(self) -> tuple[list[str], list[str]]:
        return papers_of(self.row.said.get(PAPERS, ""), self.columns[PAPERS])

    def _about_papers(self) -> Iterator[Problem]:
        if strange := self._papers()[1]:
            yield Problem(self.columns[PAPERS].title, "refusal", "sheet_papers_unknown", {"papers": strange})

    def _about_answers(self) -> Iterator[Problem]:
        faults: dict[str, Fault] = self.edition.form.check(self.answers)
        for path, fault in faults.items():
            name = path if path in self.columns else path.partition("-")[0]
            title = self.columns[name].title if name in self.columns else self._asked(name)
            yield Problem(title, "form", fault.code, fault.params)

    def _asked(self, name: str) -> str:
        """What the form calls a field that has no column of its own: a repeated group."""
        return str(self.edition.form_definition["properties"].get(name, {}).get("title", name))


def refused(column: str, no: Refused) -> Problem:
    """A refusal as a problem of one column; what a person typed is left out."""
    details = {key: value for key, value in no.details.items() if isinstance(value, str | int | list)}
    return Problem(column, "refusal", no.code, details)
