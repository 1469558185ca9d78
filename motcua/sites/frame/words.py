"""What portal and desk both call things by, in the reader's language: channels, steps, states with icon and colour."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.definition import Step, Text
from motcua.dossiers.states import State, label

SOURCES = {
    "result": _("Tái sử dụng từ kho kết quả"), "paper": _("Tái sử dụng giấy tờ đã được chấp nhận"),
    "register": _("Lấy từ cơ sở dữ liệu của Nhà nước"),
}  # fmt: skip
CHANNELS = {"online": _("Trực tuyến"), "direct": _("Trực tiếp"), "postal": _("Dịch vụ bưu chính")}
LEVELS = {
    "commune": _("Cấp xã"),
    "province": _("Cấp tỉnh"),
    "ministry": _("Cấp Bộ"),
    "other": _("Cơ quan khác"),
}
SUBJECTS = {
    "citizen": _("Công dân Việt Nam"),
    "overseas": _("Người Việt Nam định cư ở nước ngoài"),
    "foreigner": _("Người nước ngoài"),
    "officer": _("Cán bộ, công chức, viên chức"),
    "enterprise": _("Doanh nghiệp"),
    "foreign_enterprise": _("Doanh nghiệp có vốn đầu tư nước ngoài"),
    "organisation": _("Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)"),
    "foreign_organisation": _("Tổ chức nước ngoài"),
    "cooperative": _("Hợp tác xã"),
}
ONLINE = {
    "full": _("Toàn trình: làm hết trên mạng"),
    "partial": _("Một phần: có bước cần đến trực tiếp"),
    "information": _("Chỉ cung cấp thông tin"),
}
TAGS = {
    State.SUBMITTED: ("blue", "send"), State.RECEIVED: ("blue", "check"), State.PROCESSING: ("blue", "clock"),
    State.RETURNED: ("amber", "pause"), State.SUPPLEMENTING: ("amber", "pause"), State.PAYING: ("amber", "pause"),
    State.DECIDED: ("green", "check"), State.HANDED_OVER: ("green", "check"), State.CLOSED: ("plain", "folder"),
    State.REFUSED: ("red", "stop"), State.STOPPED: ("red", "stop"), State.WITHDRAWN: ("plain", "stop"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tag:
    """A state or a deadline as a word, an icon and a colour."""

    label: str
    kind: str
    icon: str


def english() -> bool:
    """Whether the page is the English one."""
    return get_language() == "en"


def language() -> str:
    """``vi`` or ``en``."""
    return "en" if english() else "vi"


def state_tag(state: str) -> Tag:
    """The tag of a dossier's state."""
    kind, icon = TAGS[State(state)]
    return Tag(label(state, language()), kind, icon)


def text_of(text: Text) -> str:
    """A text of the catalogue; Vietnamese where nobody wrote an English one."""
    return text.en if english() and text.en else text.vi


def step_name(step: Step) -> str:
    """What a step of the process is called."""
    return step.name_en if english() and step.name_en else step.name


def masked(number: str) -> str:
    """Of an identity number only the end: enough to tell two people apart."""
    return f"********{number[-4:]}" if number else ""


def source_words(source: str) -> str:
    """The mark of a paper that nobody had to bring; empty for one that somebody brought."""
    return str(SOURCES.get(source.partition(":")[0], SOURCES["result"])) if source else ""
