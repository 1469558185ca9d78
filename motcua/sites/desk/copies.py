"""Certified copies at the desk: the request as it is typed, and what the pages show of a copy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base import files
from motcua.base.errors import Refused
from motcua.base.money import money
from motcua.base.text import clean
from motcua.certifying.actions import Request
from motcua.certifying.models import Copy
from motcua.certifying.rules import Original
from motcua.certifying.states import GROUNDS, LABELS, State
from motcua.payments.models import Bill
from motcua.people.actions import look_up_citizen
from motcua.people.models import Citizen
from motcua.people.rules import check_identity_number
from motcua.people.states import DECLARED
from motcua.sites.desk.asking import Desk, id_in
from motcua.sites.desk.forms import Asked, Line
from motcua.sites.desk.office import day_field
from motcua.sites.desk.persons import NAME_ON_CARD
from motcua.sites.frame.fields import FieldView
from motcua.sites.frame.refusals import said
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import Tag, english, masked

PURPOSE, KEPT, BOX, MAX_FILES = "certifying", "ban-quet", "scans", 40
TAGS = {
    State.TAKEN: ("blue", "clock"), State.COMPARED: ("amber", "clock"), State.CERTIFIED: ("green", "check"),
    State.REFUSED: ("red", "stop"), State.CANCELLED: ("plain", "stop"),
}  # fmt: skip


class CopyForm(Asked):
    """Who presents which original, and what was scanned."""

    places = {"identity_number": "identity", "presenter": "name", "original_in_future": "issued_on",
              "original": "title"}  # fmt: skip
    id = forms.UUIDField(widget=forms.HiddenInput)
    identity = Line(
        label=_("Số định danh cá nhân"), required=False, max_length=300,
        help_text=_("12 chữ số, hoặc quét mã QR trên thẻ. Enter để tra cứu; phím N về ô này."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "number", "autocomplete": "off", "data-key": "n"}),
    )  # fmt: skip
    name = Line(label=_("Người yêu cầu: họ, chữ đệm, tên"), max_length=300)
    card_seen = forms.BooleanField(
        label=_("Đã đối chiếu thẻ căn cước: bản sao vào tài khoản đã xác minh của người này"), required=False
    )
    title = Line(label=_("Tên bản chính"), max_length=300, help_text=_("Ví dụ: Bằng tốt nghiệp đại học."))
    issued_by = Line(label=_("Cơ quan, tổ chức cấp"), max_length=300)
    number = Line(label=_("Số, ký hiệu"), required=False, max_length=300)
    issued_on = day_field(_("Ngày cấp"))
    compared = forms.BooleanField(label=_("Đã đối chiếu đúng với bản chính"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].required = False
        self.kept: list[tuple[str, str, str]] = []  # name, hash, and the signed words that bring it back
        self.fault, self.note = "", ""

    @property
    def box(self) -> FieldView:
        """The box for the scan."""
        limit = settings.MAX_FILE_BYTES // (1024 * 1024)
        hint = now_("PDF hoặc ảnh, theo thứ tự trang; mỗi tệp tối đa %(limit)d MB. Trang được đếm tự động.")
        attributes = (("multiple", "multiple"), ("accept", ".pdf,.jpg,.jpeg,.png"))
        return FieldView(BOX, now_("Bản quét của bản chính"), "file", hint=hint % {"limit": limit}, error=self.fault,
                         required=not self.kept, attributes=attributes)  # fmt: skip

    @property
    def errors_told(self) -> list[tuple[str, str]]:
        """What is wrong, the scan too."""
        return [*self.summary, *([(self.box.anchor, self.fault)] if self.fault else [])]

    def keep_files(self, request: HttpRequest, at: datetime) -> None:
        """What was scanned now and by an earlier try. Effects: keeps the files; a fault is told at the box."""
        copy_id = str(request.POST.get("id", ""))
        for text in request.POST.getlist(KEPT)[:MAX_FILES]:
            if found := _brought_back(text, copy_id):
                self.kept.append((*found, text))
        for file in request.FILES.getlist(BOX)[: MAX_FILES - len(self.kept)]:
            try:
                stored = files.store(file.chunks(), at=at)
            except Refused as no:
                self.fault = f"{(file.name or '')[-80:]}: {said(no).what} {said(no).do}"
            else:
                label = clean((file.name or "").replace("\x00", ""))[-120:] or "tệp"
                self.kept.append((label, stored.sha256, signing.dumps([copy_id, label, stored.sha256], salt=KEPT)))

    def give(self, **values: str) -> None:
        """Put values into boxes, and check nothing: the page is shown again."""
        typed = {name: self[name].value() for name in self.fields}
        kept, note = self.kept, self.note
        self.__init__(initial=typed | values)
        self.kept, self.note = kept, note

    def look_up(self, desk: Desk) -> None:
        """Fill in who has the number typed or scanned. Effects: the look is a fact."""
        parts = str(self["identity"].value() or "").split("|")
        on_card = parts[NAME_ON_CARD].strip() if len(parts) > NAME_ON_CARD else ""
        try:
            citizen = look_up_citizen(parts[0].strip(), PURPOSE, by=desk.by, at=desk.at)
        except Refused as no:
            self.note = f"{said(no).what} {said(no).do}"
            return self.give()
        self.note = _known(citizen)
        name = citizen.full_name if citizen else on_card
        self.give(identity=parts[0].strip(), **({"name": name} if name else {}))

    def request(self, desk: Desk) -> Request:
        """The request as `take` has it. Effects: a look-up where the card was seen. Raises `Invalid`."""
        given = self.cleaned_data
        identity = given["identity"] and check_identity_number(given["identity"].split("|")[0]).number
        citizen = None
        if given["card_seen"] and identity:
            citizen = look_up_citizen(identity, PURPOSE, by=desk.by, at=desk.at)
        return Request(
            id=given["id"],
            original=Original(given["title"], given["issued_by"], given["number"], given["issued_on"]),
            scans=[sha256 for _, sha256, _ in self.kept],
            presenter_name=given["name"],
            presenter_identity=identity,
            presenter=citizen.id if citizen and citizen.verification != DECLARED else None,
        )

    def refuse_request(self, error: Refused) -> int:
        """Show a refusal where it belongs; what is wrong with the scan stands at its box."""
        if error.code.startswith("scan_"):
            self.fault = f"{said(error).what} {said(error).do}"
            return error.status
        return self.refuse(error)


def _known(citizen: Citizen | None) -> str:
    if citizen is None:
        return now_("Chưa có ai đăng ký với số này. Hãy nhập theo thẻ căn cước.")
    if citizen.verification == DECLARED:
        words = now_("%(name)s có tài khoản tự khai, chưa xác minh: hãy đối chiếu kỹ với giấy tờ.")
    else:
        words = now_("%(name)s đã được xác minh danh tính.")
    return words % {"name": citizen.full_name}


def _brought_back(text: str, copy_id: str) -> tuple[str, str] | None:
    """A file that this very request brought before; a word that was tampered with brings nothing."""
    try:
        whose, label, sha256 = signing.loads(text, salt=KEPT, max_age=24 * 3600)
    except (signing.BadSignature, ValueError):
        return None
    return (label, sha256) if whose == copy_id and id_in(whose) else None


def tag(state: str) -> Tag:
    """The tag of a copy's state."""
    kind, icon = TAGS[State(state)]
    return Tag(LABELS[State(state)][english()], kind, icon)


def row(copy: Copy, bills: dict[str, Bill]) -> dict[str, Any]:
    """A copy as the lists show it."""
    bill = bills.get(copy.stream)
    return {"copy": copy, "tag": tag(copy.state), "bill": bill, "fee": fee_tag(bill)}


def fee_tag(bill: Bill | None) -> Tag | None:
    """What is owed for a copy; None before it was compared."""
    if bill is None:
        return None
    words = {
        "open": (now_("Chưa thu %(fee)s"), "amber", "pause"), "paid": (now_("Đã thu %(fee)s"), "green", "check"),
        "waived": (now_("Miễn phí"), "plain", "check"), "refunded": (now_("Đã hoàn trả"), "plain", "stop"),
    }  # fmt: skip
    found = words.get(bill.state)
    return (
        Tag(found[0] % {"fee": money(bill.total_vnd)} if "%" in found[0] else found[0], *found[1:]) if found else None
    )


def summary(copy: Copy) -> list[tuple[str, str]]:
    """The rows at the head of a copy's page; empty ones are left out."""
    original = [copy.issued_by, copy.original_number, f"{copy.issued_on:%d/%m/%Y}" if copy.issued_on else ""]
    rows = [
        (now_("Bản chính"), f"{copy.title}\n{' · '.join(part for part in original if part)}"),
        (now_("Số trang"), str(copy.pages)),
        (now_("Người yêu cầu"), f"{copy.presenter_name}\n{masked(copy.presenter_identity)}".strip()),
        (now_("Tài khoản nhận"), now_("Tài khoản đã xác minh của người yêu cầu") if copy.presenter_id else ""),
        (now_("Tiếp nhận"), f"{moment(copy.taken_at)}, {copy.taken_by.full_name}"),
        (now_("Đối chiếu"), _done(copy.compared_at, copy.compared_by)),
        (now_("Số chứng thực"), copy.certification),
        (now_("Người chứng thực") if copy.number else now_("Người kết thúc"), _done(copy.ended_at, copy.ended_by)),
        (now_("Lý do"), "\n".join(filter(None, (GROUNDS[copy.ground][english()] if copy.ground else "", copy.note)))),
    ]
    return [(label, value) for label, value in rows if value]


def _done(at: datetime | None, officer: Any) -> str:
    return f"{moment(at)}, {officer.full_name}" if at and officer else ""


def grounds() -> list[tuple[str, str]]:
    """The cases of the law in the reader's language."""
    return [(key, words[english()]) for key, words in GROUNDS.items()]


class RefuseForm(Asked):
    """For which ground of the law, and what was seen."""

    places = {"ground": "ground", "reason": "note"}
    ground = forms.ChoiceField(label=_("Trường hợp (Điều 22 Nghị định 23/2015/NĐ-CP)"), choices=grounds)
    note = Line(label=_("Ghi rõ"), required=False, max_length=300, help_text=_("Ví dụ: trang 2 sửa ngày sinh."))


class CancelForm(Asked):
    """Why a request is dropped."""

    places = {"reason": "reason"}
    reason = Line(label=_("Lý do huỷ"), max_length=300)


class CardForm(Asked):
    """The number on the terminal's paper."""

    places = {"slip": "slip"}
    slip = Line(label=_("Số giao dịch trên hoá đơn máy thẻ"), max_length=60)


def copied_from(earlier: Copy, new: UUID) -> CopyForm:
    """A new request of the same person, who is still there with another original."""
    initial = {
        "id": new, "identity": earlier.presenter_identity, "name": earlier.presenter_name,
        "card_seen": earlier.presenter_id is not None,
    }  # fmt: skip
    return CopyForm(initial=initial)
