"""Our books beside the banks': comparisons by day, one of them by row, a statement brought in, what was not believed."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid, NotFound
from motcua.base.worktime import local
from motcua.dossiers.models import Dossier
from motcua.gateways.statements import Wrong, slips, transfers
from motcua.payments import actions, outside, queries
from motcua.payments.actions.counter import drawer
from motcua.payments.models import Attempt, Reconciliation
from motcua.payments.states import MORE
from motcua.people.models import Officer
from motcua.sites.desk.asking import Desk, id_in, officer_only
from motcua.sites.desk.office import StatementForm, TerminalForm
from motcua.sites.desk.views.money import till_context
from motcua.sites.frame.paying import way

SEES = frozenset({"head", "approver"})
VIETQR = "vietqr"
COUNTED_DAYS = 30
MOST_TOLD = 200  # wrong lines of a statement
WHAT = {
    "matched": (_("Khớp"), "green", "check"),
    "closed": (_("Nay mới khớp, đã ghi nhận"), "green", "check"),
    "missing_here": (_("Sao kê có, sổ không có"), "red", "alert"),
    "missing_there": (_("Sổ có, sao kê không có"), "red", "alert"),
    "amount_differs": (_("Lệch số tiền"), "red", "alert"),
    "surplus": (_("Nộp lần hai, đã ghi phải trả lại"), "red", "alert"),
    "disputed": (_("Cần xem lại: sai người nhận, sai loại tiền hoặc giao dịch của đơn khác"), "red", "alert"),
    "unread": (_("Không đọc được dòng này trong sao kê"), "red", "alert"),
}
WRONG = {
    "not_text": _("Tệp không phải CSV mã UTF-8."),
    "too_long": _("Tệp có quá nhiều dòng."),
    "columns": _("Thiếu cột."),
    "transaction": _("Thiếu số giao dịch."),
    "twice": _("Số giao dịch này đã có ở dòng trên."),
    "account": _("Không phải tài khoản của cơ quan bạn."),
    "no_order": _("Nội dung không ghi mã nộp tiền nào."),
    "several_orders": _("Nội dung ghi nhiều mã nộp tiền."),
    "time": _("Giờ phải ghi như 10/11/2026 09:30."),
    "other_day": _("Không phải giao dịch của hôm nay."),
    "amount": _("Số tiền phải là số đồng nguyên, chỉ gồm chữ số."),
}
REFUSED = {
    "wrong_signature": _("Sai chữ ký"), "malformed": _("Sai định dạng"), "amount_differs": _("Lệch số tiền"),
    "other_payee": _("Sai người nhận"), "other_currency": _("Sai loại tiền"), "replayed": _("Báo lại lần nữa"),
    "order_unknown": _("Không có đơn này"), "transaction_missing": _("Thiếu số giao dịch"),
    "outcome_not_sealed": _("Kết quả không có chữ ký"), "payee_unknown": _("Không rõ người nhận"),
    "transaction_of_another_order": _("Giao dịch của đơn khác"), "other_order": _("Đơn khác"),
    MORE: _("Còn nhiều tin như trên về đơn này trong ngày, chỉ đếm"),
}  # fmt: skip


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Comparisons of the last days as far as they are about this agency; what is owed back, what was not believed."""
    return _page(request, desk, StatementForm())


@officer_only
def one(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """One comparison row by row, for leaders, and for who brought in that of the own till.

    Raises `NotFound` ``not_found`` where no row of it is about this agency.
    """
    found = queries.reconciliation(row)
    if found.payee != drawer("card", desk.by.id, desk.by.agency):
        desk.by.must_have(SEES)
    rows = [(*WHAT[str(each[0])], each) for each in of_agency(found, desk, queries.codes_of(desk.agency.id))]
    if not rows:
        raise NotFound("not_found")
    context = {
        "desk": desk,
        "found": found,
        "way": way(found.provider),
        "rows": rows,
        "leads": bool(desk.by.roles & SEES),
    }
    return render(request, "desk/reconciliation.html", context)


@officer_only
def terminal(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Bring in what the card terminal says it took today, beside what I took by card."""
    if request.method != "POST":
        return redirect("desk:till")
    desk.by.must_have({"reception"})
    form, read, status = TerminalForm(request.POST, request.FILES), None, 422
    if form.is_valid():
        day, made = local(desk.at).date(), None
        told, wrong = slips(form.cleaned_data["file"].read(), day)
        if told:
            made = actions.reconcile_card(day, told, by=desk.by, at=desk.at)
        read, status = _read(made, len(told), wrong, desk), 200
    context = till_context(desk) | {"terminal": form, "errors": form.summary, "read": read}
    return render(request, "desk/till.html", context, status=status)


@officer_only
def statement(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Bring in a statement: what agrees is closed, wrong lines are told by their number, the rest goes on."""
    form, read, status = StatementForm(request.POST or None, request.FILES or None), None, 422
    if request.method != "POST":
        return _page(request, desk, StatementForm())
    if form.is_valid():
        read, status = _compared(form, desk), 200
    return _page(request, desk, form, read, status)


def _compared(form: StatementForm, desk: Desk) -> dict[str, Any]:
    """The comparison, and the lines that were not read. Raises `Invalid` ``statement_without_account``."""
    account = _account(desk)
    if not account:
        raise Invalid("statement_without_account")
    told, wrong = transfers(form.cleaned_data["file"].read(), account)
    made = None
    if told:
        made = actions.reconcile(VIETQR, form.cleaned_data["day"], told, payee=account, by=desk.by, at=desk.at)
    return _read(made, len(told), wrong, desk)


def _read(made: Reconciliation | None, many: int, wrong: list[Wrong], desk: Desk) -> dict[str, Any]:
    """What became of a file that was brought in."""
    return {
        "made": counts(of_agency(made, desk, queries.codes_of(desk.agency.id))) if made else [],
        "id": made and made.id,
        "read": many,
        "wrong": [(WRONG[each.why], each) for each in wrong[:MOST_TOLD]],
        "more": max(len(wrong) - MOST_TOLD, 0),
    }


def of_agency(found: Reconciliation, desk: Desk, codes: list[str]) -> list[list[Any]]:
    """The rows about this agency and those it took over: all of its own statement; else money that went to its account,
    or an order that begins with the code of who asked for it."""
    provider = outside.way_named(found.provider)
    own = {provider.payee(code) for code in codes} - {""} if provider else set()
    if found.payee and (found.payee in own or found.payee.endswith(f":{desk.agency.id}")):
        return list(found.rows)
    orders = tuple(f"{code}-" for code in codes)
    return [row for row in found.rows if own.intersection(row[4:]) or str(row[1]).startswith(orders)]


def counts(rows: list[list[Any]]) -> list[tuple[Any, str, str, int]]:
    """How many rows of each kind, in the order of `WHAT`."""
    many = Counter(str(row[0]) for row in rows)
    return [(*words, many[what]) for what, words in WHAT.items() if many[what]]


def _page(
    request: HttpRequest, desk: Desk, form: StatementForm, read: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    desk.by.must_have(SEES)
    rows, codes = queries.reconciliations(), queries.codes_of(desk.agency.id)
    names = _cashiers(rows)
    found = [
        (
            each,
            " · ".join(filter(None, (way(each.provider), names.get(each.payee)))),
            counts(of_agency(each, desk, codes)),
        )
        for each in rows
    ]
    refused = [
        (each, REFUSED.get(each.why, each.why), way(each.provider)) for each in queries.refused_confirmations(codes)
    ]
    over = queries.surpluses(desk.agency.id)
    about = [_dossier(each) for each in over]
    dossiers: dict[UUID | None, str] = dict(Dossier.objects.filter(pk__in=about).values_list("pk", "code"))
    context = {
        "over": [(each, way(each.provider), dossiers.get(_dossier(each), "")) for each in over],
        "desk": desk, "found": [each for each in found if each[2]], "form": form, "read": read, "refused": refused,
        "counted": queries.counted_only(desk.at - timedelta(days=COUNTED_DAYS)), "days": COUNTED_DAYS,
        "errors": form.summary if status == 422 else [], "may_bring": bool(_account(desk)),
    }  # fmt: skip
    return render(request, "desk/reconciling.html", context, status=status)


def _cashiers(rows: list[Reconciliation]) -> dict[str, str]:
    """Whose card drawer a comparison is about, by its payee. One query."""
    drawers = {each.payee: each.payee.split(":")[1] for each in rows if each.provider == "card"}
    named = dict(Officer.objects.filter(id__in=drawers.values()).values_list("id", "full_name"))
    return {payee: named.get(UUID(officer), "") for payee, officer in drawers.items()}


def _dossier(tried: Attempt) -> UUID | None:
    """The dossier whose bill it is; None for a bill of something else."""
    kind, _colon, matter = tried.bill.reference.partition(":")
    return id_in(matter) if kind == "dossier" else None


def _account(desk: Desk) -> str:
    provider = outside.way_named(VIETQR)
    return provider.payee(desk.agency.code) if provider else ""
