"""What portal, desk and printed receipt call the ways to pay and the states of a bill, in the reader's language."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.money import money
from motcua.fees.definition import Fee
from motcua.fees.rules import Quote
from motcua.payments.models import Attempt, Bill
from motcua.payments.states import ATTEMPT_LABELS, BILL_LABELS, AttemptState, BillState
from motcua.sites.frame.words import Tag, english

WAYS = {
    "sandbox": _("Ngân hàng thử nghiệm (không có tiền thật)"),
    "platform": _("Nền tảng thanh toán quốc gia (thẻ, ví, tài khoản ngân hàng)"),
    "paygov": _("Cổng thanh toán PayGov"),
    "vietqr": _("Chuyển khoản bằng mã VietQR"),
    "cash": _("Tiền mặt tại quầy"),
    "card": _("Thẻ tại quầy"),
}
PURPOSES = {"advance": _("Phí, lệ phí của thủ tục"), "final": _("Nộp thêm theo yêu cầu của cơ quan")}
UNKNOWN = {
    "fee_unknown": _("thủ tục chưa ghi mức thu"),
    "council_fee_missing": _("Hội đồng nhân dân tỉnh quyết định mức thu, hệ thống chưa có mức này"),
    "fee_kind_unknown": _("chưa rõ là phí hay lệ phí"),
    "quantity_unknown": _("chưa rõ số lượng"),
    "cases_differ": _("mức thu khác nhau theo trường hợp, cán bộ tiếp nhận sẽ xác định"),
}
TAGS = {
    BillState.OPEN: ("amber", "clock"), BillState.PAID: ("green", "check"), BillState.WAIVED: ("green", "check"),
    BillState.REFUNDED: ("plain", "check"), BillState.CANCELLED: ("plain", "stop"),
}  # fmt: skip


def way(name: str) -> str:
    """What a way to pay is called; its own name for one the operator added."""
    return str(WAYS.get(name, name))


def purpose(code: str) -> str:
    """When a bill is asked."""
    return str(PURPOSES.get(code, code))


def unknown_words(quote: Quote) -> list[str]:
    """What is not known of the fees of a dossier, and why; empty where all of it is known."""
    told = [(each.name, str(UNKNOWN[each.why])) for each in quote.unknown]
    return [f"{name}: {why}" if name else f"{why[0].upper()}{why[1:]}" for name, why in told]


def quote_rows(quote: Quote) -> list[dict[str, str]]:
    """What a case comes to, before it is filed: each line with its reason, unknown said as unknown."""
    rows = [
        {"label": line.name, "value": now_("Được miễn: %(reason)s") % {"reason": line.exempt_reason}
         if line.exempt_reason else _times(line.amount_vnd, line.quantity)}
        for line in quote.lines
    ]  # fmt: skip
    rows += [{"label": each.name or now_("Mức thu"), "value": f"{now_('Chưa rõ')}: {UNKNOWN[each.why]}"}
             for each in quote.unknown]  # fmt: skip
    if not rows:
        return [{"label": now_("Tổng cộng"), "value": now_("Không mất tiền (0 ₫)")}]
    known = quote.total_vnd
    return rows if known is None or len(rows) == 1 else [*rows, {"label": now_("Tổng cộng"), "value": money(known)}]


def _times(amount: int, quantity: int) -> str:
    return money(amount) if quantity == 1 else f"{quantity} × {money(amount)} = {money(quantity * amount)}"


def fee_rules(fee: Fee) -> list[str]:
    """Other amounts and exemptions of a fee in words, and what its source says besides."""
    rows = [f"{row.text or row.when}: {money(row.amount_vnd)}" for row in fee.table]
    free = [now_("Miễn: %(reason)s") % {"reason": each.reason} for each in fee.exempt]
    return [*rows, *free, *([fee.text] if fee.text and not fee.decided_by else [])]


def bill_tag(bill: Bill) -> Tag:
    """The state of a bill."""
    kind, icon = TAGS[BillState(bill.state)]
    return Tag(BILL_LABELS[BillState(bill.state)][english()], kind, icon)


def attempt_words(tried: Attempt) -> str:
    """The state of one try to pay."""
    return ATTEMPT_LABELS[AttemptState(tried.state)][english()]


def lines_of(bill: Bill) -> list[dict[str, Any]]:
    """The lines as a table shows them."""
    return [
        {"name": each.name, "amount": each.amount_vnd, "quantity": each.quantity, "total": each.total_vnd,
         "exempt": each.exempt_reason}
        for each in bill.told_lines
    ]  # fmt: skip


def safe_address(text: str) -> str:
    """Where a provider sends the payer, if it is an address of the web; nothing else becomes a link of ours."""
    return text if urlsplit(text).scheme in {"https", "http"} else ""
