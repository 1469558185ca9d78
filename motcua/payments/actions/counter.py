"""Cash and card at the counter, and the till that an officer closes once a day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, Refused
from motcua.base.ids import new_id
from motcua.base.worktime import local
from motcua.payments import rules
from motcua.payments.actions.books import held, hold, must_be_ours, must_wait_for_nothing, post
from motcua.payments.actions.confirming import settle
from motcua.payments.actions.paying import new_attempt
from motcua.payments.events import TillClosed
from motcua.payments.models import Attempt, Bill, Till
from motcua.payments.queries import balances
from motcua.payments.states import BILLS, COUNTER
from motcua.people.queries import with_predecessors


@transaction.atomic
def take(bill_id: UUID, method: str, slip: str = "", *, by: Actor, at: datetime) -> Bill:
    """Take the whole of a bill at the counter, in cash or by card (``slip``: the number on the terminal's paper).

    Raises `Forbidden`, `Refused` ``wrong_state``, ``till_closed``, ``payment_on_its_way``, ``slip_missing``.
    """
    bill = held(bill_id)
    BILLS.check("take", bill.state, by)
    must_be_ours(bill, by)
    _may_take(bill, method, slip, by, at)
    tried = new_attempt(bill, method, bill.agency.code, f"counter:{new_id()}", "", at)
    settle(bill, tried, _number(slip, tried), drawer(method, by.id, by.agency), by=by, at=at)
    return bill


def _number(slip: str, tried: Attempt) -> str:
    """The number on the slip; terminals count by themselves, so one that was seen before carries the order too."""
    if not Attempt.objects.filter(provider=tried.provider, transaction=slip).exists():
        return slip or tried.order
    return f"{slip} ({tried.order})" if slip else tried.order


def _may_take(bill: Bill, method: str, slip: str, by: Actor, at: datetime) -> None:
    if method not in COUNTER:
        raise Invalid("payment_method_unknown", method=method)
    if method == "card" and not slip:
        raise Refused("slip_missing")
    must_wait_for_nothing(bill)
    _hold_till(by, local(at).date())


def _hold_till(by: Actor, day: date) -> None:
    """One till, one act at a time: nothing is taken while it is being closed, and nothing after."""
    hold(f"till:{by.id}:{by.agency}")
    if Till.objects.filter(officer=by.id, agency=by.agency, day=day).exists():
        raise Refused("till_closed")


def drawer(method: str, officer: str, agency: str) -> str:
    """The account of what one officer took at one agency."""
    return f"{method}:{officer}:{agency}"


def drawers(by: Actor) -> dict[str, dict[str, int]]:
    """What an officer has to hand in at this agency, also of what it took over: cash and card → account → đồng.

    One query, and one for each storey of predecessors.
    """
    places = [str(each) for each in with_predecessors(by.agency)]
    accounts = {method: [drawer(method, by.id, place) for place in places] for method in COUNTER}
    there = balances([each for some in accounts.values() for each in some])
    return {method: {each: there.get(each, 0) for each in some} for method, some in accounts.items()}


@transaction.atomic
def close_till(counted_vnd: int, *, by: Actor, at: datetime) -> Till:
    """Count the till and hand it in: cash as counted, card as the books have it; a difference is booked by name.

    Raises `Forbidden`, `Invalid` ``amount_malformed``, `Refused` ``till_closed``.
    """
    by.must_have({"reception"})
    if counted_vnd < 0:
        raise Invalid("amount_malformed", amount=counted_vnd)
    day = local(at).date()
    _hold_till(by, day)
    own = drawers(by)
    expected, by_card = (sum(own[method].values()) for method in ("cash", "card"))
    till = Till.objects.create(
        officer=by.id,
        agency_id=by.agency,
        day=day,
        expected_vnd=expected,
        counted_vnd=counted_vnd,
        closed_at=at,
    )
    post(None, rules.handed_in(own["cash"], counted_vnd), at=at)
    post(None, rules.handed_in(own["card"], by_card), at=at)
    told = TillClosed(by.id, day.isoformat(), expected, counted_vnd, by.agency)
    ledger.append(f"till:{till.id}", [told], by=by, at=at, after=ledger.NOTHING)
    return till
