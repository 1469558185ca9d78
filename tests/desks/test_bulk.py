"""One verb over many dossiers: each on its own, each answered for, harmless when sent twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from motcua.base.errors import Invalid, Refused
from motcua.base.models import Fact
from motcua.desks.actions.bulk import MOST, VERBS, Chosen, Outcome, bulk
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import MACHINE
from tests.node import Node

HOUR = timedelta(hours=1)


def chosen(*dossiers: Dossier) -> list[Chosen]:
    """The dossiers as a page shows them now."""
    return [Chosen(each.id, Standing.objects.get(pk=each.id).seq) for each in dossiers]


def told(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(each.code, each.refusal.code if each.refusal else "") for each in outcomes]


def waiting_for_signature(node: Node) -> Dossier:
    """A birth registration that stands at the approver."""
    dossier = node.received().dossier
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + HOUR)
    return dossier


def test_every_verb_for_many_is_a_row_of_the_machine() -> None:
    assert set(VERBS) <= {row.verb for row in MACHINE}


def test_each_file_is_done_or_told_why_not_in_the_order_chosen(node: Node) -> None:
    first, refused, last = node.submitted(), node.submitted(), node.submitted()
    actions.refuse(refused.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    outcomes = bulk("receive", chosen(first, refused, last), {}, by=node.reception, at=node.noon + HOUR)
    assert told(outcomes) == [(first.code, ""), (refused.code, "wrong_state"), (last.code, "")]
    states = [Standing.objects.get(pk=each.id).state for each in (first, refused, last)]
    assert states == ["received", "refused", "received"]


def test_sent_twice_it_is_done_once_and_told_as_done(node: Node) -> None:
    wanted = chosen(node.submitted(), node.submitted())
    bulk("receive", wanted, {}, by=node.reception, at=node.noon)
    again = bulk("receive", wanted, {}, by=node.reception, at=node.noon + HOUR)
    assert [each.refusal for each in again] == [None, None]
    assert Fact.objects.filter(name="dossiers.received").count() == 2


def test_somebody_else_was_first(node: Node) -> None:
    dossier = node.submitted()
    wanted = chosen(dossier)
    actions.ask_supplement(dossier.id, [], "Tờ khai thiếu chữ ký", by=node.reception, at=node.noon)
    (outcome,) = bulk("receive", wanted, {}, by=node.reception, at=node.noon)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "acted_first"
    assert Standing.objects.get(pk=dossier.id).state == "returned"


def test_only_what_was_opened_today_is_signed(node: Node) -> None:
    seen, unseen, yesterday = (waiting_for_signature(node) for _ in range(3))
    at = node.noon + 2 * HOUR
    actions.look(seen.id, "Giải quyết hồ sơ", by=node.approver, at=at)
    actions.look(unseen.id, "Giải quyết hồ sơ", by=node.clerk, at=at)
    actions.look(yesterday.id, "Giải quyết hồ sơ", by=node.approver, at=at - 24 * HOUR)
    outcomes = bulk("decide", chosen(seen, unseen, yesterday), {}, by=node.approver, at=at)
    assert told(outcomes) == [(seen.code, ""), (unseen.code, "not_looked_at"), (yesterday.code, "not_looked_at")]
    assert Fact.objects.filter(name="dossiers.decided").count() == 1
    assert [Standing.objects.get(pk=each.id).state for each in (seen, unseen)] == ["decided", "processing"]


def test_another_agencys_dossier_is_as_if_it_were_not_there(node: Node) -> None:
    dossier = node.submitted()
    wanted = [*chosen(dossier), Chosen(uuid4(), 1)]
    outcomes = bulk("receive", wanted, {}, by=node.stranger, at=node.noon)
    assert told(outcomes) == [("", "dossier_unknown"), ("", "dossier_unknown")]
    assert Standing.objects.get(pk=dossier.id).state == "submitted"


def test_assigning_and_passing_on_many(node: Node) -> None:
    dossiers = [node.received().dossier for _ in range(3)]
    given = {"officer": node.clerk.id}
    assert all(
        each.refusal is None for each in bulk("assign", chosen(*dossiers), given, by=node.approver, at=node.noon)
    )
    held = Standing.objects.filter(officer=node.clerk.id).count()
    passed = bulk("pass_on", chosen(*dossiers), {"action": "pass"}, by=node.clerk, at=node.noon + HOUR)
    assert (held, [each.refusal for each in passed]) == (3, [None, None, None])
    assert set(Standing.objects.values_list("role", flat=True)) == {"approver"}


def test_the_same_file_ticked_twice_counts_once(node: Node) -> None:
    wanted = chosen(node.submitted())
    assert len(bulk("receive", [*wanted, *wanted], {}, by=node.reception, at=node.noon)) == 1


def test_none_too_many_and_verbs_that_are_not_for_many_are_refused(node: Node) -> None:
    with pytest.raises(Invalid, match="none_chosen"):
        bulk("receive", [], {}, by=node.reception, at=node.noon)
    with pytest.raises(Invalid, match="too_many_chosen"):
        bulk("receive", [Chosen(uuid4(), 1) for _ in range(MOST + 1)], {}, by=node.reception, at=node.noon)
    with pytest.raises(Refused, match="unknown_move"):
        bulk("stop", [Chosen(uuid4(), 1)], {}, by=node.approver, at=node.noon)
