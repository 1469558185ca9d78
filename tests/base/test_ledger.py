"""The ledger cannot be changed in silence, and its chain names the fact that was."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.base import ledger
from motcua.base.actor import SYSTEM
from motcua.base.errors import Conflict
from motcua.base.ledger import Tip
from motcua.base.models import Fact


@dataclass(frozen=True)
class Happened:
    what: str
    count: int = 1


Happened.__module__ = "motcua.base.events"


def append(at: datetime, *texts: str, stream: str = "test:1") -> list[ledger.Row]:
    return ledger.append(stream, [Happened(text) for text in texts], by=SYSTEM, at=at)


@pytest.mark.django_db
def test_facts_count_up_and_each_carries_the_hash_of_the_one_before(noon: datetime) -> None:
    first, second = append(noon, "a", "b")
    (third,) = append(noon, "c")
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert [first.prev_hash, second.prev_hash, third.prev_hash] == [b"", first.hash, second.hash]
    assert first.name == "base.happened"
    assert list(ledger.broken_facts()) == []
    assert ledger.facts_of("test:1") == [first, second, third]


@pytest.mark.django_db
def test_who_saw_an_older_end_of_the_stream_is_refused(noon: datetime) -> None:
    (first,) = append(noon, "a")
    append(noon, "b")
    with pytest.raises(Conflict, match="acted_first"), transaction.atomic():
        ledger.append("test:1", [Happened("late")], by=SYSTEM, at=noon, after=Tip(1, first.hash))
    assert Fact.objects.filter(stream="test:1").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE base_fact SET name = 'x'", "DELETE FROM base_fact"])
def test_the_database_refuses_to_change_or_remove_a_fact(noon: datetime, sql: str) -> None:
    append(noon, "a")
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Fact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("""data = '{"what": "x", "count": 1}'""", "hash does not match the content"),
        ("actor = 'officer:evil'", "hash does not match the content"),
        ("at = at + interval '1 microsecond'", "hash does not match the content"),
        ("name = 'base.happenec'", "hash does not match the content"),
        ("id = 'ffffffff-0000-7000-8000-000000000000'", "hash does not match the content"),
        ("hash = set_byte(hash, 0, get_byte(hash, 0) # 1)", "hash does not match the content"),
        ("prev_hash = set_byte(prev_hash, 0, get_byte(prev_hash, 0) # 1)", "prev_hash is not the hash"),
        ("seq = 9", "seq"),
    ],
)
def test_a_changed_byte_is_found_and_the_fact_is_named(noon: datetime, change: str, wrong: str) -> None:
    append(noon, "before", stream="test:0")
    append(noon, "a", "b", "c")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_fact DISABLE TRIGGER base_fact_no_change")
        cursor.execute(f"UPDATE base_fact SET {change} WHERE stream = 'test:1' AND seq = 2")
        cursor.execute("ALTER TABLE base_fact ENABLE TRIGGER base_fact_no_change")
    found = list(ledger.broken_facts())
    assert found
    assert found[0][0].stream == "test:1"
    assert found[0][1].startswith(wrong)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15, allow_nan=False),
        max_size=5,
    )
)
def test_the_digest_does_not_depend_on_the_order_of_keys(data: dict[str, object]) -> None:
    at = datetime.fromisoformat("2026-11-10T02:00:00+00:00")
    turned = dict(reversed(data.items()))
    assert ledger.digest(b"", [data], at) == ledger.digest(b"", [turned], at)
