"""The sentence behind every code of refusal: what happened, and what the person can do.

Vietnamese stands here, English in the locale. ``{name}`` is filled from the refusal's details; a detail that is missing
shows nothing rather than breaking the page. A test scans the whole code for codes without a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refused
from motcua.sites.frame.templatetags.frame import day, moment

LOOK_AGAIN = _("Hãy tải lại trang để xem tình trạng mới nhất.")
ASK_DESK = _("Hãy hỏi bộ phận tiếp nhận và trả kết quả của cơ quan đang giữ hồ sơ.")
ASK_LEAD = _("Hãy liên hệ người quản trị của cơ quan bạn nếu việc này thuộc nhiệm vụ của bạn.")
CORRECT = _("Hãy sửa lại chỗ được chỉ ra rồi gửi lại. Những gì bạn đã điền vẫn được giữ.")


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal in the reader's language."""

    what: str
    do: str


Sentence = tuple[Promise, Promise]

GENERAL: dict[str, Sentence] = {
    "bad_request": (_("Yêu cầu gửi đến không đọc được."), _("Hãy quay lại trang trước và thử lần nữa.")),
    "signed_out": (_("Bạn cần đăng nhập để xem trang này."), _("Hãy đăng nhập rồi mở lại trang.")),
    "forbidden": (_("Bạn không được phép xem hoặc làm việc này."), ASK_LEAD),
    "not_found": (
        _("Không tìm thấy trang này."),
        _("Hãy kiểm tra lại địa chỉ, hoặc tìm thủ tục từ trang chủ."),
    ),
    "too_large": (
        _("Nội dung gửi lên quá lớn."),
        _("Mỗi tệp được tối đa {limit} MB. Hãy chụp hoặc quét lại với dung lượng nhỏ hơn."),
    ),
    "too_many_requests": (_("Có quá nhiều yêu cầu trong thời gian ngắn."), _("Hãy chờ một phút rồi thử lại.")),
    "server_error": (
        _("Hệ thống gặp lỗi khi xử lý yêu cầu này."),
        _("Lỗi đã được ghi lại. Hãy thử lại sau ít phút; những gì đã lưu vẫn còn."),
    ),
    "csrf": (
        _("Trang đã mở quá lâu nên yêu cầu không còn hợp lệ."),
        _("Hãy tải lại trang rồi gửi lần nữa. Trình duyệt cần cho phép cookie của trang này."),
    ),
    "wrong_role": (_("Việc này không thuộc vai trò của bạn."), ASK_LEAD),
    "wrong_agency": (_("Hồ sơ này thuộc cơ quan khác."), ASK_LEAD),
    "wrong_state": (_("Hồ sơ không còn ở bước cho phép làm việc này."), LOOK_AGAIN),
    "unknown_move": (_("Không có thao tác này."), LOOK_AGAIN),
}

SENTENCES: dict[str, Sentence] = {**GENERAL}


def said(error: Refused) -> Said:
    """The sentences for a refusal; a code without one is told as a plain no, never as nothing."""
    what, do = SENTENCES.get(error.code, (_("Việc này chưa thực hiện được."), ASK_DESK))
    details = Shown({key: shown(value) for key, value in error.details.items()})
    return Said(str(what).format_map(details), str(do).format_map(details))


def problem(error: Refused) -> dict[str, Any]:
    """The refusal as RFC 9457 asks: ``type``, ``title``, ``status``, ``detail``, and ``code`` with its details."""
    words = said(error)
    return {
        "type": f"urn:motcua:refusal:{error.code}",
        "title": words.what,
        "status": error.status,
        "detail": words.do,
        "code": error.code,
        "details": {key: plain(value) for key, value in error.details.items()},
    }


class Shown(dict[str, str]):
    """Details by name; what is missing shows nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def shown(value: Any) -> str:
    """A detail as a person reads it."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(shown(item) for item in value)
    return now_("chưa rõ") if value is None else str(value)


def plain(value: Any) -> Any:
    """A detail as JSON can carry it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
