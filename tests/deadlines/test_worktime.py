"""The legal calendar: which minutes count, and arithmetic over them."""

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from motcua.base.errors import DefinitionError, Refused
from motcua.base.worktime import OFFICE_HOURS, VIETNAM, Calendar, Special, check_intervals
from motcua.deadlines.national import Decided, Swap, decisions, holiday, national, problems_of
from tests.real_data import real_data

MORNING = ((450, 690),)
# An office whose Saturday is a half day, with own hours, a day of three intervals and one whole closed week.
ODD = Calendar(
    2024,
    2027,
    {
        date(2025, 3, 12): Special("Chỉ làm buổi sáng", intervals=MORNING),
        date(2025, 3, 13): Special("Trực", intervals=((0, 60), (600, 660), (1380, 1440))),
        **{date(2025, 6, number): Special("Chuyển trụ sở") for number in range(2, 7)},
    },
    week=(OFFICE_HOURS,) * 5 + (MORNING, ()),
)
calendars = st.sampled_from([national(), ODD])
instants = st.datetimes(datetime(2024, 6, 1), datetime(2026, 6, 1), timezones=st.just(VIETNAM)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0)
)
amounts = st.integers(1, 30_000)


def at(text: str) -> datetime:
    """A moment on the clock of Hà Nội."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def why(text: str) -> str:
    return national().day(date.fromisoformat(text)).why


@given(calendars, instants, amounts)
def test_added_minutes_are_found_again_between(calendar: Calendar, start: datetime, minutes: int) -> None:
    assert calendar.working_minutes_between(start, calendar.add_working_minutes(start, minutes)) == minutes


@given(calendars, instants, amounts)
def test_adding_minutes_never_lands_outside_working_time(calendar: Calendar, start: datetime, minutes: int) -> None:
    day, minute = calendar.place(calendar.add_working_minutes(start, minutes) - timedelta(minutes=1))
    assert any(opens <= minute < closes for opens, closes in day.intervals)


@given(calendars, instants, amounts, amounts)
def test_adding_in_two_goes_is_adding_at_once(calendar: Calendar, start: datetime, first: int, second: int) -> None:
    halfway = calendar.add_working_minutes(start, first)
    assert calendar.add_working_minutes(halfway, second) == calendar.add_working_minutes(start, first + second)


@given(calendars, instants, instants, amounts)
def test_who_starts_earlier_is_never_done_later(
    calendar: Calendar, one: datetime, other: datetime, minutes: int
) -> None:
    earlier, later = sorted([one, other])
    assert calendar.add_working_minutes(earlier, minutes) <= calendar.add_working_minutes(later, minutes)


@given(calendars, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_the_time_of_a_stretch_is_the_sum_of_its_parts(calendar: Calendar, marks: list[datetime]) -> None:
    parts = [calendar.working_minutes_between(start, end) for start, end in pairwise(marks)]
    assert calendar.working_minutes_between(marks[0], marks[-1]) == sum(parts)
    assert calendar.working_minutes_between(marks[-1], marks[0]) == -sum(parts)


@given(calendars, instants, instants)
def test_between_agrees_with_counting_minute_by_day(calendar: Calendar, one: datetime, other: datetime) -> None:
    start, end = sorted([one, other])
    counted = sum(
        max(timedelta(), min(end, opening(day, closes)) - max(start, opening(day, opens))) // timedelta(minutes=1)
        for day_ in calendar.days(start.date(), end.date())
        for day, (opens, closes) in ((day_.date, interval) for interval in day_.intervals)
    )
    assert calendar.working_minutes_between(start, end) == counted


def opening(day: date, minute: int) -> datetime:
    """The moment ``minute`` minutes after midnight, made another way than the calendar makes it."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=7))) + timedelta(minutes=minute)


@given(calendars, instants)
def test_the_next_opening_is_open_and_nothing_was_open_before(calendar: Calendar, moment: datetime) -> None:
    found = calendar.next_opening(moment)
    assert calendar.is_open(found)
    assert calendar.working_minutes_between(moment, found) == 0
    assert (found == moment) == calendar.is_open(moment)
    assert calendar.add_working_minutes(moment, 0) == found


@given(calendars, st.dates(date(2024, 6, 1), date(2026, 6, 1)), st.integers(1, 120))
def test_working_days_forward_and_back_meet(calendar: Calendar, day: date, count: int) -> None:
    after, before = calendar.add_working_days(day, count), calendar.add_working_days(day, -count)
    assert sum(found.working for found in calendar.days(day, after)) == count + calendar.day(day).working
    assert sum(found.working for found in calendar.days(before, day)) == count + calendar.day(day).working
    assert calendar.day(after).working and calendar.day(before).working


@given(calendars, instants, amounts, st.integers(-11, 14))
def test_the_zone_in_which_a_moment_is_given_changes_nothing(
    calendar: Calendar, start: datetime, minutes: int, hours: int
) -> None:
    elsewhere = start.astimezone(timezone(timedelta(hours=hours)))
    found = calendar.add_working_minutes(elsewhere, minutes)
    assert found == calendar.add_working_minutes(start, minutes)
    assert found.tzinfo is UTC


def test_no_minute_is_lost_or_doubled_by_summer_time_elsewhere() -> None:
    """Clocks changed in Europe on 29/03/2026; Việt Nam has had no summer time since 1975."""
    paris = datetime.fromisoformat("2026-03-27T10:00+01:00")
    assert national().add_working_minutes(paris, 480) == at("2026-03-30T16:00")


def test_seconds_are_cut_off_as_on_the_receipt() -> None:
    start = at("2026-11-10T09:00").replace(second=59, microsecond=999_999)
    assert national().add_working_minutes(start, 1) == at("2026-11-10T09:01")


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-10T09:00", 150, "2026-11-10T11:30"),
        ("2026-11-10T09:00", 151, "2026-11-10T13:01"),
        ("2026-11-10T12:00", 1, "2026-11-10T13:01"),
        ("2026-11-10T16:59", 1, "2026-11-10T17:00"),
        ("2026-11-10T16:59", 2, "2026-11-11T07:31"),
        ("2026-11-14T10:00", 480, "2026-11-16T17:00"),
        ("2026-12-31T16:00", 120, "2027-01-04T08:30"),
        ("2026-11-10T17:00", 0, "2026-11-11T07:30"),
    ],
)
def test_minutes_end_where_a_clerk_would_say(start: str, minutes: int, end: str) -> None:
    assert national().add_working_minutes(at(start), minutes) == at(end)


def test_a_half_day_counts_its_own_minutes_and_is_one_working_day() -> None:
    half = ODD.day(date(2025, 3, 12))
    assert (half.minutes, half.working, half.why) == (240, True, "Chỉ làm buổi sáng")
    assert ODD.add_working_minutes(at("2025-03-12T10:30"), 61) == at("2025-03-13T00:01")
    assert ODD.add_working_days(date(2025, 3, 11), 2) == date(2025, 3, 13)
    assert ODD.closing(date(2025, 3, 12)) == at("2025-03-12T11:30")


def test_an_open_office_closes_with_its_last_minute() -> None:
    assert national().is_open(at("2026-11-10T16:59"))
    assert not national().is_open(at("2026-11-10T17:00"))
    assert not national().is_open(at("2026-11-10T11:30"))


def test_2026_has_the_holidays_and_the_swap_that_were_decided() -> None:
    assert [why(f"2026-02-{day}") for day in range(16, 21)] == ["Nghỉ Tết Nguyên đán"] * 5
    assert national().day(date(2026, 2, 13)).working and national().day(date(2026, 2, 23)).working
    assert why("2026-08-31") == "Nghỉ hoán đổi, làm bù ngày 22/08/2026"
    assert not national().day(date(2026, 8, 31)).working
    saturday = national().day(date(2026, 8, 22))
    assert (saturday.intervals, saturday.why) == (OFFICE_HOURS, "Làm bù cho ngày 31/08/2026")
    assert why("2026-09-01") == why("2026-09-02") == "Nghỉ lễ Quốc khánh 2/9"
    assert why("2026-01-01") == "Nghỉ Tết Dương lịch"


def test_2025_has_the_holidays_and_the_swap_that_were_decided() -> None:
    days = [day.working for day in national().days(date(2025, 4, 26), date(2025, 5, 5))]
    assert days == [True, False, True, True, False, False, False, False, False, True]
    assert national().day(date(2025, 4, 26)).intervals == OFFICE_HOURS


def test_a_swapped_saturday_works_the_hours_of_the_day_it_makes_up_for() -> None:
    monday = ((480, 720),)
    office = national().layered({}, week=(monday, *(OFFICE_HOURS,) * 4, (), ()))
    assert office.day(date(2026, 8, 22)).intervals == monday
    assert office.day(date(2026, 8, 24)).intervals == monday
    assert national().day(date(2026, 8, 24)).intervals == OFFICE_HOURS


def test_an_offices_own_day_wins_over_a_national_one() -> None:
    own = Special("Trực Quốc khánh", intervals=MORNING)
    office = national().layered({date(2026, 9, 2): own})
    assert office.day(date(2026, 9, 2)).minutes == 240
    assert office.day(date(2026, 9, 1)).minutes == 0
    assert national().day(date(2026, 9, 2)).minutes == 0


@pytest.mark.parametrize("year", [1994, 2031])
def test_a_year_whose_holidays_are_unknown_is_refused(year: int) -> None:
    with pytest.raises(Refused, match="calendar_unknown_year") as refused:
        national().day(date(year, 6, 1))
    assert refused.value.details == {"year": year, "first": 1995, "last": 2030}


def test_counting_past_the_last_known_year_is_refused() -> None:
    with pytest.raises(Refused, match="calendar_unknown_year"):
        national().add_working_minutes(at("2030-12-31T16:00"), 61)
    with pytest.raises(Refused, match="calendar_unknown_year"):
        national().add_working_days(date(1995, 1, 4), -5)


def test_a_moment_without_a_zone_and_negative_time_are_errors() -> None:
    with pytest.raises(ValueError, match="naive datetime"):
        national().add_working_minutes(datetime(2026, 11, 10, 9), 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        national().add_working_minutes(at("2026-11-10T09:00"), -1)
    with pytest.raises(ValueError, match="day off"):
        national().closing(date(2026, 11, 15))


@pytest.mark.parametrize(
    "intervals", [((690, 450),), ((450, 450),), ((450, 700), (690, 1020)), ((-1, 10),), ((1000, 1441),)]
)
def test_intervals_that_are_not_those_of_a_day_are_errors(intervals: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="intervals"):
        check_intervals(intervals)
    with pytest.raises(ValueError, match="intervals"):
        Special("Sai", intervals=intervals)


def test_a_holiday_name_that_no_reason_claims_is_an_error_not_a_working_day() -> None:
    with pytest.raises(DefinitionError, match="Ngày lạ"):
        holiday("Ngày lạ", decisions())


def test_decisions_that_contradict_themselves_are_named() -> None:
    known = decisions()
    swap = Swap(date(2026, 8, 31), date(2026, 8, 29))
    broken = [
        (Swap(date(2026, 8, 29), date(2026, 8, 30)), "for a day of the weekend"),
        (swap, "2026-08-31 stands in two swaps"),
    ]
    for row, words in broken:
        assert words in " ".join(problems_of(replace(known, swaps=(*known.swaps, row))))
    unknown = Decided(date(2026, 3, 2), date(2026, 3, 1), "lunch")
    found = list(problems_of(replace(known, decided=(unknown,))))
    assert found == ["2026-03-02: unknown reason lunch", "2026-03-02: ends before it starts"]
    assert list(problems_of(known)) == []


@pytest.mark.real_data
def test_every_published_holiday_and_swap_since_1995_is_ours_and_no_other() -> None:
    folder = real_data("holidays")
    published = rows(folder / "vn_public_holidays_1995_2030.csv")
    swaps = rows(folder / "vn_swapped_working_days.csv")
    assert (len(published), len(swaps)) == (450, 13)
    off = {date.fromisoformat(row["date"]) for row in published}
    worked = {date.fromisoformat(row["compensatory_working_saturday"]) for row in swaps}
    assert {date.fromisoformat(row["day_off"]) for row in swaps} <= off
    for day in national().days(date(1995, 1, 1), date(2030, 12, 31)):
        expected = day.date in worked or (day.date.weekday() < 5 and day.date not in off)
        assert (day.working, day.special) == (expected, day.date in off | worked), day
    for row in published:
        observed = "nghỉ bù" in row["name_vi"]
        assert why(row["date"]).startswith("Nghỉ bù") == observed


@pytest.mark.real_data
def test_2013_of_a_real_one_stop_desk_differs_from_the_country_by_one_saturday() -> None:
    """The city worked Saturday 23/02/2013, which no national list holds; its other 364 days are the country's."""
    real = {
        date.fromisoformat(row["date"]): row["is_off"] == "1"
        for row in rows(real_data("holidays") / "yenbai_onestop_calendar.csv")
    }
    assert len(real) == 365
    assert [day for day, off in real.items() if off == national().day(day).working] == [date(2013, 2, 23)]
    own = {date(2013, 2, 23): Special("Làm việc theo lịch của thành phố", like=4)}
    office = national().layered(own)
    assert [day for day, off in real.items() if off == office.day(day).working] == []
    assert office.day(date(2013, 5, 4)).why == "Làm bù cho ngày 29/04/2013"


def rows(path: object) -> list[dict[str, str]]:
    with open(path, encoding="utf-8") as file:  # type: ignore[call-overload]  # noqa: PTH123
        return list(csv.DictReader(file))
