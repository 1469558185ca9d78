"""Asking a bank that is silent, that speaks of something else, or that never answers."""

import json
from datetime import timedelta

import pytest

from motcua.base.errors import Forbidden, Refused
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.payments import actions, jobs, outside
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, RefusedConfirmation
from motcua.payments.ports import Confirmed, Order, Providers, Unreachable
from tests.node import Node
from tests.payments.money import SECRET, TOTAL, asked, bill, books, message

DAY = timedelta(days=1)


class Teller(SandboxBank):
    """A bank that says what the test has it say, and keeps what it was asked about."""

    def __init__(self, says: Confirmed | str | None) -> None:
        super().__init__("http://127.0.0.1:9", SECRET)
        self.says, self.heard = says, list[str]()

    def ask(self, order: Order) -> Confirmed | None:
        self.heard.append(order.order)
        if isinstance(self.says, str):
            raise Unreachable(self.says)
        return self.says


def test_a_silent_bank_is_asked_once_a_run_and_the_others_go_on(committed_node: Node, known_banks: Providers) -> None:
    node, silent, there = committed_node, Teller("down"), Teller(None)
    known_banks.update(sandbox=silent, other=there)
    for name in ("sandbox", "other"):
        for number in range(3):
            actions.ask(bill(node, f"{name}-{number}").id, name, f"{name}-{number}", by=node.mother, at=node.noon)
    at = node.noon + timedelta(minutes=2)
    assert jobs.ask_again(at) == 0
    assert (len(silent.heard), len(there.heard)) == (1, 3)
    assert sorted(Attempt.objects.filter(provider="sandbox").values_list("state", flat=True)) == [
        "asked", "asked", "unknown"
    ]  # fmt: skip
    for _ in range(2):
        jobs.ask_again(at)
    assert (len(set(silent.heard)), len(there.heard)) == (3, 3)  # nobody is forgotten


def test_what_a_bank_says_of_another_order_counts_for_neither(committed_node: Node, known_banks: Providers) -> None:
    node = committed_node
    one, two = asked(node, bill(node)), asked(node, bill(node, "matter-2"), "key-2")
    known_banks["sandbox"] = Teller(Confirmed(two.order, TOTAL, "VND", two.payee, "FT-1"))
    assert outside.learn(one.id, at=node.noon) is False
    assert [each.state for each in Bill.objects.all()] == ["open", "open"]
    assert [each.state for each in Attempt.objects.order_by("asked_at", "order")] == ["unknown", "asked"]


def test_a_way_to_pay_that_is_there_no_more_leaves_the_outcome_unknown(
    committed_node: Node, known_banks: Providers
) -> None:
    tried = asked(committed_node, bill(committed_node))
    del known_banks["sandbox"]
    assert jobs.ask_again(committed_node.noon + DAY) == 0
    tried.refresh_from_db()
    assert (tried.state, tried.asked_again) == ("unknown", 1)


def test_half_a_character_is_refused_like_any_other_rubbish(node: Node) -> None:
    before = books()
    raw = json.dumps({"order": "\ud800", "note": "\ud800"}).encode()
    assert actions.confirm("sandbox", raw, at=node.noon) == "malformed"
    assert RefusedConfirmation.objects.get().raw == '{"order": "?", "note": "?"}'
    assert books() == before


def test_after_three_days_a_head_says_that_no_money_moved_and_the_counter_may_take_it(
    committed_node: Node, known_banks: Providers
) -> None:
    node = committed_node
    owed, since = bill(node), node.noon + DAY
    known_banks["sandbox"] = Teller("down")
    tried = asked(node, owed)
    outside.learn(tried.id, at=since)
    before = books()
    refused = (
        (node.approver, "Ngân hàng báo chưa trừ", since + 2 * DAY, "payment_may_come"),
        (node.approver, " ", since + 3 * DAY, "reason_missing"),
        (node.reception, "Chưa trừ", since + 3 * DAY, "may_not"),
        (node.mother, "Chưa trừ", since + 3 * DAY, "may_not"),
    )
    for who, why, at, code in refused:
        with pytest.raises((Refused, Forbidden)) as no:
            actions.give_up(tried.id, why, by=who, at=at)
        assert code in {no.value.code, "may_not"}
    assert books() == before
    actions.give_up(tried.id, "Ngân hàng báo chưa trừ", by=node.approver, at=since + 3 * DAY)
    assert Attempt.objects.get().state == "failed"
    actions.take(owed.id, "cash", by=node.reception, at=since + 3 * DAY)
    assert actions.confirm("sandbox", message(tried), at=since + 4 * DAY) == ""
    tried.refresh_from_db()
    assert (tried.state, Bill.objects.get().state) == ("surplus", "paid")
    assert [*check_books(), *check_paid_once()] == []


def test_what_is_only_waited_for_nobody_gives_up(node: Node) -> None:
    tried = asked(node, bill(node))
    with pytest.raises(Refused, match="wrong_state"):
        actions.give_up(tried.id, "Chưa trừ", by=node.approver, at=node.noon + 9 * DAY)
