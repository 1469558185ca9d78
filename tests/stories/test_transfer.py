"""An open dossier goes to another agency: the clock goes on, the counts stay right, nobody else gets in."""

from datetime import timedelta

import pytest

from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.errors import Forbidden, NotFound, Refused
from motcua.base.wires import provider
from motcua.dossiers import actions, checks, queries
from motcua.dossiers.models import Tally
from motcua.dossiers.states import State
from motcua.people.models import Agency
from tests.node import DAY, Node, officer

HOUR = timedelta(hours=1)
WHY = "Hộ khẩu của người nộp thuộc địa bàn phường Hoa Mai"


def neighbour() -> Agency:
    return Agency.objects.get(code="H99.102")


def test_a_transfer_keeps_state_step_and_every_date(node: Node) -> None:
    before = node.received()
    dates = (before.due_at, before.step_due_at, before.received_at, before.step, before.state)
    after = actions.transfer(before.dossier_id, neighbour(), WHY, by=node.approver, at=node.noon + 2 * HOUR)
    assert (after.due_at, after.step_due_at, after.received_at, after.step, after.state) == dates
    assert after.agency.code == "H99.102"
    assert [fact.name for fact in queries.history(before.dossier)][-2:] == [
        "dossiers.left_agency", "dossiers.arrived_at_agency",
    ]  # fmt: skip
    assert list(checks.check_tips()) == []
    assert list(checks.check_states()) == []


def test_the_new_agency_works_on_it_and_the_old_one_no_longer_knows_it(node: Node) -> None:
    dossier = node.received().dossier_id
    actions.transfer(dossier, neighbour(), WHY, by=node.approver, at=node.noon + 2 * HOUR)
    with pytest.raises(NotFound):
        actions.pass_on(dossier, "pass", by=node.clerk, at=node.noon + 3 * HOUR)
    assert actions.pass_on(dossier, "pass", by=node.stranger, at=node.noon + 3 * HOUR).state == State.PROCESSING


def test_an_officer_who_is_not_there_too_lets_go_of_it(node: Node) -> None:
    dossier = node.received().dossier_id
    actions.assign(dossier, node.clerk.id, by=node.clerk, at=node.noon + HOUR)
    assert actions.transfer(dossier, neighbour(), WHY, by=node.approver, at=node.noon + 2 * HOUR).officer_id is None


def test_who_may_not_and_where_to_it_may_not(node: Node) -> None:
    standing = node.received()
    facts = len(queries.history(standing.dossier))
    with pytest.raises(Forbidden):
        actions.transfer(standing.dossier_id, neighbour(), WHY, by=node.clerk, at=node.noon + 2 * HOUR)
    with pytest.raises(Refused, match="same_agency"):
        actions.transfer(standing.dossier_id, node.agency, WHY, by=node.approver, at=node.noon + 2 * HOUR)
    province = Agency.objects.get(code="H99")
    with pytest.raises(Refused, match="agency_not_competent"):
        actions.transfer(standing.dossier_id, province, WHY, by=node.approver, at=node.noon + 2 * HOUR)
    Agency.objects.filter(code="H99.102").update(valid_until=DAY - timedelta(days=30))
    with pytest.raises(NotFound, match="agency_closed"):
        actions.transfer(standing.dossier_id, neighbour(), WHY, by=node.approver, at=node.noon + 2 * HOUR)
    with pytest.raises(Refused, match="reason_missing"):
        actions.transfer(standing.dossier_id, neighbour(), " ", by=node.approver, at=node.noon + 2 * HOUR)
    assert len(queries.history(standing.dossier)) == facts


def test_the_counts_of_both_agencies_are_right(committed_node: Node) -> None:
    node = committed_node
    dossier = node.received().dossier_id
    actions.transfer(dossier, neighbour(), WHY, by=node.approver, at=node.noon + 2 * HOUR)
    run_until_read(provider(Subscribers))
    counted = {(row.agency, row.state): row.count for row in Tally.objects.filter(count__gt=0)}
    assert counted == {(neighbour().id, "received"): 1}
    assert list(checks.check_counts()) == []


def test_a_transfer_lost_to_another_move_is_told(node: Node) -> None:
    standing = node.received()
    seen = standing.seq
    actions.assign(standing.dossier_id, node.clerk.id, by=node.clerk, at=node.noon + HOUR, seen=seen)
    with pytest.raises(Refused, match="acted_first"):
        actions.transfer(
            standing.dossier_id, neighbour(), WHY, by=officer("chutich.hoasen", node.agency), at=node.noon + HOUR,
            seen=seen,
        )  # fmt: skip
