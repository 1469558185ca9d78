"""The head of an official document: its agency, place and day.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: the agency above whom a department stands comes first, a people's committee
stands alone with its unit on a second line, the place is the bare name of the unit, and days below 10 and the months
January and February are written with two digits.
"""

import re
from datetime import date, datetime
from typing import Any, NamedTuple

from motcua.base.worktime import local
from motcua.people.models import Agency

COMMITTEE = "Ủy ban nhân dân"
BELOW_ANOTHER = frozenset({"department", "centre"})
UNIT = re.compile(r"\b(?:tỉnh|thành phố|phường|xã|đặc khu)\s+(.+)$")


class Letterhead(NamedTuple):
    """``superior`` over ``lines`` of the agency's own name, and the ``place``; empty where there is none."""

    superior: str
    lines: list[str]
    place: str


def heading(agency: Agency, at: datetime) -> dict[str, Any]:
    """What every template needs of the agency and the moment it was made. One query when the parent is not loaded."""
    superior = agency.parent.name if agency.parent else ""
    return {
        "agency": agency.name,
        "letterhead": letterhead(agency.name, agency.level, superior)._asdict(),
        "date": day_line(local(at).date()),
        "issued_at": at.isoformat(),
    }


def day_line(day: date) -> str:
    """``"ngày 05 tháng 02 năm 2026"``, ``"ngày 30 tháng 4 năm 2026"``."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def letterhead(name: str, level: str, superior: str = "") -> Letterhead:
    """The head for the agency ``name`` of ``level`` (as in people.states) under the agency ``superior``."""
    unit = name.removeprefix(COMMITTEE).strip()
    lines = [COMMITTEE, unit] if unit and unit != name else [name]
    return Letterhead(superior if level in BELOW_ANOTHER else "", lines, place_of(name) or place_of(superior))


def place_of(name: str) -> str:
    """``"Ủy ban nhân dân phường Hoa Sen"`` → ``"Hoa Sen"``; a unit that is called by a number keeps its kind."""
    found = UNIT.search(name)
    if found is None:
        return ""
    bare = found.group(1)
    return found.group(0).capitalize() if bare[0].isdigit() else bare
