"""The life of a dossier: its states, what each is called, and one row for every move."""

from enum import StrEnum

from motcua.base.machine import Machine, move


class State(StrEnum):
    """Where a dossier stands. A draft is none: nothing has reached the State yet."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    RECEIVED = "received"
    PROCESSING = "processing"
    SUPPLEMENTING = "supplementing"
    PAYING = "paying"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DECIDED = "decided"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"


LABELS = {
    State.SUBMITTED: ("Mới đăng ký", "Submitted"),
    State.RETURNED: ("Chờ bổ sung trước khi tiếp nhận", "To be completed before reception"),
    State.REFUSED: ("Không được tiếp nhận", "Not received"),
    State.RECEIVED: ("Được tiếp nhận", "Received"),
    State.PROCESSING: ("Đang xử lý", "In process"),
    State.SUPPLEMENTING: ("Yêu cầu bổ sung giấy tờ", "Supplement asked"),
    State.PAYING: ("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked"),
    State.WITHDRAWN: ("Công dân yêu cầu rút hồ sơ", "Withdrawn"),
    State.STOPPED: ("Dừng xử lý", "Stopped"),
    State.DECIDED: ("Đã xử lý xong", "Decided"),
    State.HANDED_OVER: ("Đã trả kết quả", "Result handed over"),
    State.CLOSED: ("Đã đóng hồ sơ", "Closed"),
}

# TrangThaiHoSo of the national portal (1 to 10), the only place where ours become theirs. ``closed`` is a file that was
# handed over and put away: nationally still 10. States are never rewritten on the way out.
NATIONAL = {
    State.SUBMITTED: 1,
    State.RECEIVED: 2,
    State.REFUSED: 3,
    State.PROCESSING: 4,
    State.RETURNED: 5,
    State.SUPPLEMENTING: 5,
    State.PAYING: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.DECIDED: 9,
    State.HANDED_OVER: 10,
    State.CLOSED: 10,
}

OPEN = frozenset({State.SUBMITTED, State.RETURNED, State.RECEIVED, State.PROCESSING, State.SUPPLEMENTING,
                  State.PAYING, State.DECIDED})  # fmt: skip
PAUSED = frozenset({State.RETURNED, State.SUPPLEMENTING, State.PAYING})  # the citizen's turn: our clock stands still
RUNNING = frozenset({State.RECEIVED, State.PROCESSING, State.SUPPLEMENTING, State.PAYING})  # the legal clock exists

ANSWERABLE = "received processing supplementing paying decided handed_over closed"  # a late answer counts

MACHINE = Machine(
    states=frozenset(State),
    start=State.SUBMITTED,
    final=frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED, State.CLOSED}),
    moves=(
        #    verb              from                                              to             who                       button
        move("receive",        "submitted",                                      "received",      "reception",            "Tiếp nhận"),
        move("refuse",         "submitted returned",                             "refused",       "reception system",     "Từ chối tiếp nhận"),
        move("ask_supplement", "submitted",                                      "returned",      "reception",            "Yêu cầu bổ sung"),
        move("ask_supplement", "received processing",                            "supplementing", "reception clerk head approver", "Yêu cầu bổ sung"),
        move("supplement",     "returned",                                       "submitted",     "citizen reception",    "Nộp bổ sung"),
        move("supplement",     "supplementing",                                  "processing",    "citizen reception",    "Nộp bổ sung"),
        move("assign",         "received processing",                            "processing",    "reception clerk head approver", "Phân công"),
        move("pass_on",        "received processing",                            "processing",    "reception clerk head approver", "Chuyển bước"),
        move("pass_on",        "decided",                                        "decided",       "reception clerk head approver", "Chuyển bước"),
        move("do_task",        "received processing decided",                    "",              "reception clerk head approver", "Đánh dấu việc đã làm"),
        move("ask_opinion",    "received processing",                            "",              "reception clerk head approver", "Lấy ý kiến"),
        move("withdraw_opinion", "received processing",                          "",              "reception clerk head approver", "Rút yêu cầu lấy ý kiến"),
        move("answer_opinion", ANSWERABLE,                                       "",              "clerk head approver",  "Trả lời ý kiến"),
        move("time_out",       "received processing decided",                    "",              "system",               "Quá thời gian ở bước"),
        move("ask_payment",    "received processing",                            "paying",        "reception clerk head", "Yêu cầu nộp phí, lệ phí"),
        move("confirm_payment", "paying",                                        "processing",    "system",               "Xác nhận đã nộp"),
        move("extend",         "received processing",                            "",              "head approver",        "Gia hạn và xin lỗi"),
        move("decide",         "received processing",                            "decided",       "clerk head approver",  "Quyết định"),
        move("stop",           "received processing supplementing paying",       "stopped",       "head approver system", "Dừng xử lý"),
        move("withdraw",       "submitted returned received processing supplementing paying", "withdrawn", "citizen",      "Rút hồ sơ"),
        move("transfer",       "submitted returned received processing supplementing paying decided handed_over", "", "head approver system", "Chuyển cơ quan"),
        move("correct",        "submitted returned received processing supplementing paying", "", "citizen",              "Sửa thông tin đã khai"),
        move("accept_correction", "received processing supplementing paying",    "",              "reception clerk head approver", "Chấp nhận sửa"),
        move("refuse_correction", "received processing supplementing paying",    "",              "reception clerk head approver", "Không chấp nhận sửa"),
        move("choose_return",  "submitted returned received processing supplementing paying", "", "citizen reception",    "Đổi cách nhận kết quả"),
        move("hand_over",      "decided",                                        "handed_over",   "reception",            "Trả kết quả"),
        move("close",          "handed_over",                                    "closed",        "reception system",     "Đóng hồ sơ"),
    ),
)  # fmt: skip

VERB_LABELS_EN = {
    "receive": "Receive", "refuse": "Refuse to receive", "ask_supplement": "Ask for a supplement",
    "supplement": "Supplement", "assign": "Assign", "pass_on": "Pass on", "ask_payment": "Ask for payment",
    "confirm_payment": "Confirm payment", "extend": "Extend with apology", "decide": "Decide", "stop": "Stop",
    "withdraw": "Withdraw", "transfer": "Send to another agency", "hand_over": "Hand over", "close": "Close",
    "correct": "Correct the answers", "accept_correction": "Accept the correction",
    "refuse_correction": "Refuse the correction", "choose_return": "Change how the result is returned",
    "do_task": "Mark work as done", "ask_opinion": "Ask for an opinion", "withdraw_opinion": "Withdraw a question",
    "answer_opinion": "Answer with an opinion", "time_out": "Time at the step is over",
}  # fmt: skip


def label(state: str, language: str = "vi") -> str:
    """What a person reads for ``state``."""
    return LABELS[State(state)][0 if language == "vi" else 1]
