"""Fees of a dossier: what is asked, paying it, coming back from the bank, the receipt; anybody may check a receipt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.errors import Invalid, NotFound
from motcua.base.money import money
from motcua.catalogue.queries import plan
from motcua.charging.actions import begin_payment
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import quote
from motcua.fees.definition import KINDS
from motcua.payments import outside, queries
from motcua.payments.models import Bill
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.printing.paid import receipt as paid_receipt
from motcua.sites.frame.paying import bill_tag, unknown_words, way
from motcua.sites.frame.refusals import said
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import text_of
from motcua.sites.portal import paying
from motcua.sites.portal.asking import asked, citizen_only
from motcua.sites.portal.forms import Paying
from motcua.sites.portal.reaching import reached
from motcua.sites.portal.views.dossier import pdf

LONGEST_KEY = 60
NO_LONGER_WAITING = {"HX-Refresh": "true"}


@citizen_only
def pay(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """What is asked and how far it is; a post begins to pay. htmx asks with ``?cho`` whether it still waits."""
    standing = reached(who, code, at=timezone.now())
    if request.method == "POST":
        return _begin(request, who, standing)
    if "cho" in request.GET:
        waits = bool(paying.waiting(standing.dossier.stream))
        return HttpResponse(status=204, headers={} if waits else NO_LONGER_WAITING)
    return _page(request, standing)


def _begin(request: HttpRequest, who: Citizen, standing: Standing) -> HttpResponse:
    """The key in the page makes a double click one payment; the provider is told outside of any transaction."""
    code, bill = standing.dossier.code, bill_of(standing, request.POST.get("bill", ""))
    key, form = request.POST.get("key", ""), paying.form_for(bill, request.POST.dict())
    if not key.startswith("web:") or len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid("key_malformed")
    if not form.is_valid():
        return _page(request, standing, form=form, number=bill.number, status=422)
    back = f"{settings.SITE_ADDRESS}{reverse('portal:pay_back', args=[code])}"
    begin_payment(bill, form.cleaned_data["way"], key, back=back, by=citizen_actor(who), at=timezone.now())
    return redirect("portal:pay", code=code)


@citizen_only
def back(_request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Back from the bank, or "I have paid": what the browser brings counts for nothing, it only makes us ask."""
    standing = reached(who, code, at=timezone.now())
    for tried in paying.waiting(standing.dossier.stream):
        outside.learn(tried.id, at=timezone.now())
    return redirect("portal:pay", code=code)


@citizen_only
def receipt(_request: HttpRequest, who: Citizen, code: str, number: str) -> HttpResponse:
    """Biên lai as PDF. Raises `NotFound` ``receipt_unknown`` for a bill that was not paid."""
    standing = reached(who, code, at=timezone.now())
    return pdf(paid_receipt(bill_of(standing, number), standing), f"bien-lai-{number}")


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Whether a receipt is ours, by its number: what for and how much; nothing about any person."""
    number = asked(request, "so", 80)
    context: dict[str, object] = {"number": number}
    status = 200
    if number:
        try:
            context["rows"] = receipt_rows(queries.with_receipt(number))
        except NotFound as no:
            status, context["refusal"] = no.status, said(no)
    return render(request, "portal/receipt_check.html", context, status=status)


def receipt_rows(bill: Bill) -> list[dict[str, str]]:
    """What our books say of a receipt, to be compared with the paper in hand; what an officer wrote in the middle of a
    dossier may name somebody, and numbers can be guessed: of that only the kind is told."""
    written = bill.purpose == "final" and bill.reference.startswith("dossier:")
    lines = [
        f"{now_(KINDS[line.kind]) if written else line.name}: {money(line.total_vnd)}" for line in bill.told_lines
    ]
    rows = [
        (now_("Số biên lai"), bill.receipt or ""),
        (now_("Cơ quan thu"), bill.agency.name),
        (now_("Đã nộp lúc"), moment(bill.paid_at)),
        (now_("Các khoản"), "\n".join(lines)),
        (now_("Tổng cộng"), money(bill.total_vnd)),
        (now_("Tình trạng"), bill_tag(bill).label),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def bill_of(standing: Standing, number: str) -> Bill:
    """The bill of this dossier with this number. Raises `NotFound` ``bill_unknown``, also for another dossier's."""
    found = next((each for each in paying.bills(standing.dossier.stream) if each.number == number), None)
    if found is None:
        raise NotFound("bill_unknown")
    return found


def _page(
    request: HttpRequest, standing: Standing, form: Paying | None = None, number: str = "", status: int = 200
) -> HttpResponse:
    dossier = standing.dossier
    bills = paying.shown(dossier.stream, form, number)
    asked_for = None if bills else quote(dossier, standing.agency_id)
    context = {
        "code": dossier.code, "name": text_of(plan(dossier.edition_id).definition.name), "agency": standing.agency.name,
        "bills": [(each, bill_tag(each.bill)) for each in bills], "errors": form.summary if form else [],
        "waits": any(each.tried for each in bills), "way": way,
        "unknown": unknown_words(asked_for) if asked_for else [], "coming": bool(asked_for and asked_for.total_vnd),
    }  # fmt: skip
    return render(request, "portal/pay.html", context, status=status)
