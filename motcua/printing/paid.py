"""Biên lai thu phí, lệ phí: the receipt of a bill that was paid, with its number, its lines and where to check it."""

from typing import Any
from urllib.parse import quote

from django.conf import settings

from motcua.base.errors import NotFound
from motcua.base.money import in_words, money
from motcua.base.wires import provider
from motcua.catalogue.queries import plan
from motcua.deadlines.words import moment_words
from motcua.dossiers.models import Standing
from motcua.fees.rules import Line
from motcua.payments import queries
from motcua.payments.models import Bill
from motcua.payments.states import COUNTER, BillState
from motcua.results.letterhead import heading
from motcua.results.ports import Typesetter

ONLINE = "Trực tuyến"
GONE_BACK = "(Số tiền này đã được hoàn trả)"


def receipt(bill: Bill, standing: Standing) -> bytes:
    """The receipt of a dossier's bill as PDF; four queries. Raises as `receipt_for`."""
    dossier = standing.dossier
    return receipt_for(bill, dossier.owner_name, dossier.code, plan(dossier.edition_id).definition.name.vi)


def receipt_for(bill: Bill, payer: str, matter: str, procedure: str) -> bytes:
    """The receipt of any bill: who paid, for which matter of which procedure. Raises `NotFound` ``receipt_unknown`` for
    a bill that was not paid."""
    if bill.receipt is None or bill.paid_at is None:
        raise NotFound("receipt_unknown")
    paid_by = queries.paying(bill)
    data: dict[str, Any] = {
        **heading(bill.agency, bill.paid_at),
        "number": bill.receipt,
        "state": GONE_BACK if bill.state == BillState.REFUNDED else "",
        "payer": payer,
        "dossier": matter,
        "procedure": procedure,
        "lines": [line_told(each) for each in bill.told_lines],
        "total": bare(bill.total_vnd),
        "words": in_words(bill.total_vnd),
        "way": COUNTER.get(paid_by.provider, ONLINE),
        "transaction": paid_by.transaction,
        "paid": moment_words(bill.paid_at.isoformat(), "vi"),
        "verify_url": f"{settings.SITE_ADDRESS}/tra-cuu/bien-lai/?so={quote(bill.receipt, safe='')}",
    }
    return provider(Typesetter).pdf("bien-lai", data)


def line_told(line: Line) -> dict[str, str]:
    """One row of the table."""
    return {
        "name": line.name,
        "amount": bare(line.amount_vnd),
        "quantity": str(line.quantity),
        "total": bare(line.total_vnd),
        "exempt": line.exempt_reason,
    }


def bare(amount_vnd: int) -> str:
    """``"108.000"``: the sign stands in the head of the table."""
    return money(amount_vnd).removesuffix("\u00a0₫")
