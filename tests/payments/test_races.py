"""Many at once: one is counted, the others are refused, and the books balance."""

import time

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.ids import new_id
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.payments import actions, outside, queries
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, Entry, RefusedConfirmation
from motcua.payments.ports import Order, Providers, Unreachable
from tests.crowd import together
from tests.node import Node
from tests.payments.money import TOTAL, asked, bill, books, message


def test_two_confirmations_at_once_count_once(committed_node: Node) -> None:
    tried = asked(committed_node, bill(committed_node))
    raw = message(tried)
    told = together(*[lambda: actions.confirm("sandbox", raw, at=committed_node.noon)] * 4)
    assert sorted(told) == ["", "replayed", "replayed", "replayed"]
    entries, bills, tries, tills, numbers = books()
    assert sorted((account, debit - credit) for _id, _number, _bill, account, debit, credit in entries) == [
        ("due", -TOTAL), ("due", TOTAL), ("money:sandbox", TOTAL), ("revenue:charge", -8_000), ("revenue:fee", -100_000),
    ]  # fmt: skip
    assert [row[2:5] for row in bills] == [("paid", TOTAL, "0000001/2026/BL-H99.101")]
    assert [row[3:5] for row in tries] == [("paid", f"FT-{tried.order}")]
    assert (tills, [value for _key, value in numbers]) == ([], [1, 1])
    assert queries.balance("money:sandbox") == TOTAL
    assert RefusedConfirmation.objects.count() == 3
    assert list(check_books()) == list(check_paid_once()) == []


def test_two_attempts_confirmed_at_once_pay_once_and_owe_once(committed_node: Node) -> None:
    made = bill(committed_node)
    first, second = message(asked(committed_node, made)), message(asked(committed_node, made, "key-2"))
    told = together(
        lambda: actions.confirm("sandbox", first, at=committed_node.noon),
        lambda: actions.confirm("sandbox", second, at=committed_node.noon),
    )
    assert told == ["", ""]
    assert sorted(Attempt.objects.values_list("state", flat=True)) == ["paid", "surplus"]
    assert (queries.balance("money:sandbox"), queries.balance("owed")) == (2 * TOTAL, -TOTAL)
    assert list(check_books()) == list(check_paid_once()) == []


def test_the_same_key_sent_twice_at_once_is_one_attempt(committed_node: Node) -> None:
    made = bill(committed_node)
    told = together(*[lambda: asked(committed_node, made).id] * 3)
    assert len(set(told)) == Attempt.objects.count() == 1


class SlowBank(SandboxBank):
    """Answers after a while, and knows how often it was told."""

    def __init__(self, *, there: bool = True) -> None:
        super().__init__("http://127.0.0.1:9", "x")
        self.told: list[str] = []
        self.there = there

    def create(self, order: Order) -> dict[str, str]:
        assert not connection.in_atomic_block
        self.told.append(order.order)
        time.sleep(0.3)
        if not self.there:
            raise Unreachable("slow")
        return {"redirect": f"https://bank.test/{len(self.told)}"}


@pytest.mark.parametrize(("there", "state"), [(True, "asked"), (False, "unknown")])
def test_a_payment_begun_twice_at_once_is_told_to_the_bank_once(
    committed_node: Node, known_banks: Providers, there: bool, state: str
) -> None:
    known_banks["sandbox"] = bank = SlowBank(there=there)
    made, who, noon = bill(committed_node).id, committed_node.mother, committed_node.noon
    told = together(*[lambda: outside.begin(made, "sandbox", "key-1", by=who, at=noon)] * 3)
    answer = {"redirect": "https://bank.test/1"} if there else {}
    assert [(tried.state, tried.answer) for tried in told] == [(state, answer)] * 3
    assert bank.told == [Attempt.objects.get().order]


def test_cash_at_the_counter_and_the_bank_at_once_pay_once(committed_node: Node) -> None:
    made = bill(committed_node)
    tried = asked(committed_node, made)
    actions.confirm("sandbox", message(tried, state="declined"), at=committed_node.noon)
    raw = message(tried)
    told = together(
        lambda: actions.confirm("sandbox", raw, at=committed_node.noon),
        lambda: actions.take(made.id, "cash", by=committed_node.reception, at=committed_node.noon).state,
    )
    assert told in (["", "paid"], ["", "wrong_state"])
    assert Bill.objects.get().state == "paid"
    assert list(check_books()) == list(check_paid_once()) == []


def test_an_unbalanced_transaction_does_not_survive_its_commit(committed_node: Node) -> None:
    made = bill(committed_node)
    with pytest.raises(IntegrityError, match="off balance by 7"), transaction.atomic():
        Entry.objects.create(transaction=new_id(), bill=made, account="due", debit_vnd=7, at=committed_node.noon)
    assert queries.balance("due") == TOTAL


def test_one_transfer_told_of_two_orders_at_once_pays_one(committed_node: Node) -> None:
    first, second = (
        message(asked(committed_node, bill(committed_node, f"matter-{n}"), f"key-{n}"), transaction="FT-1")
        for n in range(2)
    )
    told = together(
        lambda: actions.confirm("sandbox", first, at=committed_node.noon),
        lambda: actions.confirm("sandbox", second, at=committed_node.noon),
    )
    assert sorted(told) == ["", "transaction_of_another_order"]
    assert queries.balance("money:sandbox") == TOTAL
    assert RefusedConfirmation.objects.count() == 1
    assert list(check_books()) == list(check_paid_once()) == []


def test_one_key_for_two_bills_at_once_begins_one_payment(committed_node: Node) -> None:
    first, second = bill(committed_node), bill(committed_node, "matter-2")
    told = together(lambda: asked(committed_node, first).state, lambda: asked(committed_node, second).state)
    assert sorted(told) == ["asked", "key_reused"]
    assert Attempt.objects.count() == 1
