"""The catalogue: procedures, who decides them, and search. Public."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.queries import browse, procedure_page
from motcua.people.queries import competent_agencies
from motcua.search.ports import Filters, Search
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.describing import operation
from motcua.sites.api.reading import cursor, key_of, query
from motcua.sites.api.service import PUBLIC, answer

router = Router(tags=["catalogue"])
FILTERS = ("field", "level", "subject", "life_event", "agency", "ministry")


@operation(router, "GET", "/procedures", shapes.ProcedureList, takes=asked.Browse)
def procedures(request: HttpRequest) -> HttpResponse:
    """The published procedures by name, a page at a time."""
    given = query(request, asked.Browse)
    after = key_of(given.after, tuple[str, str]) if given.after else None
    rows, key = browse({name: getattr(given, name) for name in FILTERS}, after=after, size=given.size)
    items = [showing.listed(row) for row in rows]
    return answer(shapes.ProcedureList(items, cursor(key) if key else None), cache=PUBLIC)


@operation(router, "GET", "/procedures/{code}", shapes.Procedure)
def procedure(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """One procedure as in force today: papers, limits, fees, steps, and the JSON Schema of its answers."""
    return answer(showing.procedure(procedure_page(code, local(timezone.now()).date())), cache=PUBLIC)


@operation(router, "GET", "/procedures/{code}/agencies", shapes.AgencyList)
def agencies(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """The agencies that decide this procedure: the ``agency`` of a filing is one of these codes."""
    today = local(timezone.now()).date()
    definition = procedure_page(code, today).plan.definition
    found = competent_agencies(levels=definition.levels, field=definition.field, on=today)
    return answer(shapes.AgencyList([showing.agency(each) for each in found]), cache=PUBLIC)


@operation(router, "GET", "/search", shapes.FoundList, takes=asked.Question)
def search(request: HttpRequest) -> HttpResponse:
    """The procedures that a question is about, with or without accents, best first."""
    given = query(request, asked.Question)
    filters = Filters(given.life_event, given.agency, given.field, given.level, given.subject)
    hits = provider(Search).find(given.q, on=local(timezone.now()).date(), limit=given.limit, filters=filters)
    return answer(shapes.FoundList([shapes.Found(*hit) for hit in hits]), cache=PUBLIC)
