"""The list of everything the agency has in hand, what burns first on top."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from motcua.base.worktime import Calendar
from motcua.catalogue.queries import plan, plans
from motcua.deadlines.queries import calendar_for
from motcua.desks.queries import noted, views_of
from motcua.dossiers import queries
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import PAGE
from motcua.dossiers.states import OPEN, State, label
from motcua.sites.desk import words
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.bulk import buttons
from motcua.sites.desk.lists import Listed, listed
from motcua.sites.frame.words import Tag, language, state_tag, text_of


@dataclass(frozen=True)
class Row:
    """A dossier in the list; ``notes``: how many notes the agency wrote about it."""

    standing: Standing
    href: str
    procedure: str
    step: str
    holder: str
    tag: SafeString
    deadline: SafeString
    due: datetime | None
    notes: int


@officer_only
def worklist(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One page of the list, with its filters in the address. Ten queries with the session, whatever the page.

    The whole code of a dossier, typed or scanned, leads to its page.
    """
    asked = listed(request.GET)
    if asked.scanned and (found := found_at(asked.scanned, desk)):
        return redirect("desk:dossier", code=found)
    office = calendar_for(desk.agency.code)
    soon = office.add_working_minutes(desk.at, words.NEAR_MINUTES)
    found_rows = queries.worklist(desk.by, asked.filters, soon=soon, at=desk.at)
    rows = rows_of(found_rows[:PAGE], desk, office)
    after = queries.page_key(found_rows[PAGE - 1]) if len(found_rows) > PAGE else ""
    context = {
        "desk": desk, "rows": rows, "everything": asked.everything,
        "given": {name.replace("-", "_"): value for name, value in asked.given.items()},
        "filtered": any(asked.given.values()), "query": asked.query,
        "next": f"?{urlencode({**asked.kept, 'sau': after})}" if after else "",
        "counts": counts(desk, asked.given["trang-thai"]), "states": choices(asked.given["trang-thai"]),
        "dues": words.DUE.items(), "roles": words.ROLES.items(), "later": bool(asked.after),
        "views": tabs(desk, asked), "own_roles": [(role, words.ROLES[role]) for role in sorted(desk.by.roles)],
        "buttons": buttons(desk.by) if rows else [],
    }  # fmt: skip
    return render(request, "desk/worklist.html", context)


def found_at(code: str, desk: Desk) -> str:
    """The code, if the dossier stands at this agency; one query."""
    there = Standing.objects.filter(dossier__code=code, agency=desk.agency)
    return there.values_list("dossier__code", flat=True).first() or ""


def rows_of(found: list[Standing], desk: Desk, office: Calendar) -> list[Row]:
    """The lines of a page. Two queries: the editions not yet read, and the notes."""
    plans({standing.dossier.edition_id for standing in found})
    notes = noted([standing.pk for standing in found], desk.by)
    draw = cache(drawn)  # a page has fifty rows and a handful of different tags
    return [row(standing, office, desk.at, draw, notes.get(standing.pk, 0)) for standing in found]


def row(standing: Standing, office: Calendar, at: datetime, draw: Callable[[Tag], SafeString], notes: int = 0) -> Row:
    """One line of the list. No query once the plans are known."""
    procedure = text_of(plan(standing.dossier.edition_id).definition.name)
    tag, left = draw(state_tag(standing.state)), draw(words.deadline(standing, office, at))
    step, held = words.step_at(standing), words.holder(standing)
    href, due = page_of(standing.dossier.code), words.promised(standing, office)
    return Row(standing, href, procedure, step, held, tag, left, due, notes)


def page_of(code: str) -> str:
    """The address of a dossier's page: put together once per language, since a list asks for fifty."""
    return _page_in(language()).replace("-code-", code)


@cache
def _page_in(_language: str) -> str:
    return reverse("desk:dossier", args=["-code-"])


def drawn(tag: Tag) -> SafeString:
    """The tag as the component draws it."""
    return render_to_string("desk/tag.html", {"tag": tag})


def tabs(desk: Desk, asked: Listed) -> list[dict[str, Any]]:
    """The saved lists as tabs; the one that is open is marked. One query."""
    return [
        {"name": each.name, "query": each.query, "chosen": each.query == asked.query, "shared": bool(each.role)}
        for each in views_of(desk.by)
    ]


def counts(desk: Desk, chosen: str) -> list[dict[str, Any]]:
    """How many dossiers stand in each state, in the order of a life, each leading to its list."""
    counted = queries.counts(desk.by)
    return [
        {"tag": state_tag(state), "many": counted[state], "href": f"?{urlencode({'trang-thai': state})}",
         "chosen": state == chosen, "open": state in OPEN}
        for state in State if counted.get(state)
    ]  # fmt: skip


def choices(chosen: str) -> list[tuple[str, str, bool]]:
    """The states to filter by."""
    return [(state, label(state, language()), state == chosen) for state in State]
