"""What an office sets up for itself, as forms: who is away, the queues, the groups."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.people.actions import Absence
from motcua.sites.desk.forms import Amount, Asked, Choices, Line

DAY_HELP = _("Ngày/tháng/năm, ví dụ 27/03/2024")
DAY_WRONG = _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/1990.")


def day_field(label: Any) -> forms.DateField:
    """A day as people write it."""
    return forms.DateField(
        label=label, input_formats=["%d/%m/%Y"], help_text=DAY_HELP, error_messages={"invalid": DAY_WRONG},
        widget=forms.DateInput({"inputmode": "numeric", "class": "date"}, "%d/%m/%Y"),
    )  # fmt: skip


class AbsenceForm(Asked):
    """Who is away, who does the work meanwhile, from when to when, why."""

    places = {"absence_reason": "reason", "period_backwards": "until", "absence_past": "until",
              "absence_too_long": "until", "absence_overlaps": "since", "absence_of_another": "absent",
              "substitute": "substitute", "officer_unknown": "substitute"}  # fmt: skip
    absent = forms.ChoiceField(label=_("Người vắng mặt"))
    substitute = forms.ChoiceField(label=_("Người làm thay"))
    since = day_field(_("Từ ngày"))
    until = day_field(_("Đến hết ngày"))
    reason = Line(label=_("Lý do vắng mặt"), max_length=200, help_text=_("Chỉ cán bộ trong cơ quan đọc được."))

    def __init__(self, *args: Any, absent: Choices, substitutes: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = f"{today:%d/%m/%Y}"
        for name, choices in (("absent", absent), ("substitute", substitutes)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices
        if len(absent) == 1:
            self.fields["absent"].initial = absent[0][0]

    def absence(self) -> Absence:
        """What was asked for, once the form is right."""
        given = self.cleaned_data
        return Absence(
            UUID(given["absent"]), UUID(given["substitute"]), given["since"], given["until"], given["reason"]
        )


class GroupForm(Asked):
    """What a group is called."""

    places = {"group_name": "name", "in_another": "name", "group_full": "name"}
    name = Line(label=_("Tên nhóm"), max_length=200, help_text=_("Ví dụ: Công ty Hoa Mai, 20 lao động."))


class TillForm(Asked):
    """What was counted in the till."""

    places = {"amount": "counted", "till": "counted"}
    counted = Amount(
        label=_("Tiền mặt đếm được (đồng)"), min_value=0, help_text=_("Ví dụ 1.250.000; không có tiền thì ghi 0."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
        error_messages={"invalid": _("Hãy ghi số đồng nguyên, ví dụ 1.250.000."),
                        "min_value": _("Số tiền không thể âm.")},
    )  # fmt: skip


class StatementForm(Asked):
    """A bank's statement of one day, as CSV."""

    day = day_field(_("Sao kê của ngày"))
    file = forms.FileField(
        label=_("Tệp sao kê (CSV)"),
        help_text=_("Các cột: transaction, account, amount, currency, description; mã UTF-8."),
    )


class TerminalForm(Asked):
    """What a card terminal says it took today, as CSV."""

    file = forms.FileField(
        label=_("Tệp ngày của máy thẻ (CSV)"),
        help_text=_("Các cột: slip, amount, time; giờ ghi như 10/11/2026 09:30; mã UTF-8."),
    )


class MembersForm(Asked):
    """Codes of dossiers to be put into a group."""

    places = {"dossier": "codes", "in_another": "codes", "group_full": "codes"}
    codes = Line(
        label=_("Mã hồ sơ đưa vào nhóm"), max_length=20000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Mỗi dòng một mã, hoặc cách nhau bằng dấu phẩy."),
    )  # fmt: skip
