"""One dossier at the desk: everything about it, and the moves; a post for each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.base.errors import Refused
from motcua.catalogue.queries import plan
from motcua.deadlines.queries import calendar_for
from motcua.desks.queries import notes_of
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Standing
from motcua.printing.queries import names_of
from motcua.results.actions import has_key
from motcua.results.queries import history, result_for
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.clocks import clocks
from motcua.sites.desk.forms import MoveForm
from motcua.sites.desk.moves import Had, Verb, offered, offers_of, verb_at
from motcua.sites.desk.reusing import had_for, may_look
from motcua.sites.desk.showing import answers_of, facts_about, papers_of, why_due
from motcua.sites.desk.timeline import happened, last_act
from motcua.sites.desk.words import deadline
from motcua.sites.frame.letters import letters_of
from motcua.sites.frame.views import BadRequest
from motcua.sites.frame.words import state_tag, text_of

PURPOSE = "handling"


@officer_only
def dossier(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Everything about one dossier of the officer's agency; the look is recorded, once a day."""
    standing = queries.at_desk(code, desk.by)
    actions.look(standing.dossier_id, PURPOSE, by=desk.by, at=desk.at)
    had = had_for(standing, by=desk.by, at=desk.at) if "kho" in request.GET else {}
    return _page(request, desk, standing, had=had)


@officer_only
def move(request: HttpRequest, desk: Desk, code: str, slug: str) -> HttpResponse:
    """Do one move. Refused, the page comes back with the reason and with what was typed."""
    verb, standing = verb_at(slug), queries.at_desk(code, desk.by)
    if request.method != "POST":
        return redirect("desk:dossier", code=standing.dossier.code)
    had = had_for(standing, by=desk.by, at=desk.at) if any("-kho_" in name for name in request.POST) else {}
    form = verb.form(offers_of(standing, desk, had), request.POST, request.FILES, prefix=verb.slug)
    seen, status = seen_in(request), 422
    if form.is_valid():
        try:
            verb.act(standing, form.cleaned_data, by=desk.by, at=desk.at, seen=seen)
        except Refused as no:
            status = form.refuse(no)
            standing = queries.at_desk(code, desk.by)
        else:
            messages.success(request, verb.done)
            if verb.verb == "decide" and has_key(desk.by):
                return redirect("desk:signing")
            return redirect("desk:dossier", code=standing.dossier.code)
    actions.look(standing.dossier_id, PURPOSE, by=desk.by, at=desk.at)
    return _page(request, desk, standing, (verb, form), status)


def seen_in(request: HttpRequest) -> int:
    """What the page showed. Raises `BadRequest` without it: no move is made blindly."""
    text = request.POST.get("seen", "")
    if not (text.isdecimal() and len(text) < 10):
        raise BadRequest("bad_request")
    return int(text)


def _page(
    request: HttpRequest,
    desk: Desk,
    standing: Standing,
    tried: tuple[Verb, MoveForm] | None = None,
    status: int = 200,
    had: Had | None = None,
) -> HttpResponse:
    facts, edition = queries.history(standing.dossier), plan(standing.dossier.edition_id)
    names, office = names_of(facts), calendar_for(standing.agency.code)
    offers, result = offered(standing, desk, tried, had), result_for(standing.dossier.stream)
    context = {
        "desk": desk, "standing": standing, "dossier": standing.dossier, "name": text_of(edition.definition.name),
        "tag": state_tag(standing.state), "deadline": deadline(standing, office, desk.at),
        "facts": facts_about(standing, why_due(standing, facts)), "answers": answers_of(standing, edition),
        "papers": papers_of(standing, edition),
        "timeline": happened(facts, standing, names, history(result) if result else ()),
        "open": [offer for offer in offers if offer.form is not None],
        "closed": [offer for offer in offers if offer.form is None],
        "definition": edition.definition, "history": facts, "tried": tried,
        "overtaken": last_act(facts, standing, names) if status == 409 else "",
        "result": result, "letters": letters_of(facts),
        "had": had, "may_look": not had and may_look(standing, desk.by),
        "notes": notes_of(standing.pk, desk.by), "clocks": clocks(standing, facts, names, office, desk.at),
    }  # fmt: skip
    return render(request, "desk/dossier.html", context, status=status)
