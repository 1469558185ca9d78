"""Taken in for other agencies of the province: the list, one dossier, and the two things this counter does for it.

Source: reception regardless of boundaries, Nghị định 118/2025/NĐ-CP. Everything else is the competent agency's.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base import files
from motcua.base.errors import NotFound, Refused
from motcua.catalogue.queries import plan, plans
from motcua.deadlines.queries import calendar_for
from motcua.desks.queries import at_counter, counts_of, taken_in
from motcua.dossiers import actions
from motcua.dossiers.actions.moving import FROM_AFAR
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import PAGE
from motcua.dossiers.states import State
from motcua.printing.receipts import receipt
from motcua.results.queries import result_for
from motcua.sites.desk.asking import Desk, asked, id_in, officer_only
from motcua.sites.desk.forms import MoveForm
from motcua.sites.desk.moves import VERBS, Verb, move_label, offers_of, verb_at
from motcua.sites.desk.papers import told
from motcua.sites.desk.showing import facts_about
from motcua.sites.desk.views.dossier import seen_in
from motcua.sites.desk.views.files import inline, safe_name
from motcua.sites.desk.words import deadline, offices_of
from motcua.sites.frame.words import state_tag, text_of

PURPOSE = "following"
OPEN_WHEN = {
    "supplement": {State.RETURNED, State.SUPPLEMENTING},
    "hand_over": {State.DECIDED},
}


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What this counter took in for others, newest first: sent when, received when, how far. Raises `Forbidden`."""
    desk.by.must_have({"reception"})
    before = id_in(asked(request, "sau"))
    found = taken_in(desk.by, before=before)
    plans({standing.dossier.edition_id for standing in found})
    offices = offices_of(found[:PAGE])
    rows = [
        {
            "standing": each, "procedure": text_of(plan(each.dossier.edition_id).definition.name),
            "tag": state_tag(each.state), "deadline": deadline(each, offices[each.agency.code], desk.at),
        }
        for each in found[:PAGE]
    ]  # fmt: skip
    more = f"?sau={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return render(request, "desk/afar_list.html", {"desk": desk, "rows": rows, "next": more, "later": bool(before)})


@officer_only
def afar(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """How far it is, and what this counter may do. The look is recorded. Raises `NotFound` ``dossier_unknown``."""
    standing = at_counter(code, desk.by)
    actions.look(standing.dossier_id, PURPOSE, by=desk.by, at=desk.at)
    return _page(request, desk, standing)


@officer_only
def move(request: HttpRequest, desk: Desk, code: str, slug: str) -> HttpResponse:
    """Add what was brought, or hand the result over. Any other verb is not known here."""
    verb, standing = verb_at(slug), at_counter(code, desk.by)
    if verb.verb not in FROM_AFAR:
        raise NotFound("not_found")
    if request.method != "POST":
        return redirect("desk:afar", code=standing.dossier.code)
    form = verb.form(offers_of(standing, desk), request.POST, request.FILES, prefix=verb.slug)
    seen, status = seen_in(request), 422
    if form.is_valid():
        try:
            verb.act(standing, form.cleaned_data, by=desk.by, at=desk.at, seen=seen)
        except Refused as no:
            status, standing = form.refuse(no), at_counter(code, desk.by)
        else:
            messages.success(request, verb.done)
            return redirect("desk:afar", code=standing.dossier.code)
    return _page(request, desk, standing, (verb, form), status)


@officer_only
def paper(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:  # noqa: ARG001
    """Form 01, once the competent agency received it. Raises `Refused` ``not_received_yet``."""
    standing = at_counter(code, desk.by)
    return inline(receipt(standing), f"{safe_name(standing.dossier.code)}-01.pdf")


@officer_only
def result(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:  # noqa: ARG001
    """The result that is handed over here. The look is recorded. Raises `NotFound` ``result_unknown`` before."""
    standing = at_counter(code, desk.by)
    found = result_for(standing.dossier.stream)
    if found is None or found.file_id is None:
        raise NotFound("result_unknown")
    actions.look(standing.dossier_id, "handing_over", by=desk.by, at=desk.at)
    with files.open_file(found.file_id) as content:
        return inline(content.read(), f"{safe_name(found.number)}.pdf")


def offers(standing: Standing, desk: Desk, tried: tuple[Verb, MoveForm] | None) -> list[dict[str, Any]]:
    """The moves open here now, each with its form; one that was just refused keeps what was typed."""
    found = []
    for verb in VERBS:
        if standing.state in OPEN_WHEN.get(verb.verb, ()) or (tried and tried[0] == verb):
            form = tried[1] if tried and tried[0] == verb else verb.form(offers_of(standing, desk), prefix=verb.slug)
            found.append({"verb": verb, "form": form, "label": move_label(verb.verb)})
    return found


def _page(
    request: HttpRequest,
    desk: Desk,
    standing: Standing,
    tried: tuple[Verb, MoveForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    edition = plan(standing.dossier.edition_id)
    names = {each.code: each.name for each in edition.definition.papers} | {"khac": now_("Giấy tờ khác")}
    context = {
        "desk": desk, "standing": standing, "dossier": standing.dossier, "name": text_of(edition.definition.name),
        "tag": state_tag(standing.state), "facts": facts_about(standing, ""),
        "deadline": deadline(standing, calendar_for(standing.agency.code), desk.at),
        "offers": offers(standing, desk, tried), "errors": tried[1].summary if tried else [],
        "counted": told(counts_of(standing.dossier_id), names), "result": result_for(standing.dossier.stream),
    }  # fmt: skip
    return render(request, "desk/afar.html", context, status=status)
