"""The plan of a province out of the statistics office's table of old and new communes. Pure but for reading the file.

The table has a merged heading, a row with the name of each province, blanks and line ends inside cells, and a handful of
rows without an old number (islands and shore that belonged to no commune). What is not understood is told, not guessed.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua.base.errors import Invalid
from motcua.base.text import clean, fold
from motcua.reorganisation.plan import Ending, Plan, Unit

NUMBER = re.compile(r"[0-9]{5}")
PROVINCE = re.compile(r"\((?P<number>[0-9]{2})\)\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """An old commune that goes into a new one. ``whole``: all of it, or all its people."""

    province: str
    new: str
    new_name: str
    old: str
    old_name: str
    whole: bool


@dataclass(frozen=True)
class Found:
    """The plan, and in English what the table left open."""

    plan: Plan
    defects: list[str]


def rows_of(file: Path) -> Iterator[Row]:
    """The rows of the table that name a new commune. Raises `Invalid` ``file_missing``, ``table_unreadable``."""
    if not file.is_file():
        raise Invalid("file_missing", file=str(file))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for cells in csv.reader(lines):
            if len(cells) < 6:
                raise Invalid("table_unreadable", file=file.name)
            found = PROVINCE.search(clean(cells[0]))
            if not found or not NUMBER.fullmatch(clean(cells[2])):
                continue  # headings, and the rows that only name a province
            whole = "mot phan" not in fold(cells[5]) or "toan bo" in fold(cells[5])
            yield Row(found["number"], clean(cells[2]), clean(cells[1]), clean(cells[4]), clean(cells[3]), whole)


def codes_of(file: Path) -> dict[str, str]:
    """Commune number → code of the agency, from a CSV of two columns. Raises `Invalid` as `rows_of`."""
    if not file.is_file():
        raise Invalid("file_missing", file=str(file))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.reader(lines) if row]
    if any(len(row) < 2 for row in rows):
        raise Invalid("table_unreadable", file=file.name)
    return {clean(row[0]): clean(row[1]) for row in rows if NUMBER.fullmatch(clean(row[0]))}


def province_plan(
    rows: Iterable[Row], province: str, codes: Mapping[str, str], *, root: str, on: date, decision: str
) -> Found:
    """The plan of one province: a new commune goes on from the old one of its number, the others go into it.

    ``codes`` are the agencies' codes by commune number, those of wholly new numbers among them.
    """
    ours = [row for row in rows if row.province == province]
    if not ours:
        raise Invalid("province_unknown", number=province)
    defects: list[str] = []
    olds: dict[str, list[Row]] = {}
    for row in ours:
        if NUMBER.fullmatch(row.old):
            olds.setdefault(row.old, []).append(row)
        else:
            defects.append(f"{row.new_name}: comes from {row.old_name or 'nothing named'}, which has no number")
    units = tuple(_units({row.new: row.new_name for row in ours}, olds, codes, root, defects))
    endings = tuple(_endings(olds, {row.new for row in ours}, codes, defects))
    return Found(Plan(on, decision, units, endings), defects)


def _units(
    names: Mapping[str, str], olds: Mapping[str, list[Row]], codes: Mapping[str, str], root: str, defects: list[str]
) -> Iterator[Unit]:
    for number, name in names.items():
        if number not in codes:
            defects.append(f"{name} ({number}): no code of an agency is given")
        elif number in olds:
            yield Unit(codes[number], name)
        else:
            yield Unit(codes[number], name, level="commune", parent=root)


def _endings(
    olds: Mapping[str, list[Row]], news: set[str], codes: Mapping[str, str], defects: list[str]
) -> Iterator[Ending]:
    for number, rows in olds.items():
        into = [row for row in sorted(rows, key=lambda row: not row.whole) if row.new != number and row.new in codes]
        if not into:
            continue
        if number not in codes:
            defects.append(f"{rows[0].old_name} ({number}): no code of an agency is given")
            continue
        if number in news or len(into) > 1:
            defects.append(f"{rows[0].old_name} ({number}): is split; say which officers and dossiers go where")
        yield Ending(codes[number], tuple(dict.fromkeys(codes[row.new] for row in into)))
