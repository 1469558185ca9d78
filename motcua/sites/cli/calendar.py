"""``motcua calendar YEAR``: every day with its working hours and why. The national one needs no database."""

import argparse
import json
from datetime import UTC, date, datetime
from typing import Any

from motcua.base.errors import Invalid, NotFound
from motcua.base.worktime import Calendar, Day, local
from motcua.deadlines.national import decisions, national

NEEDS_DATABASE = False  # only --office does, and asks for it itself
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
GRID_WEEKDAYS = " T2  T3  T4  T5  T6  T7  CN"
LEGEND = "Trong lưới: · nghỉ hằng tuần, * nghỉ lễ hoặc nghỉ theo quyết định, + làm việc đặc biệt."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("year", metavar="YEAR", help="the year, such as 2026")
    parser.add_argument("--office", metavar="CODE", help="with the days an office arranged for itself")
    parser.add_argument("--json", action="store_true", help="one JSON object for a program")


def run(options: argparse.Namespace) -> int:
    """Print the calendar. Raises `Invalid` ``calendar_bad_year``, `Refused` ``calendar_unknown_year``, `NotFound`."""
    year = read_year(options.year)
    calendar, office = (national(), "") if options.office is None else office_calendar(options.office)
    days = list(calendar.days(date(year, 1, 1), date(year, 12, 31)))
    print(json.dumps(plain(year, office, days), ensure_ascii=False) if options.json else "\n".join(grid(year, days)))
    return 0


def read_year(text: str) -> int:
    """The year as written with four digits."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Invalid("calendar_bad_year", year=text[:20])
    return int(text)


def office_calendar(code: str) -> tuple[Calendar, str]:
    """The calendar of an office and its current code. Raises `NotFound` for an office nobody knows."""
    from motcua.sites.cli.commands import ready_database

    ready_database()
    from django.db import connection

    from motcua.deadlines.queries import calendar_for
    from motcua.people.queries import resolve

    if "people_agency" not in connection.introspection.table_names():  # migrated nothing, loaded nobody
        raise NotFound("agency_unknown", agency=code[:40])
    found = resolve(code, on=local(datetime.now(UTC)).date())
    return calendar_for(found.code), found.code


def plain(year: int, office: str, days: list[Day]) -> dict[str, Any]:
    """What ``--json`` prints. ``provisional``: the swaps of this year are not announced yet."""
    minutes = sum(day.minutes for day in days)
    return {
        "year": year,
        "office": office or None,
        "provisional": year > decisions().decided_until,
        "working_days": sum(day.working for day in days),
        "working_hours": minutes / 60,
        "days": [plain_day(day) for day in days],
    }


def plain_day(day: Day) -> dict[str, Any]:
    """One day; ``hours`` is ``minutes`` as a number of hours."""
    return {
        "date": day.date.isoformat(),
        "weekday": WEEKDAYS[day.date.weekday()],
        "working": day.working,
        "hours": day.minutes / 60,
        "minutes": day.minutes,
        "intervals": [[clock(start), clock(end)] for start, end in day.intervals],
        "why": day.why,
        "why_en": day.why_en,
    }


def grid(year: int, days: list[Day]) -> list[str]:
    """The lines for a person: a grid a month, its special days with their reasons, the sums."""
    lines = [f"Lịch làm việc năm {year}", LEGEND]
    for month in range(1, 13):
        chosen = [day for day in days if day.date.month == month]
        lines += ["", f"Tháng {month:02d}/{year}", GRID_WEEKDAYS, *weeks(chosen)]
        lines += [f"  {day.date:%d/%m/%Y}  {hours(day)}  {day.why}" for day in chosen if day.special]
    total = sum(day.minutes for day in days) / 60
    lines += ["", f"Cả năm: {sum(day.working for day in days)} ngày làm việc, {total:g} giờ làm việc."]
    if year > decisions().decided_until:
        lines.append("Việc hoán đổi ngày làm việc của năm này chưa được công bố.")
    return lines


def weeks(days: list[Day]) -> list[str]:
    """The days of a month in rows from Monday to Sunday."""
    cells = ["    "] * days[0].date.weekday() + [f"{day.date.day:3d}{mark(day)}" for day in days]
    return ["".join(cells[row : row + 7]).rstrip() for row in range(0, len(cells), 7)]


def mark(day: Day) -> str:
    """A sign behind the number of a day that is not an ordinary working day."""
    if day.special:
        return "+" if day.working else "*"
    return " " if day.working else "·"


def hours(day: Day) -> str:
    """The working hours of a day in words."""
    return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in day.intervals) or "nghỉ"


def clock(minute: int) -> str:
    """``450`` → ``"07:30"``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
