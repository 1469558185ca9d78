"""A mother whose child's birth was registered: her vault, read from the facts."""

from datetime import timedelta

import pytest

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.dossiers import actions
from tests.node import Node
from tests.sites.conftest import clock as clock

HOUR = timedelta(hours=1)


def registered(node: Node, granted: bool = True, later: timedelta = timedelta()) -> None:
    """A birth from filing to hand-over; everything that follows by itself has followed."""
    dossier, noon = node.submitted(), node.noon + later
    actions.receive(dossier.id, by=node.reception, at=noon + HOUR)
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=noon + 2 * HOUR)
    actions.decide(dossier.id, granted, by=node.approver, at=noon + 3 * HOUR, reason="" if granted else "Thiếu")
    run_until_read(wiring.SUBSCRIBERS)
    actions.hand_over(dossier.id, by=node.reception, at=noon + 4 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)


@pytest.fixture
def mother(committed_node: Node) -> Node:
    """The node after one birth certificate was handed over to the mother."""
    registered(committed_node)
    return committed_node
