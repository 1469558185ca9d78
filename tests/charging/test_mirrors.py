"""Every row of the books stands beside the fact that made it: whoever writes the tables past the verbs is named."""

from datetime import date

import pytest
from django.db import connection

from motcua.base.actor import SYSTEM
from motcua.base.ids import new_id
from motcua.base.models import Cursor, Fact, ParkedFact
from motcua.charging import checks
from motcua.payments import actions
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Bill
from tests.charging.costly import unsound
from tests.node import Node
from tests.payments.conftest import known_banks as known_banks
from tests.payments.money import TOTAL, asked, bill, message


def past_the_verbs(*statements: str) -> None:
    """Write to the database as one could who has it: no trigger, no constraint, no fact."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount > 0, statement
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def money(node: Node) -> Node:
    """Paid by the bank, in cash, open, paid twice, refunded; a till, a comparison."""
    actions.confirm("sandbox", message(asked(node, bill(node, "m1"), "k1")), at=node.noon)
    actions.take(bill(node, "m2").id, "cash", by=node.reception, at=node.noon)
    asked(node, bill(node, "m3"), "k3")
    twice = bill(node, "m4")
    late = asked(node, twice, "k4")
    actions.abandon(late.id, by=node.mother, at=node.noon)
    actions.take(twice.id, "cash", by=node.reception, at=node.noon)
    actions.confirm("sandbox", message(late), at=node.noon)
    back = asked(node, bill(node, "m5"), "k5")
    actions.confirm("sandbox", message(back), at=node.noon)
    actions.ask_refund(back.id, "Thu nhầm", by=node.approver, at=node.noon)
    actions.refunded(back.id, "R1", by=SYSTEM, at=node.noon)
    actions.cancel(bill(node, "m6").id, "Lập nhầm", by=node.approver, at=node.noon)
    actions.close_till(2 * TOTAL - 1000, by=node.reception, at=node.noon)
    actions.reconcile("sandbox", date(2026, 11, 10), [], by=SYSTEM, at=node.noon)
    assert list(checks.check_facts()) == []
    return node


def of(table: str, reference: str) -> str:
    return (
        f"DELETE FROM payments_{table} WHERE bill_id = (SELECT id FROM payments_bill WHERE reference = '{reference}')"
    )


BILL = "UPDATE payments_bill SET {} WHERE reference = 'm1'"
TRIED = "UPDATE payments_attempt SET {} WHERE bill_id = (SELECT id FROM payments_bill WHERE reference = 'm1')"
OWED = "SELECT transaction FROM payments_entry WHERE account = 'owed'"
BROKEN = {
    "a bill, its attempt and its entries are gone": (
        (of("entry", "m1"), of("attempt", "m1"), "DELETE FROM payments_bill WHERE reference = 'm1'"),
        ["bill", "attempt", "money in"],
    ),
    "an attempt is gone": ((of("attempt", "m3"),), ["attempt"]),
    "the entries of a surplus": ((f"DELETE FROM payments_entry WHERE transaction IN ({OWED})",), ["money in"]),
    "a surplus as failed": (
        ("UPDATE payments_attempt SET state = 'failed', surplus = false WHERE state = 'surplus'",), ["attempt"],
    ),
    "a surplus as refunded": (
        ("UPDATE payments_attempt SET state = 'refunded' WHERE state = 'surplus'",), ["attempt"],
    ),
    "what was refunded is paid again": (
        ("UPDATE payments_attempt SET state = 'paid' WHERE state = 'refunded'",), ["attempt"],
    ),
    "the amount of an attempt": ((TRIED.format("amount_vnd = 1"),), ["attempt"]),
    "the transaction of an attempt": ((TRIED.format("transaction = 'other'"),), ["attempt"]),
    "an attempt of another bill": (
        (TRIED.format("bill_id = (SELECT id FROM payments_bill WHERE reference = 'm6')"),), ["attempt"],
    ),
    "a receipt": ((BILL.format("receipt = '7777777/2026/BL-X'"),), ["bill"]),
    "whose bill it is": ((BILL.format("reference = 'm9'"),), ["bill"]),
    "the number of a bill": ((BILL.format("number = 'X'"),), ["bill"]),
    "the total of a bill": ((BILL.format("total_vnd = 1"),), ["bill"]),
    "a cancelled bill is asked again": (
        ("UPDATE payments_bill SET state = 'open' WHERE reference = 'm6'",), ["bill"],
    ),
    "cash in another officer's drawer": (
        ("UPDATE payments_entry SET account = 'cash:nobody:there' WHERE account LIKE 'cash:%' AND debit_vnd > 0",),
        ["money in"] * 4,
    ),
    "money at another provider": (
        ("UPDATE payments_entry SET account = 'money:other' WHERE account = 'money:sandbox' AND debit_vnd > 0",),
        ["money in"] * 6,
    ),
    "money that did not go back": (
        ("UPDATE payments_entry SET account = 'money:other' WHERE account = 'money:sandbox' AND credit_vnd > 0",),
        ["money back"] * 2,
    ),
    "what was counted": (("UPDATE payments_till SET counted_vnd = 1",), ["till"]),
    "a till is gone": (("DELETE FROM payments_till",), ["till"]),
    "the entries of a till": (("DELETE FROM payments_entry WHERE bill_id IS NULL",), ["handed in"]),
    "a comparison is gone": (("DELETE FROM payments_reconciliation",), ["reconciliation"]),
    "the rows of a comparison": (("UPDATE payments_reconciliation SET rows = '[]'",), ["reconciliation"]),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_what_was_written_past_the_verbs_is_named(money: Node, broken: str) -> None:
    statements, named = BROKEN[broken]
    past_the_verbs(*statements)
    found = [
        each.what for said in checks.check_facts() for each in checks.MIRRORS if said.startswith(f"{each.what} ")
    ]
    assert found == named


def test_a_fact_that_a_subscriber_went_past_is_named(node: Node) -> None:
    owed = bill(node)
    fact = Fact.objects.get(name="payments.bill_made")
    ParkedFact.objects.create(cursor=Cursor.objects.create(name="a.reader"), fact=fact, error="ValueError: no")
    assert unsound() == {
        "base.check_parked": [
            f"a.reader went past fact {fact.id} ({owed.stream}#1 payments.bill_made): ValueError: no"
        ]
    }


def test_a_payment_that_did_not_happen_is_named(money: Node) -> None:
    owed, number = Bill.objects.get(reference="m3"), new_id()
    entry = "INSERT INTO payments_entry (id, transaction, bill_id, account, debit_vnd, credit_vnd, at) VALUES"
    past_the_verbs(
        f"UPDATE payments_bill SET state = 'paid', receipt = '9', paid_at = now() WHERE id = '{owed.id}'",
        f"UPDATE payments_attempt SET state = 'paid', transaction = 'FT-9' WHERE bill_id = '{owed.id}'",
        f"{entry} ('{new_id()}', '{number}', '{owed.id}', 'money:sandbox', {TOTAL}, 0, now())",
        f"{entry} ('{new_id()}', '{number}', '{owed.id}', 'due', 0, {TOTAL}, now())",
    )
    assert list(check_books()) == list(check_paid_once()) == []
    order = owed.attempts.get().order
    assert list(checks.check_facts()) == [
        f"bill bill:{owed.id}: state is 'paid', its facts say 'open'",
        f"attempt {order}: state is 'paid', its facts say 'asked'",
        f"money in bill:{owed.id} money:sandbox: no fact tells of it",
    ]
