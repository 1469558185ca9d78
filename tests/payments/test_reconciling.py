"""A provider's statement beside our books: each difference has its name, and only what is sure is closed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import Forbidden
from motcua.base.models import Fact
from motcua.fees.rules import Line
from motcua.gateways.statements import slips
from motcua.gateways.transfers import memo, orders_in, plain
from motcua.payments import actions, queries
from motcua.payments.actions.paying import new_attempt
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, Reconciliation
from motcua.payments.ports import Confirmed
from tests.node import Node
from tests.payments.money import LINES, TOTAL, asked, bill, books, message, nobody

DAY = date(2026, 11, 10)
LOOKED_UP = 8  # a savepoint and its end among them


def paid(tried: Attempt, **changes: object) -> Confirmed:
    """The row of a statement that an order was paid."""
    told = Confirmed(tried.order, tried.amount_vnd, "VND", tried.payee, f"FT-{tried.order}")
    return replace(told, **changes)  # type: ignore[arg-type]


def test_every_difference_has_its_name_and_only_what_is_sure_is_closed(node: Node) -> None:
    matched, closed, short, stolen, gone = (
        asked(node, bill(node, f"matter-{number}"), f"key-{number}") for number in range(5)
    )
    for tried in (matched, gone):
        assert actions.confirm("sandbox", message(tried), at=node.noon) == ""
    strange = Confirmed("H99.101-26999999-01", 5_000, "VND", "H99.101", "FT-STRANGE")
    statement = [
        paid(matched), paid(closed), paid(short, amount_vnd=TOTAL - 1), paid(stolen, payee="H99.102"), strange,
    ]  # fmt: skip
    made = actions.reconcile("sandbox", DAY, statement, by=SYSTEM, at=node.noon)
    assert [row[:2] for row in made.rows] == [
        ["matched", matched.order], ["closed", closed.order], ["amount_differs", short.order],
        ["disputed", stolen.order], ["missing_here", strange.order], ["missing_there", gone.order],
    ]  # fmt: skip
    states = dict(Bill.objects.values_list("reference", "state"))
    assert states == {
        "matter-0": "paid",
        "matter-1": "paid",
        "matter-2": "open",
        "matter-3": "open",
        "matter-4": "paid",
    }
    assert Fact.objects.get(name="payments.reconciled").data["counts"] == {
        "amount_differs": 1, "closed": 1, "disputed": 1, "matched": 1, "missing_here": 1, "missing_there": 1,
    }  # fmt: skip
    assert [*check_books(), *check_paid_once()] == []


def test_a_statement_read_twice_changes_nothing_more(node: Node) -> None:
    tried = asked(node, bill(node))
    first = actions.reconcile("sandbox", DAY, [paid(tried)], by=SYSTEM, at=node.noon)
    before = books()
    second = actions.reconcile("sandbox", DAY, [paid(tried)], by=SYSTEM, at=node.noon)
    assert (first.rows[0][0], second.rows[0][0]) == ("closed", "matched")
    assert books() == before


def test_a_transfer_is_found_by_what_banks_leave_of_its_order(node: Node) -> None:
    tried = asked(node, bill(node))
    (named,) = orders_in(f"MBVCB.77.{memo(tried.order)}.CT tu 0123 toi 0456")
    made = actions.reconcile("sandbox", DAY, [paid(tried, order=named)], by=SYSTEM, at=node.noon)
    assert made.rows == [["closed", tried.order, f"FT-{tried.order}", TOTAL, "H99.101"]]
    assert Bill.objects.get().state == "paid"


def test_an_order_charged_twice_by_the_bank_is_told_and_booked_once(node: Node) -> None:
    tried = asked(node, bill(node))
    rows = [paid(tried), paid(tried, transaction="FT-AGAIN")]
    made = actions.reconcile("sandbox", DAY, rows, by=SYSTEM, at=node.noon)
    assert [row[0] for row in made.rows] == ["closed", "surplus"]
    assert [each.transaction for each in queries.surpluses(node.agency.id)] == ["FT-AGAIN"]
    assert [*check_books(), *check_paid_once()] == []


def test_a_clerk_reconciles_nothing(node: Node) -> None:
    tried = asked(node, bill(node))
    before = books()
    with pytest.raises(Forbidden):
        actions.reconcile("sandbox", DAY, [paid(tried)], by=node.clerk, at=node.noon)
    assert books() == before
    assert not Reconciliation.objects.exists()


def test_what_another_days_statement_told_of_is_not_missing_on_the_day_it_was_booked(node: Node) -> None:
    tried, gone = asked(node, bill(node)), asked(node, bill(node, "matter-2"), "key-2")
    assert actions.confirm("sandbox", message(gone), at=node.noon) == ""
    before = date(2026, 11, 9)
    assert actions.reconcile("sandbox", before, [paid(tried)], by=SYSTEM, at=node.noon).rows[0][0] == "closed"
    made = actions.reconcile("sandbox", DAY, [], by=SYSTEM, at=node.noon)
    assert made.rows == [["missing_there", gone.order, f"FT-{gone.order}", TOTAL, ""]]


NAMED = {
    "as it is": ("H99.101-26000001-01", "H99.101-26000001-01"),
    "with nothing but letters and digits left": ("H991012600000101", "H99.101-26000001-01"),
    "in small letters": ("h99.101-26000001-01", ""),
    "what two orders leave": ("H991012600000201", ""),
    "one of those two, as it is": ("H99.101-26000002-01", "H99.101-26000002-01"),
    "at another bank": ("H991012600000301", ""),
    "nobody's": ("H991012699999901", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", NAMED)
def test_an_order_is_found_as_it_is_or_as_banks_leave_it(node: Node, name: str) -> None:
    made = bill(node)
    for number, (order, way) in enumerate(
        [("H99.101-26000001-01", "sandbox"), ("H99.101-26000002-01", "sandbox"), ("H991.01-26000002-01", "sandbox"),
         ("H99.101-26000003-01", "other")]
    ):  # fmt: skip
        tried = new_attempt(made, way, "H99.101", f"key-{number}", "", node.noon)
        Attempt.objects.filter(pk=tried.pk).update(order=order, state="failed")
    told, ours = NAMED[name]
    assert queries.orders_named("sandbox", [told]) == ({told: ours} if ours else {})


def test_a_long_statement_is_looked_up_at_once(node: Node, django_assert_num_queries: Any) -> None:
    known = [asked(node, bill(node, f"matter-{number}"), f"key-{number}") for number in range(12)]
    rows = [paid(tried, order=plain(tried.order)) for tried in known]
    actions.reconcile("sandbox", DAY, rows, by=SYSTEM, at=node.noon)
    with django_assert_num_queries(LOOKED_UP):
        made = actions.reconcile("sandbox", DAY, rows[:1], by=SYSTEM, at=node.noon)
    assert [row[0] for row in made.rows] == ["matched", *["missing_there"] * 11]
    with django_assert_num_queries(LOOKED_UP):
        made = actions.reconcile("sandbox", DAY, rows, by=SYSTEM, at=node.noon)
    assert made.rows == [["matched", tried.order, f"FT-{tried.order}", TOTAL, "H99.101"] for tried in known]


TERMINAL = """slip,amount,time
0001,108000,10/11/2026 09:05
0002,107000,2026-11-10 09:10:00
0009,5000,10/11/2026 09:15
0003,108000,10/11/2026 16:59
0003,8000,10/11/2026 17:00
,8000,10/11/2026 09:00
0005,8.000,10/11/2026 09:00
0006,8000,9 giờ
0007,8000,09/11/2026 23:59
"""


def test_the_terminals_own_file_stands_beside_what_was_taken_by_card(node: Node) -> None:
    small = (Line("Lệ phí", "charge", 8_000),)
    taken = [("0001", LINES), ("0002", LINES), ("0003", small), ("0003", LINES), ("0004", LINES)]
    for number, (slip, lines) in enumerate(taken):
        actions.take(bill(node, f"matter-{number}", lines).id, "card", slip, by=node.reception, at=node.noon)
    actions.take(bill(node, "matter-9").id, "cash", by=node.reception, at=node.noon)
    before = books()
    read, wrong = slips(TERMINAL.encode(), DAY)
    assert [(each.line, each.why) for each in wrong] == [
        (7, "transaction"), (8, "amount"), (9, "time"), (10, "other_day"),
    ]  # fmt: skip
    made = actions.reconcile_card(DAY, read, by=node.reception, at=node.noon)
    orders = [f"H99.101-2600000{number}-01" for number in range(1, 6)]
    assert [row[:4] for row in made.rows] == [
        ["matched", orders[0], "0001", TOTAL],
        ["amount_differs", orders[1], "0002", TOTAL - 1_000],
        ["missing_here", "", "0009", 5_000],
        ["matched", orders[3], f"0003 ({orders[3]})", TOTAL],
        ["matched", orders[2], "0003", 8_000],
        ["missing_there", orders[4], "0004", TOTAL],
    ]
    assert books() == before
    assert [*check_books(), *check_paid_once()] == []


def test_a_terminals_file_is_about_the_own_drawer_alone(node: Node) -> None:
    actions.take(bill(node).id, "card", "0001", by=node.reception, at=node.noon)
    before = books()
    read, _wrong = slips(TERMINAL.encode()[:47], DAY)
    other = replace(node.reception, ref=f"officer:{nobody()}")
    assert actions.reconcile_card(DAY, read, by=other, at=node.noon).rows == [["missing_here", "", "0001", TOTAL, ""]]
    with pytest.raises(Forbidden):
        actions.reconcile_card(DAY, read, by=node.clerk, at=node.noon)
    assert Reconciliation.objects.count() == 1
    assert books() == before


def test_statements_of_two_payees_of_a_day_are_both_listed(node: Node) -> None:
    for payee in ("H99.101", "H99.102"):
        actions.reconcile("sandbox", DAY, [], payee=payee, by=SYSTEM, at=node.noon)
    assert sorted(row.payee for row in queries.reconciliations()) == ["H99.101", "H99.102"]
