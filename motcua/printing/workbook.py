"""A table as an Excel file. What people wrote stays text: no formula, no link, whatever it begins with."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from motcua.base.worktime import local

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Cell = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """The name of a column and its width in letters."""

    name: str
    width: int


def workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, at: datetime) -> bytes:
    """One sheet: the title, the names of the columns, which stay in sight and repeat on every printed page, the rows.

    Moments are shown in local time. Same rows and same ``at``, same bytes.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    book.set_properties({"title": title, "created": local(at).replace(tzinfo=None)})
    bold, named = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "text_wrap": True, "border": 1}),
    )
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "border": 1, "align": "left"})
    sheet = book.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, bold)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(1, place, column.name, named)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    for number, row in enumerate(rows, 2):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, moment if isinstance(cell, datetime) else text)
    book.close()
    return made.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, look: object) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, local(cell).replace(tzinfo=None), look)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_string(row, column, cell or "", look)
