"""The national calendar: public holidays from the library ``holidays``, decisions from data/calendar.yaml.

Needs no database. The library knows holidays and their observed days (nghỉ bù) but not swapped working days:
those, and decisions that must win over its forecasts, are facts of the file.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import msgspec

from motcua.base.errors import DefinitionError
from motcua.base.worktime import Calendar, Special

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "calendar.yaml"


class Years(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The years, both included, whose holidays the file vouches for."""

    first: int
    last: int


class Swap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The working day ``day_off`` is taken off and made up for on the day off ``worked``."""

    day_off: date
    worked: date


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days off from ``first`` to ``last`` for one of the ``reasons``."""

    first: date
    last: date
    reason: str


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people read, and how the library's English name of such a day is recognised."""

    vi: str
    en: str
    library: str


class Decisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file. ``decided_until`` is the last year whose swaps are announced."""

    years: Years
    decided_until: int
    swaps: tuple[Swap, ...]
    decided: tuple[Decided, ...]
    reasons: dict[str, Reason]


@cache
def decisions(path: Path = FILE) -> Decisions:
    """The decisions on file. Raises ``msgspec.ValidationError`` or `DefinitionError` naming what is wrong."""
    read = msgspec.yaml.decode(path.read_bytes(), type=Decisions)
    if problems := list(problems_of(read)):
        raise DefinitionError(problems)
    return read


def problems_of(read: Decisions) -> Iterator[str]:
    """What contradicts itself: a date in two swaps, a reason nobody named, an end before its start."""
    seen: set[date] = set()
    for swap in read.swaps:
        if swap.day_off.weekday() >= 5 or swap.worked.weekday() < 5:
            yield f"swap {swap.day_off} → {swap.worked}: a working day is exchanged for a day of the weekend"
        for day in (swap.day_off, swap.worked):
            if day in seen:
                yield f"{day} stands in two swaps"
            seen.add(day)
    for row in read.decided:
        if row.reason not in read.reasons:
            yield f"{row.first}: unknown reason {row.reason}"
        if row.last < row.first:
            yield f"{row.first}: ends before it starts"


@cache
def national() -> Calendar:
    """The calendar of an ordinary office anywhere in the country, for the years the file vouches for."""
    known = decisions()
    return Calendar(known.years.first, known.years.last, national_days(known))


def national_days(known: Decisions) -> dict[date, Special]:
    """Every date of the known years that differs from the plain week, with its reason."""
    return {**library_days(known), **dict(decided_days(known)), **dict(swapped_days(known))}


def library_days(known: Decisions) -> dict[date, Special]:
    """The public holidays and observed days that the library knows."""
    years = range(known.years.first, known.years.last + 1)
    found = holidays.country_holidays("VN", years=years, language="en_US")
    # The library holds some exchanged days off, but not their Saturdays: both come from the file, as pairs.
    exchanged = {day for day, name in found.items() if "substituted from" in name}
    if unpaired := exchanged - {swap.day_off for swap in known.swaps}:
        raise DefinitionError([f"{day}: exchanged by the library, no swap on file" for day in sorted(unpaired)])
    return {day: holiday(name, known) for day, name in found.items() if day not in exchanged}


def holiday(name: str, known: Decisions) -> Special:
    """A day off by the library's English ``name``. Raises `DefinitionError` when no reason claims it."""
    for reason in known.reasons.values():
        if reason.library in name:
            if "observed" in name:
                return Special(f"Nghỉ bù {reason.vi}", f"{reason.en} (observed)")
            return Special(f"Nghỉ {reason.vi}", reason.en)
    raise DefinitionError([f"no reason in data/calendar.yaml is called {name!r} by the library"])


def decided_days(known: Decisions) -> Iterator[tuple[date, Special]]:
    """The days off that the State decided, one by one."""
    for row in known.decided:
        reason = known.reasons[row.reason]
        for offset in range((row.last - row.first).days + 1):
            yield row.first + timedelta(days=offset), Special(f"Nghỉ {reason.vi}", reason.en)


def swapped_days(known: Decisions) -> Iterator[tuple[date, Special]]:
    """Both halves of every swap: the day off, and the weekend day that works that day's hours instead."""
    for swap in known.swaps:
        off, work = f"{swap.day_off:%d/%m/%Y}", f"{swap.worked:%d/%m/%Y}"
        yield swap.day_off, Special(f"Nghỉ hoán đổi, làm bù ngày {work}", f"Exchanged, made up for on {work}")
        yield (
            swap.worked,
            Special(f"Làm bù cho ngày {off}", f"Working day instead of {off}", like=swap.day_off.weekday()),
        )
