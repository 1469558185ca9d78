"""What a person types outside a procedure's own form: signing in and up, where to file, reasons, contact data."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import MAX_REASON
from motcua.mandates.actions import LONGEST_DAYS, Authority
from motcua.people.actions import Person
from motcua.people.models import Agency, Citizen
from motcua.sites.frame.asked import Asked, Line
from motcua.sites.frame.paying import way
from motcua.sites.portal.words import RETURNS

GENDERS = [("female", _("Nữ")), ("male", _("Nam"))]


class SignIn(Asked):
    """Login and password."""

    login = Line(label=_("Tên đăng nhập"), max_length=64, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class Contact(Asked):
    """What a person may change at any time."""

    places = {"phone": "phone", "email": "email"}

    phone = Line(label=_("Số điện thoại"), required=False, max_length=30,
                 widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "class": "short"}))  # fmt: skip
    email = Line(label=_("Thư điện tử"), required=False, max_length=254,
                 widget=forms.TextInput({"autocomplete": "email", "inputmode": "email"}))  # fmt: skip
    address = Line(label=_("Nơi cư trú"), required=False, max_length=300,
                   widget=forms.TextInput({"autocomplete": "street-address"}))  # fmt: skip

    @classmethod
    def known(cls, who: Citizen) -> dict[str, str]:
        """What stands there now."""
        return {name: getattr(who, name) for name in ("phone", "email", "address")}


class SignUp(Asked):
    """Who one is, and how one will sign in."""

    places = {"identity_number": "identity_number", "login": "login", "password": "password"}

    full_name = Line(
        label=_("Họ, chữ đệm, tên"), max_length=200, help_text=_("Viết đúng như trên căn cước."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    identity_number = Line(
        label=_("Số định danh cá nhân"), max_length=40, help_text=_("12 chữ số, ghi trên thẻ căn cước."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
    )  # fmt: skip
    birth_date = forms.DateField(
        label=_("Ngày sinh"), input_formats=["%d/%m/%Y"], help_text=_("Ngày/tháng/năm, ví dụ 27/03/2024"),
        widget=forms.DateInput({"inputmode": "numeric", "class": "date", "autocomplete": "bday"}, "%d/%m/%Y"),
        error_messages={"invalid": _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/1990.")},
    )  # fmt: skip
    gender = forms.ChoiceField(label=_("Giới tính"), choices=GENDERS)
    phone = Line(label=_("Số điện thoại"), max_length=30,
                 widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "class": "short"}))  # fmt: skip
    login = Line(
        label=_("Tên đăng nhập"), max_length=64, widget=forms.TextInput({"autocomplete": "username"}),
        help_text=_("Chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối; ít nhất 3 ký tự."),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Từ 8 đến 200 ký tự, không chỉ gồm số và không quá phổ biến."),
    )  # fmt: skip

    @property
    def person(self) -> Person:
        """What was said about oneself."""
        names = ("full_name", "identity_number", "birth_date", "gender", "phone")
        return Person(**{name: self.cleaned_data[name] for name in names})


class Filing(Asked):
    """Where to file, how to get the result, and for whom."""

    places = {
        "on_behalf": "behalf_name", "identity_number": "behalf_identity_number", "tax_code": "behalf_identity_number",
        "return": "return_by", "agency": "agency",
    }  # fmt: skip

    agency = forms.ChoiceField(label=_("Cơ quan nhận hồ sơ"))
    return_by = forms.ChoiceField(label=_("Cách nhận kết quả"), choices=list(RETURNS.items()))
    behalf_name = Line(
        label=_("Nếu nộp thay: họ, chữ đệm, tên của người đó, hoặc tên tổ chức"), required=False, max_length=200,
        help_text=_("Bỏ trống ba ô cuối nếu bạn nộp cho chính mình hoặc cho con chưa thành niên."),
    )  # fmt: skip
    behalf_identity_number = Line(
        label=_("Số định danh cá nhân của người đó, hoặc mã số thuế của tổ chức"), required=False, max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
    )  # fmt: skip
    behalf_basis = Line(
        label=_("Căn cứ nộp thay"), required=False, max_length=200,
        help_text=_("Ví dụ: văn bản uỷ quyền số 12/2026."),
    )  # fmt: skip

    def __init__(self, agencies: Iterable[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.id), each.name) for each in agencies]

    @property
    def on_behalf_of(self) -> dict[str, str]:
        """As `drafts.actions.set_filing` takes it."""
        return {key: self.cleaned_data[f"behalf_{key}"] for key in ("name", "identity_number", "basis")}


class Reason(Asked):
    """Why a dossier is taken back."""

    places = {"reason": "reason"}
    reason = forms.CharField(label=_("Lý do rút hồ sơ"), max_length=MAX_REASON, widget=forms.Textarea)


class CorrectionReason(Asked):
    """Why answers are corrected."""

    places = {"reason": "reason"}
    reason = forms.CharField(label=_("Lý do sửa"), max_length=MAX_REASON, widget=forms.Textarea({"rows": 3}))


class Paying(Asked):
    """By which way a bill is paid; the only one there is, is chosen."""

    places = {"provider": "way", "payee": "way"}
    way = forms.ChoiceField(label=_("Bạn nộp bằng cách nào?"), widget=forms.RadioSelect)

    def __init__(self, ways: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, way(each)) for each in ways]
        if len(ways) == 1:
            field.initial = ways[0]


class Returning(Asked):
    """How the result comes back."""

    places = {"return_address": "address", "return": "how"}

    how = forms.ChoiceField(label=_("Cách nhận kết quả"), choices=list(RETURNS.items()))
    address = Line(label=_("Địa chỉ nhận"), required=False, max_length=300,
                   help_text=_("Chỉ cần khi nhận qua bưu chính."),
                   widget=forms.TextInput({"autocomplete": "street-address"}))  # fmt: skip


class Authorise(Asked):
    """Whom one authorises, why, until when."""

    places = {"taker": "full_name", "mandate_given": "identity_number", "identity_number": "identity_number",
              "mandate_until": "until", "basis": "basis"}  # fmt: skip

    full_name = Line(label=_("Họ, chữ đệm, tên người được uỷ quyền"), max_length=200,
                     help_text=_("Viết đúng như trên căn cước."))  # fmt: skip
    identity_number = Line(label=_("Số định danh cá nhân của người đó"), max_length=40,
                           widget=forms.TextInput({"inputmode": "numeric", "class": "number"}))  # fmt: skip
    basis = Line(label=_("Căn cứ uỷ quyền"), max_length=300,
                 help_text=_("Ví dụ: giấy uỷ quyền ngày 10/11/2026; vợ chồng."))  # fmt: skip
    until = forms.DateField(
        label=_("Uỷ quyền đến hết ngày"), input_formats=["%d/%m/%Y"], help_text=_("Dài nhất một năm."),
        widget=forms.DateInput({"inputmode": "numeric", "class": "date"}, "%d/%m/%Y"),
        error_messages={"invalid": _("Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/1990.")},
    )  # fmt: skip
    may_withdraw = forms.BooleanField(label=_("Người đó được rút hồ sơ thay tôi"), required=False)

    @staticmethod
    def latest(today: date) -> date:
        """The last day that can be agreed on."""
        return today + timedelta(days=LONGEST_DAYS)

    def authority(self, reference: str) -> Authority:
        """As `mandates.actions.give` takes it."""
        return Authority(reference, **self.cleaned_data)
