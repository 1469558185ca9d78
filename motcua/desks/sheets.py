"""Excel files that officers send in, read row by row within bounds, whatever is in them.

A cell is what a person would have typed. Formulas, errors and merged cells are faults: what they show is nobody's word.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from motcua.base.errors import Invalid

MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_BYTES = 120 * 1024 * 1024  # unpacked, all parts together: 20,000 rows of 60 answers
MOST_PARTS = 500
EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number
ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
MERGED = re.compile(rb'<mergeCell [^>]*?\bref="([A-Z0-9:]+)"')
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: ``text`` as a person would type it, or the code of why it can't be taken."""

    text: str = ""
    fault: str = ""
    number: bool = False


@dataclass
class Sheet:
    """One sheet of a file, open for reading: ``last_row`` is the last that has anything at all."""

    name: str
    last_row: int
    merged: list[tuple[int, int, int, int]] = field(repr=False)
    _rows: Iterator[tuple[Any, ...]] = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Number (from 1) and cells of each row, in order, empty rows too. Raises `Invalid` ``sheet_unreadable``."""
        numbers = enumerate(self._rows, 1)
        while True:
            try:
                number, cells = next(numbers)
            except StopIteration:
                return
            except Exception as broken:  # whatever a file made to break the reader makes it raise
                raise Invalid("sheet_unreadable") from broken
            yield number, [self._cell(number, place, cell) for place, cell in enumerate(cells, 1)]

    def _cell(self, row: int, column: int, cell: Any) -> Cell:
        for left, top, right, bottom in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return Cell(fault="cell_merged")
        return cell_of(cell.value, cell.data_type)


def opened(content: bytes, named: str) -> Sheet:
    """The sheet called ``named``, else the first. Raises `Invalid` ``sheet_unreadable``, ``sheet_too_big``,
    ``sheet_too_long``; never unpacks more than `MOST_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _must_be_bounded(archive)
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = next((each for each in book.worksheets if each.title == named), book.worksheets[0])
            # The path of the part is the one thing that openpyxl knows and does not offer.
            last, merged = _scanned(archive, sheet._worksheet_path)
    except Invalid:
        raise
    except Exception as broken:  # not a workbook, or one made to break its reader
        raise Invalid("sheet_unreadable") from broken
    if last > MOST_ROWS + 2:
        raise Invalid("sheet_too_long", limit=MOST_ROWS)
    rows = sheet.iter_rows(max_row=max(last, 1), max_col=MOST_COLUMNS)
    return Sheet(sheet.title, last, merged, rows)


def cell_of(value: Any, kind: str) -> Cell:
    """A cell as typed text: ``dd/mm/yyyy``, a comma before decimals, ``true`` and ``false``."""
    if kind == "f":
        return Cell(fault="cell_formula")
    if kind == "e":
        return Cell(fault="cell_error")
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, date | datetime):
        return Cell(f"{value:%d/%m/%Y}")
    if isinstance(value, int | float):
        return _number(value)
    return Cell(str(value))


def _number(value: float) -> Cell:
    if abs(value) >= 10**EXACT_DIGITS:
        return Cell(fault="cell_number_cut")
    if float(value).is_integer():
        return Cell(str(int(value)), number=True)
    return Cell(f"{value:.6f}".rstrip("0").replace(".", ","), number=True)


def _must_be_bounded(archive: zipfile.ZipFile) -> None:
    """By the directory of the archive; a part longer than it says there is cut off by the reader, and refused."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Invalid("sheet_too_big", limit_mb=MOST_BYTES // 1024 // 1024)
    for part in parts:
        with archive.open(part) as content:
            if b"<!DOCTYPE" in content.read(1024):  # no spreadsheet declares entities; who does means harm
                raise Invalid("sheet_unreadable")


def _scanned(archive: zipfile.ZipFile, path: str) -> tuple[int, list[tuple[int, int, int, int]]]:
    """The last row of a sheet and its merged ranges, which the row-by-row reader does not tell."""
    last, merged, kept = 0, [], b""
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            seen = kept + chunk
            whole = seen.rfind(b">") + 1  # a tag cut in two is looked at with the next chunk
            last = max([last, *(int(each) for each in ROW.findall(seen, 0, whole))])
            merged += [range_boundaries(each.decode()) for each in MERGED.findall(seen, 0, whole)]
            kept = seen[whole:]
            if len(merged) > MOST_ROWS or len(kept) > 4 * CHUNK:
                raise Invalid("sheet_unreadable")
    return last, merged
