"""Money at the desk: bills of a dossier, the till of an officer, the tills of an agency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now_

from motcua.base.errors import NotFound, Refused
from motcua.base.money import money
from motcua.base.worktime import local
from motcua.charging import actions as charging
from motcua.charging.queries import refunds_due
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Standing
from motcua.payments import actions, queries
from motcua.payments.actions.counter import drawers
from motcua.payments.models import Bill, Till
from motcua.people.models import Officer
from motcua.printing.paid import receipt as paid_receipt
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.money import text, verb_at
from motcua.sites.desk.office import TerminalForm, TillForm
from motcua.sites.desk.views.files import inline

SEES_TILLS = frozenset({"head", "approver"})


@officer_only
def act(request: HttpRequest, desk: Desk, code: str, number: str, slug: str) -> HttpResponse:
    """Do one thing with one bill of the dossier, and come back to it."""
    standing, verb = dossiers.at_desk(code, desk.by), verb_at(slug)
    if request.method == "POST":
        verb.act(bill_of(standing, number), request.POST, desk.by, desk.at)
        messages.success(request, verb.done)
    return redirect(f"{reverse('desk:dossier', args=[standing.dossier.code])}#phi")


@officer_only
def exempt(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """A head decides that what nobody knows the amount of is not asked of this dossier, and why."""
    standing = dossiers.at_desk(code, desk.by)
    if request.method == "POST":
        charging.exempt(standing.dossier.id, text(request.POST, "ly-do"), by=desk.by, at=desk.at)
        messages.success(request, now_("Đã quyết định không thu khoản chưa rõ mức."))
    return redirect(f"{reverse('desk:dossier', args=[standing.dossier.code])}#phi")


@officer_only
def receipt(_request: HttpRequest, desk: Desk, code: str, number: str) -> HttpResponse:
    """Biên lai as PDF, to be printed at the counter."""
    standing = dossiers.at_desk(code, desk.by)
    return inline(paid_receipt(bill_of(standing, number), standing), f"bien-lai-{number}.pdf")


def bill_of(standing: Standing, number: str) -> Bill:
    """The bill of this dossier with this number. Raises `NotFound` ``bill_unknown``."""
    found = next((each for each in queries.bills_of(standing.dossier.stream) if each.number == number), None)
    if found is None:
        raise NotFound("bill_unknown")
    return found


@officer_only
def till(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What I took today, what should be there, and the counting; for a head the tills of the agency."""
    desk.by.must_have({"reception"} | SEES_TILLS)
    form, status = TillForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                closed = actions.close_till(form.cleaned_data["counted"], by=desk.by, at=desk.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, told(closed))
                return redirect("desk:till")
    return render(
        request, "desk/till.html", till_context(desk) | {"form": form, "errors": form.summary}, status=status
    )


def told(closed: Till) -> str:
    """The closing in one sentence, the difference named."""
    less = closed.counted_vnd - closed.expected_vnd
    if not less:
        return now_("Đã khoá sổ quầy thu: khớp, %(counted)s.") % {"counted": money(closed.counted_vnd)}
    words = now_("thừa") if less > 0 else now_("thiếu")
    return now_("Đã khoá sổ quầy thu: %(words)s %(difference)s so với sổ.") % {
        "words": words,
        "difference": money(abs(less)),
    }


def till_context(desk: Desk) -> dict[str, object]:
    """What the page of tills shows.

    Six queries for a cashier, eleven at most for a head who is one too, whatever was taken."""
    by, day = desk.by, local(desk.at).date()
    own = drawers(by)
    mine = queries.tills_of(desk.agency.id, by.id, most=10)
    leads = bool(by.roles & SEES_TILLS)
    all_tills = queries.tills_of(desk.agency.id) if leads else []
    names = dict(Officer.objects.filter(id__in={each.officer for each in all_tills}).values_list("id", "full_name"))
    return {
        "desk": desk, "day": day, "form": TillForm(), "terminal": TerminalForm(), "errors": [],
        "taken": [(each, each.account.startswith("cash:")) for each in
                                            queries.taken_on([*own["cash"], *own["card"]], day)],
        "cash": sum(own["cash"].values()), "card": sum(own["card"].values()), "mine": mine,
        "closed": any(each.day == day for each in mine), "may_take": "reception" in by.roles,
        "refunds": _refunds(desk) if leads else [],
        "tills": [(names.get(each.officer, ""), each, each.counted_vnd - each.expected_vnd) for each in all_tills],
    }  # fmt: skip


def _refunds(desk: Desk) -> list[tuple[str, Bill]]:
    """What was paid for dossiers on which nobody worked, with the code of each dossier."""
    due = {UUID(bill.reference.removeprefix("dossier:")): bill for bill in refunds_due(desk.agency.id)}
    codes = dict(Dossier.objects.filter(pk__in=due).values_list("pk", "code"))
    return [(codes[key], bill) for key, bill in due.items()]
