"""What an officer types about results: the PIN, why a result is suspended, taken back or replaced."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotFound
from motcua.base.ledger import Row
from motcua.people.models import Officer
from motcua.results import actions
from motcua.results.models import Result
from motcua.results.states import MACHINE
from motcua.sites.desk.forms import lines
from motcua.sites.frame.asked import Asked, Line

TITLES = {
    "results.issued": _("Đã cấp số"),
    "results.signature_asked": _("Chờ ký số"),
    "results.signature_given": _("Giao người khác ký"),
    "results.signature_refused": _("Chưa ký được"),
    "results.signed": _("Đã ký số"),
    "results.documented": _("Văn bản đã có trong kho"),
    "results.handed_over": _("Đã trả kết quả"),
    "results.suspended": _("Tạm dừng hiệu lực"),
    "results.resumed": _("Có hiệu lực trở lại"),
    "results.revoked": _("Đã thu hồi"),
    "results.replaced": _("Đã được thay bằng kết quả khác"),
}


class Pin(Asked):
    """The PIN of one's own key; never shown again, kept nowhere."""

    places = {"pin": "pin"}
    pin = forms.CharField(
        label=_("Mã PIN chứng thư số của bạn"), max_length=200, strip=False,
        help_text=_("Nhập một lần cho tất cả văn bản đã đánh dấu. Mã không được lưu lại."),
        widget=forms.PasswordInput({"autocomplete": "off", "class": "short"}),
    )  # fmt: skip


class Give(Asked):
    """Who signs instead, and why; ``former`` is for whom it waited when the page was made."""

    places = {"reason": "reason", "signer": "officer"}
    officer = forms.ChoiceField(
        label=_("Người ký thay"), help_text=_("Lãnh đạo của cơ quan có chứng thư số trong hệ thống.")
    )
    reason = lines(_("Lý do"), help_text=_("Ví dụ: nghỉ ốm, chuyển công tác. Được ghi vào diễn biến hồ sơ."))
    former = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signers: list[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["officer"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(each.id), f"{each.full_name}, {each.title}".rstrip(", ")) for each in signers]


class Why(Asked):
    """The reason of a change in the registry."""

    places = {"reason": "reason", "decision": "decision", "replacement": "new_number"}
    reason = lines(_("Lý do"), help_text=_("Được ghi vào sổ kết quả và lưu vĩnh viễn."))


class Suspend(Why):
    """With the number of the decision, where there is one."""

    decision = Line(label=_("Số quyết định (nếu có)"), required=False, max_length=80)


class Revoke(Why):
    """With the number of the decision that takes it back."""

    decision = Line(
        label=_("Số quyết định thu hồi"), max_length=80, help_text=_("Ai kiểm tra kết quả này cũng thấy.")
    )


class Replace(Why):
    """With the number of the new one."""

    new_number = Line(label=_("Số của kết quả mới"), max_length=80, help_text=_("Ví dụ 15/2026/KQ-H99.101"))


@dataclass(frozen=True)
class Change:
    """A move of the registry as a page offers it: its address, its button, its form, what is said afterwards."""

    slug: str
    verb: str
    label: Any
    form: type[Why]
    done: Any
    act: Callable[..., Result]


CHANGES = (
    Change("tam-dung", "suspend", _("Tạm dừng hiệu lực"), Suspend, _("Đã tạm dừng hiệu lực của kết quả."),
           lambda its, given, **who: actions.suspend(its, given["reason"], decision=given["decision"], **who)),
    Change("tro-lai", "resume", _("Cho có hiệu lực trở lại"), Why, _("Kết quả đã có hiệu lực trở lại."),
           lambda its, given, **who: actions.resume(its, given["reason"], **who)),
    Change("thay-the", "replace", _("Thay bằng kết quả khác"), Replace, _("Đã ghi kết quả thay thế."),
           lambda its, given, **who: actions.replace(its, given["reason"], given["new_number"], **who)),
    Change("thu-hoi", "revoke", _("Thu hồi"), Revoke, _("Đã thu hồi kết quả."),
           lambda its, given, **who: actions.revoke(its, given["reason"], given["decision"], **who)),
)  # fmt: skip


def change_at(slug: str) -> Change:
    """The change at an address. Raises `NotFound` ``not_found``."""
    found = next((each for each in CHANGES if each.slug == slug), None)
    if found is None:
        raise NotFound("not_found")
    return found


def offers(result: Result, roles: frozenset[str], tried: tuple[Change, Why] | None) -> list[dict[str, Any]]:
    """The changes open to these roles, each with its form; one that was refused keeps what was typed."""
    open_now = {row.verb for row in MACHINE.open_to(result.state, roles)}
    found = []
    for each in CHANGES:
        refused = tried is not None and tried[0] == each
        if each.verb in open_now or refused:
            form = tried[1] if tried and refused else each.form(prefix=each.slug)
            found.append({"change": each, "form": form, "open": refused})
    return found


def happened(facts: list[Row], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facts of a result as the rows of ``<c-timeline>``, oldest first."""
    return [
        {
            "title": str(TITLES[fact.name]),
            "at": fact.at,
            "who": names.get(fact.actor, ""),
            "text": said_in(fact.data, names),
        }
        for fact in facts
        if fact.name in TITLES
    ]


def said_in(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What a fact adds in words: who signed with which certificate, who is to sign, why, by which decision, by what."""
    shown = [names.get(f"officer:{data['officer']}", "")] if "former" in data else []
    shown += [str(data.get(name, "")) for name in ("signer", "reason", "by")]
    shown += [_("Quyết định số %(number)s") % {"number": data["decision"]}] if data.get("decision") else []
    shown += [_("chứng thư số %(serial)s, %(profile)s") % data] if data.get("serial") else []
    return "; ".join(filter(None, shown))
