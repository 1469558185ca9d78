"""Subscribers: cursors over the ledger. Exactly once for what they write here, replayable from the first fact.

A batch is read up to the oldest running transaction (a fact with a lower ``xid`` may still appear after one with a
higher, but never after every transaction below it has ended), applied, and the cursor moved, in one transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from motcua.base.ledger import Row, read
from motcua.base.models import Cursor, Fact, ParkedFact

BATCH = 500
TRIES = 5


@dataclass(frozen=True)
class Subscriber:
    """``apply`` gets facts named in ``facts``, oldest first; ``reset`` empties what it has written, before a replay."""

    name: str
    facts: frozenset[str]
    apply: Callable[[Sequence[Row]], None]
    reset: Callable[[], None]
    batch: int = BATCH  # fewer where applying one fact takes long: a batch is one transaction


class Subscribers(tuple[Subscriber, ...]):
    """All subscribers of the house as the wiring lists them: ``provider(Subscribers)``."""


def advance(subscriber: Subscriber) -> int:
    """Read and apply one batch; returns how many facts the cursor went past (0: nothing new, or another has it).

    Effects: what ``subscriber.apply`` writes, the moved cursor, and after `TRIES` failures a parked fact.
    """
    Cursor.objects.get_or_create(name=subscriber.name)
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update(skip_locked=True).filter(name=subscriber.name).first()
        batch = _unread(cursor, subscriber.batch) if cursor else []
        if cursor is None or not batch:
            return 0
        if _applied(subscriber, batch):
            _move(cursor, batch[-1])
            return len(batch)
        return _one_by_one(subscriber, cursor, batch)


def run_until_read(subscribers: Sequence[Subscriber]) -> int:
    """Advance every subscriber until nothing is left; returns the facts read. For tests and ``motcua replay``."""
    total, read_now = 0, 1
    while read_now:
        read_now = sum(advance(subscriber) for subscriber in subscribers)
        total += read_now
    return total


def replay(subscriber: Subscriber) -> None:
    """Forget what ``subscriber`` wrote and start again at the first fact; `advance` then computes it anew."""
    with transaction.atomic():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(name=subscriber.name)
        subscriber.reset()
        ParkedFact.objects.filter(cursor=cursor).delete()
        Cursor.objects.filter(name=cursor.name).update(xid=0, fact_id=None, failures=0)


def lag(name: str) -> int:
    """Facts recorded and not yet read by the subscriber ``name``, counted up to 10,000."""
    cursor = Cursor.objects.filter(name=name).first() or Cursor(name=name)
    return len(Fact.objects.extra(where=[_after(cursor)[0]], params=_after(cursor)[1]).values_list("id")[:10_000])


def _after(cursor: Cursor) -> tuple[str, list[object]]:
    if cursor.fact_id is None:
        return "xid >= %s", [cursor.xid]
    return "(xid, id) > (%s, %s)", [cursor.xid, cursor.fact_id]


def _unread(cursor: Cursor, limit: int) -> list[Fact]:
    where, values = _after(cursor)
    visible = "xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    sql = f"SELECT * FROM base_fact WHERE {where} AND {visible} ORDER BY xid, id LIMIT %s"
    return list(Fact.objects.raw(sql, [*values, limit]))


def _wanted(subscriber: Subscriber, batch: Sequence[Fact]) -> list[Row]:
    return [read(fact) for fact in batch if fact.name in subscriber.facts]


def _applied(subscriber: Subscriber, batch: Sequence[Fact]) -> bool:
    try:
        with transaction.atomic():
            if wanted := _wanted(subscriber, batch):
                subscriber.apply(wanted)
    except Exception:
        if connection.needs_rollback:  # the connection itself is gone: nothing here can be trusted
            raise
        return False
    return True


def _one_by_one(subscriber: Subscriber, cursor: Cursor, batch: Sequence[Fact]) -> int:
    """After a batch failed: go as far as single facts succeed, and count the failure of the one that stops us."""
    for done, fact in enumerate(batch):
        try:
            with transaction.atomic():
                if wanted := _wanted(subscriber, [fact]):
                    subscriber.apply(wanted)
        except Exception as problem:
            if cursor.failures + 1 < TRIES:
                Cursor.objects.filter(name=cursor.name).update(failures=cursor.failures + 1)
                return done
            ParkedFact.objects.get_or_create(cursor=cursor, fact=fact, defaults={"error": f"{problem!r}"[:2000]})
        _move(cursor, fact)
    return len(batch)


def _move(cursor: Cursor, fact: Fact) -> None:
    cursor.xid, cursor.fact_id, cursor.failures = fact.xid, fact.id, 0
    Cursor.objects.filter(name=cursor.name).update(xid=fact.xid, fact_id=fact.id, failures=0)
