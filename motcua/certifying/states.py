"""The life of a copy as a table, and why the law forbids to certify one."""

from enum import StrEnum

from motcua.base.machine import Machine, move


class State(StrEnum):
    """Where a copy stands."""

    TAKEN = "taken"
    COMPARED = "compared"
    CERTIFIED = "certified"
    REFUSED = "refused"
    CANCELLED = "cancelled"


LABELS = {
    State.TAKEN: ("Chờ đối chiếu", "To be compared"),
    State.COMPARED: ("Chờ chứng thực", "To be certified"),
    State.CERTIFIED: ("Đã chứng thực", "Certified"),
    State.REFUSED: ("Từ chối", "Refused"),
    State.CANCELLED: ("Đã huỷ", "Cancelled"),
}

MACHINE = Machine(
    states=frozenset(State),
    start=State.TAKEN,
    final=frozenset({State.CERTIFIED, State.REFUSED, State.CANCELLED}),
    moves=(
        #    verb         from              to           who                          button
        move("compare",   "taken",          "compared",  "reception clerk",           "Đã đối chiếu đúng với bản chính"),
        move("certify",   "compared",       "certified", "approver",                  "Chứng thực"),
        move("refuse",    "taken",          "refused",   "reception clerk approver",  "Từ chối chứng thực"),
        move("refuse",    "compared",       "refused",   "approver",                  "Từ chối chứng thực"),
        move("cancel",    "taken compared", "cancelled", "reception approver",        "Huỷ yêu cầu"),
        move("hand_over", "certified",      "",          "reception",                 "Trả bản sao"),
    ),
)  # fmt: skip

# Nghị định 23/2015/NĐ-CP Điều 22, in its order: what an original must not be.
GROUNDS = {
    "altered": ("Bản chính bị tẩy xoá, sửa chữa, thêm hoặc bớt nội dung không hợp lệ", "Erased, changed or added to"),
    "damaged": ("Bản chính hư hỏng, cũ nát, không xác định được nội dung", "Damaged, so that it cannot be read"),
    "secret": ("Bản chính đóng dấu mật, hoặc ghi rõ không được sao chụp", "Marked secret, or not to be copied"),
    "unlawful": ("Bản chính có nội dung trái pháp luật, đạo đức xã hội", "Against the law or public morals"),
    "not_legalised": ("Bản chính do nước ngoài cấp, chưa được hợp pháp hoá lãnh sự", "Foreign and not legalised"),
    "unattested": (
        "Giấy tờ, hợp đồng do cá nhân tự lập, không có chứng thực hoặc xác nhận và đóng dấu của cơ quan có thẩm quyền",
        "Made by private persons, a contract too, and attested by no authority",
    ),
}
