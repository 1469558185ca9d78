"""Due dates by law, and how they are explained to people."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import DefinitionError, Refused
from motcua.base.worktime import VIETNAM, Special
from motcua.deadlines.counting import NO_CUT_OFF, CutOff, Due, Term, add_months, due, due_after_pause, with_pause
from motcua.deadlines.national import national
from motcua.deadlines.words import explain

KARAOKE = CutOff(cut_off=time(17), last_hour=True, opens=time(8))
instants = st.datetimes(datetime(2024, 6, 1), datetime(2026, 6, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001
terms = st.one_of(
    st.builds(Term, hours=st.floats(0.01, 500)),
    st.builds(Term, working_days=st.integers(1, 120).map(lambda halves: halves / 2)),
    st.builds(Term, days=st.integers(1, 120)),
    st.builds(Term, months=st.integers(1, 12)),
    st.builds(Term, hours=st.sampled_from([4.0, 8.0, 16.0]), if_after=st.just("15:00")),
)
rules = st.builds(CutOff, st.sampled_from([None, time(16), time(17)]), st.booleans())


def at(text: str) -> datetime:
    """A moment on the clock of Hà Nội."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def promised(received: str, term: Term, rules: CutOff = NO_CUT_OFF) -> str:
    """When it is due, on the clock of Hà Nội."""
    found = due(at(received), term, national(), rules)
    assert found is not None
    return found.at.astimezone(VIETNAM).isoformat(timespec="minutes")[:16]


def appointment(received: str, term: Term, rules: CutOff = NO_CUT_OFF) -> Due:
    found = due(at(received), term, national(), rules)
    assert found is not None
    return found


@given(instants, terms, rules)
def test_nothing_is_due_before_it_was_received_or_while_the_office_is_closed(
    received: datetime, term: Term, rules: CutOff
) -> None:
    found = due(received, term, national(), rules)
    assert found is not None and found.at > received
    assert national().is_open(found.at - timedelta(minutes=1))
    assert found.starts <= found.at


@given(st.lists(instants, min_size=2, max_size=2).map(sorted), terms, rules)
def test_who_files_earlier_on_the_same_or_another_day_is_never_served_later(
    received: list[datetime], term: Term, rules: CutOff
) -> None:
    first, second = (due(moment, term, national(), rules) for moment in received)
    assert first is not None and second is not None and first.at <= second.at


@given(instants, terms, rules)
def test_every_appointment_can_be_told_after_being_stored_as_json(
    received: datetime, term: Term, rules: CutOff
) -> None:
    found = due(received, term, national(), rules)
    assert found is not None
    stored = json.loads(json.dumps(found.explanation))
    assert explain(stored) == explain(found.explanation)
    due_words = f"hẹn trả {found.at.astimezone(VIETNAM):%H:%M}"
    assert explain(stored).startswith("Nhận lúc ") and due_words in explain(stored)
    assert explain(stored, "en").startswith("Received at ")


def test_eighty_hours_are_ten_working_days() -> None:
    assert promised("2026-01-30T17:00", Term(hours=80)) == "2026-02-13T17:00"
    assert promised("2026-01-30T09:10", Term(working_days=10)) == "2026-02-13T17:00"
    assert promised("2026-01-30T09:10", Term(hours=80)) == "2026-02-13T09:10"


@pytest.mark.parametrize(
    ("received", "term", "promise"),
    [
        ("2026-11-10T09:00", Term(hours=8), "2026-11-11T09:00"),
        ("2026-11-13T16:00", Term(hours=2), "2026-11-16T08:30"),
        ("2026-11-14T09:00", Term(hours=2), "2026-11-16T09:30"),
        ("2026-11-10T09:00", Term(working_days=3), "2026-11-13T17:00"),
        ("2026-11-10T18:00", Term(working_days=3), "2026-11-13T17:00"),
        ("2026-11-14T09:00", Term(working_days=3), "2026-11-18T17:00"),
        ("2026-02-13T09:00", Term(working_days=3), "2026-02-25T17:00"),
        ("2026-08-21T09:00", Term(working_days=6), "2026-08-28T17:00"),
        ("2026-08-20T09:00", Term(working_days=8), "2026-09-03T17:00"),
        ("2026-11-10T09:00", Term(days=3), "2026-11-13T17:00"),
        ("2026-11-10T09:00", Term(days=5), "2026-11-16T17:00"),
        ("2026-01-31T09:00", Term(days=15), "2026-02-23T17:00"),
        ("2026-10-30T09:00", Term(months=1), "2026-11-30T17:00"),
        ("2025-12-31T09:00", Term(months=2), "2026-03-02T17:00"),
        ("2026-11-10T09:00", Term(working_days=0.5), "2026-11-11T11:30"),
        ("2026-11-10T09:00", Term(working_days=1.5), "2026-11-12T11:30"),
    ],
)
def test_a_term_ends_where_the_law_says(received: str, term: Term, promise: str) -> None:
    assert promised(received, term) == promise


def test_half_a_working_day_on_a_half_day_is_half_of_that_day() -> None:
    office = national().layered({date(2026, 11, 11): Special("Chỉ làm buổi sáng", intervals=((450, 690),))})
    found = due(at("2026-11-10T09:00"), Term(working_days=0.5), office)
    assert found is not None and found.at == at("2026-11-11T09:30")


@pytest.mark.parametrize(
    ("received", "promise"),
    [
        ("2026-11-20T07:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00", "2026-11-20T17:00"),
        ("2026-11-20T15:01", "2026-11-23T17:00"),
        ("2026-11-20T17:30", "2026-11-23T17:00"),
        ("2026-11-21T09:00", "2026-11-23T17:00"),
        ("2026-02-13T15:01", "2026-02-23T17:00"),
    ],
)
def test_birth_registration_is_done_the_same_day_unless_received_after_three(received: str, promise: str) -> None:
    """Luật Hộ tịch 60/2014/QH13: at once within the day; received after 15:00, on the next working day."""
    assert promised(received, Term(hours=8, if_after="15:00")) == promise


def test_longer_terms_with_a_cut_off_time_count_the_day_of_receipt() -> None:
    assert promised("2026-11-17T15:00", Term(working_days=3, if_after="15:00")) == "2026-11-19T17:00"
    assert promised("2026-11-17T15:01", Term(hours=24, if_after="15:00")) == "2026-11-20T17:00"


@pytest.mark.parametrize(
    ("received", "starts", "because"),
    [
        ("2026-11-19T15:59", "2026-11-19T15:59", "in_hours"),
        ("2026-11-19T16:00", "2026-11-20T08:00", "last_hour"),
        ("2026-11-19T16:59", "2026-11-20T08:00", "last_hour"),
        ("2026-11-19T17:00", "2026-11-20T08:00", "after_hours"),
        ("2026-11-19T17:01", "2026-11-20T08:00", "after_hours"),
        ("2026-11-20T16:30", "2026-11-23T08:00", "last_hour"),
        ("2026-11-21T10:00", "2026-11-23T08:00", "day_off"),
        ("2026-02-13T16:30", "2026-02-23T08:00", "last_hour"),
        ("2026-11-19T12:00", "2026-11-19T13:00", "break"),
        ("2026-11-19T06:00", "2026-11-19T08:00", "before_opening"),
        ("2026-11-19T07:40", "2026-11-19T08:00", "before_count"),
    ],
)
def test_the_interlinked_decree_starts_the_clock_on_the_next_working_day(
    received: str, starts: str, because: str
) -> None:
    found = appointment(received, Term(hours=8), KARAOKE)
    assert found.starts == at(starts)
    assert found.explanation[1]["because"] == because


def test_a_cut_off_before_closing_moves_what_comes_later_and_only_that() -> None:
    early = CutOff(cut_off=time(16))
    assert promised("2026-11-19T16:00", Term(hours=1), early) == "2026-11-19T17:00"
    assert promised("2026-11-19T16:01", Term(hours=1), early) == "2026-11-20T08:30"
    assert promised("2026-11-19T16:01", Term(hours=1)) == "2026-11-20T07:31"


def test_the_chain_of_three_three_and_ten_working_days_ends_within_sixteen() -> None:
    """Each agency counts from the hand-over of the one before it (3 + 3 + 10)."""
    moment = at("2026-11-02T09:00")
    for days in (3, 3, 10):
        step = due(moment, Term(working_days=days), national(), KARAOKE)
        assert step is not None
        moment = step.at
    assert moment == at("2026-11-25T17:00")
    assert moment == appointment("2026-11-02T09:00", Term(working_days=16), KARAOKE).at


def test_no_term_gives_no_appointment() -> None:
    assert due(at("2026-11-10T09:00"), Term(), national()) is None
    assert due(at("2026-11-10T09:00"), None, national()) is None


@pytest.mark.parametrize(
    "values",
    [
        {"hours": 8, "days": 1},
        {"hours": 0},
        {"working_days": -1},
        {"hours": float("nan")},
        {"days": 3, "if_after": "15:00"},
        {"hours": 8, "if_after": "3pm"},
        {"hours": 8, "if_after": "25:00"},
    ],
)
def test_a_term_that_contradicts_itself_is_an_error(values: dict[str, object]) -> None:
    with pytest.raises(DefinitionError):
        Term(**values)  # type: ignore[arg-type]


def test_a_term_that_ends_beyond_the_known_years_is_refused() -> None:
    with pytest.raises(Refused, match="calendar_unknown_year"):
        due(at("2030-12-20T09:00"), Term(months=1), national())


def test_working_time_waited_for_a_supplement_is_added_to_the_minute() -> None:
    promise = appointment("2026-01-30T15:40", Term(working_days=10))
    pause = (at("2026-02-03T08:30"), at("2026-02-05T10:00"))
    found = with_pause(promise, *pause, national())
    assert found.at == at("2026-02-25T09:00") == due_after_pause(promise.at, *pause, national())
    assert national().working_minutes_between(promise.at, found.at) == 17 * 60 + 30


@given(instants, terms, instants, st.timedeltas(timedelta(), timedelta(days=40)))
def test_a_pause_gives_exactly_the_time_waited_and_never_takes_any(
    received: datetime, term: Term, paused: datetime, wait: timedelta
) -> None:
    promise = due(received, term, national())
    assert promise is not None
    found = due_after_pause(promise.at, paused, paused + wait, national())
    waited = national().working_minutes_between(paused, paused + wait)
    expected = 0 if paused >= promise.at else waited
    assert national().working_minutes_between(promise.at, found) == expected


def test_a_pause_that_began_when_it_was_overdue_or_lasted_a_night_changes_nothing() -> None:
    promise = appointment("2026-11-10T09:00", Term(hours=8))
    assert with_pause(promise, at("2026-11-12T09:00"), at("2026-11-16T09:00"), national()) == promise
    assert with_pause(promise, at("2026-11-10T17:00"), at("2026-11-11T07:30"), national()) == promise
    with pytest.raises(ValueError, match="resumed before"):
        with_pause(promise, at("2026-11-10T10:00"), at("2026-11-10T09:59"), national())


def test_a_restart_counts_from_zero_after_the_full_dossier() -> None:
    assert promised("2026-11-10T09:00", Term(working_days=10)) == "2026-11-25T17:00"
    assert promised("2026-11-18T09:00", Term(working_days=10)) == "2026-12-03T17:00"


def test_months_keep_the_day_or_end_with_their_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 15), 12) == date(2027, 12, 15)


def test_the_citizen_is_told_what_was_counted_and_what_was_not() -> None:
    found = appointment("2026-01-30T15:40", Term(working_days=11))
    assert explain(found.explanation) == (
        "Nhận lúc 15:40 thứ Sáu 30/01/2026, tính từ thứ Hai 02/02/2026; thời hạn 11 ngày làm việc; "
        "16–20/02 nghỉ Tết Nguyên đán; hẹn trả 17:00 thứ Hai 23/02/2026."
    )
    assert explain(found.explanation, "en") == (
        "Received at 15:40 Friday 30/01/2026, counted from Monday 02/02/2026; 11 working days; "
        "16–20/02 off: Lunar New Year; due at 17:00 Monday 23/02/2026."
    )


def test_swaps_moved_ends_and_receipt_after_hours_are_told() -> None:
    found = appointment("2026-08-20T18:00", Term(days=11))
    assert explain(found.explanation) == (
        "Nhận lúc 18:00 thứ Năm 20/08/2026, tính từ thứ Sáu 21/08/2026 (nhận sau giờ làm việc); thời hạn 11 ngày; "
        "thứ Bảy 22/08 làm bù cho ngày 31/08/2026; thứ Hai 31/08 nghỉ hoán đổi, làm bù ngày 22/08/2026; "
        "01–02/09 nghỉ lễ Quốc khánh 2/9; ngày cuối thứ Hai 31/08 là ngày nghỉ nên lùi đến ngày làm việc tiếp theo; "
        "hẹn trả 17:00 thứ Năm 03/09/2026."
    )


def test_late_filing_and_pauses_are_told() -> None:
    late = appointment("2026-11-20T15:01", Term(hours=8, if_after="15:00"))
    assert explain(late.explanation) == (
        "Nhận lúc 15:01 thứ Sáu 20/11/2026, tính ngay từ lúc nhận; giải quyết trong ngày tiếp nhận; "
        "nhận sau 15:00 nên lùi một ngày làm việc; hẹn trả 17:00 thứ Hai 23/11/2026."
    )
    waited = with_pause(
        appointment("2026-11-16T09:00", Term(hours=4)),
        at("2026-11-16T10:00"),
        at("2026-11-17T10:30"),
        national(),
    )
    assert explain(waited.explanation) == (
        "Nhận lúc 09:00 thứ Hai 16/11/2026, tính ngay từ lúc nhận; thời hạn 4 giờ làm việc; "
        "chờ bổ sung từ 10:00 thứ Hai 16/11/2026 đến 10:30 thứ Ba 17/11/2026, cộng thêm 8 giờ 30 phút làm việc; "
        "hẹn trả 15:00 thứ Ba 17/11/2026."
    )


def test_a_long_holiday_is_one_run_and_every_reason_has_its_own() -> None:
    found = appointment("2025-04-24T09:00", Term(working_days=5))
    runs = [note for note in found.explanation if note["kind"] in {"off", "works"}]
    assert [(note.get("first") or note["date"], note["why"]) for note in runs] == [
        ("2025-04-26", "Làm bù cho ngày 02/05/2025"),
        ("2025-04-30", "Nghỉ lễ Chiến thắng 30/4"),
        ("2025-05-01", "Nghỉ lễ Quốc tế Lao động 1/5"),
        ("2025-05-02", "Nghỉ hoán đổi, làm bù ngày 26/04/2025"),
    ]
