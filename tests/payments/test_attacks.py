"""Ways to make the house believe in money that did not come: each is refused, told, and leaves the books unchanged."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.ledger import facts_of
from motcua.base.models import Fact
from motcua.gateways.sealing import seal
from motcua.payments import actions, queries
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, RefusedConfirmation
from motcua.payments.states import FEW, MORE
from tests.node import Node
from tests.payments.money import SECRET, TOTAL, altered, asked, bill, books, message

Attack = Callable[[Attempt], bytes]


def unsealed(tried: Attempt) -> bytes:
    said = json.loads(message(tried))
    del said["signature"]
    return json.dumps(said).encode()


ATTACKS: dict[str, tuple[Attack, str]] = {
    "wrong checksum": (lambda tried: altered(message(tried), signature="0" * 64), "wrong_signature"),
    "sealed with another secret": (lambda tried: message(tried, "guessed"), "wrong_signature"),
    "no checksum": (unsealed, "malformed"),
    "declined made a success": (lambda t: altered(message(t, state="declined"), state="paid"), "wrong_signature"),
    "short amount, changed on the way": (lambda tried: altered(message(tried), amount=1_000), "wrong_signature"),
    "short amount, truly sealed": (lambda tried: message(tried, amount=TOTAL - 1), "amount_differs"),
    "too much, truly sealed": (lambda tried: message(tried, amount=TOTAL + 1), "amount_differs"),
    "nothing": (lambda tried: message(tried, amount=0), "amount_differs"),
    "below nothing": (lambda tried: message(tried, amount=-TOTAL), "amount_differs"),
    "amount as a fraction": (lambda tried: message(tried, amount=108_000.0), "malformed"),
    "amount as a text": (lambda tried: message(tried, amount="108000"), "malformed"),
    "amount as yes": (lambda tried: message(tried, amount=True), "malformed"),
    "another order, changed on the way": (lambda t: altered(message(t), order="H99.101-26000002-01"), "wrong_signature"),
    "an order nobody made": (lambda tried: message(tried, order="H99.101-26999999-01"), "order_unknown"),
    "another tenant, truly sealed for it": (lambda tried: message(tried, payee="H99.102"), "other_payee"),
    "another tenant, changed on the way": (
        lambda tried: altered(message(tried, payee="H99.102"), payee="H99.101"), "wrong_signature",
    ),
    "another currency": (lambda tried: message(tried, currency="USD"), "other_currency"),
    "currency in small letters": (lambda tried: message(tried, currency="vnd"), "other_currency"),
    "no transaction": (lambda tried: message(tried, transaction=""), "transaction_missing"),
    "empty": (lambda tried: b"", "malformed"),
    "not JSON": (lambda tried: b"<xml/>", "malformed"),
    "a list": (lambda tried: b"[1]", "malformed"),
    "nested to death": (lambda tried: b"[" * 19_000, "malformed"),
    "too long": (lambda tried: message(tried, transaction="9" * 30_000), "malformed"),
    "not UTF-8": (lambda tried: b"\xff\xfe{}", "malformed"),
    "a zero byte": (lambda tried: message(tried, transaction="a\x00b"), "malformed"),
    "a state nobody knows": (lambda tried: message(tried, state="PAID"), "malformed"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_leaves_the_books_unchanged(node: Node, name: str) -> None:
    attack, why = ATTACKS[name]
    tried = asked(node, bill(node))
    before, facts = books(), len(facts_of(tried.bill.stream))
    raw = attack(tried)
    assert actions.confirm("sandbox", raw, at=node.noon) == why
    assert books() == before
    assert len(facts_of(tried.bill.stream)) == facts
    row = RefusedConfirmation.objects.get()
    assert (row.provider, row.why) == ("sandbox", why)
    told = Fact.objects.get(name="payments.confirmation_refused")
    assert told.stream == f"confirmation:{row.id}" and told.data["why"] == why
    assert list(check_books()) == []


def test_the_same_message_untouched_counts(node: Node) -> None:
    tried = asked(node, bill(node))
    assert actions.confirm("sandbox", message(tried), at=node.noon) == ""
    paid = Bill.objects.get()
    assert (paid.state, paid.receipt, paid.paid_at) == ("paid", "0000001/2026/BL-H99.101", node.noon)
    assert queries.balances() == {
        "due": 0, "money:sandbox": TOTAL, "revenue:charge": -8_000, "revenue:fee": -100_000,
    }  # fmt: skip
    assert [fact.name for fact in facts_of(paid.stream)] == [
        "payments.bill_made", "payments.payment_asked", "payments.paid",
    ]  # fmt: skip


def test_the_message_of_another_bank_does_not_count(node: Node) -> None:
    tried = asked(node, bill(node))
    before = books()
    assert actions.confirm("other", message(tried, "x"), at=node.noon) == "order_unknown"
    assert books() == before


def test_a_replay_does_not_count(node: Node) -> None:
    tried = asked(node, bill(node))
    raw = message(tried)
    assert actions.confirm("sandbox", raw, at=node.noon) == ""
    before = books()
    assert [actions.confirm("sandbox", raw, at=node.noon) for _ in range(3)] == ["replayed"] * 3
    assert actions.confirm("sandbox", message(tried, transaction="FT-2"), at=node.noon) == "replayed"
    assert books() == before
    assert RefusedConfirmation.objects.count() == 4


def test_one_transfer_does_not_pay_two_bills(node: Node) -> None:
    first, second = asked(node, bill(node)), asked(node, bill(node, "matter-2"), "key-2")
    assert actions.confirm("sandbox", message(first, transaction="FT-1"), at=node.noon) == ""
    before = books()
    again = message(second, transaction="FT-1")
    assert actions.confirm("sandbox", again, at=node.noon) == "transaction_of_another_order"
    assert books() == before


def test_a_confirmation_before_the_payment_was_begun_does_not_count_later_either(node: Node) -> None:
    owed = bill(node)
    early = Attempt(order=f"{owed.number}-01", payee="H99.101", amount_vnd=TOTAL)
    before = books()
    assert actions.confirm("sandbox", message(early), at=node.noon) == "order_unknown"
    assert books() == before
    asked(node, owed)
    assert Bill.objects.get().state == "open"


def test_a_late_confirmation_after_the_refund_does_not_count(node: Node) -> None:
    tried = asked(node, bill(node))
    actions.confirm("sandbox", message(tried), at=node.noon)
    actions.ask_refund(tried.id, "Thu nhầm", by=node.approver, at=node.noon)
    before = books()
    assert actions.confirm("sandbox", message(tried, transaction="FT-9"), at=node.noon) == "replayed"
    assert books() == before
    actions.refunded(tried.id, "RF-1", by=SYSTEM, at=node.noon + timedelta(hours=1))
    before = books()
    assert actions.confirm("sandbox", message(tried), at=node.noon) == "replayed"
    assert books() == before
    assert queries.balances() == {"due": 0, "money:sandbox": 0, "revenue:charge": 0, "revenue:fee": 0}
    assert list(check_books()) == list(check_paid_once()) == []


def test_what_is_kept_of_a_refused_message_holds_no_signature_and_no_person(node: Node) -> None:
    tried = asked(node, bill(node))
    raw = altered(message(tried), amount=5, HoTenNguoiNop="Nguyễn Thị Lan", inside={"SoCMNDNguoiNop": "001196000101"})
    signature = json.loads(raw)["signature"]
    actions.confirm("sandbox", raw, at=node.noon)
    kept = RefusedConfirmation.objects.get().raw
    assert json.loads(kept)["amount"] == 5
    assert [word for word in (signature, "Lan", "001196000101", SECRET) if word in kept] == []


def test_a_payee_can_not_speak_for_another() -> None:
    said = {"order": "1", "amount": 1, "currency": "VND", "payee": "A", "transaction": "2", "state": "paid"}
    assert seal(SECRET, said) != seal(SECRET, said | {"payee": "B"})


def strangers(node: Node, many: int, minute: int = 0) -> None:
    """So many messages about orders that nobody made, each another one, within a minute."""
    for number in range(many):
        raw = message(
            Attempt(order=f"H99.101-2699{minute:02d}{number:02d}-01", payee="H99.101", amount_vnd=TOTAL), "x"
        )
        assert actions.confirm("sandbox", raw, at=node.noon + timedelta(minutes=minute)) == "wrong_signature"


def test_a_flood_of_messages_about_nothing_is_counted_in_one_row_a_minute(node: Node) -> None:
    tried = asked(node, bill(node))
    before = books()
    strangers(node, 40)
    strangers(node, 7, minute=1)
    rows = RefusedConfirmation.objects.order_by("at", "id")
    one_by_one = [("wrong_signature", 1)] * FEW
    assert list(rows.values_list("why", "times")) == [*one_by_one, (MORE, 35), *one_by_one, (MORE, 2)]
    assert {(row.order, row.raw) for row in rows if row.why == MORE} == {("", "")}
    assert Fact.objects.filter(name="payments.confirmation_refused").count() == 2 * (FEW + 1)
    assert queries.counted_only(node.noon) == 37
    assert books() == before
    assert actions.confirm("sandbox", message(tried), at=node.noon) == ""
    assert Bill.objects.get().state == "paid"


def test_a_flood_hides_nothing_that_is_said_of_an_order_that_exists(node: Node) -> None:
    tried = asked(node, bill(node))
    before = books()
    strangers(node, FEW + 1)
    for _ in range(30):
        actions.confirm("sandbox", message(tried, "guessed"), at=node.noon)
    assert actions.confirm("sandbox", message(tried, amount=TOTAL - 1), at=node.noon) == "amount_differs"
    about = RefusedConfirmation.objects.filter(order=tried.order).order_by("at", "id")
    forged = [("wrong_signature", 1)] * FEW
    assert list(about.values_list("why", "times")) == [*forged, (MORE, 25), ("amount_differs", 1)]
    assert json.loads(about.last().raw)["amount"] == TOTAL - 1  # type: ignore[union-attr]
    assert queries.counted_only(node.noon) == 1
    assert books() == before


def test_a_flood_from_one_bank_counts_nothing_of_another(node: Node) -> None:
    strangers(node, FEW + 3)
    actions.confirm("other", b"<xml/>", at=node.noon)
    assert RefusedConfirmation.objects.get(provider="other").why == "malformed"
