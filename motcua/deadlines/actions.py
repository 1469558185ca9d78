"""Every write to the calendars: an office arranges a day of its own, or takes that back."""

from datetime import date, datetime
from itertools import chain

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound
from motcua.base.ledger import append
from motcua.base.worktime import Intervals, check_intervals
from motcua.deadlines.events import OfficeDayCleared, OfficeDaySet
from motcua.deadlines.models import CalendarDay
from motcua.deadlines.national import national

MAY_ARRANGE = frozenset({"head", "approver", "administrator", "system"})


def set_office_day(
    agency_code: str, day: date, intervals: Intervals, reason: str, *, by: Actor, at: datetime
) -> None:
    """Let one office work ``intervals`` (minutes since midnight; none: closed) on one day, with the reason for people.

    Effects: writes the day and the fact ``deadlines.office_day_set``. Raises `Forbidden` ``wrong_role``, `Invalid`
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

    Effects: removes the day and records ``deadlines.office_day_cleared``. Raises `Forbidden` ``wrong_role`` and
    `NotFound` ``calendar_day_unknown``.
    """
    by.must_have(MAY_ARRANGE)
    with transaction.atomic():
        own = CalendarDay.objects.filter(agency_code=agency_code, date=day).exclude(agency_code="")
        if not own.delete()[0]:
            raise NotFound("calendar_day_unknown", day=day)
        append(stream_of(agency_code), [OfficeDayCleared(agency_code, day)], by=by, at=at)


def stream_of(agency_code: str) -> str:
    """The ledger's stream of an office's calendar."""
    return f"calendar:{agency_code}"
