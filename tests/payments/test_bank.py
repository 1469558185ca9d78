"""The sandbox bank as a process of its own, with every bad day a bank can have; and what the house makes of each."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from django.db import transaction

from motcua.base.errors import Forbidden, Refused
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.payments import actions, jobs, outside, queries
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, RefusedConfirmation
from motcua.payments.ports import Providers
from tests.node import Node
from tests.payments.money import SECRET, TOTAL, bill

DAY = date(2026, 11, 10)


class Bank:
    """A running bank, and the messages it sent us; each is heard when the test says so."""

    def __init__(self, address: str, heard: list[bytes]) -> None:
        self.address, self.heard = address, heard

    def pay(self, tried: Attempt, way: str) -> None:
        """What the payer does at the bank."""
        body = json.dumps({"as": way}).encode()
        try:
            urlopen(Request(f"{self.address}/orders/{tried.order}/pay", body), timeout=5).close()
        except (URLError, OSError):
            assert way == "timeout"

    def calls(self, count: int) -> list[bytes]:
        """The messages once so many have come."""
        wait_until(lambda: len(self.heard) >= count)
        return list(self.heard)


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until, "nothing came"
        time.sleep(0.02)


@pytest.fixture
def bank(known_banks: Providers) -> Iterator[Bank]:
    """`motcua sandbox-bank` on a free port, calling back to a listener of this test."""
    heard: list[bytes] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    back = f"http://127.0.0.1:{listener.server_address[1]}/"
    words = ["sandbox-bank", "--port", "0", "--secret", SECRET, "--callback", back, "--day", str(DAY)]
    process = subprocess.Popen([sys.executable, "-m", "motcua", *words], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        known_banks["sandbox"] = SandboxBank(address, SECRET)
        yield Bank(address, heard)
    finally:
        process.kill()
        process.wait()
        listener.shutdown()
        listener.server_close()


def begun(node: Node, reference: str = "matter-1") -> Attempt:
    """A payment begun at the bank."""
    tried = outside.begin(bill(node, reference).id, "sandbox", reference, by=node.mother, at=node.noon)
    assert tried.answer["redirect"].endswith(f"/pay/{tried.order}")
    return tried


def hear(node: Node, bank: Bank, count: int) -> list[str]:
    """What the house says to each message of the bank."""
    return [outside.hear("sandbox", raw, at=node.noon) for raw in bank.calls(count)]


def sound() -> bool:
    return [*check_books(), *check_paid_once()] == []


WAYS = {
    "approve": (1, [""], "paid"),
    "decline": (1, [""], "open"),
    "twice": (2, ["", "replayed"], "paid"),
    "late": (1, [""], "paid"),
    "forged": (1, ["wrong_signature"], "open"),
    "short": (1, ["amount_differs"], "open"),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_the_bank_says_is_heard_as_it_must_be(committed_node: Node, bank: Bank, way: str) -> None:
    count, told, state = WAYS[way]
    tried = begun(committed_node)
    bank.pay(tried, way)
    assert hear(committed_node, bank, count) == told
    assert Bill.objects.get().state == state
    assert queries.balance("money:sandbox") == (TOTAL if state == "paid" else 0)
    assert RefusedConfirmation.objects.count() == len([why for why in told if why])
    assert sound()


def test_a_time_out_after_the_debit_is_found_by_asking_and_charged_once(committed_node: Node, bank: Bank) -> None:
    tried = begun(committed_node)
    bank.pay(tried, "timeout")
    assert Bill.objects.get().state == "open"
    assert jobs.ask_again(committed_node.noon) == 0  # not yet its time
    assert jobs.ask_again(committed_node.noon + timedelta(minutes=2)) == 1
    assert jobs.ask_again(committed_node.noon + timedelta(minutes=9)) == 0
    assert Bill.objects.get().state == "paid"
    assert queries.balance("money:sandbox") == TOTAL
    assert sound()


def test_a_time_out_after_the_debit_is_closed_by_the_statement_and_charged_once(
    committed_node: Node, bank: Bank
) -> None:
    lost, known = begun(committed_node), begun(committed_node, "matter-2")
    bank.pay(lost, "timeout")
    bank.pay(known, "approve")
    assert hear(committed_node, bank, 1) == [""]
    first = outside.compare("sandbox", DAY, at=committed_node.noon)
    assert sorted(row[:2] for row in first.rows) == [["closed", lost.order], ["matched", known.order]]
    again = outside.compare("sandbox", DAY, at=committed_node.noon)
    assert sorted(row[:2] for row in again.rows) == [["matched", lost.order], ["matched", known.order]]
    assert queries.balance("money:sandbox") == 2 * TOTAL
    assert sound()


def test_a_payer_who_has_not_paid_yet_is_asked_about_again(committed_node: Node, bank: Bank) -> None:
    begun(committed_node)
    assert jobs.ask_again(committed_node.noon + timedelta(minutes=2)) == 0
    tried = Attempt.objects.get()
    assert (tried.state, tried.asked_again) == ("asked", 1)
    assert bank.heard == []


def test_a_slow_bank_leaves_the_outcome_unknown_and_not_failed(committed_node: Node, bank: Bank) -> None:
    made = bill(committed_node)
    Bill.objects.filter(pk=made.pk).update(number="slow-1")
    tried = outside.begin(made.id, "sandbox", "key", by=committed_node.mother, at=committed_node.noon)
    assert tried.state == "unknown"
    bank.pay(tried, "approve")
    assert hear(committed_node, bank, 1) == [""]
    assert Bill.objects.get().state == "paid"


def test_an_order_that_never_arrived_lets_the_payer_go_another_way(
    committed_node: Node, bank: Bank, known_banks: Providers
) -> None:
    there, known_banks["sandbox"] = known_banks["sandbox"], SandboxBank("http://127.0.0.1:9", SECRET)
    made, who = bill(committed_node), committed_node.mother
    lost = outside.begin(made.id, "sandbox", "k", by=who, at=committed_node.noon)
    with pytest.raises(Refused, match="wrong_state"):
        actions.abandon(lost.id, by=who, at=committed_node.noon)
    known_banks["sandbox"] = there
    assert outside.learn(lost.id, at=committed_node.noon) is False
    actions.abandon(lost.id, by=who, at=committed_node.noon)
    assert actions.take(made.id, "cash", by=committed_node.reception, at=committed_node.noon).state == "paid"
    assert sound()


def test_money_that_comes_for_an_abandoned_attempt_is_counted(committed_node: Node, bank: Bank) -> None:
    tried = begun(committed_node)
    actions.abandon(tried.id, by=committed_node.mother, at=committed_node.noon)
    bank.pay(tried, "approve")
    assert hear(committed_node, bank, 1) == [""]
    assert Bill.objects.get().state == "paid"
    assert sound()


def test_money_for_an_abandoned_attempt_of_a_bill_paid_otherwise_is_owed_back(
    committed_node: Node, bank: Bank
) -> None:
    tried = begun(committed_node)
    actions.abandon(tried.id, by=committed_node.mother, at=committed_node.noon)
    actions.take(tried.bill_id, "cash", by=committed_node.reception, at=committed_node.noon)
    bank.pay(tried, "approve")
    assert hear(committed_node, bank, 1) == [""]
    assert queries.balance("owed") == -TOTAL
    assert sound()


def test_an_officer_of_another_ward_abandons_nothing(committed_node: Node, bank: Bank) -> None:
    tried = begun(committed_node)
    with pytest.raises(Forbidden):
        actions.abandon(tried.id, by=committed_node.stranger, at=committed_node.noon)
    assert Attempt.objects.get().state == "asked"


def test_a_bank_that_is_down_leaves_the_outcome_unknown(committed_node: Node) -> None:
    tried = outside.begin(bill(committed_node).id, "sandbox", "k", by=committed_node.mother, at=committed_node.noon)
    assert tried.state == "unknown"
    assert sound()


def test_money_is_sent_back_once(committed_node: Node, bank: Bank) -> None:
    tried = begun(committed_node)
    bank.pay(tried, "approve")
    assert hear(committed_node, bank, 1) == [""]
    actions.ask_refund(tried.id, "Rút hồ sơ", by=committed_node.approver, at=committed_node.noon)
    assert [jobs.send_refunds(committed_node.noon) for _ in range(2)] == [1, 0]
    assert Bill.objects.get().state == "refunded"
    assert queries.balance("money:sandbox") == 0
    assert sound()


def test_a_provider_is_never_called_inside_a_transaction(committed_node: Node) -> None:
    made = bill(committed_node)
    with pytest.raises(RuntimeError, match="never called inside a transaction"), transaction.atomic():
        outside.begin(made.id, "sandbox", "k", by=committed_node.mother, at=committed_node.noon)
    assert not Attempt.objects.exists()


def test_who_goes_another_way_after_the_debit_has_paid_already(committed_node: Node, bank: Bank) -> None:
    tried = begun(committed_node)
    bank.pay(tried, "timeout")  # debited, and nobody told us
    with pytest.raises(Refused, match="wrong_state"):
        outside.begin(tried.bill_id, "other", "k2", by=committed_node.mother, at=committed_node.noon)
    assert Bill.objects.get().state == "paid"
    assert Attempt.objects.count() == 1
    assert queries.balance("money:sandbox") == TOTAL
    assert sound()


def test_who_goes_another_way_while_the_bank_is_silent_waits_for_it(
    committed_node: Node, bank: Bank, known_banks: Providers
) -> None:
    tried = begun(committed_node)
    known_banks["sandbox"] = SandboxBank("http://127.0.0.1:9", SECRET)
    with pytest.raises(Refused, match="payment_on_its_way"):
        outside.begin(tried.bill_id, "other", "k2", by=committed_node.mother, at=committed_node.noon)
    assert [each.state for each in Attempt.objects.all()] == ["unknown"]
    assert sound()


def test_the_counter_leaves_no_attempt_whose_money_has_moved(committed_node: Node, bank: Bank) -> None:
    tried = begun(committed_node)
    bank.pay(tried, "timeout")
    with pytest.raises(Refused, match="wrong_state"):
        outside.leave(tried.id, by=committed_node.reception, at=committed_node.noon)
    assert (Attempt.objects.get().state, Bill.objects.get().state) == ("paid", "paid")
    assert sound()
