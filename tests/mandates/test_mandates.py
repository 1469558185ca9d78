"""A person authorises another for one dossier: to see, supplement and correct; revoked, it is over at once."""

from datetime import date, timedelta

import pytest

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.corrections import actions as corrections
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.dossiers.actions.moving import must_reach
from motcua.dossiers.models import Dossier, Standing
from motcua.mandates import actions
from motcua.mandates.actions import Authority
from motcua.mandates.models import Mandate
from motcua.mandates.queries import mandate_of, mandates_to
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from tests.corrections.test_correcting import other_answers
from tests.node import DAY, Node

HUNG = ("001085000102", "Trần Văn Hùng")


def person(login: str) -> Actor:
    return citizen_actor(Citizen.objects.get(account__login=login))


def given(node: Node, dossier: Dossier, until: date = DAY + timedelta(days=30), withdraw: bool = False) -> Mandate:
    authority = Authority(dossier.stream, *HUNG, until, "giấy uỷ quyền ngày 10/11/2026", withdraw)
    return actions.give(authority, by=node.mother, at=node.noon)


def test_the_taker_sees_supplements_and_corrects_in_his_own_name(node: Node) -> None:
    dossier, hung = node.submitted(), person("chu.hung")
    with pytest.raises(NotFound, match="dossier_unknown"):
        corrections.correct(dossier.id, other_answers(), "Sửa giúp", by=hung, at=node.noon)
    given(node, dossier)
    corrections.correct(dossier.id, other_answers(), "Sửa giúp", by=hung, at=node.noon)
    assert dossier_queries.history(dossier)[-1].actor == hung.ref
    dossiers.ask_supplement(dossier.id, ["giay-chung-sinh"], "Ảnh mờ", by=node.reception, at=node.noon)
    dossiers.supplement(dossier.id, node.filing().papers, by=hung, at=node.noon)
    assert dossier_queries.history(dossier)[-1].actor == hung.ref
    assert Standing.objects.get().state == "submitted"
    assert [each.reference for each in mandates_to(Citizen.objects.get(pk=hung.id), on=DAY)] == [dossier.stream]


def test_the_taker_withdraws_only_where_that_was_given_and_never_changes_the_return(node: Node) -> None:
    dossier, hung = node.submitted(), person("chu.hung")
    mandate = given(node, dossier)
    with pytest.raises(Forbidden, match="not_in_mandate"):
        dossiers.withdraw(dossier.id, "Thôi", by=hung, at=node.noon)
    with pytest.raises(Forbidden, match="not_in_mandate"):
        corrections.choose_return(dossier.id, "counter", by=hung, at=node.noon)
    assert Standing.objects.get().state == "submitted"
    actions.revoke(mandate.id, by=node.mother, at=node.noon)
    given(node, dossier, withdraw=True)
    dossiers.withdraw(dossier.id, "Thôi", by=hung, at=node.noon)
    assert Standing.objects.get().state == "withdrawn"


def test_revoked_or_run_out_it_is_over_at_once(node: Node) -> None:
    dossier, hung = node.submitted(), person("chu.hung")
    mandate = given(node, dossier, until=DAY)
    standing = Standing.objects.select_related("dossier").get()
    evening = node.noon + timedelta(hours=14)  # 23:00 in Hà Nội
    assert must_reach(standing, hung, at=evening) is standing
    with pytest.raises(NotFound, match="dossier_unknown"):
        must_reach(standing, hung, at=evening + timedelta(hours=2))
    with pytest.raises(NotFound, match="mandate_unknown"):
        actions.revoke(mandate.id, by=person("ong.tu"), at=node.noon)
    actions.revoke(mandate.id, by=node.mother, at=node.noon)
    with pytest.raises(NotFound, match="dossier_unknown"):
        must_reach(standing, hung, at=node.noon)
    with pytest.raises(NotFound, match="mandate_unknown"):
        actions.revoke(mandate.id, by=node.mother, at=node.noon)
    assert list(
        Fact.objects.filter(stream=f"mandate:{mandate.id}").order_by("seq").values_list("name", flat=True)
    ) == [
        "mandates.given",
        "mandates.revoked",
    ]


def test_one_that_ran_out_is_given_again(node: Node) -> None:
    dossier = node.submitted()
    given(node, dossier, until=DAY)
    with pytest.raises(Refused, match="mandate_given"):
        given(node, dossier)
    later = node.noon + timedelta(days=2)
    authority = Authority(dossier.stream, *HUNG, DAY + timedelta(days=9), "giấy uỷ quyền")
    actions.give(authority, by=node.mother, at=later)
    hung = Citizen.objects.get(account__login="chu.hung")
    found = mandate_of(hung.id, node.mother.id, dossier.stream, on=DAY + timedelta(days=9))
    assert found is not None
    assert found.until == DAY + timedelta(days=9)


def test_nobody_is_found_by_a_number_alone_or_unverified(node: Node) -> None:
    dossier, until = node.submitted(), DAY + timedelta(days=1)
    for number, name in [
        ("001085000102", "Trần Văn Hải"),
        ("001048000103", HUNG[1]),
        ("001304000104", "Phạm Thị Mai"),
    ]:
        with pytest.raises(Refused, match="taker_unknown"):
            actions.give(Authority(dossier.stream, number, name, until, "vợ chồng"), by=node.mother, at=node.noon)
    with pytest.raises(Refused, match="taker_is_giver"):
        mine = Authority(dossier.stream, "001196000101", "Nguyễn Thị Lan", until, "chính tôi")
        actions.give(mine, by=node.mother, at=node.noon)
    assert Mandate.objects.count() == 0


def test_it_lasts_at_most_a_year_and_has_a_basis(node: Node) -> None:
    dossier = node.submitted()
    for until in (DAY - timedelta(days=1), DAY + timedelta(days=366)):
        with pytest.raises(Invalid, match="mandate_until_wrong"):
            given(node, dossier, until=until)
    with pytest.raises(Invalid, match="basis_missing"):
        actions.give(Authority(dossier.stream, *HUNG, DAY, " "), by=node.mother, at=node.noon)
    given(node, dossier, until=DAY + timedelta(days=365))
    assert Mandate.objects.count() == 1


def test_a_mandate_for_somebody_elses_dossier_gives_nothing(node: Node) -> None:
    dossier, hung = node.submitted(), person("chu.hung")
    authority = Authority(dossier.stream, *HUNG, DAY, "tự nghĩ ra")
    actions.give(authority, by=person("ong.tu"), at=node.noon)  # not his to give
    with pytest.raises(NotFound, match="dossier_unknown"):
        must_reach(Standing.objects.select_related("dossier").get(), hung, at=node.noon)
