"""What an officer types: one form for each move, and who stands at the counter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid
from motcua.dossiers.rules import MAX_REASON
from motcua.people.rules import check_identity_number
from motcua.sites.desk.words import RETURNS
from motcua.sites.frame.asked import Amount, Asked, Line
from motcua.sites.frame.refusals import said
from motcua.sites.frame.words import CHANNELS

Choices = list[tuple[str, str]]


def lines(label: Any, required: bool = True, help_text: Any = "") -> Line:
    """A box of several lines, as long as a reason may be."""
    return Line(label=label, required=required, help_text=help_text, max_length=MAX_REASON, widget=forms.Textarea)


@dataclass(frozen=True)
class Offers:
    """What the forms of one dossier let choose from."""

    papers: Choices = field(default_factory=list)
    wanted: Choices = field(default_factory=list)  # papers of the open request, and the place for anything else
    colleagues: Choices = field(default_factory=list)
    exits: Choices = field(default_factory=list)
    return_by: str = ""
    had: Mapping[str, Choices] = field(default_factory=dict)  # what the State has for a paper that was asked for


class MoveForm(Asked):
    """A form of one move of one dossier; without fields, the button is all."""

    def __init__(self, offers: Offers, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(offers)

    def offer(self, offers: Offers) -> None:
        """Fill in what may be chosen."""

    def choose(self, name: str, choices: Choices) -> None:
        """Give one field its choices."""
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices


class Why(MoveForm):
    """A move that needs nothing but its reason."""

    places = {"reason": "reason"}
    reason = lines(_("Lý do"), help_text=_("Người dân sẽ đọc lý do này: hãy ghi rõ vì sao và cần làm gì."))


class AskSupplement(MoveForm):
    """Which papers are missing or unclear, and why."""

    places = {"reason": "reason", "paper": "papers"}
    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ cần bổ sung"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Yêu cầu một lần, đầy đủ. Không chọn giấy tờ nào nếu chỉ cần sửa tờ khai."),
    )  # fmt: skip
    reason = lines(_("Lý do và cách bổ sung"), help_text=_("Người dân sẽ đọc: nói rõ thiếu gì, sai gì, sửa thế nào."))

    def offer(self, offers: Offers) -> None:
        """The papers of the edition."""
        self.choose("papers", offers.papers)


NO_FILE = _("Hãy chọn tệp cho giấy tờ này.")


class Supplement(MoveForm):
    """The papers that the citizen brought to the counter, one file each, or what the State has instead."""

    places = {"paper": "tep_khac", "file": "tep_khac"}

    def offer(self, offers: Offers) -> None:
        """A box for each paper asked for; the last one is for anything else."""
        for code, name in offers.wanted:
            if had := offers.had.get(code):
                self.fields[f"kho_{code}"] = forms.ChoiceField(
                    label=now_("Nhà nước đã có: %(name)s") % {"name": name}, required=False,
                    choices=list(had),
                )  # fmt: skip
            self.fields[f"tep_{code}"] = forms.FileField(
                label=now_("Hoặc tệp người nộp mang đến") if had else name, allow_empty_file=True,
                required=code != "khac" and not had,
                error_messages={"required": NO_FILE},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Where the State has the paper, either that or a file."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.fields:
            file = name.replace("kho_", "tep_", 1)
            if name.startswith("kho_") and not given.get(name) and not given.get(file):
                self.add_error(file, NO_FILE)
        return given


class Assign(MoveForm):
    """To whom the step is given."""

    places = {"officer": "officer"}
    officer = forms.ChoiceField(label=_("Cán bộ xử lý bước này"))

    def offer(self, offers: Offers) -> None:
        """The officers of the step's role."""
        self.choose("officer", offers.colleagues)


class PassOn(MoveForm):
    """Where to, and a note for who takes over."""

    places = {"no_such_action": "action", "guard": "action", "not_a_step": "action"}
    action = forms.ChoiceField(label=_("Chuyển đi đâu"))
    note = lines(_("Ghi chú cho người nhận việc"), required=False)

    def offer(self, offers: Offers) -> None:
        """The exits of the step."""
        self.choose("action", offers.exits)
        if offers.exits:
            self.fields["action"].initial = offers.exits[0][0]


class AskPayment(MoveForm):
    """How much, and what for."""

    places = {"amount": "amount_vnd", "reason": "reason"}
    amount_vnd = Amount(
        label=_("Số tiền (đồng)"), max_value=10**12, widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
        error_messages={"invalid": _("Số tiền chỉ gồm chữ số, ví dụ 8000."), "max_value": _("Số tiền quá lớn.")},
    )  # fmt: skip
    reason = lines(_("Khoản thu và căn cứ thu"))


class Extend(MoveForm):
    """A new day, and the apology with its reason."""

    places = {"extension": "until", "calendar": "until", "no_due": "until", "reason": "reason"}
    until = forms.DateField(
        label=_("Hẹn lại ngày"), input_formats=["%d/%m/%Y"], help_text=_("Ngày/tháng/năm, ví dụ 27/03/2024"),
        widget=forms.DateInput({"inputmode": "numeric", "class": "date"}, "%d/%m/%Y"),
        error_messages={"invalid": _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/1990.")},
    )  # fmt: skip
    reason = lines(_("Lời xin lỗi và lý do"), help_text=_("Người dân sẽ đọc. Pháp luật chỉ cho gia hạn một lần."))


class Decide(MoveForm):
    """Yes or no; a no needs its reason."""

    places = {"reason": "reason", "no_such_action": "outcome", "guard": "outcome"}
    outcome = forms.ChoiceField(
        label=_("Quyết định"), choices=[("grant", _("Đồng ý giải quyết")), ("refuse", _("Từ chối giải quyết"))]
    )
    reason = lines(_("Lý do"), required=False, help_text=_("Bắt buộc khi từ chối; người dân sẽ đọc lý do này."))


class Transfer(MoveForm):
    """To which agency, and why."""

    places = {"agency": "agency", "same_agency": "agency", "reason": "reason"}
    agency = Line(label=_("Mã cơ quan nhận"), max_length=40, help_text=_("Ví dụ H15.101. Thời hạn giữ nguyên."),
                  widget=forms.TextInput({"class": "short"}))  # fmt: skip
    reason = lines(_("Lý do"), help_text=_("Người dân sẽ đọc: nói rõ vì sao hồ sơ sang cơ quan khác."))


class HandOver(MoveForm):
    """How the result reaches its owner."""

    how = forms.ChoiceField(label=_("Cách trả"), choices=list(RETURNS.items()))

    def offer(self, offers: Offers) -> None:
        """What the person chose when filing stands there."""
        self.fields["how"].initial = offers.return_by


class Note(MoveForm):
    """A word for the archive."""

    note = lines(_("Ghi chú lưu trữ"), required=False)


class AtCounter(Asked):
    """Chủ hồ sơ, who stands at the counter for him or her, who decides, and how the result is to be given."""

    places = {"identity_number": "owner_identity", "tax_code": "owner_identity", "phone": "owner_phone",
              "on_behalf": "filer_name", "filer_not": "filer_identity", "channel": "channel",
              "card_of_another": "card_seen", "online_needs_account": "return_by", "agency": "agency",
              "wrong_agency": "agency"}  # fmt: skip
    owner_identity = Line(
        label=_("Số định danh cá nhân, hoặc mã số thuế của tổ chức"), required=False, max_length=300,
        help_text=_("Ghi trên thẻ căn cước (12 chữ số), hoặc quét mã QR trên thẻ. Enter để tra cứu."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "number", "autocomplete": "off"}),
    )  # fmt: skip
    owner_name = Line(label=_("Chủ hồ sơ: họ, chữ đệm, tên"), max_length=200)
    owner_phone = Line(label=_("Số điện thoại"), required=False, max_length=30,
                       widget=forms.TextInput({"inputmode": "tel", "class": "short"}))  # fmt: skip
    card_seen = forms.BooleanField(
        label=_("Đã đối chiếu giấy tờ tuỳ thân: người nộp chính là chủ hồ sơ, hoặc đại diện cho tổ chức"),
        required=False, help_text=_("Khi đánh dấu, hồ sơ được đưa vào tài khoản đã xác minh của người này."),
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=[(code, CHANNELS[code]) for code in ("direct", "postal")],
                                initial="direct")  # fmt: skip
    return_by = forms.ChoiceField(
        label=_("Cách trả kết quả"),
        choices=[(code, RETURNS[code]) for code in ("counter", "post", "online")],
        initial="counter",
    )
    agency = forms.ChoiceField(
        label=_("Cơ quan giải quyết"),
        help_text=_("Cơ quan khác trong tỉnh: bạn tiếp nhận hộ, cơ quan đó tiếp nhận và giải quyết."),
    )
    filer_identity = Line(
        label=_("Số định danh của người đại diện"), required=False, max_length=40,
        help_text=_("Chỉ khi chủ hồ sơ là tổ chức: tra cứu để biết Nhà nước đã có giấy tờ nào của tổ chức."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "number", "autocomplete": "off"}),
    )  # fmt: skip
    filer_name = Line(
        label=_("Người nộp thay: họ, chữ đệm, tên"), required=False, max_length=200,
        help_text=_("Bỏ trống hai ô cuối nếu chủ hồ sơ tự nộp."),
    )  # fmt: skip
    filer_basis = Line(label=_("Căn cứ nộp thay"), required=False, max_length=200,
                       help_text=_("Ví dụ: văn bản uỷ quyền số 12/2026."))  # fmt: skip

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = agencies
        if len(agencies) == 1:  # nothing to choose: not asked
            chosen.widget, chosen.required, chosen.initial = forms.HiddenInput(), False, agencies[0][0]

    def clean_filer_identity(self) -> str:
        """The number of who stands there for an organisation, as it is written."""
        given = str(self.cleaned_data["filer_identity"])
        try:
            return given and check_identity_number(given).number
        except Invalid as no:
            raise forms.ValidationError(said(no).what) from no
