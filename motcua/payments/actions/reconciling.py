"""Our books beside a provider's statement of a day: what can be closed is closed, the rest is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden
from motcua.base.worktime import instant
from motcua.payments import queries
from motcua.payments.actions.confirming import settle_known
from motcua.payments.actions.counter import drawer
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
    rows = _compared(provider_name, told, at)
    ours = queries.paid_between(provider_name, instant(day, 0), instant(day, 1440), payee)
    theirs = {row.transaction for row in told} | queries.told_on_other_days(provider_name, day)
    rows += [["missing_there", order, number, vnd] for order, (number, vnd) in ours.items() if number not in theirs]
    return _kept(provider_name, payee, day, rows, by, at)


def reconcile_card(day: date, slips: Iterable[Confirmed], *, by: Actor, at: datetime) -> Reconciliation:
    """Compare a card terminal's own file of a local day with what this officer took by card; rows as in `reconcile`.

    Terminals know slips and no orders: a slip stands for the payment that was taken with it. Nothing is ever closed by
    it: a card is taken whole or not at all. Raises `Forbidden`.
    """
    by.must_have({"reception"})
    account = drawer("card", by.id, by.agency)
    mine = queries.taken_by_card(account, day)
    told = _by_slip(slips, mine)
    theirs = {row.transaction for row in told}
    rows = _compared("card", told, at)
    gone = [row for row in mine if row.transaction not in theirs]
    rows += [["missing_there", row.order, row.transaction, row.amount_vnd] for row in gone]
    return _kept("card", account, day, rows, by, at)


def _by_slip(slips: Iterable[Confirmed], mine: Sequence[Attempt]) -> list[Confirmed]:
    """Each slip with the payment it stands for, that of the same amount first where a number was printed twice."""
    left, told = list(mine), []
    for row in slips:
        same = [each for each in left if row.transaction in {each.transaction, each.transaction.partition(" (")[0]}]
        found = next((each for each in same if each.amount_vnd == row.amount_vnd), same[0] if same else None)
        if found is not None:
            left.remove(found)
            row = replace(row, order=found.order, payee=found.payee, transaction=found.transaction)
        told.append(row)
    return told


def _must_be_own(provider_name: str, payee: str, told: list[Confirmed], by: Actor) -> None:
    """Nobody makes other agencies' bills paid by a file."""
    own = named(provider_name).payee(Agency.objects.get(pk=by.agency).code)
    if not own or payee != own or any(row.payee != own for row in told):
        raise Forbidden("wrong_agency")


def _compared(provider_name: str, told: list[Confirmed], at: datetime) -> list[Row]:
    """Two queries, and what each row takes that is not settled yet."""
    orders = queries.orders_named(provider_name, {row.order for row in told})
    known = queries.transactions(provider_name, {row.transaction for row in told})
    rows: list[Row] = []
    for row in told:
        order, number, vnd = orders.get(row.order, row.order), row.transaction, row.amount_vnd
        what = "matched"
        if known.get(number) != (order, vnd):
            why = settle_known(provider_name, replace(row, order=order), at=at)
            what = WORDS.get(why, "disputed") if why else "closed"
            known |= {} if why else {number: (order, vnd)}
        rows.append([what, order, number, vnd])
    return rows


@transaction.atomic
def _kept(provider_name: str, payee: str, day: date, rows: list[Row], by: Actor, at: datetime) -> Reconciliation:
    made = Reconciliation.objects.create(provider=provider_name, payee=payee, day=day, rows=rows, at=at)
    counts = Counter(str(row[0]) for row in rows)
    fact = Reconciled(provider_name, day.isoformat(), dict(sorted(counts.items())))
    ledger.append(f"reconciliation:{made.id}", [fact], by=by, at=at, after=ledger.NOTHING)
    return made
