"""The list of everything the agency has in hand, what burns first on top."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.base.worktime import Calendar
from motcua.catalogue.queries import plan, plans
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import queries
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import PAGE, Filters
from motcua.dossiers.states import OPEN, State, label
from motcua.sites.desk import words
from motcua.sites.desk.asking import Desk, asked, officer_only
from motcua.sites.frame.words import Tag, language, state_tag, text_of

KEY = re.compile(r"[0-9T:.+-]{0,40}~[0-9a-f-]{36}")
NAMES = {"trang-thai": "state", "thu-tuc": "procedure", "vai-tro": "role", "han": "due", "q": "text"}
ALL = "tat-ca"


@dataclass(frozen=True)
class Row:
    """A dossier in the list."""

    standing: Standing
    procedure: str
    step: str
    holder: str
    tag: SafeString
    deadline: SafeString
    due: datetime | None


@officer_only
def worklist(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One page of the list, with its filters in the address. Eight queries with the session, whatever the page."""
    given = {name: asked(request, name) for name in NAMES}
    everything = asked(request, "viec") == ALL or bool(given["q"] or given["trang-thai"])
    office = calendar_for(desk.agency.code)
    soon = office.add_working_minutes(desk.at, words.NEAR_MINUTES)
    found = queries.worklist(desk.by, filters(request, given, own=not everything), soon=soon, at=desk.at)
    plans({standing.dossier.edition_id for standing in found})
    draw = cache(drawn)  # a page has fifty rows and a handful of different tags
    rows = [row(standing, office, desk.at, draw) for standing in found[:PAGE]]
    after = queries.page_key(found[PAGE - 1]) if len(found) > PAGE else ""
    kept = {name: value for name, value in given.items() if value} | ({"viec": ALL} if everything else {})
    context = {
        "desk": desk, "rows": rows, "given": given, "everything": everything, "filtered": any(given.values()),
        "next": f"?{urlencode({**kept, 'sau': after})}" if after else "",
        "counts": counts(desk, given["trang-thai"]), "states": choices(given["trang-thai"]), "dues": words.DUE.items(),
        "roles": words.ROLES.items(), "asked_procedure": given["thu-tuc"], "asked_role": given["vai-tro"],
        "later": "sau" in request.GET,
    }  # fmt: skip
    return render(request, "desk/worklist.html", context)


def filters(request: HttpRequest, given: dict[str, str], *, own: bool) -> Filters:
    """The filters as the query knows them; what is not on offer filters nothing."""
    known = {NAMES[name]: value for name, value in given.items()}
    known["state"] = known["state"] if known["state"] in set(State) else ""
    known["role"] = known["role"] if known["role"] in words.ROLES else ""
    key = asked(request, "sau")
    return Filters(**known, after=key if KEY.fullmatch(key) else "", own=own)  # type: ignore[arg-type]


def row(standing: Standing, office: Calendar, at: datetime, draw: Callable[[Tag], SafeString]) -> Row:
    """One line of the list. No query once the plans are known."""
    procedure = text_of(plan(standing.dossier.edition_id).definition.name)
    tag, left = draw(state_tag(standing.state)), draw(words.deadline(standing, office, at))
    step, held = words.step_at(standing), words.holder(standing)
    return Row(standing, procedure, step, held, tag, left, words.promised(standing, office))


def drawn(tag: Tag) -> SafeString:
    """The tag as the component draws it."""
    return render_to_string("desk/tag.html", {"tag": tag})


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
