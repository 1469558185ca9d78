"""What the tests of payments stand on: a bill, a bank that says what it is told to, and the books as they are."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from motcua.base.actor import SYSTEM, Actor
from motcua.base.ids import new_id
from motcua.base.models import Counter
from motcua.base.wires import bind, provider
from motcua.fees.rules import Line
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.gateways.sealing import seal
from motcua.payments import actions
from motcua.payments.actions.billing import Owed
from motcua.payments.models import Attempt, Bill, Entry, Till
from motcua.payments.ports import Providers
from tests.node import Node

SECRET = "a secret of the bank in tests"
LINES = (Line("Phí thẩm định", "fee", 50_000, 2), Line("Lệ phí cấp bản sao", "charge", 8_000))
TOTAL = 108_000


@contextmanager
def banks() -> Iterator[Providers]:
    """Two banks of the sandbox's kind behind the port; nothing is called over the network."""
    before = provider(Providers)
    known = Providers(sandbox=SandboxBank("http://127.0.0.1:9", SECRET), other=SandboxBank("http://127.0.0.1:9", "x"))
    bind(Providers, known)
    try:
        yield known
    finally:
        bind(Providers, before)


def bill(node: Node, reference: str = "matter-1", lines: tuple[Line, ...] = LINES) -> Bill:
    """An open bill of the ward."""
    return actions.make_bill(Owed(reference, node.agency.id, "final", lines), by=SYSTEM, at=node.noon)


def asked(node: Node, owed: Bill, key: str = "key-1", by: Actor | None = None) -> Attempt:
    """A payment begun at the sandbox."""
    return actions.ask(owed.id, "sandbox", key, by=by or node.mother, at=node.noon)


def message(tried: Attempt, secret: str = SECRET, **changes: Any) -> bytes:
    """What the bank says when all went well, or with something changed and sealed anew."""
    said = {
        "order": tried.order,
        "amount": tried.amount_vnd,
        "currency": "VND",
        "payee": tried.payee,
        "transaction": f"FT-{tried.order}",
        "state": "paid",
    } | changes
    return json.dumps({**said, "signature": seal(secret, said)}).encode()


def altered(raw: bytes, **changes: Any) -> bytes:
    """The message with something changed and its old signature."""
    return json.dumps(json.loads(raw) | changes).encode()


def books() -> tuple[list[tuple[Any, ...]], ...]:
    """Everything that says who owes and who paid: entries, bills with their receipts, attempts, closed tills, and how
    many numbers of bills and receipts were given."""
    entries = Entry.objects.order_by("id").values_list(
        "id", "transaction", "bill", "account", "debit_vnd", "credit_vnd"
    )
    bills = Bill.objects.order_by("id").values_list("id", "number", "state", "total_vnd", "receipt", "paid_at")
    tries = Attempt.objects.order_by("id").values_list(
        "id", "order", "amount_vnd", "state", "transaction", "answered_at", "surplus"
    )
    tills = Till.objects.order_by("id").values_list("id", "officer", "day", "expected_vnd", "counted_vnd")
    numbers = Counter.objects.filter(key__regex="^(bill|receipt):").order_by("key").values_list("key", "value")
    return list(entries), list(bills), list(tries), list(tills), list(numbers)


def nobody() -> UUID:
    """An id of nothing."""
    return new_id()
