"""How far an item can be trusted, and what kinds of items there are."""

from enum import IntEnum


class Trust(IntEnum):
    """The higher, the surer. Who uses an item sees its level; no level makes a paper true that was not."""

    UPLOADED = 1
    ACCEPTED = 2
    COMPARED = 3
    CERTIFIED = 4
    UNSIGNED = 5
    SIGNED = 6


TRUSTS = {
    Trust.SIGNED: "Kết quả ký số",
    Trust.UNSIGNED: "Kết quả chưa ký số",
    Trust.CERTIFIED: "Bản sao chứng thực",
    Trust.COMPARED: "Số hoá tại quầy, đã đối chiếu với bản chính",
    Trust.ACCEPTED: "Cán bộ đã chấp nhận khi tiếp nhận hồ sơ",
    Trust.UPLOADED: "Người nộp tự tải lên, không cơ quan nào xác nhận",
}
RESULT, PAPER, COPY, REGISTER = "result", "paper", "copy", "register"
KINDS = {
    RESULT: "Kết quả giải quyết thủ tục",
    PAPER: "Giấy tờ đã nộp và được chấp nhận",
    COPY: "Bản sao chứng thực",
    REGISTER: "Giấy tờ lấy từ cơ sở dữ liệu đã kết nối",
}
CERTIFIED_COPY = "ban-sao-chung-thuc"  # the kind of result that `certifying` issues
COPY_OF = "Bản sao chứng thực: "  # and how its title begins, before the name of the original
LONGEST_SHARE_DAYS = 90
ANSWER_HOLDS_DAYS = 1  # what a register said stands that day and so many more; then it is asked again
