"""Sheets of filings as officers see them: the blank one, what was wrong in words, the wrong rows to be mended."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import xlsxwriter

from motcua import forms
from motcua.base import files
from motcua.base.errors import Refused
from motcua.catalogue.queries import Plan
from motcua.desks.actions.sheets import columns_for
from motcua.desks.models import SheetFault, SheetRun
from motcua.desks.rules import REASON, SENT_BACK, Column, matched
from motcua.desks.sheets import Cell, opened
from motcua.printing.workbook import SAFE
from motcua.sites.frame.fields import heading
from motcua.sites.frame.refusals import said
from motcua.sites.frame.sentences.general import CORRECT
from motcua.sites.frame.words import language

LIST_CHARACTERS = 255  # of all choices together: what a spreadsheet takes as a list to choose from
ROWS_READY = 1000  # of the blank sheet: cells that are text, with their choices
WIDTH = 24


def blank(columns: Sequence[Column], code: str, rows: Iterable[Sequence[str]] = ()) -> bytes:
    """A sheet to fill in, named after the procedure: titles, hints, ``rows``. Every cell is text, so no zero is lost."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    sheet = book.add_worksheet(code[:31])
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    must = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#F3E3E0"})
    may = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EFEDE8"})
    hint = book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#55514A"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTH, text)
        sheet.write_string(0, place, column.title, must if column.required else may)
        sheet.write_string(1, place, column.hint, hint)
        names = [] if column.kind == "papers" else [title for _, title in column.options]
        if names and len(",".join(names)) <= LIST_CHARACTERS:
            sheet.data_validation(2, place, ROWS_READY, place, {"validate": "list", "source": names})
    for number, row in enumerate(rows, 2):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, text)
    sheet.freeze_panes(2, 1)
    book.close()
    return made.getvalue()


def wrong_rows(run: SheetRun, faults: Sequence[SheetFault], edition: Plan) -> bytes:
    """The rows that did not go in, as they were sent, with the reason in front: mended, the file is sent again."""
    reasons = {fault.row: " ".join(f"{column} {why}" for column, why in told(fault)) for fault in faults}
    with closing(files.open_file(run.file_id)) as stored:
        sheet = opened(stored.read(), edition.code)
    lines = sheet.rows()
    _, first = next(lines)
    header = matched(first, columns_for(edition))
    places = [place for place, column in enumerate(header) if column and column.name != REASON]
    columns = [SENT_BACK, *(column for place in places if (column := header[place]))]
    return blank(columns, edition.code, _lines(lines, reasons, places))


def _lines(
    lines: Iterator[tuple[int, list[Cell]]], reasons: dict[int, str], places: Sequence[int]
) -> Iterator[list[str]]:
    for number, cells in lines:
        if number in reasons:
            yield [reasons[number], *(cells[place].text if place < len(cells) else "" for place in places)]


def told(fault: SheetFault) -> list[tuple[str, str]]:
    """What is wrong with a row, in words: column and sentence."""
    return [(heading(each["column"]) if each["column"] else "", sentence(each)) for each in fault.faults]


def sentence(problem: dict[str, Any]) -> str:
    """What is wrong, and how to mend it, in the reader's language."""
    if problem["kind"] == "form":
        return forms.sentence(problem["code"], problem["details"], language())
    words = said(Refused(problem["code"], **problem["details"]))
    # The general advice speaks of a page that keeps what was typed; a sheet is sent again.
    return words.what if words.do == str(CORRECT) else f"{words.what} {words.do}"
