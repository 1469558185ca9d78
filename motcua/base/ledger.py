"""The ledger: one append-only list of facts, hash-chained per stream.

Every change of the house records one fact in the transaction that makes the change. The hash of a fact is SHA-256 over
the hash before it and the canonical JSON of its content, so a changed fact breaks its own hash and a removed one the
count of its stream.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from motcua.base.actor import Actor
from motcua.base.errors import Conflict
from motcua.base.ids import new_id
from motcua.base.models import Fact

COLUMNS = "id, stream, seq, name, data, actor, node, at, prev_hash, hash"
MARKS = "(%s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s)"


class Tip(NamedTuple):
    """The end of a stream: its last ``seq`` (0: nothing yet) and that fact's hash."""

    seq: int = 0
    hash: bytes = b""


NOTHING = Tip()
Also = Mapping[str, Any]
NO_MORE: Also = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A fact ready to be written, or read back; ``data`` are plain values."""

    id: UUID
    stream: str
    seq: int
    name: str
    data: dict[str, Any]
    actor: str
    node: str
    at: datetime
    prev_hash: bytes
    hash: bytes


@cache
def fact_name(event: type) -> str:
    """``dossiers.events.SupplementAsked`` → ``"dossiers.supplement_asked"``."""
    part = event.__module__.split(".")[1]
    return f"{part}.{re.sub(r'(?<!^)(?=[A-Z])', '_', event.__name__).lower()}"


def digest(prev_hash: bytes, content: Sequence[Any], at: datetime) -> bytes:
    """SHA-256 over ``prev_hash`` and the canonical JSON (RFC 8785 in spirit: sorted keys, no blanks) of the content."""
    return hashlib.sha256(prev_hash + _canonical(content, at)).digest()


def canonical(row: Row) -> bytes:
    """What is hashed after the hash before: for who lets the database make the hash."""
    return _canonical([str(row.id), row.stream, row.seq, row.name, row.data, row.actor, row.node], row.at)


def _canonical(content: Sequence[Any], at: datetime) -> bytes:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return orjson.dumps([*content, moment], option=orjson.OPT_SORT_KEYS)


def rows_for(
    stream: str, events: Sequence[Any], *, by: Actor, at: datetime, after: Tip = NOTHING, also: Also = NO_MORE
) -> list[Row]:
    """The facts of ``events`` as they will stand in ``stream`` after ``after``. Pure but for new ids.

    ``also`` are plain values that the stream's part adds to each fact (a dossier: from which state to which).
    """
    rows: list[Row] = []
    tip = after
    for event in events:
        name, data, fact_id = fact_name(event.__class__), {**plain(event), **also}, new_id()
        content = [str(fact_id), stream, tip.seq + 1, name, data, by.ref, settings.NODE]
        hashed = digest(tip.hash, content, at)
        rows.append(Row(fact_id, stream, tip.seq + 1, name, data, by.ref, settings.NODE, at, tip.hash, hashed))
        tip = Tip(tip.seq + 1, hashed)
    return rows


def plain(event: Any) -> dict[str, Any]:
    """The event's fields as JSON gives them back: dates and ids as text, tuples as lists."""
    found: dict[str, Any] = orjson.loads(orjson.dumps(event))
    return found


def append(
    stream: str, events: Sequence[Any], *, by: Actor, at: datetime, after: Tip | None = None, also: Also = NO_MORE
) -> list[Row]:
    """Record ``events`` (frozen dataclasses of a part's ``events.py``) at the end of ``stream``.

    Effects: inserts facts in the caller's transaction. ``after`` is the tip the caller has seen; without it the tip is
    read. Raises `Conflict` ``acted_first`` when somebody else wrote to the stream in between; nothing is written then.
    """
    rows = rows_for(stream, events, by=by, at=at, after=after or tip_of(stream), also=also)
    insert(rows)
    return rows


def append_once(stream: str, event: Any, *, by: Actor, at: datetime) -> None:
    """Record ``event`` as the only fact of ``stream``; there already, it stays as it is. Effects: at most one fact."""
    (row,) = rows_for(stream, [event], by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO base_fact ({COLUMNS}) VALUES {MARKS} ON CONFLICT (stream, seq) DO NOTHING", row_values(row)
        )


def insert(rows: Sequence[Row]) -> None:
    """Write facts made by `rows_for`, in one statement. Raises `Conflict` as `append` does: the caller's whole
    transaction is lost then (a savepoint of its own would cost every move two flights more)."""
    if not rows:
        return
    marks = ", ".join([MARKS] * len(rows))
    values = [value for row in rows for value in row_values(row)]
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO base_fact ({COLUMNS}) VALUES {marks}", values)
    except IntegrityError as clash:
        if "fact_stream_seq" in str(clash):
            raise Conflict("acted_first", stream=rows[0].stream) from clash
        raise


def row_values(row: Row) -> tuple[Any, ...]:
    """The values of `COLUMNS` in order, as the driver takes them."""
    data = orjson.dumps(row.data).decode()
    return (row.id, row.stream, row.seq, row.name, data, row.actor, row.node, row.at, row.prev_hash, row.hash)


def tip_of(stream: str) -> Tip:
    """The end of a stream as the database has it now."""
    with connection.cursor() as cursor:  # asked before most writes: the ORM would take half of their time
        cursor.execute("SELECT seq, hash FROM base_fact WHERE stream = %s ORDER BY seq DESC LIMIT 1", [stream])
        last = cursor.fetchone()
    return Tip(last[0], bytes(last[1])) if last else NOTHING


def facts_of(stream: str) -> list[Row]:
    """All facts of one stream, oldest first."""
    return [read(fact) for fact in Fact.objects.filter(stream=stream).order_by("seq")]


def read(fact: Fact) -> Row:
    """The stored fact as a value."""
    return Row(
        fact.id, fact.stream, fact.seq, fact.name, fact.data, fact.actor, fact.node, fact.at,
        bytes(fact.prev_hash), bytes(fact.hash),
    )  # fmt: skip


def broken_facts(stream_prefix: str = "") -> Iterator[tuple[Row, str]]:
    """Every fact whose chain does not verify, with what is wrong; reads the ledger once, in stream order."""
    tip, stream = NOTHING, ""
    facts = Fact.objects.filter(stream__startswith=stream_prefix).order_by("stream", "seq")
    for fact in facts.iterator(chunk_size=5000):
        row = read(fact)
        if row.stream != stream:
            tip, stream = NOTHING, row.stream
        if wrong := fault(row, tip):
            yield row, wrong
        tip = Tip(row.seq, row.hash)


def fault(row: Row, after: Tip) -> str:
    """What is wrong with ``row`` as the next fact after ``after``; empty when it is sound."""
    content = [str(row.id), row.stream, row.seq, row.name, row.data, row.actor, row.node]
    if row.seq != after.seq + 1:
        return f"seq {row.seq} follows {after.seq}"
    if row.prev_hash != after.hash:
        return "prev_hash is not the hash of the fact before it"
    if row.hash != digest(row.prev_hash, content, row.at):
        return "hash does not match the content"
    return ""
