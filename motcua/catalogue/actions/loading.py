"""Load many procedures at once: only what changed is written, and the report says what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.models import Fact
from motcua.base.text import fold, slug
from motcua.base.worktime import local
from motcua.catalogue.actions.publishing import bump, head, stream
from motcua.catalogue.definition import plain
from motcua.catalogue.events import CatalogueLoaded, EditionExpired, EditionPublished
from motcua.catalogue.models import Edition, Field, Procedure
from motcua.catalogue.ports import Defect, Record, Rejected
from motcua.catalogue.queries import runs_of
from motcua.catalogue.rules import Report, broken_runs, changed_fields, content_hash, publish_problems
from motcua.catalogue.states import EDITION, EXPIRED, PUBLISHED
from motcua.processes.runs import Run

BATCH = 250  # rows of an insert; a definition is some twenty kilobytes
HEAD_COLUMNS = ["name", "name_en", "folded_name", "field", "ministry", "agency", "online", "levels", "subjects"]
HEAD_COLUMNS += ["life_events", "fileable", "listed"]


@dataclass
class Change:
    """A record that becomes an edition; ``old`` is the one it replaces."""

    record: Record
    hash: str
    old: Edition | None
    fields: tuple[str, ...] = ()


@transaction.atomic
def load_batch(records: Iterable[Record | Rejected], *, source: str, by: Actor, at: datetime) -> Report:
    """Publish what is new or changed in one transaction, and report on everything. Doing it again writes nothing.

    A record replaces an edition only of a source that knows no more than its own (``Record.rank``). Raises
    `Forbidden` when ``by`` may not publish.
    """
    EDITION.check("publish", EDITION.start, by)
    report, sound = _sorted_out(records)
    one_at_a_time()
    old = _current([record.code for record in sound])
    runs = runs_of([record.code for record in sound])
    changes = [
        change for record in sound if (change := _compare(record, old.get(record.code), runs[record.code], report))
    ]
    _note_same_names(sound, report)
    if changes:
        _write(changes, by=by, at=at)
        counts = (len(report.new), len(report.changed), len(report.unchanged), len(report.kept), len(report.refused))
        ledger.append("catalogue", [CatalogueLoaded(source, report.read, *counts)], by=by, at=at)
        bump()
    return report


def _sorted_out(records: Iterable[Record | Rejected]) -> tuple[Report, list[Record]]:
    """The sound records, and a report with the others and with every defect. A code may come once."""
    report, sound, seen = Report(), [], set()
    for place, record in enumerate(records, 1):
        report.read += 1
        if isinstance(record, Rejected):
            report.refused.append(record)
            continue
        problems = ["code_twice"] if record.code in seen else publish_problems(record.definition)
        if problems:
            report.refused.append(Rejected(record.code, f"#{place}", "; ".join(problems)[:500]))
            continue
        seen.add(record.code)
        sound.append(record)
        report.note(record.code, record.defects)
    return report, sound


def one_at_a_time() -> None:
    """Two loads at once would both find the same codes new: the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogue.load'))")


def _current(codes: Sequence[str]) -> dict[str, Edition]:
    """The newest published edition of each procedure, by code, its row locked against others who publish."""
    list(Procedure.objects.select_for_update().filter(code__in=codes).order_by("id").values_list("id"))
    newest = Edition.objects.filter(procedure__code__in=codes, state=PUBLISHED).select_related("procedure")
    return {edition.procedure.code: edition for edition in newest.order_by("number")}


def _compare(record: Record, old: Edition | None, runs: list[Run], report: Report) -> Change | None:
    """What is to be done with a record; the report learns it. One that breaks a recorded run is refused."""
    if old and old.rank > record.rank:
        report.kept.append(record.code)
        return None
    hashed = content_hash(record.definition, record.dated)
    if old and old.content_hash == hashed:
        report.unchanged.append(record.code)
        return None
    if broken := next(broken_runs(record.definition, [*record.definition.tests, *runs]), None):
        reason = f"breaks the recorded run {broken[0].name!r}: {'; '.join(map(str, broken[1]))}"
        report.refused.append(Rejected(record.code, "", reason[:500]))
        return None
    if old is None:
        report.new.append(record.code)
        return Change(record, hashed, None)
    fields = changed_fields(old.definition, record.definition, record.dated)
    report.changed[record.code] = fields
    return Change(record, hashed, old, fields)


def _note_same_names(records: list[Record], report: Report) -> None:
    """Two codes under one name, in this file or with what is there already."""
    names = {record.code: fold(record.definition.name.vi) for record in records}
    elsewhere = Procedure.objects.filter(folded_name__in=set(names.values())).exclude(code__in=names)
    many = Counter([*names.values(), *elsewhere.values_list("folded_name", flat=True)])
    for record in records:
        if many[names[record.code]] > 1:
            report.note(record.code, [Defect("same_name_two_codes", "name", record.definition.name.vi)])


def _write(changes: list[Change], *, by: Actor, at: datetime) -> None:
    today = local(at).date()
    procedures = _procedures(changes, today)
    numbers = _newest_numbers(procedures)
    facts: dict[str, list[Any]] = {}
    ended, editions = [], []
    for change in changes:
        procedure = procedures[change.record.code]
        edition = _edition(change, procedure, numbers.get(procedure.id, 0) + 1, today, at)
        events = facts.setdefault(stream(procedure.code), [])
        if change.old:
            ended.append(_ended(change.old, edition.in_force_from, today))
            events.append(
                EditionExpired(procedure.code, str(change.old.id), change.old.number, edition.in_force_from)
            )
        events.append(_published(change, edition))
        editions.append(edition)
    Edition.objects.bulk_update(ended, ["in_force_until", "state"], batch_size=BATCH)
    _copy(editions)
    _record(facts, by=by, at=at)


def _copy(editions: list[Edition]) -> None:
    """Insert through COPY: as arrays, which bulk inserts are sent as, the definitions take six times as long."""
    columns = [field.attname for field in Edition._meta.concrete_fields]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY catalogue_edition ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for edition in editions:
            values = {column: getattr(edition, column) for column in columns}
            copy.write_row([*(values | {"definition": orjson.dumps(edition.definition).decode()}).values()])


def _edition(change: Change, procedure: Procedure, number: int, today: date, at: datetime) -> Edition:
    """A record that replaces an edition holds from today at the earliest: the past is not rewritten."""
    definition = change.record.definition
    begins = (
        max(definition.in_force.from_, today, change.old.in_force_from) if change.old else definition.in_force.from_
    )
    return Edition(
        procedure=procedure,
        number=number,
        state=PUBLISHED,
        in_force_from=begins,
        in_force_until=definition.in_force.until,
        definition=plain(definition),
        content_hash=change.hash,
        source=definition.source,
        rank=change.record.rank,
        published_at=at,
    )


def _ended(old: Edition, until: date, today: date) -> Edition:
    old.in_force_until = until
    old.state = EXPIRED if until <= today else PUBLISHED
    return old


def _published(change: Change, edition: Edition) -> EditionPublished:
    code = change.record.code
    return EditionPublished(
        code, str(edition.id), edition.number, edition.in_force_from, change.hash, edition.source, change.fields
    )


def _procedures(changes: list[Change], today: date) -> dict[str, Procedure]:
    """The rows of the procedures touched, made or brought up to date; what begins later is listed on its day."""
    fields = _fields([change.record for change in changes])
    known = Procedure.objects.in_bulk([change.record.code for change in changes], field_name="code")
    made, renewed = [], []
    for change in changes:
        definition, row = change.record.definition, known.get(change.record.code)
        columns = head(definition, fields.get(slug(definition.field)[:120]))
        begun = definition.in_force.from_ <= today
        if row is None:
            made.append(Procedure(code=change.record.code, listed=begun, **columns))
        elif begun:
            for name, value in {**columns, "listed": True}.items():
                setattr(row, name, value)
            renewed.append(row)
    Procedure.objects.bulk_create(made, batch_size=BATCH)
    Procedure.objects.bulk_update(renewed, HEAD_COLUMNS, batch_size=BATCH)
    return known | {row.code: row for row in made}


def _fields(records: list[Record]) -> dict[str, Field]:
    named = {
        slug(record.definition.field)[:120]: record.definition for record in records if slug(record.definition.field)
    }
    rows = [Field(code=code, name=found.field, ministry=found.ministry) for code, found in named.items()]
    Field.objects.bulk_create(rows, ignore_conflicts=True)
    return Field.objects.in_bulk(list(named))


def _newest_numbers(procedures: dict[str, Procedure]) -> dict[int, int]:
    rows = Edition.objects.filter(procedure__in=procedures.values()).order_by("number")
    return dict(rows.values_list("procedure_id", "number"))


def _record(facts: dict[str, list[Any]], *, by: Actor, at: datetime) -> None:
    """The facts of many streams in few statements."""
    newest = Fact.objects.filter(stream__in=facts).order_by("stream", "-seq").distinct("stream")
    tips = {row[0]: ledger.Tip(row[1], bytes(row[2])) for row in newest.values_list("stream", "seq", "hash")}
    rows = [
        row
        for name, events in facts.items()
        for row in ledger.rows_for(name, events, by=by, at=at, after=tips.get(name, ledger.Tip()))
    ]
    for start in range(0, len(rows), BATCH):
        ledger.insert(rows[start : start + BATCH])


@transaction.atomic
def load_fields(rows: Iterable[dict[str, Any]], *, by: Actor) -> int:
    """Name the fields of administration in both languages: ``{code, name: {vi, en}, ministry}``; how many."""
    EDITION.check("publish", EDITION.start, by)
    fields = [
        Field(
            code=row["code"],
            name=row["name"]["vi"],
            name_en=row["name"].get("en", ""),
            ministry=row.get("ministry", ""),
        )
        for row in rows
    ]
    columns = ["name", "name_en", "ministry"]
    Field.objects.bulk_create(fields, update_conflicts=True, unique_fields=["code"], update_fields=columns)
    return len(fields)
