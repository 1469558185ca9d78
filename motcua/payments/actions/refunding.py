"""Money goes back: asked by who may decide it, done by the provider, booked when it is done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Refused
from motcua.payments import rules
from motcua.payments.actions.books import must_be_ours, post, tell
from motcua.payments.actions.paying import held_attempt
from motcua.payments.events import RefundAsked, Refunded
from motcua.payments.models import Attempt, Bill
from motcua.payments.states import ATTEMPTS, BILLS, BY_HAND, COUNTER, TREASURY, BillState


@transaction.atomic
def ask_refund(attempt_id: UUID, reason: str, *, by: Actor, at: datetime) -> Attempt:
    """Decide that a payment goes back: all of a paid bill, or a surplus. The provider is told outside.

    Raises `Forbidden`, `Refused` ``wrong_state``, ``reason_missing``.
    """
    tried, bill = held_attempt(attempt_id)
    if not tried.surplus:
        BILLS.check("refund", bill.state, by)
    row = ATTEMPTS.check("refund", tried.state, by)
    must_be_ours(bill, by)
    if not reason.strip():
        raise Refused("reason_missing")
    tried.state = row.target
    Attempt.objects.filter(pk=tried.pk).update(state=tried.state, ask_at=at)
    tell(bill, RefundAsked(tried.order, tried.amount_vnd, reason.strip()), by=by, at=at)
    return tried


@transaction.atomic
def refunded(attempt_id: UUID, number: str, *, by: Actor, at: datetime) -> Attempt:
    """The money has gone back; ``number`` is the provider's, or of the treasury's order for what came at a counter.

    Told twice, it is booked once. What a provider pays back itself, nobody else may write down (`Forbidden`
    ``refund_by_provider``). Raises `Refused` ``wrong_state``, ``refund_number_missing``.
    """
    tried, bill = held_attempt(attempt_id)
    tried.state = ATTEMPTS.check("refunded", tried.state, by).target
    if by.kind == "officer":
        must_be_ours(bill, by)
        if tried.provider not in BY_HAND:
            raise Forbidden("refund_by_provider")
    if not number.strip():
        raise Refused("refund_number_missing")
    money = TREASURY if tried.provider in COUNTER else f"money:{tried.provider}"
    if tried.surplus:
        post(bill, rules.exceeded(money, -tried.amount_vnd), at=at)
    else:
        post(bill, rules.paid_back(money, bill.told_lines), at=at)
        Bill.objects.filter(pk=bill.pk).update(state=BillState.REFUNDED)
    Attempt.objects.filter(pk=tried.pk).update(state=tried.state, ask_at=None)
    told = Refunded(tried.order, tried.provider, number, tried.amount_vnd, bill.reference)
    tell(bill, told, by=by, at=at)
    return tried
