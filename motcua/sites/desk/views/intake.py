"""Reception at the counter: find the procedure, type the filing in, receive it, print the receipt."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import Forbidden, Refused
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.queries import edition_for, plan_of
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import competent
from motcua.dossiers.states import State
from motcua.search.ports import Filters, Search
from motcua.sites.desk.asking import Desk, asked, officer_only
from motcua.sites.desk.intake import Counter, begun, read
from motcua.sites.frame.words import text_of

FOUND_AT_MOST = 20
LEVELS = {"department": "province", "commune": "commune", "province": "province", "ministry": "ministry"}


@officer_only
def choose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Find the procedure by its code, its name, or what the person says. Raises `Forbidden` ``wrong_role``."""
    desk.by.must_have({"reception"})
    question, level = asked(request, "q", 200), LEVELS.get(desk.agency.level, "none")
    hits = provider(Search).find(
        question, on=local(desk.at).date(), limit=FOUND_AT_MOST, filters=Filters(level=level)
    )
    return render(request, "desk/choose.html", {"desk": desk, "question": question, "hits": hits})


@officer_only
def intake(request: HttpRequest, desk: Desk, procedure: str) -> HttpResponse:
    """The whole filing on one page. Sent twice it is one dossier; with a fault, everything typed stays."""
    desk.by.must_have({"reception"})
    edition = plan_of(edition_for(procedure.replace("\x00", ""), local(desk.at).date()))
    if obstacle := edition.obstacle("direct"):
        raise Refused(obstacle, procedure=edition.code)
    if not competent(desk.agency.level, desk.agency.fields, edition.definition):
        raise Forbidden("agency_not_competent", agency=desk.agency.name)
    if request.method != "POST":
        return _page(request, desk, begun(edition))
    counter = read(request, edition, desk.at)
    if counter.rows_changed:
        return _page(request, desk, counter)
    if not counter.is_right():
        return _page(request, desk, counter, 422)
    try:
        dossier = _file(counter, desk, receive="_record" not in request.POST)
    except Refused as no:
        return _page(request, desk, counter, counter.refuse(no))
    messages.success(request, now_("Đã ghi nhận hồ sơ %(code)s.") % {"code": dossier.code})
    return redirect("desk:dossier", code=dossier.code)


def _file(counter: Counter, desk: Desk, *, receive: bool) -> Dossier:
    """File it, and receive it at once unless the officer only wants it recorded."""
    dossier = actions.submit(counter.filing(desk.agency.id), by=desk.by, at=desk.at)
    waiting = Standing.objects.filter(dossier=dossier.id, state=State.SUBMITTED).exists()
    if receive and waiting:
        actions.receive(dossier.id, by=desk.by, at=desk.at)
    return dossier


def _page(request: HttpRequest, desk: Desk, counter: Counter, status: int = 200) -> HttpResponse:
    definition = counter.plan.definition
    context: dict[str, Any] = {
        "desk": desk, "counter": counter, "definition": definition, "name": text_of(definition.name),
        "errors": counter.errors if status >= 400 else [],
        "show_only": [paper.name for paper in definition.papers if paper.show_only],
    }  # fmt: skip
    return render(request, "desk/intake.html", context, status=status)
