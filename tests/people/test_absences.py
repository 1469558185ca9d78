"""Absences: who does whose work, from when to when, and who may say so."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.people import actions, queries
from motcua.people.actions import Absence
from motcua.people.models import Agency, Officer, Substitution
from tests.node import DAY, Node, officer

NEXT_WEEK = DAY + timedelta(days=7)


def who(login: str) -> Officer:
    return Officer.objects.get(account__login=login)


def absence(absent: str = "hotich.hoasen", substitute: str = "phong.hoasen", **more: Any) -> Absence:
    given = {"since": DAY, "until": NEXT_WEEK, "reason": "Nghỉ phép năm"} | more
    return Absence(who(absent).id, who(substitute).id, **given)


def sat_down(login: str, node: Node, on: date = DAY) -> Actor:
    return queries.actor_for(who(login), node.agency, on=on)


def test_the_substitute_has_the_roles_of_the_absent_from_the_first_to_the_last_day(node: Node) -> None:
    actions.name_substitute(absence(), by=node.approver, at=node.noon)
    head = sat_down("phong.hoasen", node)
    assert head.roles == {"head", "clerk"}
    assert head.stands_in_for == {str(who("hotich.hoasen").id)}
    assert head.lent == (("clerk", str(who("hotich.hoasen").id)),)
    assert sat_down("phong.hoasen", node, NEXT_WEEK).roles == {"head", "clerk"}
    for day in (DAY - timedelta(days=1), NEXT_WEEK + timedelta(days=1)):
        alone = sat_down("phong.hoasen", node, day)
        assert (alone.roles, alone.stands_in_for, alone.lent) == ({"head"}, frozenset(), ())


def test_a_role_that_one_has_anyway_is_used_in_ones_own_right(node: Node) -> None:
    absent = str(who("hotich.hoasen").id)
    actor = Actor("officer:x", "", frozenset({"head", "clerk"}), "", frozenset({absent}), (("clerk", absent),))
    assert actor.acts_for(frozenset({"clerk"})) == absent
    assert actor.acts_for(frozenset({"head", "clerk"})) == ""
    assert actor.acts_for(frozenset({"head"}), absent) == absent
    assert actor.acts_for(frozenset({"approver"})) == ""


def test_the_substitute_needs_work_of_his_own_there(node: Node) -> None:
    with pytest.raises(NotFound, match="officer_unknown"):
        actions.name_substitute(absence(substitute="thuly.hoamai"), by=node.approver, at=node.noon)
    assert not Substitution.objects.exists()


def test_an_officer_names_his_own_substitute_and_nobody_elses(node: Node) -> None:
    with pytest.raises(Forbidden, match="absence_of_another"):
        actions.name_substitute(absence("phong.hoasen", "hotich.hoasen"), by=node.clerk, at=node.noon)
    assert not Substitution.objects.exists()
    made = actions.name_substitute(absence(), by=node.clerk, at=node.noon)
    (fact,) = Fact.objects.filter(name="people.substitute_named")
    assert fact.actor == node.clerk.ref
    assert fact.data == {
        "substitution": str(made.id), "substitute": str(who("phong.hoasen").id), "agency": str(node.agency.id),
        "valid_from": "2026-11-10", "valid_until": "2026-11-17",
    }  # fmt: skip


def test_who_leads_only_as_a_substitute_names_nobody(node: Node) -> None:
    actions.name_substitute(absence("chutich.hoasen", "hotich.hoasen"), by=node.approver, at=node.noon)
    clerk = sat_down("hotich.hoasen", node)
    assert "approver" in clerk.roles
    with pytest.raises(Forbidden, match="absence_of_another"):
        actions.name_substitute(absence("phong.hoasen", "tiepnhan.hoasen"), by=clerk, at=node.noon)


def test_an_officer_of_another_agency_names_nobody_here(node: Node) -> None:
    leader = officer("chutich.hoamai", Agency.objects.get(code="H99.102"))
    with pytest.raises(NotFound, match="officer_unknown"):
        actions.name_substitute(absence(), by=leader, at=node.noon)
    made = actions.name_substitute(absence(), by=node.approver, at=node.noon)
    with pytest.raises(NotFound, match="absence_unknown"):
        actions.end_substitution(made.id, by=leader, at=node.noon)


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"until": DAY - timedelta(days=1), "since": DAY}, Invalid, "period_backwards"),
        ({"since": DAY - timedelta(days=9), "until": DAY - timedelta(days=1)}, Invalid, "absence_past"),
        ({"until": DAY + timedelta(days=367)}, Invalid, "absence_too_long"),
        ({"reason": " \x00 "}, Invalid, "absence_reason_missing"),
        ({"substitute": "hotich.hoasen"}, Refused, "substitute_is_absent"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(
    node: Node, changes: dict[str, Any], kind: type[Refused], code: str
) -> None:
    with pytest.raises(kind, match=code):
        actions.name_substitute(absence(**changes), by=node.approver, at=node.noon)
    assert not Substitution.objects.exists()


def test_nobody_does_somebodys_work_through_a_third(node: Node) -> None:
    actions.name_substitute(absence(), by=node.approver, at=node.noon)
    with pytest.raises(Refused, match="substitute_of_substitute"):
        actions.name_substitute(absence("phong.hoasen", "chutich.hoasen"), by=node.approver, at=node.noon)
    with pytest.raises(Refused, match="substitute_is_away"):
        actions.name_substitute(absence("tiepnhan.hoasen", "hotich.hoasen"), by=node.approver, at=node.noon)
    with pytest.raises(Refused, match="absence_overlaps"):
        actions.name_substitute(absence(substitute="tiepnhan.hoasen"), by=node.approver, at=node.noon)
    after = absence("phong.hoasen", "chutich.hoasen", since=NEXT_WEEK + timedelta(days=1), until=date(2026, 12, 1))
    actions.name_substitute(after, by=node.approver, at=node.noon)
    assert Substitution.objects.count() == 2


def test_back_early_the_officer_works_alone_again_at_once(node: Node) -> None:
    made = actions.name_substitute(absence(), by=node.approver, at=node.noon)
    actions.end_substitution(made.id, by=node.clerk, at=node.noon)
    assert sat_down("phong.hoasen", node).stands_in_for == frozenset()
    with pytest.raises(Refused, match="absence_ended"):
        actions.end_substitution(made.id, by=node.clerk, at=node.noon)
    actions.name_substitute(absence(substitute="tiepnhan.hoasen"), by=node.approver, at=node.noon)


def test_two_who_stand_in_for_each_other_at_the_same_moment_do_not_both_get_through(
    committed_node: Node, noon: datetime
) -> None:
    together, outcomes = Barrier(2), []
    pair = [absence(), absence("phong.hoasen", "hotich.hoasen")]

    def name(each: Absence) -> None:
        together.wait()
        try:
            actions.name_substitute(each, by=committed_node.approver, at=noon)
            outcomes.append("named")
        except Refused as no:
            outcomes.append(no.code)
        finally:
            connection.close()

    threads = [Thread(target=name, args=(each,)) for each in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[0] == "named"
    assert set(outcomes) <= {"named", "substitute_is_away", "substitute_of_substitute"}
    assert len(set(outcomes)) == 2
    assert Substitution.objects.count() == 1


def test_a_look_up_finds_who_is_registered_and_leaves_a_fact(node: Node) -> None:
    found = actions.look_up_citizen("001196000101", "Tiếp nhận", by=node.reception, at=node.noon)
    assert found is not None
    assert found.full_name == "Nguyễn Thị Lan"
    assert actions.look_up_citizen("001196000999", "Tiếp nhận", by=node.reception, at=node.noon) is None
    facts = Fact.objects.filter(name="people.citizen_looked_up").order_by("id")
    assert [fact.data["citizen"] for fact in facts] == [str(found.id), ""]
    assert "001196000" not in str([fact.data for fact in facts] + [fact.stream for fact in facts])


def test_only_the_reception_looks_people_up(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.look_up_citizen("001196000101", "Tiếp nhận", by=node.clerk, at=node.noon)
    with pytest.raises(Invalid, match="identity_number_length"):
        actions.look_up_citizen("12345", "Tiếp nhận", by=node.reception, at=node.noon)
    assert not Fact.objects.filter(name="people.citizen_looked_up").exists()


def test_a_province_is_found_from_every_agency_below_it(node: Node) -> None:
    by_code = {each.code: each for each in Agency.objects.all()}
    for code in ("H99", "H99.01", "H99.101", "H99.101.01", "H99.00.01"):
        assert queries.province_of(by_code[code].id) == by_code["H99"].id
    assert queries.province_of(by_code["G99"].id) is None
