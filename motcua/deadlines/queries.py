"""The calendars of offices: the national one, with the days that an office arranged for itself on top."""

from datetime import date
from functools import lru_cache

from django.db import connection

from motcua.base.worktime import Calendar, Intervals, Special
from motcua.deadlines.national import national

# Every move asks for it: as plain SQL it costs a fifth of what building the statement anew costs.
OWN_DAYS = "SELECT date, minutes, reason, reason_en FROM deadlines_calendarday WHERE agency_code = %s ORDER BY date"
OwnDay = tuple[date, tuple[int, ...], str, str]


def calendar_for(agency_code: str) -> Calendar:
    """The calendar of one office, by its code as written in ``people``; an office without own days has the national.

    One query; the calendar built from the same days is kept for the process.
    """
    if not agency_code:
        return national()
    with connection.cursor() as cursor:
        cursor.execute(OWN_DAYS, [agency_code])
        rows = cursor.fetchall()
    return office_calendar(tuple((day, tuple(minutes), why, why_en) for day, minutes, why, why_en in rows))


@lru_cache(maxsize=4096)
def office_calendar(own: tuple[OwnDay, ...]) -> Calendar:
    """The national calendar with an office's ``own`` days on top."""
    if not own:
        return national()
    special = {day: Special(why, why_en, pairs(minutes)) for day, minutes, why, why_en in own}
    return national().layered(special)


def pairs(minutes: tuple[int, ...]) -> Intervals:
    """``(450, 690, 780, 1020)`` → ``((450, 690), (780, 1020))``."""
    return tuple(zip(minutes[::2], minutes[1::2], strict=True))
