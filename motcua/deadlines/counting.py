"""When a result is due, by law and to the minute, with the reasons as values to store and tell. Pure.

Sources: Bộ luật Dân sự 91/2015/QH13 Điều 147 (the day of the event is not counted) and Điều 148 (a term that
ends on a day off ends with the next working day); Luật Hộ tịch 60/2014/QH13 (received after 15:00: the next
working day); decrees that start the clock on the next working day for what comes after hours or just before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.base.worktime import DAY_MINUTES, Calendar, Day, instant, local

Note = dict[str, Any]  # one reason: {"kind": …, plain values}; told by ``deadline_words.explain``
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """Time by law in one unit: working ``hours``, ``working_days``, ``days``, ``months``.

    ``if_after`` ("15:00", with hours or working days only) means "within the day of receipt, and on the next
    working day for what is received later"; terms of more than 8 hours then count whole days, the day of
    receipt included. Raises `DefinitionError` for a term that contradicts itself or is not positive.
    """

    hours: float | None = None
    working_days: float | None = None
    days: int | None = None
    months: int | None = None
    if_after: str | None = None

    def __post_init__(self) -> None:
        given = [value for value in self.amounts.values() if value is not None]
        problems = ["more than one unit"] if len(given) > 1 else []
        problems += [f"{value} is not a positive number" for value in given if not 0 < value < float("inf")]
        if self.if_after is not None:
            if self.hours is None and self.working_days is None:
                problems.append("if_after needs hours or working days")
            problems += [] if readable_time(self.if_after) else [f"{self.if_after!r} is not a time HH:MM"]
        if problems:
            raise DefinitionError([f"term: {problem}" for problem in problems])

    @property
    def amounts(self) -> dict[str, float | None]:
        """The four units in order, None where not given."""
        return {"hours": self.hours, "working_days": self.working_days, "days": self.days, "months": self.months}

    @property
    def unit(self) -> str:
        """The unit that is given; empty when the law names no term."""
        return next((unit for unit, value in self.amounts.items() if value is not None), "")

    @property
    def whole_days(self) -> int:
        """Hours or working days as days begun."""
        return ceil(self.working_days or (self.hours or 0) * 60 / DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class CutOff:
    """What counts as received on the next working day although the office is still open.

    ``cut_off``: received later than this. ``last_hour``: received in the last 60 working minutes of the day.
    ``opens``: on no day does the clock start before this time; who comes at 07:40 in the morning is then counted like
    who came the evening before, and never ahead of them.
    """

    cut_off: time | None = None
    last_hour: bool = False
    opens: time | None = None


NO_CUT_OFF = CutOff()


@dataclass(frozen=True, slots=True)
class Due:
    """The appointment: due ``at``, counted from ``starts`` (UTC), its ``explanation`` in plain values."""

    at: datetime
    starts: datetime
    explanation: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Counting begins ``at`` (working minutes) or with the day ``first`` (terms in days), and ``because``."""

    at: datetime
    first: date
    because: str


def due(received: datetime, term: Term | None, calendar: Calendar, rules: CutOff = NO_CUT_OFF) -> Due | None:
    """When the result of what was ``received`` (aware) is due; None where the law names no term.

    Raises ``ValueError`` for a naive datetime and `Refused` ``calendar_unknown_year``.
    """
    start = start_of(received, calendar, rules)
    if term is None or not term.unit:
        return None
    if term.if_after is not None:
        return due_within_days(received, term, calendar, start)
    count = {"hours": due_by_hours, "working_days": due_by_working_days, "days": due_by_date, "months": due_by_date}
    return count[term.unit](received, term, calendar, start)


def start_of(received: datetime, calendar: Calendar, rules: CutOff = NO_CUT_OFF) -> Start:
    """When counting begins. In hours: at once, days from the day after. Else: with the next working day."""
    day, minute = calendar.place(received)
    because = why_later(day, minute, rules)
    if because in {"in_hours", "break", "before_opening", "before_count"}:
        return Start(opening(received, day.date, calendar, rules), day.date + ONE_DAY, because)
    following = calendar.day(calendar.add_working_days(day.date, 1))
    begins = instant(following.date, following.intervals[0][0])
    return Start(opening(begins, following.date, calendar, rules), following.date, because)


def opening(at: datetime, day: date, calendar: Calendar, rules: CutOff) -> datetime:
    """The first working moment from ``at`` on that is not before what the rules set for ``day``."""
    opens = instant(day, minute_of(rules.opens)) if rules.opens is not None else at
    return calendar.next_opening(max(at, opens))


def why_later(day: Day, minute: int, rules: CutOff) -> str:
    """What the moment of receipt is: ``in_hours``, or the reason why counting begins later."""
    if not day.working:
        return "day_off"
    if minute >= day.intervals[-1][1]:
        return "after_hours"
    if rules.cut_off is not None and minute > minute_of(rules.cut_off):
        return "cut_off"
    if rules.last_hour and day.minutes - day.worked_before(minute) <= 60:
        return "last_hour"
    if minute < day.intervals[0][0]:
        return "before_opening"
    if rules.opens is not None and minute < minute_of(rules.opens):
        return "before_count"
    return "in_hours" if any(start <= minute < end for start, end in day.intervals) else "break"


def due_by_hours(received: datetime, term: Term, calendar: Calendar, start: Start) -> Due:
    """Working hours, counted to the minute from the start."""
    at = calendar.add_working_minutes(start.at, max(1, round((term.hours or 0) * 60)))
    begins = {"kind": "starts", "at": stamp(start.at), "because": start.because}
    return told(received, term, calendar, start.at, at, [begins])


def due_by_working_days(received: datetime, term: Term, calendar: Calendar, start: Start) -> Due:
    """Working days from ``start.first``; due at the closing of the last, or after part of it (0.5: half)."""
    amount = term.working_days or 0
    first = calendar.add_working_days(start.first, 0)
    last = calendar.day(calendar.add_working_days(start.first - ONE_DAY, ceil(amount)))
    part = amount - ceil(amount) + 1
    at = instant(last.date, last.minute_after(max(1, round(last.minutes * part))))
    starts = start.at if local(start.at).date() == first else instant(first, calendar.day(first).intervals[0][0])
    begins = {"kind": "starts", "date": first.isoformat(), "because": start.because}
    return told(received, term, calendar, starts, at, [begins])


def due_by_date(received: datetime, term: Term, calendar: Calendar, start: Start) -> Due:
    """Calendar days or months after the eve of ``first``; a day off yields to the next working day."""
    eve = start.first - ONE_DAY
    ends = add_months(eve, term.months) if term.months else eve + timedelta(days=term.days or 0)
    last = calendar.add_working_days(ends, 0)
    notes: list[Note] = [{"kind": "starts", "date": start.first.isoformat(), "because": start.because}]
    if last != ends:
        notes.append({"kind": "moved", "date": ends.isoformat()})
    return told(received, term, calendar, instant(start.first, 0), calendar.closing(last), notes)


def due_within_days(received: datetime, term: Term, calendar: Calendar, start: Start) -> Due:
    """Within the day of receipt (or so many days with it), one working day later after ``if_after``."""
    here = local(received)
    first = local(start.at).date()
    late = first == here.date() and here.time().replace(second=0, microsecond=0) > time.fromisoformat(
        term.if_after or ""
    )
    last = calendar.add_working_days(first, term.whole_days - 1 + late)
    notes: list[Note] = [{"kind": "starts", "at": stamp(start.at), "because": start.because}]
    if late:
        notes.append({"kind": "late", "after": term.if_after})
    return told(received, term, calendar, start.at, calendar.closing(last), notes)


def due_after_pause(due_at: datetime, paused_from: datetime, resumed_at: datetime, calendar: Calendar) -> datetime:
    """``due_at`` after waiting for a supplement: the working time waited is added, to the minute.

    A wait that began when the result was already overdue adds nothing. To count from zero instead (decrees that
    restart the clock with the full dossier), call `due` again. Raises ``ValueError`` for an end before the start.
    """
    if resumed_at < paused_from:
        raise ValueError("resumed before it was paused")
    waited = calendar.working_minutes_between(paused_from, resumed_at)
    return due_at if paused_from >= due_at or not waited else calendar.add_working_minutes(due_at, waited)


def with_pause(
    previous: Due, paused_from: datetime, resumed_at: datetime, calendar: Calendar, waiting: str = "supplement"
) -> Due:
    """`due_after_pause` for an appointment with its explanation; what was waited before counting began is free.

    ``waiting`` says for what: "supplement" or "payment".
    """
    since = paused_from if resumed_at <= previous.starts else max(paused_from, previous.starts)
    at = due_after_pause(previous.at, since, resumed_at, calendar)
    if at == previous.at:
        return previous
    pause = {
        "kind": "paused" if waiting == "supplement" else "unpaid",
        "from": stamp(paused_from),
        "until": stamp(resumed_at),
        "minutes": calendar.working_minutes_between(since, resumed_at),
    }
    kept = [note for note in previous.explanation if note["kind"] != "due"]
    later = special_days(calendar, local(previous.at).date() + ONE_DAY, local(at).date())
    return Due(at, previous.starts, (*kept, pause, *later, {"kind": "due", "at": stamp(at)}))


def told(
    received: datetime, term: Term, calendar: Calendar, starts: datetime, at: datetime, notes: list[Note]
) -> Due:
    """The appointment with its reasons in the order they are told."""
    first, *rest = notes
    amount: Note = {"kind": "term", "unit": term.unit, "amount": term.amounts[term.unit]}
    if term.if_after is not None:
        amount["if_after"] = term.if_after
    special = special_days(calendar, local(received).date(), local(at).date())
    explanation = (
        {"kind": "received", "at": stamp(received)},
        first,
        amount,
        *special,
        *rest,
        {"kind": "due", "at": stamp(at)},
    )
    return Due(at, starts, explanation)


def special_days(calendar: Calendar, first: date, last: date) -> Iterator[Note]:
    """The special days in between: off for one reason as one run (over weekends too), worked ones singly."""
    run: Note = {}
    for day in calendar.days(first, last):
        if not day.special:
            if day.working and run:
                yield run
                run = {}
            continue
        reason = {"why": day.why, "why_en": day.why_en}
        if not day.working and run and run["why"] == day.why:
            run["last"] = day.date.isoformat()
            continue
        if run:
            yield run
        run = {"kind": "off", "first": day.date.isoformat(), "last": day.date.isoformat(), **reason}
        if day.working:
            yield {"kind": "works", "date": day.date.isoformat(), **reason}
            run = {}
    if run:
        yield run


def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later, or that month's last day (Bộ luật Dân sự Điều 147, 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - ONE_DAY).day))


def minute_of(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def readable_time(text: str) -> bool:
    """Whether ``text`` is a time of day as HH:MM."""
    try:
        return time.fromisoformat(text).isoformat(timespec="minutes") == text
    except ValueError:
        return False


def stamp(at: datetime) -> str:
    """An instant as text, in UTC and to the minute."""
    return at.astimezone(UTC).isoformat(timespec="minutes")
