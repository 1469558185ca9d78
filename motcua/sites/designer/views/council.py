"""What provincial councils decided: amounts by agency and procedure, each from a day on; a form for the next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import local
from motcua.catalogue.models import Procedure
from motcua.payments import actions, queries
from motcua.payments.actions.billing import Decided
from motcua.people.queries import resolve
from motcua.sites.designer.asking import Administrator, administrator_only
from motcua.sites.designer.forms import SHORT, line
from motcua.sites.frame.asked import Amount, Asked

LARGEST_VND = 1_000_000_000


def day(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day as people write it."""
    return forms.DateField(
        label=label, required=required, input_formats=["%d/%m/%Y"],
        help_text=help_text or _("Ngày/tháng/năm, ví dụ 27/03/2024"),
        widget=forms.DateInput({"inputmode": "numeric", "class": "date"}, "%d/%m/%Y"),
        error_messages={"invalid": _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/1990.")},
    )  # fmt: skip


class CouncilFeeForm(Asked):
    """One amount, as the resolution has it."""

    places = {"agency": "agency", "procedure": "procedure", "amount": "amount_vnd", "council_fee": "valid_from",
              "period": "valid_until"}  # fmt: skip
    agency = line(
        _("Mã cơ quan áp dụng"), help_text=_("Mã của tỉnh thì áp dụng cho mọi cơ quan trong tỉnh."), **SHORT
    )
    procedure = line(_("Mã thủ tục"), help_text=_("Ví dụ 1.004873"), longest=40, **SHORT)
    name = line(_("Tên khoản thu"), help_text=_("Đúng như tên ghi trong phiên bản của thủ tục."))
    amount_vnd = Amount(
        label=_("Mức thu (đồng)"), min_value=0, max_value=LARGEST_VND,
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
        help_text=_("Số đồng nguyên, ví dụ 8000; không thu thì ghi 0."),
        error_messages={"invalid": _("Hãy ghi số đồng nguyên, ví dụ 8000."),
                        "min_value": _("Số tiền không thể âm."), "max_value": _("Số tiền quá lớn.")},
    )  # fmt: skip
    valid_from = day(_("Áp dụng từ ngày"))
    valid_until = day(_("Đến hết ngày"), required=False, help_text=_("Bỏ trống nếu chưa có ngày hết hiệu lực."))


@administrator_only
def fees(request: HttpRequest, who: Administrator) -> HttpResponse:
    """The table with its history, and a form for the next amount. Five queries, whatever stands in it."""
    form, status = CouncilFeeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.set_council_fee(decided(form, who), by=who.by, at=who.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã ghi mức thu."))
                return redirect("designer:council_fees")
    today = local(who.at).date()
    rows = [
        (each, each.valid_from <= today and (each.valid_until is None or each.valid_until >= today))
        for each in queries.council_fee_rows()
    ]
    context = {"who": who, "rows": rows, "form": form, "errors": form.summary if status >= 400 else [],
               "may": "administrator" in who.by.roles}  # fmt: skip
    return render(request, "designer/council_fees.html", context, status=status)


def decided(form: CouncilFeeForm, who: Administrator) -> Decided:
    """The amount as the action takes it. Raises `NotFound` ``agency_unknown``, ``procedure_unknown``."""
    given = dict(form.cleaned_data)
    if not Procedure.objects.filter(code=given["procedure"]).exists():
        raise NotFound("procedure_unknown", procedure=given["procedure"])
    return Decided(**given | {"agency": resolve(given["agency"], on=local(who.at).date()).id})
