"""The work of a step: its tasks ticked off, other agencies asked, questions taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base.errors import Refused
from motcua.catalogue.queries import plan
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Standing
from motcua.opinions import actions as opinions
from motcua.opinions.actions import Question
from motcua.sites.desk.asking import Desk, officer_only, uuid_of
from motcua.sites.desk.opinions import OTHER, AskOpinion, askable, foreseen_at
from motcua.sites.desk.views.dossier import seen_in
from motcua.sites.frame.refusals import said
from motcua.sites.frame.words import text_of


@require_POST
@officer_only
def task(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Tick off one piece of work."""

    def act(standing: Standing, **who: Any) -> Any:
        return actions.do_task(standing.dossier_id, request.POST.get("task", ""), **who)

    return _done(request, desk, code, act, now_("Đã đánh dấu việc đã làm."))


@require_POST
@officer_only
def withdraw(request: HttpRequest, desk: Desk, code: str, opinion: str) -> HttpResponse:
    """Take a question back, with the reason."""

    def act(standing: Standing, **who: Any) -> Any:
        return opinions.withdraw_opinion(standing.dossier_id, uuid_of(opinion), request.POST.get("reason", ""), **who)

    return _done(request, desk, code, act, now_("Đã rút yêu cầu lấy ý kiến."))


@officer_only
def ask(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Ask another agency. Refused, the page comes back with the reason and with what was typed."""
    standing, status = queries.at_desk(code, desk.by), 200
    form = AskOpinion(foreseen_at(standing), askable(desk), request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            matter = given.get("opinion", "")
            question = Question(given["question"], "" if matter == OTHER else matter, given["agency"], given["hours"])
            try:
                opinions.ask_opinion(standing.dossier_id, question, by=desk.by, at=desk.at, seen=seen_in(request))
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã gửi yêu cầu lấy ý kiến."))
                return redirect("desk:dossier", code=standing.dossier.code)
    name = text_of(plan(standing.dossier.edition_id).definition.name)
    return render(
        request,
        "desk/ask_opinion.html",
        {"desk": desk, "standing": standing, "name": name, "form": form},
        status=status,
    )


def _done(request: HttpRequest, desk: Desk, code: str, act: Callable[..., Any], done: str) -> HttpResponse:
    """Do it and say so, or say why not, above the page of the dossier."""
    standing = queries.at_desk(code, desk.by)
    try:
        act(standing, by=desk.by, at=desk.at, seen=seen_in(request))
        messages.success(request, done)
    except Refused as no:
        words = said(no)
        messages.error(request, f"{words.what} {words.do}")
    return redirect("desk:dossier", code=standing.dossier.code)
