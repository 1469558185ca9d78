"""A payment confirmation beside its bare SQL: ``python -m bench.payments [--acts 300] [--json]``.

Ours is `payments.actions.confirm`: the seal verified, the bill held, everything compared, receipt numbered, two
entries whose balance the database checks, one chained fact, committed. The floor writes the same rows into the same
tables by one statement of raw psycopg and verifies nothing. CPU milliseconds are of the application's process.
"""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.node import Claim, tell, use

AT = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
SECRET = "bench"
FLOOR = """
WITH counter AS (
  INSERT INTO base_counter (key, value) VALUES ('bench:receipt', 1)
  ON CONFLICT (key) DO UPDATE SET value = base_counter.value + 1 RETURNING value
), attempt AS (
  UPDATE payments_attempt SET state = 'paid', transaction = 'floor' || id, answered_at = %(at)s, ask_at = NULL
  WHERE id = %(attempt)s
), bill AS (
  UPDATE payments_bill SET state = 'paid', paid_at = %(at)s, receipt = 'floor' || (SELECT value FROM counter)
  WHERE id = %(bill)s
), entries AS (
  INSERT INTO payments_entry (id, transaction, bill_id, account, debit_vnd, credit_vnd, at)
  SELECT gen_random_uuid(), %(bill)s, %(bill)s, account, debit, credit, %(at)s
  FROM (VALUES ('money:bench', 8000, 0), ('due', 0, 8000)) row (account, debit, credit)
)
INSERT INTO base_fact (id, stream, seq, name, data, actor, node, at, prev_hash, hash)
VALUES (gen_random_uuid(), %(stream)s, 3, 'payments.paid', '{}', 'system', 'H99', %(at)s, '', '')
"""


def asked(count: int) -> list[Any]:
    """So many payments begun at the bench's bank."""
    from motcua.base.actor import SYSTEM
    from motcua.base.ids import new_id
    from motcua.fees.rules import Line
    from motcua.payments import actions
    from motcua.payments.actions.billing import Owed
    from motcua.people.models import Agency

    ward, lines = Agency.objects.get(code="H99.101"), (Line("Lệ phí", "charge", 8_000),)
    made = []
    for _ in range(count):
        bill = actions.make_bill(Owed(str(new_id()), ward.id, "final", lines), by=SYSTEM, at=AT)
        made.append(actions.ask(bill.id, "bench", str(new_id()), by=SYSTEM, at=AT))
    return made


def message(tried: Any) -> bytes:
    """What the bank says of a paid order."""
    from motcua.gateways.sealing import seal

    said = {"order": tried.order, "amount": tried.amount_vnd, "currency": "VND", "payee": tried.payee,
            "transaction": f"T-{tried.order}", "state": "paid"}  # fmt: skip
    return json.dumps({**said, "signature": seal(SECRET, said)}).encode()


def ours(acts: int) -> float:
    """CPU milliseconds a confirmation, by the action."""
    from motcua.payments.actions import confirm

    messages = [message(tried) for tried in asked(acts)]
    begun = time.process_time()
    told = [confirm("bench", raw, at=AT) for raw in messages]
    spent = (time.process_time() - begun) / acts * 1000
    if any(told):
        raise RuntimeError(f"not counted: {set(told)}")
    return spent


def floor(url: str, acts: int) -> float:
    """CPU milliseconds a confirmation, by one statement that checks nothing."""
    rows = [
        {"attempt": tried.id, "bill": tried.bill_id, "stream": tried.bill.stream, "at": AT} for tried in asked(acts)
    ]
    with psycopg.connect(url, autocommit=True, prepare_threshold=1) as raw:
        begun = time.process_time()
        for row in rows:
            raw.execute(FLOOR, row)
        return (time.process_time() - begun) / acts * 1000


def main() -> int:
    """Measure both in one run, in turns, and keep the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    url = use("payments", fresh=True)
    from motcua.base.wires import bind
    from motcua.gateways.adapters.sandbox import SandboxBank
    from motcua.payments.ports import Providers

    bind(Providers, Providers(bench=SandboxBank("http://127.0.0.1:9", SECRET)))
    ours(20)
    rounds = sorted((ours(options.acts), floor(url, options.acts)) for _ in range(3))
    spent, bare = rounds[1][0], sorted(round_[1] for round_ in rounds)[1]
    told = (f"{spent:.2f} ms CPU", f"{bare:.2f} ms bare SQL", spent, 3, True)
    return tell([Claim("a payment confirmation", *told)], options.json)


if __name__ == "__main__":
    sys.exit(main())
