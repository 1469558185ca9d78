"""Our books beside a provider's statement of a day: what can be closed is closed, the rest is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid
from motcua.base.worktime import instant, local
from motcua.payments import queries, rules
from motcua.payments.actions.confirming import book_beside, settle_known
from motcua.payments.actions.counter import drawer
from motcua.payments.actions.paying import named
from motcua.payments.events import Reconciled
from motcua.payments.models import Attempt, Reconciliation
from motcua.payments.ports import Confirmed, Rejected
from motcua.payments.states import BOOKED, VND
from motcua.people.models import Agency

FIRST_DAY = date(2000, 1, 1)

Row = list[str | int | None]  # what, order, transaction, đồng (None where it can't be read), payee
WORDS = {"order_unknown": "missing_here", "amount_differs": "amount_differs", "replayed": "surplus"}
BESIDE = frozenset({"amount_differs", "replayed"})  # true money all the same, if it reached the payee


def reconcile(
    provider_name: str,
    day: date,
    statement: Iterable[Confirmed | Rejected],
    *,
    payee: str = "",
    by: Actor,
    at: datetime,
) -> Reconciliation:
    """Compare a statement, fetched before, with the books of a local day.

    Rows: ``matched``; ``closed`` (paid there, not known here until now); ``missing_here`` (names no order of ours);
    ``missing_there``; ``amount_differs`` and ``surplus`` (paid twice): booked as owed back; ``disputed`` (payee or
    currency); ``unread``. Each row that is booked commits by itself: a comparison that breaks off is simply made again.
    ``payee``: the statement tells of this one alone; an officer brings that of the own agency (`Forbidden`
    ``wrong_agency``). Raises `Invalid` ``statement_day`` for a day that has not begun, or long before there was a bill.
    """
    by.must_have({"system", "head", "approver"})
    if not FIRST_DAY <= day <= local(at).date():
        raise Invalid("statement_day", day=day.isoformat())
    said = list(statement)
    told = [row for row in said if isinstance(row, Confirmed) and row.succeeded]
    if by.kind == "officer":
        _must_be_own(provider_name, payee, told, by)
    rows = _compared(provider_name, told, at)
    rows += [["unread", "", row.transaction, None, row.payee] for row in said if isinstance(row, Rejected)]
    ours = queries.paid_between(provider_name, instant(day, 0), instant(day, 1440), payee)
    theirs = {row.transaction for row in told} | queries.told_on_other_days(provider_name, day)
    missing = [(order, number, vnd) for order, (number, vnd) in ours.items() if number not in theirs]
    rows += [["missing_there", order, number, vnd, payee] for order, number, vnd in missing]
    digest = rules.digest(said)
    made = Reconciliation(provider=provider_name, payee=payee, day=day, rows=rows, digest=digest, at=at)
    return _kept(made, by)


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
    rows += [["missing_there", row.order, row.transaction, row.amount_vnd, row.payee] for row in gone]
    return _kept(Reconciliation(provider="card", payee=account, day=day, rows=rows, at=at), by)


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
        ours = replace(row, order=orders.get(row.order, row.order))
        here, booked = (row.payee, row.transaction), (ours.order.rpartition("-")[0], row.amount_vnd)
        what = "matched"
        if known.get(here) != booked or row.currency != VND:
            what = _taken_in(provider_name, ours, at)
            known |= {here: booked} if what in BOOKED else {}
        rows.append([what, ours.order, row.transaction, row.amount_vnd, row.payee])
    return rows


def _taken_in(provider_name: str, told: Confirmed, at: datetime) -> str:
    why = settle_known(provider_name, told, at=at)
    if not why:
        return "closed"
    booked = why in BESIDE and book_beside(provider_name, told, at=at)
    return "disputed" if why == "replayed" and not booked else WORDS.get(why, "disputed")


@transaction.atomic
def _kept(made: Reconciliation, by: Actor) -> Reconciliation:
    made.save(force_insert=True)
    counts = Counter(str(row[0]) for row in made.rows)
    fact = Reconciled(made.provider, made.day.isoformat(), dict(sorted(counts.items())))
    ledger.append(f"reconciliation:{made.id}", [fact], by=by, at=made.at, after=ledger.NOTHING)
    return made
