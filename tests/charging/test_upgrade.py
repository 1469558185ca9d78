"""A database from before there were bills: whoever waits for money in it is not stuck."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.ids import new_id
from motcua.charging.queries import bills_of
from motcua.dossiers.models import Standing
from motcua.payments import actions as payments
from tests.charging.costly import unsound
from tests.node import Node

BEFORE = [("dossiers", "0007_sources")]
OLD = """
INSERT INTO dossiers_paymentdemand (id, dossier_id, amount_vnd, reason, asked_at, receipt, confirmed_at)
VALUES (%s, %s, 8000, 'Phí bản sao', %s, %s, %s)
"""


@pytest.fixture
def from_before(committed_node: Node) -> Iterator[Node]:
    """Whatever a test migrates back, the next one finds the newest tables."""
    yield committed_node
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_a_demand_of_before_becomes_a_bill_and_paying_it_goes_on(from_before: Node) -> None:
    node = from_before
    waiting, paid, withdrawn = (node.received() for _ in range(3))
    MigrationExecutor(connection).migrate(BEFORE)
    with connection.cursor() as cursor:
        lives = ((waiting, "paying", None), (paid, "processing", "BL-1"), (withdrawn, "withdrawn", None))
        for standing, state, receipt in lives:
            cursor.execute(
                OLD,
                [new_id(), standing.pk, node.noon, receipt or "", node.noon if receipt else None],
            )
            Standing.objects.filter(pk=standing.pk).update(state=state, paused_at=node.noon)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert [bills_of(each.dossier) for each in (paid, withdrawn)] == [[], []]
    (bill,) = bills_of(waiting.dossier)
    assert (bill.number, bill.purpose, bill.state, bill.total_vnd) == ("H99.101-26000001", "final", "open", 8_000)
    assert bill.told_lines[0].name == "Phí bản sao"
    payments.take(bill.id, "cash", by=node.reception, at=node.noon)
    run_until_read(wiring.SUBSCRIBERS)
    assert Standing.objects.get(pk=waiting.pk).state == "processing"
    assert {name for name in unsound() if name.startswith(("payments", "base"))} == set()
