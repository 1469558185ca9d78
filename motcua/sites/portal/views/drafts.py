"""Beginning to file, the list of what is to do, and where the dossier goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base.errors import Refused
from motcua.catalogue.queries import procedure_page
from motcua.drafts import actions, queries
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor, competent_agencies
from motcua.sites.frame.words import text_of
from motcua.sites.portal.asking import citizen_only, today
from motcua.sites.portal.forms import Filing
from motcua.sites.portal.words import offers
from motcua.sites.portal.writing import Writing, known_answers, tasks, writing


@citizen_only
def start(request: HttpRequest, who: Citizen, procedure: str) -> HttpResponse:
    """What will be needed, drafts begun earlier, and one button. A post begins a draft with what is known already."""
    page = procedure_page(procedure, today())
    if obstacle := page.plan.obstacle("online"):
        raise Refused(obstacle, procedure=procedure)
    if request.method == "POST":
        known = known_answers(who, page.plan.form_definition)
        draft = actions.start_draft(page.edition.id, known, by=citizen_actor(who), at=timezone.now())
        return redirect("portal:draft", draft=draft.id)
    begun = [each for each in queries.drafts(who.id) if each.edition.procedure_id == page.procedure.pk]
    definition = page.plan.definition
    needed = [paper for paper in definition.papers if not paper.show_only]
    ways = [offer for offer in offers(definition) if "online" in definition.channels][:1]
    context = {"page": page, "name": text_of(definition.name), "papers": needed, "drafts": begun, "offers": ways}
    return render(request, "portal/start.html", context)


@writing
def draft(request: HttpRequest, writing: Writing) -> HttpResponse:
    """The task list."""
    rows = tasks(writing)
    context = {"writing": writing, "name": text_of(writing.plan.definition.name), "tasks": rows}
    context |= {"done": sum(row["kind"] == "green" for row in rows[:-1]), "total": len(rows) - 1}
    return render(request, "portal/draft.html", context)


@writing
def filing(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Where to file, how to get the result, for whom. What was typed stays on the page when something is wrong."""
    definition, draft, status = writing.plan.definition, writing.draft, 200
    agencies = competent_agencies(levels=definition.levels, field=definition.field, on=today())
    known = {f"behalf_{key}": value for key, value in draft.on_behalf_of.items()}
    only = agencies[0].id if len(agencies) == 1 else ""
    initial = {"agency": str(draft.agency_id or only), "return_by": draft.return_by, **known}
    form = Filing(agencies, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("agency", "return_by")}
        try:
            actions.set_filing(draft.id, by=writing.by, at=writing.at, on_behalf_of=form.on_behalf_of, **given)
            return redirect("portal:papers", draft=draft.id)
        except Refused as no:
            status = form.refuse(no)
    elif request.method == "POST":
        status = 422
    return render(
        request, "portal/filing.html", {"writing": writing, "form": form, "none": not agencies}, status=status
    )


@require_POST
@writing
def discard(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Throw the draft away."""
    actions.discard_draft(writing.draft.id, by=writing.by)
    messages.success(request, now_("Đã xoá bản nháp."))
    return redirect("portal:account")
