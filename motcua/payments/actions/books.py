"""What the other verbs share: a bill held while it changes, entries written, one fact recorded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.ids import new_id
from motcua.payments.models import Bill, Entry
from motcua.payments.rules import Postings


def held(bill_id: UUID) -> Bill:
    """The bill, locked until the transaction ends; who changes an attempt holds its bill first.

    Raises `NotFound` ``bill_unknown``.
    """
    found = Bill.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=bill_id).first()
    if found is None:
        raise NotFound("bill_unknown")
    return found


def post(bill: Bill | None, postings: Postings, *, at: datetime) -> None:
    """Write one transaction of the books. The database refuses to commit one that does not balance."""
    transaction = new_id()
    Entry.objects.bulk_create(
        Entry(
            transaction=transaction,
            bill=bill,
            account=account,
            debit_vnd=max(amount, 0),
            credit_vnd=max(-amount, 0),
            at=at,
        )
        for account, amount in postings
        if amount
    )


def tell(bill: Bill, event: Any, *, by: Actor, at: datetime) -> None:
    """Record one fact of the bill."""
    ledger.append(bill.stream, [event], by=by, at=at)
