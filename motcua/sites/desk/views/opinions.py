"""What other agencies ask this one: the list, a question with the papers of its dossier, the answer."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import Calendar
from motcua.catalogue.queries import plan, plans
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import actions, queries
from motcua.opinions.actions import answer_opinion
from motcua.opinions.models import Opinion
from motcua.opinions.queries import answered_by, asked_one, open_of
from motcua.sites.desk.asking import Desk, officer_only, uuid_of
from motcua.sites.desk.opinions import AnswerOpinion, due_tag, name_of
from motcua.sites.desk.views.files import sent
from motcua.sites.frame.words import text_of

PURPOSE = "opinion"


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open questions, soonest due first, and the last ones answered. Three queries beside the session."""
    waiting, answered = open_of(desk.agency.id), answered_by(desk.agency.id)
    office = calendar_for(desk.agency.code)
    plans({each.dossier.edition_id for each in [*waiting, *answered]})
    context = {"desk": desk, "open": [_row(each, desk, office) for each in waiting],
               "answered": [_row(each, desk, office) for each in answered]}  # fmt: skip
    return render(request, "desk/opinions.html", context)


@officer_only
def opinion(request: HttpRequest, desk: Desk, opinion: str) -> HttpResponse:
    """One question; a post answers it. It shows the papers, nothing else of the dossier; the look is recorded."""
    asked, status = asked_one(uuid_of(opinion), desk.agency.id), 200
    form = AnswerOpinion(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            agrees, answer = form.cleaned_data["agrees"] == "yes", form.cleaned_data["answer"]
            try:
                answer_opinion(asked.dossier_id, asked.id, agrees, answer, by=desk.by, at=desk.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã trả lời ý kiến."))
                return redirect("desk:opinions")
    actions.look(asked.dossier_id, PURPOSE, by=desk.by, at=desk.at)
    open_now = not (asked.answered_at or asked.withdrawn_at)
    context = {**_row(asked, desk, calendar_for(desk.agency.code)), "desk": desk, "form": form, "open": open_now,
               "papers": queries.papers_of(asked.dossier)}  # fmt: skip
    return render(request, "desk/opinion.html", context, status=status)


@officer_only
def paper(request: HttpRequest, desk: Desk, opinion: str, paper: str) -> FileResponse:  # noqa: ARG001
    """A paper of the dossier that is asked about, as a download. The look is recorded."""
    asked, wanted = asked_one(uuid_of(opinion), desk.agency.id), uuid_of(paper)
    found = next((each for each in queries.papers_of(asked.dossier) if each.id == wanted), None)
    if found is None or asked.withdrawn_at:
        raise NotFound("not_found")
    actions.look(asked.dossier_id, PURPOSE, by=desk.by, at=desk.at)
    return sent(found)


def _row(asked: Opinion, desk: Desk, office: Calendar) -> dict[str, Any]:
    definition = plan(asked.dossier.edition_id).definition
    return {"asked": asked, "tag": due_tag(asked, office, desk.at), "procedure": text_of(definition.name),
            "asker": name_of(asked.asked_by), "code": asked.dossier.code}  # fmt: skip
