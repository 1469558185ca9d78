"""What the other verbs share: a bill held while it changes, entries written, one fact recorded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, NotFound, Refused
from motcua.base.ids import new_id
from motcua.payments.models import Attempt, Bill
from motcua.payments.rules import Postings
from motcua.payments.states import ON_ITS_WAY
from motcua.people.queries import heirs

ENTRY = "id, transaction, bill_id, account, debit_vnd, credit_vnd, at"


def held(bill_id: UUID) -> Bill:
    """The bill, locked until the transaction ends; who changes an attempt holds its bill first.

    Raises `NotFound` ``bill_unknown``.
    """
    found = Bill.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=bill_id).first()
    if found is None:
        raise NotFound("bill_unknown")
    return found


def hold(name: str) -> None:
    """One act at a time on what has no row to lock, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def must_wait_for_nothing(bill: Bill) -> None:
    """Raise `Refused` ``payment_on_its_way`` while an attempt may still bring money; who calls holds the bill."""
    if Attempt.objects.filter(bill=bill, state__in=ON_ITS_WAY).exists():
        raise Refused("payment_on_its_way", number=bill.number)


def must_be_ours(bill: Bill, by: Actor) -> None:
    """Raise `Forbidden` ``wrong_agency`` unless the actor is at the bill's agency, or at one that took over from it."""
    if all(str(each.id) != by.agency for each in heirs(bill.agency)):
        raise Forbidden("wrong_agency")


def post(bill: Bill | None, postings: Postings, *, at: datetime) -> None:
    """Write one transaction of the books. The database refuses to commit one that does not balance."""
    transaction, owner = new_id(), None if bill is None else bill.id
    rows = [
        (new_id(), transaction, owner, account, max(amount, 0), max(-amount, 0), at)
        for account, amount in postings
        if amount
    ]
    if rows:  # a statement of its own: a confirmation has 3 ms, and an ORM insert takes one of them
        with connection.cursor() as cursor:
            marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(rows))
            cursor.execute(
                f"INSERT INTO payments_entry ({ENTRY}) VALUES {marks}", [cell for row in rows for cell in row]
            )


def tell(bill: Bill, event: Any, *, by: Actor, at: datetime) -> None:
    """Record one fact of the bill."""
    ledger.append(bill.stream, [event], by=by, at=at)
