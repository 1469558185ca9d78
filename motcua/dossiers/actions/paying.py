"""A fee asked for in the middle of a process, and the receipt that answers it. The clock stands still meanwhile."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Invalid
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import begin
from motcua.dossiers.events import PaymentAsked, PaymentConfirmed
from motcua.dossiers.models import PaymentDemand, Standing


def ask_payment(
    dossier: UUID | str, amount_vnd: int, reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Ask for ``amount_vnd`` đồng. Raises `Invalid` ``amount_not_positive``."""
    if amount_vnd <= 0:
        raise Invalid("amount_not_positive", amount=amount_vnd)
    with transaction.atomic():
        moving = begin(dossier, "ask_payment", by=by, at=at, seen=seen)
        why = rules.reason(reason)
        PaymentDemand.objects.create(dossier=moving.dossier, amount_vnd=amount_vnd, reason=why, asked_at=at)
        return moving.record(PaymentAsked(amount_vnd, why), paused_at=at)


def confirm_payment(
    dossier: UUID | str, receipt: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Record the numbered receipt of a payment made at the counter; the clock goes on.

    Raises `Invalid` ``receipt_missing``: a payment without a receipt is no payment.
    """
    number = receipt.strip()[:60]
    if not number:
        raise Invalid("receipt_missing")
    with transaction.atomic():
        moving = begin(dossier, "confirm_payment", by=by, at=at, seen=seen)
        demand = PaymentDemand.objects.select_for_update().get(dossier=moving.dossier, confirmed_at=None)
        PaymentDemand.objects.filter(pk=demand.pk).update(receipt=number, confirmed_at=at)
        changes = moving.resumed()
        due = changes.get("due_at")
        event = PaymentConfirmed(demand.amount_vnd, number, due.isoformat() if due else None)
        return moving.record(event, **changes)
