"""Subscribers read every fact once, in order, whatever the writers do."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from motcua.base import cursors, ledger
from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscriber, advance, lag, replay, run_until_read
from motcua.base.ledger import Row
from motcua.base.models import Counter as CountRow
from motcua.base.models import Cursor, Fact, ParkedFact


@dataclass(frozen=True)
class Counted:
    number: int


Counted.__module__ = "motcua.base.events"
NAMES = frozenset({"base.counted"})


def write(stream: str, number: int, at: datetime) -> None:
    ledger.append(stream, [Counted(number)], by=SYSTEM, at=at)


def remembering(apply_to: list[int]) -> Subscriber:
    return Subscriber("test", NAMES, lambda facts: apply_to.extend(f.data["number"] for f in facts), apply_to.clear)


@pytest.mark.django_db(transaction=True)
def test_it_reads_what_is_committed_once_and_again_after_a_replay(noon: datetime) -> None:
    seen: list[int] = []
    for number in range(5):
        write("test:1", number, noon)
    subscriber = remembering(seen)
    assert lag("test") == 5
    assert run_until_read([subscriber]) == 5
    assert run_until_read([subscriber]) == 0
    assert seen == [0, 1, 2, 3, 4]
    assert lag("test") == 0
    replay(subscriber)
    assert run_until_read([subscriber]) == 5
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_fact_of_a_running_transaction_is_waited_for_not_skipped(noon: datetime) -> None:
    seen: list[int] = []
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write("test:slow", 1, noon)
            begun.set()
            may_end.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    begun.wait(10)
    write("test:quick", 2, noon)  # a higher xid, committed first
    assert run_until_read([remembering(seen)]) == 0
    may_end.set()
    writer.join()
    assert run_until_read([remembering(seen)]) == 2
    assert seen == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_no_fact_is_skipped_or_doubled_under_concurrent_writers_and_readers(noon: datetime) -> None:
    """Six writers with transactions of odd lengths, some rolled back, against two readers of one cursor."""
    CountRow.objects.create(key="sum", value=0)
    done = threading.Event()
    kept: Counter[int] = Counter()
    lock = threading.Lock()

    def writer(number: int) -> None:
        random = Random(number)
        for turn in range(40):
            value = number * 1000 + turn
            try:
                with transaction.atomic():
                    write(f"test:{number}", value, noon)
                    sleep(random.random() / 200)
                    if random.random() < 0.2:
                        raise ValueError
            except ValueError:
                continue
            with lock:
                kept[value] += 1
        connection.close()

    def apply(facts: Sequence[Row]) -> None:
        # Written in the database, in the transaction that moves the cursor: what "exactly once" is about.
        for fact in facts:
            row, _ = CountRow.objects.get_or_create(key=f"seen:{fact.data['number']}", defaults={"value": 0})
            CountRow.objects.filter(pk=row.pk).update(value=row.value + 1)

    subscriber = Subscriber("test", NAMES, apply, lambda: None, batch=7)

    def reader() -> None:
        until = monotonic() + 60
        while monotonic() < until and (advance(subscriber) or not done.is_set()):
            pass
        connection.close()

    writers = [threading.Thread(target=writer, args=[number]) for number in range(6)]
    readers = [threading.Thread(target=reader) for _ in range(2)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    run_until_read([subscriber])
    seen = {int(row.key[5:]): row.value for row in CountRow.objects.filter(key__startswith="seen:")}
    assert seen == dict(kept)
    assert len(seen) == Fact.objects.count() > 100


@pytest.fixture
def broken_at_three() -> Iterator[tuple[Subscriber, list[int]]]:
    seen: list[int] = []

    def apply(facts: Sequence[Row]) -> None:
        for fact in facts:
            if fact.data["number"] == 3:
                raise RuntimeError("three is broken")
            seen.append(fact.data["number"])

    yield Subscriber("test", NAMES, apply, seen.clear), seen


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_fails_five_times_is_parked_and_the_cursor_goes_on(
    noon: datetime, broken_at_three: tuple[Subscriber, list[int]]
) -> None:
    subscriber, _ = broken_at_three
    for number in range(6):
        write("test:1", number, noon)
    read = [advance(subscriber) for _ in range(5)]
    assert read == [3, 0, 0, 0, 3]  # up to the broken one, four tries more, then past it and on to the end
    parked = ParkedFact.objects.get()
    assert parked.fact.data == {"number": 3}
    assert "three is broken" in parked.error
    assert lag("test") == 0
    assert Cursor.objects.get(name="test").failures == 0


def test_the_number_of_tries_is_five() -> None:
    assert cursors.TRIES == 5
