"""Our books beside a provider's statement of a day: what can be closed is closed, the rest is told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden
from motcua.base.worktime import instant
from motcua.payments import queries
from motcua.payments.actions.confirming import settle_known
from motcua.payments.actions.paying import named
from motcua.payments.events import Reconciled
from motcua.payments.models import Attempt, Reconciliation
from motcua.payments.ports import Confirmed
from motcua.people.models import Agency

Row = list[str | int]  # what, order, transaction, đồng
WORDS = {"order_unknown": "missing_here", "amount_differs": "amount_differs"}


def reconcile(
    provider_name: str, day: date, statement: Iterable[Confirmed], *, payee: str = "", by: Actor, at: datetime
) -> Reconciliation:
    """Compare a statement, fetched before, with the books of a local day.

    Rows: ``matched``; ``closed`` (paid there, not known here until now); ``missing_here`` (names no order of ours);
    ``missing_there``; ``amount_differs``; ``disputed`` (payee, currency or a second transaction). Each row that is
    closed commits by itself: a comparison that breaks off is simply made again. ``payee``: the statement tells of this
    one alone; an officer brings that of the own agency (`Forbidden` ``wrong_agency``).
    """
    by.must_have({"system", "head", "approver"})
    told = [row for row in statement if row.succeeded]
    if by.kind == "officer":
        _must_be_own(provider_name, payee, told, by)
    rows = [_compared(provider_name, row, at) for row in told]
    ours = queries.paid_between(provider_name, instant(day, 0), instant(day, 1440), payee)
    theirs = {row.transaction for row in told} | queries.told_on_other_days(provider_name, day)
    rows += [["missing_there", order, number, vnd] for order, (number, vnd) in ours.items() if number not in theirs]
    return _kept(provider_name, day, rows, by, at)


def _must_be_own(provider_name: str, payee: str, told: list[Confirmed], by: Actor) -> None:
    """Nobody makes other agencies' bills paid by a file."""
    own = named(provider_name).payee(Agency.objects.get(pk=by.agency).code)
    if not own or payee != own or any(row.payee != own for row in told):
        raise Forbidden("wrong_agency")


def _compared(provider_name: str, told: Confirmed, at: datetime) -> Row:
    order = queries.order_named(provider_name, told.order)
    known = Attempt.objects.filter(provider=provider_name, transaction=told.transaction).first()
    if known is not None and (known.order, known.amount_vnd) == (order, told.amount_vnd):
        return ["matched", order, told.transaction, told.amount_vnd]
    why = settle_known(provider_name, replace(told, order=order or told.order), at=at)
    return [WORDS.get(why, "disputed") if why else "closed", order or told.order, told.transaction, told.amount_vnd]


@transaction.atomic
def _kept(provider_name: str, day: date, rows: list[Row], by: Actor, at: datetime) -> Reconciliation:
    made = Reconciliation.objects.create(provider=provider_name, day=day, rows=rows, at=at)
    counts = Counter(str(row[0]) for row in rows)
    fact = Reconciled(provider_name, day.isoformat(), dict(sorted(counts.items())))
    ledger.append(f"reconciliation:{made.id}", [fact], by=by, at=at, after=ledger.NOTHING)
    return made
