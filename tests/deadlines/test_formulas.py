"""What must hold of every due date: later receipt never earlier due, waits add exactly, words agree with the result."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motcua.base.worktime import VIETNAM, Calendar, Special
from motcua.deadlines.counting import CutOff, Due, Term, due, due_after_pause, with_pause
from motcua.deadlines.national import national
from motcua.deadlines.words import explain
from tests.deadlines.test_worktime import ODD

# an odd office that, as every office does, closes before midnight: its closing is then a moment of the same day
EVENING = Special("Trực", intervals=((0, 60), (600, 660), (1200, 1260)))
calendars = st.sampled_from([national(), ODD.layered({date(2025, 3, 13): EVENING})])
instants = st.datetimes(datetime(2024, 6, 1), datetime(2026, 3, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001
halves = st.integers(1, 60).map(lambda number: number / 2)
terms = st.one_of(
    st.builds(Term, hours=st.integers(1, 1000).map(lambda quarters: quarters / 4)),
    st.builds(Term, working_days=halves),
    st.builds(Term, days=st.integers(1, 120)),
    st.builds(Term, months=st.integers(1, 12)),
    st.builds(Term, hours=st.sampled_from([4.0, 8.0, 12.0, 16.0]), if_after=st.sampled_from(["11:30", "15:00"])),
    st.builds(Term, working_days=halves, if_after=st.just("15:00")),
)
cut_offs = st.builds(
    CutOff, st.sampled_from([None, time(9), time(16), time(17)]), st.booleans(), st.sampled_from([None, time(8)])
)
waits = st.tuples(st.integers(0, 15_000), st.integers(0, 15_000))


def promised(received: datetime, term: Term, calendar: Calendar, rules: CutOff) -> Due:
    found = due(received, term, calendar, rules)
    assert found is not None
    return found


@given(calendars, instants, st.timedeltas(timedelta(), timedelta(days=20)), terms, cut_offs)
def test_a_later_receipt_is_never_due_earlier_at_any_office_under_any_cut_off(
    calendar: Calendar, received: datetime, later: timedelta, term: Term, rules: CutOff
) -> None:
    first = promised(received, term, calendar, rules)
    second = promised(received + later, term, calendar, rules)
    assert first.at <= second.at and first.starts <= second.starts


@given(calendars, instants, halves, halves, cut_offs)
def test_more_time_is_never_due_earlier_and_whole_days_end_at_the_closing(
    calendar: Calendar, received: datetime, one: float, other: float, rules: CutOff
) -> None:
    less, more = sorted([one, other])
    first, second = (promised(received, Term(working_days=days), calendar, rules).at for days in (less, more))
    assert first <= second and (first < second or less == more)
    if less == int(less):
        assert first == calendar.closing(first.astimezone(VIETNAM).date())


@given(calendars, instants, st.integers(0, 30), cut_offs)
def test_half_a_day_more_ends_half_way_through_the_next_working_day(
    calendar: Calendar, received: datetime, days: int, rules: CutOff
) -> None:
    half = promised(received, Term(working_days=days + 0.5), calendar, rules).at
    whole = promised(received, Term(working_days=days + 1), calendar, rules).at
    day = calendar.day(half.astimezone(VIETNAM).date())
    assert day.date == whole.astimezone(VIETNAM).date()
    assert calendar.working_minutes_between(half, whole) == day.minutes - max(1, round(day.minutes / 2))


@given(calendars, instants, st.integers(1, 60), cut_offs)
def test_hours_are_working_minutes_from_the_start_to_the_minute(
    calendar: Calendar, received: datetime, hours: int, rules: CutOff
) -> None:
    found = promised(received, Term(hours=hours), calendar, rules)
    assert calendar.working_minutes_between(found.starts, found.at) == hours * 60
    assert found.starts >= received.replace(second=0, microsecond=0)


@given(calendars, instants, st.integers(1, 120), st.integers(1, 12))
def test_days_and_months_end_on_the_day_of_the_law_or_the_next_working_day(
    calendar: Calendar, received: datetime, days: int, months: int
) -> None:
    for term in (Term(days=days), Term(months=months)):
        found = promised(received, term, calendar, CutOff())
        last = found.at.astimezone(VIETNAM).date()
        moved = [note for note in found.explanation if note["kind"] == "moved"]
        ends = date.fromisoformat(moved[0]["date"]) if moved else last
        assert calendar.day(last).working and found.at == calendar.closing(last)
        assert not [day for day in calendar.days(ends, last) if day.working][:-1]
        if term.days:
            first = date.fromisoformat(found.explanation[1]["date"])
            assert (ends - first).days == term.days - 1


@given(calendars, instants, terms, st.lists(waits, min_size=1, max_size=5))
def test_waiting_several_times_is_waiting_once_for_the_sum(
    calendar: Calendar, received: datetime, term: Term, turns: list[tuple[int, int]]
) -> None:
    promise = promised(received, term, calendar, CutOff())
    found, moment, waited = promise, promise.starts, 0
    for worked, wait in turns:
        asked = moment + timedelta(minutes=worked)
        if asked >= found.at:
            break
        moment = asked + timedelta(minutes=wait)
        found = with_pause(found, asked, moment, calendar)
        waited += calendar.working_minutes_between(asked, moment)
    assert found.at == (calendar.add_working_minutes(promise.at, waited) if waited else promise.at)
    assert calendar.working_minutes_between(promise.at, found.at) == waited


@given(calendars, instants, terms, waits, waits)
def test_a_later_appointment_stays_later_after_the_same_wait(
    calendar: Calendar, received: datetime, term: Term, turn: tuple[int, int], more: tuple[int, int]
) -> None:
    first = promised(received, term, calendar, CutOff()).at
    second = promised(received + timedelta(minutes=more[0]), term, calendar, CutOff()).at
    asked = received + timedelta(minutes=turn[0])
    until = asked + timedelta(minutes=turn[1])
    assert due_after_pause(first, asked, until, calendar) <= due_after_pause(second, asked, until, calendar)


@given(calendars, instants, terms, cut_offs, waits)
def test_every_date_of_the_explanation_agrees_with_the_result(
    calendar: Calendar, received: datetime, term: Term, rules: CutOff, turn: tuple[int, int]
) -> None:
    promise = promised(received, term, calendar, rules)
    asked = promise.starts + timedelta(minutes=turn[0])
    for found in (promise, with_pause(promise, asked, asked + timedelta(minutes=turn[1]), calendar)):
        agrees(found, received, calendar)


def agrees(found: Due, received: datetime, calendar: Calendar) -> None:
    """Hold every note of an explanation against the calendar and the result."""
    notes = list(found.explanation)
    assert read(notes[0]["at"]) == received.replace(second=0, microsecond=0)
    assert notes[-1]["kind"] == "due" and read(notes[-1]["at"]) == found.at
    assert [note["kind"] for note in notes].count("due") == 1
    start = notes[1]
    assert "date" in start or read(start["at"]) == found.starts
    runs = [note for note in notes if note["kind"] in {"off", "works"}]
    last = date.min
    for note in runs:
        first, until = (date.fromisoformat(note.get(key, note.get("date", ""))) for key in ("first", "last"))
        assert last < first <= until
        days = list(calendar.days(first, until))
        assert all(day.working == (note["kind"] == "works") for day in days)
        assert days[0].special and days[0].why == note["why"]
        last = until
    told = [(date.fromisoformat(note.get("first") or note["date"]), run_end(note)) for note in runs]
    special = [day for day in calendar.days(local_day(received), local_day(found.at)) if day.special]
    assert all(any(first <= day.date <= until for first, until in told) for day in special)
    assert explain(notes).endswith(".") and explain(notes, "en").endswith(".")


def run_end(note: dict[str, Any]) -> date:
    return date.fromisoformat(note.get("last") or note["date"])


def local_day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def read(stamped: str) -> datetime:
    return datetime.fromisoformat(stamped).astimezone(UTC)


def test_no_two_notes_of_a_due_date_contradict_each_other_over_a_year_of_receipts() -> None:
    """Every working minute of the hour counts once: the due dates of a whole year never step back."""
    moments = [datetime(2025, 1, 2, tzinfo=VIETNAM) + timedelta(hours=7 * number) for number in range(1200)]
    for term in (Term(hours=8), Term(working_days=0.5), Term(days=15), Term(months=1)):
        found = [promised(moment, term, national(), CutOff(time(17), last_hour=True, opens=time(8))).at
                 for moment in moments]  # fmt: skip
        assert all(one <= other for one, other in pairwise(found))
