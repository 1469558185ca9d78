"""What a vault holds, in words: groups, how far a thing can be trusted, what the registry says of it now."""

from datetime import date

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.results import result_tag
from motcua.sites.frame.words import Tag
from motcua.vault.queries import Held
from motcua.vault.states import COPY, PAPER, REGISTER, RESULT, Trust

GROUPS = {
    RESULT: _("Kết quả giải quyết thủ tục"), COPY: _("Bản sao chứng thực"),
    PAPER: _("Giấy tờ đã nộp và được chấp nhận"), REGISTER: _("Giấy tờ từ cơ sở dữ liệu đã kết nối"),
}  # fmt: skip
TRUSTS = {
    Trust.SIGNED: _("Kết quả ký số"), Trust.UNSIGNED: _("Kết quả chưa ký số"),
    Trust.COMPARED: _("Số hoá tại quầy, đã đối chiếu với bản chính"),
    Trust.CERTIFIED: _("Bản sao chứng thực"), Trust.ACCEPTED: _("Cán bộ đã chấp nhận khi tiếp nhận hồ sơ"),
    Trust.UPLOADED: _("Người nộp tự tải lên, không cơ quan nào xác nhận"),
}  # fmt: skip


def state_of(held: Held, on: date) -> Tag:
    """What a thing is worth on a day, as a tag."""
    if held.version.result is None and held.proof(on):
        return Tag(now_("Đã được chấp nhận"), "blue", "check")
    if held.version.result is None:
        if not held.from_register:
            return Tag(now_("Không còn được chấp nhận"), "plain", "file")
        asked_again = held.version.vouched_at is not None
        label = now_("Hỏi lại cơ sở dữ liệu khi dùng") if asked_again else now_("Cơ sở dữ liệu không còn ghi nhận")
        return Tag(label, "plain", "clock")
    if not held.version.result.granted:
        return Tag(now_("Văn bản từ chối"), "plain", "file")
    return result_tag(held.version.result, on)
