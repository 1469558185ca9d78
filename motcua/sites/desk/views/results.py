"""Sổ kết quả: what the agency issued, one result with its history, and what may happen to it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.base import files
from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import local
from motcua.printing.queries import names_of
from motcua.results import actions
from motcua.results.models import Result
from motcua.results.queries import PAGE, Search, history, registered
from motcua.results.states import LABELS, label
from motcua.sites.desk.asking import Desk, asked, id_in, officer_only
from motcua.sites.desk.results import Change, Why, change_at, happened, offers
from motcua.sites.desk.views.files import inline, safe_name
from motcua.sites.frame.results import result_tag, signed_told, state_told, validity_told
from motcua.sites.frame.words import language


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One page of the registry, newest first. Two queries beside the session, one more from the second page on."""
    on = local(desk.at).date()
    search = Search(asked(request, "q"), asked(request, "trang-thai", 20), id_in(asked(request, "sau")))
    found = registered(desk.by, search, on=on)
    kept = {"q": search.text, "trang-thai": search.state}
    more = f"?{urlencode({**kept, 'sau': found[PAGE - 1].pk})}" if len(found) > PAGE else ""
    context = {
        "desk": desk, "search": search, "next": more,
        "rows": [{"result": each, "tag": result_tag(each, on)} for each in found[:PAGE]],
        "states": [(state, label(state, language())) for state in LABELS],
    }  # fmt: skip
    return render(request, "desk/results.html", context)


@officer_only
def result(request: HttpRequest, desk: Desk, result: UUID) -> HttpResponse:
    """One result with its history and the changes open to the officer; the look is recorded."""
    return _page(request, desk, actions.read(result, by=desk.by, at=desk.at))


@officer_only
def document(request: HttpRequest, desk: Desk, result: UUID) -> HttpResponse:  # noqa: ARG001
    """Its document. The look is recorded. Raises `NotFound` ``result_unknown`` while there is none."""
    found = actions.read(result, by=desk.by, at=desk.at)
    if found.file_id is None:
        raise NotFound("result_unknown")
    with files.open_file(found.file_id) as content:
        return inline(content.read(), f"{safe_name(found.number)}.pdf")


@officer_only
def change(request: HttpRequest, desk: Desk, result: UUID, slug: str) -> HttpResponse:
    """Suspend, bring back, replace or take back. Refused, the page comes back with what was typed."""
    wanted = change_at(slug)
    if request.method != "POST":
        return redirect("desk:registered", result=result)
    form, status = wanted.form(request.POST, prefix=slug), 422
    if form.is_valid():
        try:
            wanted.act(result, form.cleaned_data, by=desk.by, at=desk.at)
        except Refused as no:
            status = form.refuse(no)
        else:
            messages.success(request, wanted.done)
            return redirect("desk:registered", result=result)
    return _page(request, desk, actions.read(result, by=desk.by, at=desk.at), (wanted, form), status)


def _page(
    request: HttpRequest, desk: Desk, found: Result, tried: tuple[Change, Why] | None = None, status: int = 200
) -> HttpResponse:
    on, facts = local(desk.at).date(), history(found)
    context = {
        "desk": desk, "result": found, "tag": result_tag(found, on), "state": state_told(found, on),
        "validity": validity_told(found), "signed": signed_told(found),
        "timeline": happened(facts, names_of(facts)), "offers": offers(found, desk.by.roles, tried),
        "errors": tried[1].summary if tried else [],
    }  # fmt: skip
    return render(request, "desk/result.html", context, status=status)
