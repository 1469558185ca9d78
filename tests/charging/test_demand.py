"""A fee that is asked for in the middle: a bill, a clock that stands, and nobody who types that it was paid."""

from datetime import timedelta

import pytest

from motcua import wiring
from motcua.base.actor import SYSTEM
from motcua.base.cursors import run_until_read
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.charging import actions, queries
from motcua.charging.checks import check_ended, check_waits
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Standing
from motcua.payments import actions as payments
from motcua.payments.actions.billing import Owed
from motcua.payments.models import Bill
from tests.charging.costly import unsound
from tests.node import Node

HOUR = timedelta(hours=1)


def state_of(dossier: Dossier) -> str:
    return Standing.objects.get(pk=dossier.pk).state


def test_what_is_asked_for_in_the_middle_is_a_bill_and_the_clock_stands(node: Node) -> None:
    dossier = node.received().dossier
    standing = actions.ask_payment(dossier.id, 8_000, "Phí bản sao", "charge", by=node.clerk, at=node.noon + HOUR)
    assert (standing.state, standing.paused_at) == ("paying", node.noon + HOUR)
    (bill,) = queries.bills_of(dossier)
    assert (bill.purpose, bill.total_vnd, bill.told_lines[0].kind) == ("final", 8_000, "charge")
    with pytest.raises(Refused, match="wrong_state"):
        actions.ask_payment(dossier.id, 9_000, "Lần nữa", by=node.clerk, at=node.noon + HOUR)
    assert queries.owed(dossier.stream) == 8_000


@pytest.mark.parametrize(
    ("who", "amount", "reason", "kind", "refusal"),
    [
        ("clerk", 0, "Phí", "fee", Invalid),
        ("clerk", 10**13, "Phí", "fee", Invalid),
        ("clerk", 8_000, "  ", "fee", Invalid),
        ("clerk", 8_000, "Phí", "tax", Invalid),
        ("approver", 8_000, "Phí", "fee", Forbidden),
        ("mother", 8_000, "Phí", "fee", Forbidden),
        ("stranger", 8_000, "Phí", "fee", NotFound),
    ],
)
def test_a_demand_that_may_not_be_makes_no_bill(
    node: Node, who: str, amount: int, reason: str, kind: str, refusal: type[Exception]
) -> None:
    dossier = node.received().dossier
    with pytest.raises(refusal):
        actions.ask_payment(dossier.id, amount, reason, kind, by=getattr(node, who), at=node.noon + HOUR)
    assert not Bill.objects.exists()
    assert state_of(dossier) == "received"


def test_nobody_says_that_it_was_paid_but_the_money(node: Node) -> None:
    dossier = node.received().dossier
    node.demanded(dossier, 8_000, "Phí bản sao", node.noon + HOUR)
    (bill,) = queries.bills_of(dossier)
    for who in (node.reception, node.approver, node.clerk):
        with pytest.raises(Forbidden):
            actions.confirm_payment(bill, by=who, at=node.noon + 2 * HOUR)
    with pytest.raises(Refused, match="fee_not_paid"):
        actions.confirm_payment(bill, by=SYSTEM, at=node.noon + 2 * HOUR)
    assert state_of(dossier) == "paying"


def test_the_advance_does_not_answer_a_demand(node: Node) -> None:
    dossier = node.received().dossier
    node.demanded(dossier, 8_000, "Phí bản sao", node.noon + HOUR)
    owed = payments.make_bill(
        Owed(dossier.stream, node.agency.id, "advance", queries.bills_of(dossier)[0].told_lines),
        by=SYSTEM,
        at=node.noon,
    )
    paid = payments.take(owed.id, "cash", by=node.reception, at=node.noon + HOUR)
    with pytest.raises(Refused, match="fee_not_paid"):
        actions.confirm_payment(paid, by=SYSTEM, at=node.noon + 2 * HOUR)
    assert state_of(dossier) == "paying"


@pytest.mark.parametrize("way", ["take", "waive", "cancel"])
def test_money_a_waiver_or_a_withdrawn_demand_start_the_clock_again(committed_node: Node, way: str) -> None:
    node = committed_node
    standing = node.received()
    promised = standing.due_at
    dossier = standing.dossier
    node.demanded(dossier, 8_000, "Phí bản sao", node.noon + HOUR)
    (bill,) = queries.bills_of(dossier)
    at = node.noon + 2 * HOUR
    {
        "take": lambda: payments.take(bill.id, "cash", by=node.reception, at=at),
        "waive": lambda: payments.waive(bill.id, "Hộ nghèo", by=node.approver, at=at),
        "cancel": lambda: payments.cancel(bill.id, "Ghi nhầm", by=node.reception, at=at),
    }[way]()
    assert state_of(dossier) == "paying"
    run_until_read(wiring.SUBSCRIBERS)
    now = Standing.objects.get(pk=dossier.pk)
    assert (now.state, now.paused_at) == ("processing", None)
    assert promised is not None
    assert now.due_at is not None
    assert now.due_at > promised  # the working hour that was waited is added
    node.demanded(dossier, 9_000, "Phí đo đạc", at)
    assert [each.total_vnd for each in queries.bills_of(dossier)] == [8_000, 9_000]
    run_until_read(wiring.SUBSCRIBERS)
    assert unsound() == {}


def test_who_withdraws_while_he_should_pay_owes_nothing(committed_node: Node) -> None:
    node = committed_node
    dossier = node.received().dossier
    node.demanded(dossier, 8_000, "Phí bản sao", node.noon + HOUR)
    dossiers.withdraw(dossier.id, "Đổi ý", by=node.mother, at=node.noon + 2 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert [bill.state for bill in queries.bills_of(dossier)] == ["cancelled"]
    assert state_of(dossier) == "withdrawn"
    assert queries.refunds_due(node.agency.id) == []
    assert unsound() == {}


def test_the_check_names_who_waits_for_nothing_and_what_asks_for_nobody(node: Node) -> None:
    waiting, ended = (node.received().dossier for _ in range(2))
    for dossier in (waiting, ended):
        node.demanded(dossier, 8_000, "Phí bản sao", node.noon + HOUR)
    assert [*check_waits(), *check_ended()] == []
    dossiers.withdraw(ended.id, "Đổi ý", by=node.mother, at=node.noon + HOUR)
    (bill,) = queries.bills_of(ended)
    assert [*check_ended()] == [f"{ended.code}: ended, and bill {bill.number} is open"]
    Bill.objects.filter(reference=waiting.stream).update(state="waived")
    assert [*check_waits()] == [f"{waiting.code}: waits for money that no bill asks for"]
