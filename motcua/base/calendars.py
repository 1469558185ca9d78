"""The calendars of offices: the national one, with the days that an office arranged for itself on top.

Reads and writes of the table ``CalendarDay``. Nation-wide days come from data/calendar.yaml and the library, so that a
release can correct them; their rows (agency code empty) are a copy for those who read tables.
"""

from datetime import date, datetime
from functools import lru_cache
from itertools import chain

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound
from motcua.base.events import OfficeDayCleared, OfficeDaySet
from motcua.base.ledger import append
from motcua.base.models import CalendarDay
from motcua.base.national_days import national
from motcua.base.worktime import Calendar, Intervals, Special, check_intervals

MAY_ARRANGE = frozenset({"head", "approver", "administrator", "system"})
OwnDay = tuple[date, tuple[int, ...], str, str]


def calendar_for(agency_code: str) -> Calendar:
    """The calendar of one office, by its code as written in ``people``; an office without own days has the national.

    One query; the calendar built from the same days is kept for the process.
    """
    own = CalendarDay.objects.filter(agency_code=agency_code).exclude(agency_code="").order_by("date")
    rows = own.values_list("date", "minutes", "reason", "reason_en")
    return office_calendar(tuple((day, tuple(minutes), why, why_en) for day, minutes, why, why_en in rows))


@lru_cache(maxsize=4096)
def office_calendar(own: tuple[OwnDay, ...]) -> Calendar:
    """The national calendar with an office's ``own`` days on top."""
    if not own:
        return national()
    special = {day: Special(why, why_en, pairs(minutes)) for day, minutes, why, why_en in own}
    return national().layered(special)


def set_office_day(
    agency_code: str, day: date, intervals: Intervals, reason: str, *, by: Actor, at: datetime
) -> None:
    """Let one office work ``intervals`` (minutes since midnight; none: closed) on one day, with the reason for people.

    Effects: writes the day and the fact ``base.office_day_set``. Raises `Forbidden` ``wrong_role``, `Invalid`
    ``calendar_office_missing``, ``calendar_reason_missing``, ``calendar_bad_hours``, `Refused`
    ``calendar_unknown_year``. That ``by`` belongs to this office is checked by who resolved its code.
    """
    by.must_have(MAY_ARRANGE)
    if not agency_code.strip():
        raise Invalid("calendar_office_missing")
    if not reason.strip():
        raise Invalid("calendar_reason_missing", day=day)
    try:
        flat = list(chain(*check_intervals(intervals)))
    except ValueError:
        raise Invalid("calendar_bad_hours", day=day) from None
    national().day(day)
    event = OfficeDaySet(agency_code, day, intervals, reason.strip())
    with transaction.atomic():
        kept = {"minutes": flat, "reason": reason.strip(), "reason_en": ""}
        CalendarDay.objects.update_or_create(agency_code=agency_code, date=day, defaults=kept)
        append(stream_of(agency_code), [event], by=by, at=at)


def clear_office_day(agency_code: str, day: date, *, by: Actor, at: datetime) -> None:
    """Take back what `set_office_day` arranged.

    Effects: removes the day and records ``base.office_day_cleared``. Raises `Forbidden` ``wrong_role`` and
    `NotFound` ``calendar_day_unknown``.
    """
    by.must_have(MAY_ARRANGE)
    with transaction.atomic():
        own = CalendarDay.objects.filter(agency_code=agency_code, date=day).exclude(agency_code="")
        if not own.delete()[0]:
            raise NotFound("calendar_day_unknown", day=day)
        append(stream_of(agency_code), [OfficeDayCleared(agency_code, day)], by=by, at=at)


def seed_calendar() -> int:
    """Make the national rows of the table equal to the national calendar; returns how many rows had to change.

    Effects: inserts, updates and removes rows with an empty agency code, in one transaction. Running it again
    changes nothing.
    """
    rows = [
        CalendarDay(date=day.date, minutes=list(chain(*day.intervals)), reason=day.why, reason_en=day.why_en)
        for day in map(national().day, national().special)
    ]
    kept = {row.date: told(row) for row in CalendarDay.objects.filter(agency_code="")}
    changed = [row for row in rows if kept.get(row.date) != told(row)]
    with transaction.atomic():
        gone, _ = CalendarDay.objects.filter(
            agency_code="", date__in=kept.keys() - national().special.keys()
        ).delete()
        CalendarDay.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["agency_code", "date"],
            update_fields=["minutes", "reason", "reason_en"],
        )
    return len(changed) + gone


def told(row: CalendarDay) -> tuple[list[int], str, str]:
    """What a row says about its date."""
    return row.minutes, row.reason, row.reason_en


def pairs(minutes: tuple[int, ...]) -> Intervals:
    """``(450, 690, 780, 1020)`` → ``((450, 690), (780, 1020))``."""
    return tuple(zip(minutes[::2], minutes[1::2], strict=True))


def stream_of(agency_code: str) -> str:
    """The ledger's stream of an office's calendar."""
    return f"calendar:{agency_code}"
