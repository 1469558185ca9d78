"""The lives of a bill and of one attempt to pay it, as tables; the accounts of the books and what each is called."""

from enum import StrEnum

from motcua.base.machine import Machine, move


class BillState(StrEnum):
    """Where a bill stands."""

    OPEN = "open"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class AttemptState(StrEnum):
    """Where one try to pay stands. ``surplus``: money that came for a bill which no longer waited for it."""

    ASKED = "asked"
    UNKNOWN = "unknown"
    FAILED = "failed"
    PAID = "paid"
    SURPLUS = "surplus"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


BILL_LABELS = {
    BillState.OPEN: ("Chờ nộp", "To be paid"),
    BillState.PAID: ("Đã nộp", "Paid"),
    BillState.WAIVED: ("Được miễn", "Waived"),
    BillState.REFUNDED: ("Đã hoàn trả", "Refunded"),
    BillState.CANCELLED: ("Đã huỷ", "Cancelled"),
}
ATTEMPT_LABELS = {
    AttemptState.ASKED: ("Đang chờ ngân hàng", "Waiting for the bank"),
    AttemptState.UNKNOWN: ("Chưa rõ kết quả, hệ thống đang hỏi lại", "Outcome unknown, being asked again"),
    AttemptState.FAILED: ("Không thành công", "Not successful"),
    AttemptState.PAID: ("Đã nộp", "Paid"),
    AttemptState.SURPLUS: ("Nộp thừa, phải trả lại", "Paid too much, owed back"),
    AttemptState.REFUNDING: ("Đang hoàn trả", "Being refunded"),
    AttemptState.REFUNDED: ("Đã hoàn trả", "Refunded"),
}

# What a row of a statement came to, where its money stands in our books: as a payment, or as owed back.
BOOKED = frozenset({"matched", "closed", "surplus", "amount_differs"})
ON_ITS_WAY = (AttemptState.ASKED, AttemptState.UNKNOWN)  # nobody knows yet whether money moved

BILLS = Machine(
    states=frozenset(BillState),
    start=BillState.OPEN,
    final=frozenset({BillState.WAIVED, BillState.REFUNDED, BillState.CANCELLED}),
    moves=(
        #    verb      from    to           who                         button
        move("ask",    "open", "",          "citizen reception system", "Nộp trực tuyến"),
        move("settle", "open", "paid",      "system",                   "Ghi nhận đã nộp"),
        move("take",   "open", "paid",      "reception",                "Thu tại quầy"),
        move("waive",  "open", "waived",    "head approver",            "Miễn"),
        move("cancel", "open", "cancelled", "reception head approver system", "Huỷ"),
        move("refund", "paid", "refunded",  "head approver",            "Hoàn trả"),
    ),
)  # fmt: skip

ATTEMPTS = Machine(
    states=frozenset(AttemptState),
    start=AttemptState.ASKED,
    final=frozenset({AttemptState.REFUNDED}),
    moves=(
        #    verb        from                   to           who               button
        move("lose",     "asked unknown",        "unknown",   "system",         "Chưa rõ kết quả"),
        move("wait",     "asked unknown",        "asked",     "system",         "Chờ người nộp"),
        move("fail",     "asked unknown",        "failed",    "system",         "Không thành công"),
        move("abandon",  "asked",                "failed",    "citizen reception system", "Bỏ lần nộp này"),
        move("give_up",  "unknown",              "failed",    "head approver",  "Ghi nhận không thành công"),
        move("settle",   "asked unknown failed", "paid",      "system reception", "Ghi nhận đã nộp"),
        move("exceed",   "asked unknown failed", "surplus",   "system",         "Ghi nhận nộp thừa"),
        move("refund",   "paid surplus",         "refunding", "head approver",  "Hoàn trả"),
        move("refunded", "refunding",            "refunded",  "system head approver",         "Đã hoàn trả"),
    ),
)  # fmt: skip

FEW, MORE = 5, "more"  # refused messages of a kind that are kept one by one; the row that only counts what follows
ASKED_DAYS = 7  # that a bank is asked whether a payer who was sent there has paid
UNKNOWN_DAYS = 3  # before a person may say that no money has moved
ABANDONED = "abandoned"  # why an attempt failed: the payer went another way
LEADS = frozenset({"head", "approver", "system"})  # who may say that a fee of the law is not asked after all
PURPOSES = ("advance", "final")  # of what was filed, or asked for in the middle
COUNTER = {"cash": "Tiền mặt tại quầy", "card": "Thẻ tại quầy"}
BY_HAND = frozenset(
    {*COUNTER, "vietqr", "platform", "paygov"}
)  # go back by an order of the treasury: a person says so

# Accounts: a debit makes the first and the last grow, a credit the others. Money carries whose it is: money:<provider>,
# cash:<officer>. ``owed`` is what must go back to who paid.
VND = "VND"
DUE, OWED, TREASURY, TILL_DIFFERENCE = "due", "owed", "treasury", "till_difference"
