"""What somebody's data was looked at for: facts hold a code, people read these words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURPOSES: dict[str, Promise] = {
    "certifying": _("Chứng thực bản sao"),
    "download": _("Tải giấy tờ"),
    "counter": _("Tiếp nhận hồ sơ tại quầy"),
    "following": _("Theo dõi hồ sơ tiếp nhận hộ"),
    "handing_over": _("Trả kết quả tiếp nhận hộ"),
    "handling": _("Giải quyết hồ sơ"),
    "listing": _("Xuất danh sách hồ sơ ra tệp"),
    "mandate": _("Xem theo uỷ quyền"),
    "opinion": _("Trả lời ý kiến"),
    "printing": _("In giấy tờ của hồ sơ"),
    "program": _("Xem qua giao diện lập trình"),
    "registry": _("Xem sổ kết quả"),
    "record_run": _("Ghi lại đường đi của hồ sơ để thử quy trình"),
    "result": _("Xem kết quả"),
    "reusing": _("Tìm giấy tờ không phải nộp lại khi tiếp nhận hồ sơ tại quầy"),
    "shared": _("Xem giấy tờ được chia sẻ"),
    "signing": _("Xem văn bản để ký số"),
}


def purpose(told: str) -> tuple[str, str]:
    """The words of a code, and what somebody said in words of his own (``shared: để vay vốn``, or nothing but that)."""
    code, _sign, said = told.partition(": ")
    return (str(PURPOSES[code]), said) if code in PURPOSES else ("", told)
