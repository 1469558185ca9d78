"""The stored calendar: what an office arranges for itself, and the command that prints a year."""

import json
from datetime import date, datetime

import pytest

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.ledger import facts_of
from motcua.deadlines.actions import clear_office_day, set_office_day
from motcua.deadlines.models import CalendarDay
from motcua.deadlines.national import national
from motcua.deadlines.queries import calendar_for
from motcua.people.models import Agency, AgencyCode
from motcua.sites.cli import commands

SATURDAY, MORNING, DAY = date(2026, 11, 14), ((450, 690),), ((450, 690), (780, 1020))
HEAD = Actor("officer:1", "Trưởng phòng", frozenset({"head"}))
CLERK = Actor("officer:2", "Chuyên viên", frozenset({"clerk"}))

pytestmark = pytest.mark.django_db


def test_an_office_without_own_days_has_the_national_calendar() -> None:
    assert calendar_for("H99.101") is national()


def test_an_offices_own_days_count_for_it_alone_and_at_once(noon: datetime) -> None:
    set_office_day("H99.101", SATURDAY, MORNING, "Trực sáng thứ Bảy", by=HEAD, at=noon)
    set_office_day("H99.101", date(2026, 11, 16), (), "Cúp điện", by=HEAD, at=noon)
    own = calendar_for("H99.101")
    assert (own.day(SATURDAY).minutes, own.day(SATURDAY).why) == (240, "Trực sáng thứ Bảy")
    assert own.add_working_days(date(2026, 11, 14), 1) == date(2026, 11, 17)
    assert own.day(date(2026, 11, 24)).why == national().day(date(2026, 11, 24)).why
    assert calendar_for("H99.102") is national()


def test_arranging_a_day_again_replaces_it_and_both_acts_stay_in_the_ledger(noon: datetime) -> None:
    set_office_day("H99.101", SATURDAY, MORNING, "Trực sáng thứ Bảy", by=HEAD, at=noon)
    assert calendar_for("H99.101").day(SATURDAY).minutes == 240
    set_office_day("H99.101", SATURDAY, DAY, "Làm bù cả ngày", by=HEAD, at=noon)
    assert calendar_for("H99.101").day(SATURDAY).minutes == 480
    clear_office_day("H99.101", SATURDAY, by=HEAD, at=noon)
    assert calendar_for("H99.101") is national()
    facts = facts_of("calendar:H99.101")
    assert [fact.name for fact in facts] == ["deadlines.office_day_set"] * 2 + ["deadlines.office_day_cleared"]
    assert facts[0].data == {
        "agency_code": "H99.101",
        "date": "2026-11-14",
        "intervals": [[450, 690]],
        "reason": "Trực sáng thứ Bảy",
    }


@pytest.mark.parametrize(
    ("office", "day", "intervals", "reason", "by", "kind", "code"),
    [
        ("H99.101", SATURDAY, MORNING, "Trực", CLERK, Forbidden, "wrong_role"),
        (" ", SATURDAY, MORNING, "Trực", HEAD, Invalid, "calendar_office_missing"),
        ("H99.101", SATURDAY, MORNING, "  ", HEAD, Invalid, "calendar_reason_missing"),
        ("H99.101", SATURDAY, ((690, 450),), "Trực", HEAD, Invalid, "calendar_bad_hours"),
        ("H99.101", SATURDAY, ((450, 1500),), "Trực", HEAD, Invalid, "calendar_bad_hours"),
        ("H99.101", date(2031, 1, 4), MORNING, "Trực", HEAD, Refused, "calendar_unknown_year"),
    ],
)
def test_a_day_that_may_not_be_arranged_leaves_nothing_behind(
    office: str,
    day: date,
    intervals: tuple[tuple[int, int], ...],
    reason: str,
    by: Actor,
    kind: type[Refused],
    code: str,
    noon: datetime,
) -> None:
    with pytest.raises(kind) as refused:
        set_office_day(office, day, intervals, reason, by=by, at=noon)
    assert refused.value.code == code
    assert not CalendarDay.objects.exists()
    assert facts_of(f"calendar:{office}") == []


def test_a_day_that_was_never_arranged_cannot_be_taken_back(noon: datetime) -> None:
    CalendarDay.objects.create(date=date(2026, 2, 16), reason="cả nước")
    for office, day in (("H99.101", SATURDAY), ("", date(2026, 2, 16))):
        with pytest.raises(NotFound, match="calendar_day_unknown"):
            clear_office_day(office, day, by=SYSTEM, at=noon)
        assert facts_of(f"calendar:{office}") == []
    assert CalendarDay.objects.filter(date=date(2026, 2, 16)).count() == 1


@pytest.mark.parametrize("days", [1, 3])
def test_a_calendar_costs_one_query(days: int, noon: datetime, django_assert_num_queries: object) -> None:
    for number in range(days):
        set_office_day("H99.101", date(2026, 11, 14 + number), MORNING, "Trực", by=HEAD, at=noon)
    for _ in range(2):
        with django_assert_num_queries(1):  # type: ignore[operator]
            calendar_for("H99.101")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints for a program or a person."""
    assert commands.run(["calendar", *arguments]) == 0
    return capsys.readouterr().out


def test_the_command_prints_every_day_of_2026_with_its_hours_and_why(
    capsys: pytest.CaptureFixture[str], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        found = json.loads(printed(capsys, "2026", "--json"))
    days = {day["date"]: day for day in found["days"]}
    assert (found["year"], found["office"], found["provisional"], len(days)) == (2026, None, False, 365)
    assert (found["working_days"], found["working_hours"]) == (249, 1992.0)
    assert days["2026-02-18"] == {
        "date": "2026-02-18",
        "weekday": "Wed",
        "working": False,
        "hours": 0.0,
        "minutes": 0,
        "intervals": [],
        "why": "Nghỉ Tết Nguyên đán",
        "why_en": "Lunar New Year",
    }
    assert days["2026-08-22"]["intervals"] == [["07:30", "11:30"], ["13:00", "17:00"]]
    assert (days["2026-08-22"]["weekday"], days["2026-08-22"]["hours"]) == ("Sat", 8.0)
    assert not days["2026-08-31"]["working"]


def test_a_person_reads_a_grid_with_reasons_and_sums(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "2027")
    assert "Tháng 02/2027\n T2  T3  T4  T5  T6  T7  CN\n  1   2   3   4*  5*  6*  7*\n" in text
    assert "  05/02/2027  nghỉ  Nghỉ Tết Nguyên đán\n" in text
    assert text.endswith("Việc hoán đổi ngày làm việc của năm này chưa được công bố.\n")


def test_an_offices_calendar_holds_its_own_days(capsys: pytest.CaptureFixture[str], noon: datetime) -> None:
    agency = Agency.objects.create(code="H99.101", name="Phường Mẫu", level="commune", valid_from=date(2025, 7, 1))
    AgencyCode.objects.create(agency=agency, code="H99.101", valid_from=date(2025, 7, 1))
    set_office_day("H99.101", SATURDAY, MORNING, "Trực sáng thứ Bảy", by=HEAD, at=noon)
    found = json.loads(printed(capsys, "2026", "--json", "--office", "H99.101"))
    assert (found["office"], found["working_days"], found["working_hours"]) == ("H99.101", 250, 1996.0)
    assert found["days"][SATURDAY.timetuple().tm_yday - 1]["why"] == "Trực sáng thứ Bảy"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["abcd"], "abcd"),
        (["26"], "26"),
        (["٢٠٢٦"], "٢٠٢٦"),
        (["1994"], "1994"),
        (["2031"], "2031"),
        (["2026", "--office", "H98.999"], "H98.999"),
        (["2026", "--office", "không phải mã"], ""),
    ],
)
def test_a_wrong_year_or_office_is_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(["calendar", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err and told.err.count("\n") == 1
