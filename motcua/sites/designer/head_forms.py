"""The head of an edition as an administrator types it: words, limits and fees, papers, results."""

import re
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.base.text import clean
from motcua.catalogue.definition import (
    RESULT_TEMPLATES,
    Channel,
    Clock,
    Definition,
    Fee,
    Limit,
    Paper,
    Period,
    Result,
    Text,
)
from motcua.sites.designer.forms import SHORT, Asked, line, lines
from motcua.sites.frame.words import LEVELS, ONLINE, SUBJECTS

FEES = 5  # rows of a page; a channel with more keeps its others
AMOUNT = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3}")
UNITS = {
    "working_days": _("ngày làm việc"), "hours": _("giờ làm việc"), "days": _("ngày"), "months": _("tháng"),
}  # fmt: skip
FEE_DUES = {  # not said is before the result
    "result": _("Trước khi nhận kết quả"),
    "reception": _("Trước khi tiếp nhận"),
    "later": _("Pháp luật cho nộp sau"),
}
FEE_KINDS = {"fee": _("Phí"), "charge": _("Lệ phí")}
TEMPLATES = dict(zip(RESULT_TEMPLATES, (_("Quyết định, giấy xác nhận chung"), _("Giấy khai sinh")), strict=False))


class Day(forms.DateField):
    """A day as people here write it."""

    def __init__(self, label: Any, required: bool = True, help_text: Any = "") -> None:
        super().__init__(
            label=label, required=required, help_text=help_text or _("Ngày/tháng/năm, ví dụ 01/07/2026"),
            input_formats=["%d/%m/%Y"], widget=forms.DateInput({"inputmode": "numeric", "class": "date"}, "%d/%m/%Y"),
            error_messages={"invalid": _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/2025.")},
        )  # fmt: skip


class HeadForm(Asked):
    """Name, period, field, levels, subjects, level of service, law, and the words of the procedure's page."""

    places = {"design_period": "until"}
    name = line(_("Tên thủ tục"))
    name_en = line(_("Tên tiếng Anh"), required=False)
    begins = Day(_("Hiệu lực từ ngày"))
    until = Day(_("Đến trước ngày"), required=False, help_text=_("Bỏ trống nếu chưa biết."))
    field = line(_("Lĩnh vực"), required=False)
    decision = line(_("Quyết định công bố"), required=False)
    agency = line(_("Cơ quan thực hiện"), required=False)
    online = forms.ChoiceField(
        label=_("Mức cung cấp trực tuyến"), choices=[("", "—"), *ONLINE.items()], required=False
    )
    levels = forms.MultipleChoiceField(label=_("Cấp thực hiện"), choices=list(LEVELS.items()), required=False,
                                       widget=forms.CheckboxSelectMultiple)  # fmt: skip
    subjects = forms.MultipleChoiceField(label=_("Đối tượng thực hiện"), choices=list(SUBJECTS.items()), required=False,
                                         widget=forms.CheckboxSelectMultiple)  # fmt: skip
    law = lines(_("Căn cứ pháp lý"), required=False, help_text=_("Mỗi dòng một văn bản, ví dụ 60/2014/QH13."))
    sequence = lines(_("Trình tự thực hiện"), required=False)
    conditions = lines(_("Yêu cầu, điều kiện"), required=False)
    life_events = line(
        _("Sự kiện cuộc sống"), required=False, help_text=_("Mã cách nhau bằng dấu phẩy, ví dụ sinh-con.")
    )
    keywords = line(_("Từ khoá tìm kiếm"), required=False, help_text=_("Cách nhau bằng dấu phẩy."))

    def period(self) -> Period:
        """From when until when."""
        return Period(self.cleaned_data["begins"], self.cleaned_data["until"])

    def head(self) -> dict[str, Any]:
        """The other fields of the definition."""
        given = self.cleaned_data
        texts = {name: clean(given[name]) for name in ("field", "decision", "agency")}
        blocks = {name: given[name].strip().replace("\r\n", "\n") for name in ("sequence", "conditions")}
        lists = {name: tuple(given[name]) for name in ("levels", "subjects")}
        commas = {name: _parts(given[name], ",") for name in ("life_events", "keywords")}
        name = Text(clean(given["name"]), clean(given["name_en"]))
        return {"name": name, "online": given["online"] or None, "law": _parts(given["law"], "\n"),
                **texts, **blocks, **lists, **commas}  # fmt: skip


def head_of(definition: Definition) -> dict[str, Any]:
    """The head as the boxes show it."""
    same = ("field", "decision", "agency", "online", "sequence", "conditions")
    return {name: getattr(definition, name) for name in same} | {
        "name": definition.name.vi, "name_en": definition.name.en, "begins": definition.in_force.from_,
        "until": definition.in_force.until, "levels": list(definition.levels), "subjects": list(definition.subjects),
        "law": "\n".join(definition.law), "life_events": ", ".join(definition.life_events),
        "keywords": ", ".join(definition.keywords),
    }  # fmt: skip


def _parts(text: str, between: str) -> tuple[str, ...]:
    return tuple(part for part in (clean(one) for one in text.split(between)) if part)


class ClockForm(Asked):
    """How the time is counted where it differs from the general rule."""

    places = {"design_time": "cut_off", "design_answer": "answer_working_days"}
    cut_off = line(_("Nhận sau giờ này thì tính từ ngày làm việc sau"), required=False, longest=5,
                   help_text=_("Giờ:phút, ví dụ 17:00. Có thể bỏ trống."), **SHORT)  # fmt: skip
    last_hour = forms.BooleanField(
        label=_("Nhận trong giờ làm việc cuối cũng tính từ ngày làm việc sau"), required=False
    )
    opens = line(_("Ngày làm việc sau tính từ giờ"), required=False, longest=5, **SHORT)
    after_supplement = forms.ChoiceField(label=_("Sau khi người dân bổ sung, thời hạn"), choices=[
        ("resume", _("tính tiếp phần còn lại")), ("restart", _("tính lại từ đầu"))])  # fmt: skip
    answer_working_days = forms.IntegerField(
        label=_("Người dân bổ sung trong (ngày làm việc)"), min_value=1, max_value=999,
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
    )  # fmt: skip

    def clock(self) -> Clock:
        """What was typed."""
        given = self.cleaned_data
        return Clock(given["cut_off"].strip() or None, given["last_hour"], given["opens"].strip() or None,
                     given["after_supplement"], given["answer_working_days"])  # fmt: skip


class ChannelForm(Asked):
    """One limit of one way of filing, with its fees."""

    amount = forms.FloatField(label=_("Thời hạn"), required=False, min_value=0,
                              widget=forms.TextInput({"inputmode": "decimal", "class": "number"}),
                              error_messages={"invalid": _("Hãy viết một số, ví dụ 12.")})  # fmt: skip
    unit = forms.ChoiceField(label=_("Tính theo"), choices=list(UNITS.items()))
    if_after = line(_("Nhận sau giờ này thì trả vào ngày làm việc sau"), required=False, longest=5,
                    help_text=_("Giờ:phút, ví dụ 15:00."), **SHORT)  # fmt: skip
    text = line(_("Nguyên văn quy định về thời hạn"), required=False, longest=2000)
    note = lines(_("Ghi chú về cách nộp"), required=False)

    def __init__(self, *args: Any, many: int = 1, **kwargs: Any) -> None:
        self.base_fields = dict(type(self).base_fields)
        self.many = many
        for number in range(many):
            self.base_fields |= {f"{name}_{number}": each for name, each in _fee_fields(number + 1).items()}
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        """Every amount is a number of đồng, or empty: unknown is not free."""
        for number in range(self.many):
            text = (self.cleaned_data.get(f"fee_amount_{number}") or "").strip()
            if text and not AMOUNT.fullmatch(text):
                self.add_error(
                    f"fee_amount_{number}", ValidationError(_("Số tiền chỉ gồm chữ số, ví dụ 8000 hoặc 8.000."))
                )

    def channel(self, old: Channel) -> Channel:
        """What was typed; of a fee what the page does not show stays."""
        given = self.cleaned_data
        amount = given["amount"]
        numbers: dict[str, Any] = {given["unit"]: _number(amount, given["unit"])} if amount is not None else {}
        after = given["if_after"].strip() or None
        limit = Limit(
            **numbers, if_after=after, then="next_working_day" if after else None, text=clean(given["text"])
        )
        fees = [fee for number in range(self.many) if (fee := self._fee(number, old.fees)) is not None]
        return Channel(limit, (*fees, *old.fees[self.many :]), given["note"].strip().replace("\r\n", "\n"))

    def _fee(self, number: int, old: tuple[Fee, ...]) -> Fee | None:
        name, kind, amount, per, decided = (
            self.cleaned_data[f"fee_{key}_{number}"] for key in ("name", "kind", "amount", "per", "decided")
        )
        before = old[number] if number < len(old) else Fee()
        if not (name.strip() or kind or amount.strip() or decided):
            shown = before.name or before.kind or before.amount_vnd is not None or before.decided_by
            return None if shown or before == Fee() else before
        due, quantity = (self.cleaned_data[f"fee_{key}_{number}"] for key in ("due", "quantity_from"))
        return msgspec.structs.replace(
            before,
            name=clean(name),
            kind=kind,
            amount_vnd=int(amount.replace(".", "")) if amount.strip() else None,
            per=clean(per),
            decided_by="provincial_council" if decided else "",
            due=before.due if (due or "result") == (before.due or "result") else due,
            quantity_from=quantity.strip(),
        )


def _number(amount: float, unit: str) -> float:
    return int(amount) if unit in {"days", "months"} else float(amount)


def _fee_fields(number: int) -> dict[str, forms.Field]:
    place = {"n": number}
    return {
        "fee_name": line(_("Khoản thu %(n)d: tên") % place, required=False),
        "fee_kind": forms.ChoiceField(label=_("Khoản thu %(n)d: loại") % place, required=False,
                                      choices=[("", "—"), *FEE_KINDS.items()]),
        "fee_amount": line(_("Khoản thu %(n)d: số tiền (đồng)") % place, required=False, longest=20, help_text=_(
            "Bỏ trống khi chưa rõ mức; không thu thì ghi 0."), **{"inputmode": "numeric", "class": "number"}),
        "fee_per": line(_("Khoản thu %(n)d: tính cho mỗi") % place, required=False),
        "fee_quantity_from": line(_("Khoản thu %(n)d: số lượng lấy từ câu hỏi") % place, required=False, longest=60,
            help_text=_("Mã câu hỏi có câu trả lời là số nguyên, ví dụ so_ban_sao; ghi dossier khi mỗi hồ sơ là một."),
            **SHORT),
        "fee_due": forms.ChoiceField(label=_("Khoản thu %(n)d: nộp khi nào") % place, required=False,
                                     choices=list(FEE_DUES.items())),
        "fee_decided": forms.BooleanField(label=_("Khoản thu %(n)d: Hội đồng nhân dân cấp tỉnh quyết định") % place,
                                          required=False),
    }  # fmt: skip


def channel_of(channel: Channel) -> dict[str, Any]:
    """A limit and its fees as the boxes show them."""
    limit = channel.limit
    unit = next((name for name in UNITS if getattr(limit, name) is not None), "working_days")
    value = getattr(limit, unit)
    found: dict[str, Any] = {"unit": unit, "amount": None if value is None else f"{value:g}",
                             "if_after": limit.if_after or "", "text": limit.text, "note": channel.note}  # fmt: skip
    for number, fee in enumerate(channel.fees):
        amount = "" if fee.amount_vnd is None else f"{fee.amount_vnd:,}".replace(",", ".")
        values = {
            "name": fee.name,
            "kind": fee.kind,
            "amount": amount,
            "per": fee.per,
            "quantity_from": fee.quantity_from,
            "due": fee.due or "result",
            "decided": bool(fee.decided_by),
        }
        found |= {f"fee_{key}_{number}": value for key, value in values.items()}
    return found


class PaperForm(Asked):
    """One component of the dossier."""

    places = {"design_paper": "name"}
    name = line(_("Tên giấy tờ"), longest=1000)
    required = forms.BooleanField(label=_("Bắt buộc"), required=False)
    show_only = forms.BooleanField(label=_("Chỉ xuất trình để đối chiếu, không nộp"), required=False)
    originals = forms.IntegerField(label=_("Bản chính"), required=False, min_value=0, max_value=999,
                                   widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
                                   help_text=_("Bỏ trống nếu không quy định số bản."))  # fmt: skip
    copies = forms.IntegerField(label=_("Bản sao"), required=False, min_value=0, max_value=999,
                                widget=forms.TextInput({"inputmode": "numeric", "class": "number"}))  # fmt: skip
    case = line(_("Chỉ trong trường hợp"), required=False)
    known_from = line(_("Nhà nước đã có ở"), required=False, help_text=_(
        "Mã kết quả của thủ tục cho ra giấy này, ví dụ KQ.G15.000031 (nhiều mã thì cách nhau bằng dấu cách); "
        "register:<mã> cho cơ sở dữ liệu, ví dụ register:population; results nếu chỉ nhận ra được theo tên giấy. "
        "Người dân được mời dùng giấy Nhà nước đã có, không phải nộp lại."))  # fmt: skip
    note = line(_("Ghi chú"), required=False, longest=2000)

    def paper(self) -> Paper:
        """What was typed, without its code."""
        given: dict[str, Any] = {
            name: clean(value) if isinstance(value, str) else value for name, value in self.cleaned_data.items()
        }
        return Paper("", **given)


class ResultForm(Asked):
    """One kind of result."""

    name = line(_("Tên kết quả"))
    code = line(_("Mã kết quả quốc gia"), required=False, longest=60, help_text=_("Ví dụ KQ.G15.000031."))
    template = forms.ChoiceField(label=_("Mẫu in"), required=False, choices=[("", "—"), *TEMPLATES.items()])
    valid = line(_("Thời hạn hiệu lực của kết quả"), required=False, help_text=_("Bằng lời, ví dụ 5 năm."))

    def result(self) -> Result:
        """What was typed."""
        return Result(**{name: clean(value) for name, value in self.cleaned_data.items()})


class SendBackForm(Asked):
    """Why an edition goes back to its author."""

    places = {"review_reason": "reason", "reason": "reason"}
    reason = lines(_("Cần sửa gì, ở phần nào"), required=False, longest=2000)


class FileForm(Asked):
    """An edition in a file."""

    places = {"edition": "file", "definition": "file"}
    file = forms.FileField(label=_("Tệp YAML của một phiên bản"), allow_empty_file=True, help_text=_(
        "Tối đa 2 MB. Tệp trở thành bản nháp; chỗ chưa đúng sẽ được chỉ ra."),
        error_messages={"required": _("Hãy chọn tệp.")})  # fmt: skip


def values_of(item: Paper | Result) -> dict[str, Any]:
    """A paper or a result as the boxes show it."""
    return msgspec.structs.asdict(item)
