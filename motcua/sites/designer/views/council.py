"""What provincial councils decided: amounts by agency and procedure, each from a day on; a form for the next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid, Refused
from motcua.base.worktime import local
from motcua.payments import actions, queries
from motcua.payments.actions.billing import Decided
from motcua.people.queries import resolve
from motcua.sites.designer.asking import Administrator, administrator_only
from motcua.sites.designer.forms import SHORT, line
from motcua.sites.frame.asked import Amount, Asked
from motcua.sites.frame.refusals import said

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
              "period": "valid_until", "council_fee_unknown": "name"}  # fmt: skip
    agency = line(
        _("Mã cơ quan áp dụng"), help_text=_("Mã của tỉnh thì áp dụng cho mọi cơ quan trong tỉnh."), **SHORT
    )
    procedure = line(_("Mã thủ tục"), longest=40, readonly="readonly", **SHORT)
    name = forms.ChoiceField(
        label=_("Tên khoản thu"), help_text=_("Những khoản mà các phiên bản để Hội đồng nhân dân quyết định.")
    )
    amount_vnd = Amount(
        label=_("Mức thu (đồng)"), min_value=0, max_value=LARGEST_VND,
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
        help_text=_("Số đồng nguyên, ví dụ 8000; không thu thì ghi 0."),
        error_messages={"invalid": _("Hãy ghi số đồng nguyên, ví dụ 8000."),
                        "min_value": _("Số tiền không thể âm."), "max_value": _("Số tiền quá lớn.")},
    )  # fmt: skip
    valid_from = day(_("Áp dụng từ ngày"))
    valid_until = day(_("Đến hết ngày"), required=False, help_text=_("Bỏ trống nếu chưa có ngày hết hiệu lực."))

    def __init__(self, names: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(each, each) for each in names]  # type: ignore[attr-defined]


@administrator_only
def fees(request: HttpRequest, who: Administrator) -> HttpResponse:
    """The table with its history; for one procedure a form for the next amount. Five queries, whatever stands in it."""
    given = request.POST if request.method == "POST" else None
    procedure = (given or request.GET).get("procedure", "").replace("\x00", "").strip()[:40]
    form, status, none = None, 200, ""
    if procedure:
        form, none = _form(procedure, given)
    if form and given is not None:
        status = 422
        if form.is_valid():
            try:
                actions.set_council_fee(decided(form, who), by=who.by, at=who.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã ghi mức thu."))
                return redirect("designer:council_fees")
    return _page(request, who, {"form": form, "none": none, "procedure": procedure}, 422 if none else status)


def _form(procedure: str, given: QueryDict | None) -> tuple[CouncilFeeForm | None, str]:
    """The form with the fees to choose from; or why there is none."""
    names = queries.council_fee_names(procedure)
    if not names:
        return None, said(Invalid("council_fees_none", procedure=procedure)).what
    return CouncilFeeForm(names, given, initial={"procedure": procedure}), ""


def _page(request: HttpRequest, who: Administrator, context: dict[str, Any], status: int) -> HttpResponse:
    today, form = local(who.at).date(), context["form"]
    rows = [
        (each, each.valid_from <= today and (each.valid_until is None or each.valid_until >= today))
        for each in queries.council_fee_rows()
    ]
    wrong = [("", context["none"])] if context["none"] else form.summary if form and status >= 400 else []
    context |= {"who": who, "rows": rows, "errors": wrong, "may": "administrator" in who.by.roles}
    return render(request, "designer/council_fees.html", context, status=status)


def decided(form: CouncilFeeForm, who: Administrator) -> Decided:
    """The amount as the action takes it. Raises `NotFound` ``agency_unknown``."""
    given = dict(form.cleaned_data)
    return Decided(**given | {"agency": resolve(given["agency"], on=local(who.at).date()).id})
