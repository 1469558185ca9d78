"""Facts of the floor: offices arranging their own days."""

from dataclasses import dataclass
from datetime import date

from motcua.base.worktime import Intervals


@dataclass(frozen=True, slots=True)
class OfficeDaySet:
    """An office arranged a day of its own; ``intervals`` in minutes since midnight, none: a day off."""

    agency_code: str
    date: date
    intervals: Intervals
    reason: str


@dataclass(frozen=True, slots=True)
class OfficeDayCleared:
    """A day that an office had arranged is an ordinary one again."""

    agency_code: str
    date: date
