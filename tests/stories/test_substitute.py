"""The clerk is on leave: a colleague does the work, the facts say who, and it ends by itself."""

from datetime import timedelta

import pytest

from motcua.base.errors import Forbidden, Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.queries import Filters
from motcua.people.actions import Absence, end_substitution, name_substitute
from motcua.people.models import Officer
from motcua.people.queries import actor_for
from motcua.printing.queries import names_of
from motcua.sites.desk.timeline import happened
from tests.node import DAY, Node


def who(login: str) -> Officer:
    return Officer.objects.get(account__login=login)


def absent_clerk(node: Node) -> Absence:
    return Absence(who("hotich.hoasen").id, who("phong.hoasen").id, DAY, DAY + timedelta(days=2), "Nghỉ phép")


def test_a_file_given_to_the_absent_is_moved_by_the_substitute_alone(node: Node) -> None:
    standing = node.received()
    clerk = who("hotich.hoasen")
    actions.assign(standing.dossier_id, clerk.id, by=node.clerk, at=node.noon)
    head = actor_for(who("phong.hoasen"), node.agency, on=DAY)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        actions.pass_on(standing.dossier_id, "pass", by=head, at=node.noon)
    name_substitute(absent_clerk(node), by=node.approver, at=node.noon)
    head = actor_for(who("phong.hoasen"), node.agency, on=DAY)
    seen = queries.worklist(head, Filters(own=True), soon=node.noon, at=node.noon)
    assert [each.pk for each in seen] == [standing.pk]
    actions.pass_on(standing.dossier_id, "pass", by=head, at=node.noon)

    facts = queries.history(standing.dossier)
    assert (facts[-1].actor, facts[-1].data["for"]) == (head.ref, str(clerk.id))
    assert "for" not in facts[-2].data
    told = happened(facts, queries.standing_by_code(standing.dossier.code), names_of(facts))[-1]
    assert told["who"] == "Hoàng Thị Thanh"
    assert "Làm thay Vũ Minh Đức." in told["text"]


def test_a_substitution_that_ended_yesterday_moves_nothing(node: Node) -> None:
    standing = node.received()
    actions.assign(standing.dossier_id, who("hotich.hoasen").id, by=node.clerk, at=node.noon)
    name_substitute(absent_clerk(node), by=node.approver, at=node.noon)
    later = node.noon + timedelta(days=3)
    head = actor_for(who("phong.hoasen"), node.agency, on=DAY + timedelta(days=3))
    with pytest.raises(Forbidden, match="wrong_step_role"):
        actions.pass_on(standing.dossier_id, "pass", by=head, at=later)
    assert queries.worklist(head, Filters(own=True), soon=later, at=later) == []


def test_ended_early_the_substitute_stands_aside_at_once(node: Node) -> None:
    standing = node.received()
    made = name_substitute(absent_clerk(node), by=node.approver, at=node.noon)
    end_substitution(made.id, by=node.clerk, at=node.noon)
    head = actor_for(who("phong.hoasen"), node.agency, on=DAY)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        actions.pass_on(standing.dossier_id, "pass", by=head, at=node.noon)
    assert len(queries.history(standing.dossier)) == standing.seq


def test_a_substitute_does_not_move_what_a_third_holds(node: Node) -> None:
    """Standing in for one officer does not open the files of another of the same role."""
    standing = node.received()
    name_substitute(absent_clerk(node), by=node.approver, at=node.noon)
    head = actor_for(who("phong.hoasen"), node.agency, on=DAY)
    third = who("chutich.hoasen").id
    type(standing).objects.filter(pk=standing.pk).update(officer=third)
    with pytest.raises(Refused, match="held_by_other"):
        actions.pass_on(standing.dossier_id, "pass", by=head, at=node.noon)
