"""Who is away and who does the work meanwhile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.people import actions
from motcua.people.actions.absences import LEADING
from motcua.people.queries import staff, substitutions
from motcua.sites.desk.asking import Desk, officer_only, uuid_of
from motcua.sites.desk.office import AbsenceForm


@officer_only
def absences(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The absences that are not over, and a form for one more."""
    form = asked_form(request, desk)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.name_substitute(form.absence(), by=desk.by, at=desk.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã cử người làm thay."))
                return redirect("desk:absences")
    return _page(request, desk, form, status)


@officer_only
def ended(request: HttpRequest, desk: Desk, absence: str) -> HttpResponse:
    """The officer is back. Raises as `people.actions.end_substitution`."""
    if request.method == "POST":
        actions.end_substitution(uuid_of(absence), by=desk.by, at=desk.at)
        messages.success(request, now_("Đã kết thúc việc làm thay."))
    return redirect("desk:absences")


def leads(desk: Desk) -> bool:
    """Whether the officer names substitutes for colleagues too."""
    return bool(desk.by.own_roles & LEADING)


def asked_form(request: HttpRequest, desk: Desk) -> AbsenceForm:
    """The form with whom may be chosen. Two queries."""
    today = local(desk.at).date()
    people = [(str(each.id), each.full_name) for each in staff(desk.agency, on=today)]
    own = [(who, name) for who, name in people if who == desk.by.id]
    given = request.POST if request.method == "POST" else None
    absent = people if leads(desk) else own
    others = [each for each in people if each not in own] if absent == own else people
    return AbsenceForm(given, absent=absent, substitutes=others, today=today)


def _page(request: HttpRequest, desk: Desk, form: AbsenceForm, status: int) -> HttpResponse:
    today, lead = local(desk.at).date(), leads(desk)
    rows = [
        {
            "each": each, "running": each.ended_at is None and each.valid_from <= today,
            "may_end": each.ended_at is None and (lead or str(each.absent_id) == desk.by.id),
        }
        for each in substitutions(desk.agency.id, since=today)
    ]  # fmt: skip
    context = {"desk": desk, "rows": rows, "form": form, "errors": form.summary if status >= 400 else []}
    return render(request, "desk/absences.html", context, status=status)
