"""The address where banks tell us: every attack once more over HTTP leaves the books as they were."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.base.actor import SYSTEM
from motcua.payments import actions, queries
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, RefusedConfirmation
from motcua.payments.ports import Providers
from tests.node import Node
from tests.payments.money import TOTAL, asked, banks, bill, books, message
from tests.payments.test_attacks import ATTACKS
from tests.payments.test_races import together
from tests.sites.desk import Clock

ADDRESS = "/api/thanh-toan/sandbox/"


@pytest.fixture(autouse=True)
def known_banks(clock: Clock) -> Iterator[Providers]:
    """Two banks behind the port."""
    with banks() as known:
        yield known


def told(raw: bytes, address: str = ADDRESS, kind: str = "application/json", **headers: Any) -> Any:
    """What a bank is answered; it has no session and no token."""
    return Client(enforce_csrf_checks=True).post(address, raw, content_type=kind, headers=headers)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_over_http_without_saying_why(node: Node, name: str) -> None:
    attack, why = ATTACKS[name]
    tried = asked(node, bill(node))
    before = books()
    found = told(attack(tried))
    assert (found.status_code, found.json()) == (400, {"heard": "no"})
    assert books() == before
    assert RefusedConfirmation.objects.get().why == why
    assert list(check_books()) == []


def test_a_true_confirmation_counts_whatever_content_type_it_has(node: Node) -> None:
    tried = asked(node, bill(node))
    found = told(message(tried), kind="text/plain")
    assert (found.status_code, found.json()) == (200, {"heard": "yes"})
    assert Bill.objects.get().state == "paid"


def test_a_bank_that_repeats_itself_is_thanked_and_booked_once(node: Node) -> None:
    tried = asked(node, bill(node))
    told(message(tried))
    before = books()
    assert [told(message(tried)).status_code for _ in range(3)] == [200, 200, 200]
    assert books() == before
    assert list(check_paid_once()) == []


def test_four_at_once_count_once(committed_node: Node) -> None:
    tried = asked(committed_node, bill(committed_node))
    raw = message(tried)
    assert together(*[lambda: told(raw).status_code] * 4) == [200] * 4
    assert queries.balance("money:sandbox") == TOTAL
    assert [*check_books(), *check_paid_once()] == []


def test_the_seal_of_one_bank_is_nothing_at_the_address_of_another(node: Node) -> None:
    tried = asked(node, bill(node))
    before = books()
    assert told(message(tried), "/api/thanh-toan/other/").status_code == 400
    assert books() == before


def test_a_confirmation_before_the_payment_was_begun_counts_for_nothing(node: Node) -> None:
    owed = bill(node)
    early = Attempt(order=f"{owed.number}-01", payee="H99.101", amount_vnd=TOTAL)
    before = books()
    assert told(message(early)).status_code == 400
    assert books() == before


def test_a_late_confirmation_after_the_refund_counts_for_nothing(node: Node) -> None:
    tried = asked(node, bill(node))
    told(message(tried))
    actions.ask_refund(tried.id, "Thu nhầm", by=node.approver, at=timezone.now())
    actions.refunded(tried.id, "RF-1", by=SYSTEM, at=timezone.now())
    before = books()
    told(message(tried, transaction="FT-2"))
    assert books() == before


def test_a_message_that_is_too_long_is_not_read(node: Node) -> None:
    tried = asked(node, bill(node))
    before = books()
    assert told(message(tried) + b" " * 65_536).status_code == 413
    assert books() == before
    assert not RefusedConfirmation.objects.exists()


def test_a_bank_that_nobody_knows_is_no_address_of_ours(node: Node) -> None:
    found = told(b"{}", "/api/thanh-toan/nobody/")
    assert found.status_code == 404
    assert not RefusedConfirmation.objects.exists()


def test_who_only_looks_is_told_to_post(node: Node) -> None:
    assert Client().get(ADDRESS).status_code == 405


def test_a_refused_message_says_no_more_than_that(node: Node) -> None:
    tried = asked(node, bill(node))
    answers = {name: told(attack(tried)).content for name, (attack, _why) in ATTACKS.items()}
    assert {json.dumps(json.loads(each)) for each in answers.values()} == {'{"heard": "no"}'}
