"""The register (form 07): the books of a year, a book line by line, and a book as a file."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.errors import NotFound
from motcua.base.worktime import local
from motcua.catalogue.models import Field
from motcua.printing.actions import take_out
from motcua.printing.queries import PAGE, Book, Key, books
from motcua.printing.registers import Line, lines, register_excel, register_pdf
from motcua.sites.desk import words
from motcua.sites.desk.asking import Desk, asked, officer_only
from motcua.sites.desk.views.files import PDF, safe_name
from motcua.sites.frame.words import language, state_tag, text_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"pdf": (register_pdf, PDF), "xlsx": (register_excel, EXCEL)}
FIRST_YEAR = 2000  # before that nobody kept a register by machine


@officer_only
def register(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The fields of the year, or the lines of one. Eight queries with the session at most, whatever the page."""
    field, book = asked_for(request, desk)
    context: dict[str, Any] = {"desk": desk, "book": book, "years": years(desk, book.year), "months": range(1, 13)}
    if field is None:
        found = [(name_of(each), each.code, many) for each, many in books(desk.agency.id, book.year)]
        return render(request, "desk/registers.html", {**context, "books": found})
    found_lines = lines(book, after=key_in(request), limit=PAGE + 1)
    shown, more = found_lines[:PAGE], len(found_lines) > PAGE
    kept = {"linh-vuc": field.code, "nam": book.year, "thang": book.month or ""}
    context |= {
        "field": name_of(field), "rows": [row(line) for line in shown], "address": urlencode(kept),
        "next": f"?{urlencode({**kept, 'sau': key_of(shown[-1])})}" if more else "", "later": "sau" in request.GET,
    }  # fmt: skip
    return render(request, "desk/register.html", context)


@officer_only
def file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The book as ``pdf`` or ``xlsx``, and the fact that it was taken. Raises `Refused` ``register_too_long``."""
    field, book = asked_for(request, desk)
    if field is None or kind not in KINDS:
        raise NotFound("not_found")
    make, media_type = KINDS[kind]
    content, many = make(book, field.name, desk.agency, at=desk.at)
    take_out(book, kind, many, by=desk.by, at=desk.at)
    name = safe_name(f"so-theo-doi-{field.code}-{book.year}{f'-{book.month:02d}' if book.month else ''}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def asked_for(request: HttpRequest, desk: Desk) -> tuple[Field | None, Book]:
    """The book in the address: its field or None, this year where none is named. Raises `NotFound` ``not_found``."""
    now = local(desk.at).date()
    year, month = number(asked(request, "nam"), now.year), number(asked(request, "thang"), 0)
    if not (FIRST_YEAR <= year <= now.year and 0 <= month <= 12):
        raise NotFound("not_found")
    code = asked(request, "linh-vuc", 120)
    field = Field.objects.filter(pk=code).first() if code else None
    if code and field is None:
        raise NotFound("not_found")
    return field, Book(desk.agency.id, code, year, month)


def number(text: str, otherwise: int) -> int:
    """The number in a text of the address; -1, which nothing accepts, for what is none."""
    if not text:
        return otherwise
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else -1


def years(desk: Desk, chosen: int) -> list[int]:
    """The years to choose from, newest first."""
    now = local(desk.at).date().year
    return sorted({chosen, *range(now - 4, now + 1)}, reverse=True)


def key_in(request: HttpRequest) -> Key | None:
    """The key of the last line seen. Raises `NotFound` ``not_found`` for what is none."""
    text = asked(request, "sau")
    if not text:
        return None
    moment, _sign, dossier = text.partition("~")
    try:
        key = Key(datetime.fromisoformat(moment), UUID(dossier))
    except ValueError:
        raise NotFound("not_found") from None
    if key.received_at.tzinfo is None:
        raise NotFound("not_found")
    return key


def key_of(line: Line) -> str:
    """The key after which the next page begins."""
    return f"{line.key.received_at.isoformat()}~{line.key.dossier}"


def row(line: Line) -> dict[str, Any]:
    """A line as the page shows it, in the reader's language."""
    return {
        "line": line,
        "procedure": text_of(line.procedure),
        "way": words.RETURNS[line.way],
        "ended": state_tag(line.state) if line.returned is None and line.state in words.ENDED else None,
    }


def name_of(field: Field) -> str:
    """What the field is called in the reader's language."""
    return field.name_en if language() == "en" and field.name_en else field.name
