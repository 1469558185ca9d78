"""The head of an official document, from the names of its agency. Pure.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: the agency above whom a department stands comes first, a people's committee
stands alone with its unit on a second line, and the place is the bare name of the unit.
"""

import re
from typing import NamedTuple

COMMITTEE = "Ủy ban nhân dân"
BELOW_ANOTHER = frozenset({"department", "centre"})
UNIT = re.compile(r"\b(?:tỉnh|thành phố|phường|xã|đặc khu)\s+(.+)$")


class Letterhead(NamedTuple):
    """``superior`` over ``lines`` of the agency's own name, and the ``place``; empty where there is none."""

    superior: str
    lines: list[str]
    place: str


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
