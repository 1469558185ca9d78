"""The legal calendar and clock: which minutes an office works, and arithmetic over them. Pure.

Instants are aware datetimes (given in any zone, returned in UTC) and are counted to the whole minute, as the
receipt (giấy tiếp nhận) prints them: seconds are cut off. Legal days are local dates of Asia/Ho_Chi_Minh. A
calendar knows a stretch of years and raises `Refused` ``calendar_unknown_year`` outside it: guessing that a
year has no holidays would give people wrong appointments. Due dates are made of this in ``deadlines``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from motcua.base.errors import Refused

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY_MINUTES = 480  # a working day of 8 hours (Bộ luật Lao động 45/2019/QH14, Điều 105)
Intervals = tuple[tuple[int, int], ...]  # minutes since local midnight: ((450, 690), (780, 1020))
OFFICE_HOURS: Intervals = ((450, 690), (780, 1020))  # 07:30–11:30, 13:00–17:00
WEEK: tuple[Intervals, ...] = (OFFICE_HOURS,) * 5 + ((), ())


def check_intervals(intervals: Intervals) -> Intervals:
    """The same intervals; raises ``ValueError`` unless in order, apart, not empty and inside one day."""
    edges = [edge for interval in intervals for edge in interval]
    if edges != sorted(set(edges)) or (edges and not 0 <= edges[0] < edges[-1] <= 1440):
        raise ValueError(f"not the working intervals of one day: {intervals}")
    return intervals


@dataclass(frozen=True, slots=True)
class Special:
    """How a date differs from the plain week: own ``intervals`` (none: off), or the hours of day ``like``."""

    why: str
    why_en: str = ""
    intervals: Intervals = ()
    like: int | None = None  # 0 is Monday; a swapped Saturday works the hours of the day it makes up for

    def __post_init__(self) -> None:
        check_intervals(self.intervals)


@dataclass(frozen=True, slots=True)
class Day:
    """A date with its working ``intervals`` and why they are so, in Vietnamese and English."""

    date: date
    intervals: Intervals
    why: str
    why_en: str
    special: bool = False

    @property
    def minutes(self) -> int:
        return sum(end - start for start, end in self.intervals)

    @property
    def working(self) -> bool:
        return bool(self.intervals)

    def worked_before(self, minute: int) -> int:
        """Working minutes of this day that lie before ``minute`` (since local midnight)."""
        return sum(max(0, min(minute, end) - start) for start, end in self.intervals)

    def minute_after(self, worked: int) -> int:
        """The minute at which ``worked`` (1 to ``minutes``) working minutes of this day are over."""
        for start, end in self.intervals:
            if worked <= end - start:
                return start + worked
            worked -= end - start
        raise ValueError("the day has fewer working minutes")


@dataclass(frozen=True, slots=True)
class Year:
    """The days of a year; before day *i* lie ``minutes[i]`` working minutes in ``days_worked[i]`` days.

    ``start`` is the ordinal of 1 January.
    """

    start: int
    days: tuple[Day, ...]
    minutes: tuple[int, ...]
    days_worked: tuple[int, ...]


def local(at: datetime) -> datetime:
    """``at`` on the clock of Việt Nam. Raises ``ValueError`` where the zone is missing: none is guessed."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"naive datetime: {at!r}")
    return at.astimezone(VIETNAM)


def instant(day: date, minute: int) -> datetime:
    """The instant in UTC at ``minute`` since local midnight of ``day`` (1440 is the next midnight)."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC)


@dataclass(frozen=True)
class Calendar:
    """Working time of an office: ``week`` (Monday first) and ``special`` dates, years ``first`` to ``last``.

    Later layers win: national days first, then ``layered`` with the office's own.
    """

    first: int
    last: int
    special: Mapping[date, Special] = field(default_factory=dict)
    week: tuple[Intervals, ...] = WEEK
    _years: dict[int, Year] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        for intervals in self.week:
            check_intervals(intervals)
        object.__setattr__(self, "special", MappingProxyType(dict(self.special)))

    def layered(self, special: Mapping[date, Special], week: tuple[Intervals, ...] | None = None) -> "Calendar":
        """This calendar with an office's own days (and its own week) on top."""
        return replace(self, special={**self.special, **special}, week=week or self.week, _years={})

    def day(self, day: date) -> Day:
        """What ``day`` is. Raises `Refused` ``calendar_unknown_year``."""
        year = self._year(day.year)
        return year.days[day.toordinal() - year.start]

    def days(self, first: date, last: date) -> Iterator[Day]:
        """The days from ``first`` to ``last``, both included."""
        for number in range(first.year, last.year + 1):
            year = self._year(number)
            yield from year.days[max(0, first.toordinal() - year.start) : last.toordinal() - year.start + 1]

    def is_open(self, at: datetime) -> bool:
        """Whether the office works at ``at``; the minute of closing is no longer open."""
        day, minute = self.place(at)
        return any(start <= minute < end for start, end in day.intervals)

    def next_opening(self, at: datetime) -> datetime:
        """``at`` itself (to the minute) while the office works, else the next moment it opens."""
        day, minute = self.place(at)
        while True:
            for start, end in day.intervals:
                if minute < end:
                    return instant(day.date, max(minute, start))
            day, minute = self.day(day.date + timedelta(days=1)), 0

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment when ``minutes`` working minutes after ``start`` are over; for 0 the next opening.

        A result may be the closing of an interval (17:00), never the opening after it. Raises ``ValueError``
        for a negative number and `Refused` ``calendar_unknown_year``.
        """
        if minutes < 0:
            raise ValueError("minutes must not be negative")
        if minutes == 0:
            return self.next_opening(start)
        day, minute = self.place(start)
        year = day.date.year
        wanted = self._minutes_before(day) + day.worked_before(minute) + minutes
        while wanted > (total := self._year(year).minutes[-1]):
            wanted, year = wanted - total, year + 1
        found = self._year(year)
        reached = bisect_left(found.minutes, wanted) - 1
        rest = found.days[reached].minute_after(wanted - found.minutes[reached])
        return instant(found.days[reached].date, rest)

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Working minutes from ``start`` to ``end``; negative when ``end`` lies before ``start``."""
        if end < start:
            return -self.working_minutes_between(end, start)
        (from_day, from_minute), (to_day, to_minute) = self.place(start), self.place(end)
        total = self._minutes_before(to_day) + to_day.worked_before(to_minute)
        total -= self._minutes_before(from_day) + from_day.worked_before(from_minute)
        return total + sum(self._year(y).minutes[-1] for y in range(from_day.date.year, to_day.date.year))

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it, if negative); ``day`` itself is not counted.

        A half day counts as a working day. For 0: ``day`` if it is a working day, else the next one.
        """
        if count == 0:
            return day if self.day(day).working else self.add_working_days(day, 1)
        year, index = day.year, day.toordinal() - self._year(day.year).start
        wanted = self._year(year).days_worked[index] + count
        wanted += self.day(day).working if count > 0 else 1
        while wanted > (total := self._year(year).days_worked[-1]):
            wanted, year = wanted - total, year + 1
        while wanted < 1:
            year -= 1
            wanted += self._year(year).days_worked[-1]
        found = self._year(year)
        return found.days[bisect_left(found.days_worked, wanted) - 1].date

    def closing(self, day: date) -> datetime:
        """The moment the office closes on the working day ``day``. Raises ``ValueError`` on a day off."""
        found = self.day(day)
        if not found.working:
            raise ValueError(f"{day} is a day off")
        return instant(day, found.intervals[-1][1])

    def place(self, at: datetime) -> tuple[Day, int]:
        """The local day of ``at`` and the minute in it."""
        here = local(at)
        return self.day(here.date()), here.hour * 60 + here.minute

    def _minutes_before(self, day: Day) -> int:
        year = self._year(day.date.year)
        return year.minutes[day.date.toordinal() - year.start]

    def _year(self, year: int) -> Year:
        found = self._years.get(year)
        if found is None:
            if not self.first <= year <= self.last:
                raise Refused("calendar_unknown_year", year=year, first=self.first, last=self.last)
            found = self._years[year] = self._make_year(year)
        return found

    def _make_year(self, year: int) -> Year:
        first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        days = tuple(self._make_day(date.fromordinal(number)) for number in range(first, after))
        minutes, worked = [0], [0]
        for day in days:
            minutes.append(minutes[-1] + day.minutes)
            worked.append(worked[-1] + day.working)
        return Year(first, days, tuple(minutes), tuple(worked))

    def _make_day(self, day: date) -> Day:
        special = self.special.get(day)
        if special is None:
            intervals = self.week[day.weekday()]
            words = ("Ngày làm việc", "Working day") if intervals else ("Nghỉ hằng tuần", "Weekly day off")
            return Day(day, intervals, *words)
        intervals = special.intervals if special.like is None else self.week[special.like]
        return Day(day, intervals, special.why, special.why_en or special.why, special=True)
