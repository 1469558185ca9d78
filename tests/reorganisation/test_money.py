"""Money when agencies merge, and when that is undone, or a dossier goes to another agency: the books balance."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import Forbidden
from motcua.charging.queries import refunds_due
from motcua.dossiers import actions as dossiers
from motcua.payments import actions, queries
from motcua.payments.checks import check_books, check_paid_once, check_totals
from motcua.payments.models import Attempt, Bill
from motcua.people.models import Agency
from motcua.reorganisation import actions as reorganising
from tests.charging.costly import CHARGE
from tests.node import Node, officer
from tests.payments.money import TOTAL, asked, banks, bill, message
from tests.reorganisation.test_reorganising import HOUR, done, merging
from tests.stories.test_fees import Life


@pytest.fixture(autouse=True)
def _known_banks() -> Iterator[None]:
    with banks():
        yield


def sound() -> list[str]:
    return [*check_books(), *check_paid_once(), *check_totals()]


def places() -> dict[str, str]:
    return dict(Bill.objects.values_list("reference", "agency__code"))


class Merging:
    """A ward with every kind of bill and a till that is not closed, on the day it goes into another one."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.unpaid, self.waiting = bill(node, "unpaid"), asked(node, bill(node, "waiting"), "key-w")
        paid, over = bill(node, "paid"), asked(node, bill(node, "over"), "key-o")
        actions.abandon(over.id, by=node.mother, at=node.noon)
        for each in (paid, over.bill):
            actions.take(each.id, "cash", by=node.reception, at=node.noon)
        actions.confirm("sandbox", message(over), at=node.noon)
        self.over, self.paid = over, queries.paying(paid)
        self.before = places()
        self.row = done(merging(), node)
        self.new = Agency.objects.get(code="H99.201")

    def at(self, login: str) -> Any:
        return officer(login, self.new)


def test_open_bills_go_along_and_the_till_is_closed_where_the_cashier_is_now(node: Node) -> None:
    life = Merging(node)
    assert places() == {"unpaid": "H99.201", "waiting": "H99.201", "paid": "H99.101", "over": "H99.101"}
    cashier, leader, later = life.at("tiepnhan.hoasen"), life.at("chutich.hoasen"), node.noon + 2 * HOUR
    assert actions.confirm("sandbox", message(life.waiting), at=later) == ""
    actions.take(life.unpaid.id, "cash", by=cashier, at=later)
    till = actions.close_till(3 * TOTAL, by=cashier, at=later)
    assert (till.expected_vnd, till.agency.code) == (3 * TOTAL, "H99.201")
    kept = {name: vnd for name, vnd in queries.balances().items() if name.startswith(("cash:", "till", "treasury"))}
    assert {name: vnd for name, vnd in kept.items() if vnd} == {"treasury": 3 * TOTAL}
    assert [each.id for each in queries.surpluses(life.new.id)] == [life.over.id]
    for tried in (life.over, life.paid):
        actions.ask_refund(tried.id, "Nộp thừa", by=leader, at=later)
    assert Attempt.objects.filter(state="refunding").count() == 2
    assert sound() == []


def test_a_ward_that_took_nobody_over_touches_nothing_of_it(node: Node) -> None:
    life = Merging(node)
    stranger = officer("chutich.hoasen", life.new)
    elsewhere = type(stranger)(stranger.ref, stranger.name, stranger.roles, str(Agency.objects.get(code="H99").id))
    with pytest.raises(Forbidden, match="wrong_agency"):
        actions.ask_refund(life.paid.id, "Nhầm", by=elsewhere, at=node.noon)
    assert Attempt.objects.get(pk=life.paid.id).state == "paid"


def test_undone_every_bill_is_where_it_was_and_the_till_is_closed_there(node: Node) -> None:
    life = Merging(node)
    later = node.noon + 3 * HOUR
    reorganising.undo(life.row, "Nhầm ngày", by=SYSTEM, at=later)
    assert places() == life.before
    assert actions.confirm("sandbox", message(life.waiting), at=later) == ""
    cashier = officer("tiepnhan.hoasen", node.agency)
    actions.take(life.unpaid.id, "cash", by=cashier, at=later)
    assert actions.close_till(3 * TOTAL, by=cashier, at=later).expected_vnd == 3 * TOTAL
    assert sound() == []


def test_what_was_taken_before_it_is_undone_is_handed_in_afterwards(node: Node) -> None:
    life = Merging(node)
    later = node.noon + 2 * HOUR
    actions.take(life.unpaid.id, "cash", by=life.at("tiepnhan.hoasen"), at=later)
    reorganising.undo(life.row, "Nhầm ngày", by=SYSTEM, at=later)
    cashier = officer("tiepnhan.hoasen", node.agency)
    assert actions.close_till(3 * TOTAL, by=cashier, at=later).expected_vnd == 3 * TOTAL
    assert sound() == []


def test_an_open_bill_goes_where_its_dossier_goes(committed_node: Node, tmp_path: Path) -> None:
    node = committed_node
    life = Life(node, tmp_path, CHARGE).received()
    other = Agency.objects.get(code="H99.102")
    dossiers.transfer(life.dossier.id, other, "Đúng địa bàn", by=node.approver, at=life.later)
    life.read()
    assert life.bill.agency == other
    with pytest.raises(Forbidden, match="wrong_agency"):
        actions.take(life.bill.id, "cash", by=node.reception, at=life.later)
    assert life.bill.state == "open"
    there = type(node.reception)(node.stranger.ref, "", frozenset({"head", "reception"}), str(other.id))
    actions.waive(life.bill.id, "Người có công", by=there, at=life.later)
    assert refunds_due(other.id) == []
    assert life.unsound() == {}
