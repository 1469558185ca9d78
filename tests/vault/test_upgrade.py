"""A database from before: what was filed for organisations, and what was accepted with dossiers that were refused."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.vault.models import Version
from tests.node import Node
from tests.vault.conftest import registered
from tests.vault.firm import HOUR, filed_for, firm_of, granted

BEFORE = [("vault", "0002_shares"), ("dossiers", "0009_demands_leave")]


@pytest.fixture
def from_before(committed_node: Node) -> Iterator[Node]:
    """Whatever a test migrates back, the next one finds the newest tables."""
    yield committed_node
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_dossiers_of_organisations_are_known_as_theirs_and_only_what_nobody_stands_for_is_let_go(
    from_before: Node,
) -> None:
    node = from_before
    firm_of(node)
    theirs, own = filed_for(node), node.submitted()
    granted(node, theirs)
    registered(node, granted=False)
    actions.receive(own.id, by=node.reception, at=node.noon + HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    kept = dict(Version.objects.values_list("source", "vouched_at"))
    MigrationExecutor(connection).migrate(BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET on_behalf_of = on_behalf_of - 'organisation'")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    known = {each.id: each.organisation for each in Dossier.objects.all()}
    assert known == {**dict.fromkeys(known), theirs.id: firm_of(node).id}
    assert dict(Version.objects.values_list("source", "vouched_at")) == kept
    assert sorted(each is None for source, each in kept.items() if source.startswith("paper:")) == [
        False,
        False,
        True,
    ]
