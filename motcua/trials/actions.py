"""Whole lives of dossiers brought in at once through COPY: made-up ones, for trials at volume.

What is written is what the verbs would have written: facts with their chain, standing, counters of the day; nobody is
asked for money. The counts per agency and state are added and the cursors of those who read them are moved past these
facts in the same transaction, so that a count equals a recount at every moment.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.db import connection, transaction

from motcua.base import ledger
from motcua.base.errors import Refused
from motcua.base.text import fold
from motcua.dossiers.actions.moving import moved
from motcua.dossiers.rules import Owner

BATCH = 2000
COLUMNS = {
    "dossiers_dossier": "id, code, edition_id, channel, owner_name, owner_folded, owner_identity, owner_phone,"
    " on_behalf_of, answers, return_by, submitted_at",
    "dossiers_standing": "dossier_id, agency_id, state, step, role, officer_id, received_at, due_at, step_due_at,"
    " paused_at, ended_at, seq, tip",
    "base_fact": f"{ledger.COLUMNS}, xid",
    "dossiers_supplement": "id, dossier_id, papers, reason, asked_at, asked_by, answer_by, answered_at",
}
COUNT = """
INSERT INTO dossiers_tally (agency, state, count) VALUES (%s, %s, %s)
ON CONFLICT (agency, state) DO UPDATE SET count = dossiers_tally.count + excluded.count
"""
NUMBER = """
INSERT INTO base_counter (key, value) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET value = greatest(base_counter.value, excluded.value)
"""
UNREAD = """
SELECT name FROM unnest(%s::text[]) AS name LEFT JOIN base_cursor USING (name)
WHERE EXISTS (SELECT FROM base_fact f WHERE fact_id IS NULL OR (f.xid, f.id) > (base_cursor.xid, fact_id))
"""
ALONE = "SELECT motcua_xid(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
PAST = """
UPDATE base_cursor SET xid = %s, failures = 0, fact_id = (
  SELECT id FROM base_fact WHERE xid = %s ORDER BY id DESC LIMIT 1
) WHERE name = ANY(%s)
"""


class Told(NamedTuple):
    """One fact of a life: what happened, who did it when, and the state it led to."""

    id: str
    event: Any
    to: str
    by: str
    at: datetime


@dataclass(slots=True)
class Life:
    """A dossier from filing to where it stands; ``standing`` are the columns between agency and ``seq``."""

    id: str
    code: str
    edition: str
    agency: str
    channel: str
    owner: Owner
    answers: str
    told: list[Told]
    standing: tuple[Any, ...]
    supplements: Sequence[tuple[Any, ...]] = ()


def load_lives(lives: Iterable[Life], numbers: dict[str, int], *, settled: Sequence[str]) -> int:
    """Write ``lives``; returns how many. ``numbers`` are the counters of the days as they stand afterwards.

    ``settled`` names the subscribers that need not read these facts: nobody is told, no result is issued, and what they
    count is added here. Raises `Refused` ``ledger_unread`` when one of them is behind, ``node_busy`` when somebody else
    is writing; nothing is written then. Effects: nobody writes a fact while this runs.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE base_fact IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(ALONE)
        xid, oldest = cursor.fetchone()
        if xid != oldest:  # a running writer has a lower number: the cursors would go past what it is about to write
            raise Refused("node_busy")
        cursor.execute(UNREAD, [list(settled)])
        if behind := [name for (name,) in cursor.fetchall()]:
            raise Refused("ledger_unread", subscribers=behind)
        counts = _pour(cursor, lives, xid)
        cursor.executemany(COUNT, [(*key, count) for key, count in sorted(counts.items())])
        cursor.executemany(NUMBER, sorted(numbers.items()))
        cursor.execute(PAST, [xid, xid, list(settled)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier, dossiers_standing, base_fact")
    return counts.total()


def _batches(lives: Iterable[Life]) -> Iterator[list[Life]]:
    source = iter(lives)
    while batch := list(islice(source, BATCH)):
        yield batch


def _pour(cursor: Any, lives: Iterable[Life], xid: int) -> Counter[tuple[str, str]]:
    """While the database takes one batch in, the next is made."""
    counts: Counter[tuple[str, str]] = Counter()
    with ThreadPoolExecutor(max_workers=1) as writer:
        written: Future[None] | None = None
        for batch in _batches(lives):
            counts.update((life.agency, life.told[-1].to) for life in batch)
            lines = _lines(batch, xid)
            if written:
                written.result()
            written = writer.submit(_copy, cursor, lines)
        if written:
            written.result()
    return counts


def _copy(cursor: Any, lines: dict[str, list[str]]) -> None:
    for table, found in lines.items():
        if found:
            with cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
                copy.write("".join(found))


def _lines(batch: list[Life], xid: int) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
    for life in batch:
        facts, tip = _facts(life, xid)
        lines["base_fact"] += facts
        lines["dossiers_dossier"].append(_dossier(life))
        standing = (life.id, life.agency, life.told[-1].to, *life.standing, len(facts), f"\\x{tip.hex()}")
        lines["dossiers_standing"].append(_line(standing))
        lines["dossiers_supplement"] += map(_line, life.supplements)
    return lines


def _facts(life: Life, xid: int) -> tuple[list[str], bytes]:
    stream, node, before, state = f"dossier:{life.id}", settings.NODE, b"", ""
    lines = []
    for seq, told in enumerate(life.told, 1):
        name = ledger.fact_name(told.event.__class__)
        data = {**ledger.plain(told.event), **moved(state, told.to, life.agency)}
        after = ledger.digest(before, [told.id, stream, seq, name, data, told.by, node], told.at)
        text = _escaped(orjson.dumps(data).decode())
        lines.append(
            f"{told.id}\t{stream}\t{seq}\t{name}\t{text}\t{told.by}\t{node}\t{told.at}"
            f"\t\\\\x{before.hex()}\t\\\\x{after.hex()}\t{xid}\n"
        )
        before, state = after, told.to
    return lines, before


def _dossier(life: Life) -> str:
    owner = life.owner
    return _line((
        life.id, life.code, life.edition, life.channel, owner.name, fold(owner.name), owner.identity_number, owner.phone,
        "{}", life.answers, "counter", life.told[0].at,
    ))  # fmt: skip


def _line(values: Sequence[Any]) -> str:
    """One line of COPY's text format."""
    return "\t".join([r"\N" if value is None else _escaped(str(value)) for value in values]) + "\n"


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text
