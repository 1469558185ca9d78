"""The first page and the ways in: life events and fields. The same for everybody, kept ready by the front."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.errors import NotFound
from motcua.catalogue import queries
from motcua.sites.frame.public import public_page
from motcua.sites.frame.words import english
from motcua.sites.portal.life_events import life_event, life_events
from motcua.sites.portal.views.finding import procedures_page

FIELDS_ON_HOME = 12


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search first, then life events, the fields with most procedures, how it works. One query."""
    counted = queries.counts_by_field()
    largest = sorted(counted, key=lambda pair: -pair[1])[:FIELDS_ON_HOME]
    shown = [pair for pair in counted if pair in largest]
    context = {"events": life_events(), "fields": _named(shown), "many": sum(many for _field, many in counted)}
    return render(request, "portal/home.html", context)


@public_page
def fields(request: HttpRequest) -> HttpResponse:
    """Every field that has procedures, with how many. One query."""
    return render(request, "portal/fields.html", {"fields": _named(queries.counts_by_field())})


@public_page
def field(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures of one field."""
    named = {found.code: name for found, name, _many in _named(queries.counts_by_field())}
    if code not in named:
        raise NotFound("not_found")
    return procedures_page(request, title=named[code], filters={"field": code})


@public_page
def event(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures of one life event."""
    found = life_event(code)
    return procedures_page(request, title=found.name, lead=found.about, filters={"life_event": code})


@public_page
def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure, by name."""
    return procedures_page(request)


def _named(counted: list[tuple[queries.Field, int]]) -> list[tuple[queries.Field, str, int]]:
    return [(found, (english() and found.name_en) or found.name, many) for found, many in counted]
