"""Sharing one thing for a time: who may, with whom, and that it ends; two at once; what is checked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection

from motcua import wiring
from motcua.base.actor import Actor
from motcua.base.cursors import run_until_read
from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.people.models import Agency, Citizen, Membership, Organisation
from motcua.people.queries import citizen_actor
from motcua.people.states import DECLARED
from motcua.results.models import Result
from motcua.vault import actions, checks, queries
from motcua.vault.actions import Sharing
from motcua.vault.models import Item, Share, Version
from tests.node import DAY, Node, officer

HUNG = "001085000102"


def certificate() -> Version:
    return Version.objects.get(result__isnull=False)


def sharing(**changes: Any) -> Sharing:
    given = {"version": certificate().id, "until": DAY + timedelta(days=5), "purpose": "Vay vốn"}
    return Sharing(**(given | ({} if "agency" in changes else {"identity_number": HUNG}) | changes))


def person(login: str) -> Actor:
    return citizen_actor(Citizen.objects.get(account__login=login))


def looked() -> list[dict[str, Any]]:
    return list(Fact.objects.filter(name="vault.looked").order_by("at", "id").values_list("data", flat=True))


def no(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == code


def test_who_may_share_what_with_whom_until_when(mother: Node) -> None:
    other = Agency.objects.get(code="H99.102")
    attacks = [
        (mother.mother, {"version": new_id()}, "item_unknown"),
        (mother.mother, {"version": certificate().item_id}, "item_unknown"),
        (person("chu.hung"), {}, "item_unknown"),
        (mother.clerk, {}, "wrong_role"),
        (mother.mother, {"purpose": " \n"}, "share_purpose_missing"),
        (mother.mother, {"until": DAY - timedelta(days=1)}, "share_until_wrong"),
        (mother.mother, {"until": DAY + timedelta(days=91)}, "share_until_wrong"),
        (mother.mother, {"identity_number": ""}, "receiver_not_one"),
        (mother.mother, {"agency": other.id, "identity_number": HUNG}, "receiver_not_one"),
        (mother.mother, {"agency": new_id()}, "agency_unknown"),
        (mother.mother, {"identity_number": "001196000101"}, "share_with_self"),
    ]
    for by, changes, code in attacks:
        no(code, lambda by=by, changes=changes: actions.share(sharing(**changes), by=by, at=mother.noon))
    assert Share.objects.count() == 0
    assert not Fact.objects.filter(name="vault.shared").exists()
    actions.share(sharing(until=DAY + timedelta(days=90)), by=mother.mother, at=mother.noon)
    no("share_given", lambda: actions.share(sharing(), by=mother.mother, at=mother.noon))
    assert Share.objects.count() == 1


def test_a_share_ends_with_its_day_with_its_revocation_and_for_who_only_claims_the_number(mother: Node) -> None:
    share, hung = actions.share(sharing(), by=mother.mother, at=mother.noon), person("chu.hung")

    def opened(days: int = 0, by: Actor = hung) -> Any:
        return actions.shared_with(share.id, by=by, at=mother.noon + timedelta(days=days))

    assert opened(5)[1].version == certificate()
    no("share_unknown", lambda: opened(6))
    for stranger in (mother.mother, mother.clerk, mother.stranger, citizen_actor(Citizen(id=new_id()))):
        no("share_unknown", lambda stranger=stranger: opened(by=stranger))
    Citizen.objects.filter(identity_number=HUNG).update(verification=DECLARED)
    no("share_unknown", opened)
    assert queries.shared_with_person(Citizen.objects.get(identity_number=HUNG), on=DAY) == []
    Citizen.objects.filter(identity_number=HUNG).update(verification=2)
    no("share_unknown", lambda: actions.revoke(share.id, by=hung, at=mother.noon))
    actions.revoke(share.id, by=mother.mother, at=mother.noon)
    no("share_unknown", opened)
    assert [(each["version"], each["purpose"]) for each in looked()] == [(str(certificate().id), "shared: Vay vốn")]
    assert HUNG not in str(list(Fact.objects.filter(name__startswith="vault.").values_list("data", flat=True)))


def test_an_agency_that_took_over_opens_what_its_predecessor_was_given(mother: Node) -> None:
    old, new = Agency.objects.get(code="H99.102"), mother.agency
    share = actions.share(sharing(agency=old.id), by=mother.mother, at=mother.noon)
    no("share_unknown", lambda: actions.shared_with(share.id, by=mother.clerk, at=mother.noon))
    assert actions.shared_with(share.id, by=mother.stranger, at=mother.noon)[0] == share
    Agency.objects.filter(pk=old.pk).update(successor=new, valid_until=DAY)
    assert actions.shared_with(share.id, by=mother.clerk, at=mother.noon)[0] == share
    assert queries.shared_with_agency(new.id, on=DAY) == [share]
    assert {each["agency"] for each in looked()} == {str(old.id), str(new.id)}


def test_an_agency_merged_twice_opens_what_the_first_was_given_and_taken_apart_again_each_its_own(
    mother: Node,
) -> None:
    first, second, third = Agency.objects.get(code="H99.102"), Agency.objects.get(code="H99.103"), mother.agency
    share = actions.share(sharing(agency=first.id), by=mother.mother, at=mother.noon)
    sons = officer("thuly.donglua", second)

    def open_to() -> list[bool]:
        seen = [queries.shared_with_agency(each.id, on=DAY) == [share] for each in (first, second, third)]
        return seen + [_opens(share, by, mother) for by in (mother.stranger, sons, mother.clerk)]

    assert open_to() == [True, False, False] * 2
    Agency.objects.filter(pk=first.pk).update(successor=second, valid_until=DAY)
    Agency.objects.filter(pk=second.pk).update(successor=third, valid_until=DAY)
    assert open_to()[2::3] == [True, True]
    Agency.objects.filter(pk=second.pk).update(successor=None, valid_until=None)
    assert open_to()[1:3] + open_to()[4:] == [True, False] * 2
    Agency.objects.filter(pk=first.pk).update(successor=None, valid_until=None)
    assert open_to() == [True, False, False] * 2


def _opens(share: Share, by: Actor, node: Node) -> bool:
    try:
        actions.shared_with(share.id, by=by, at=node.noon)
    except Refused:
        return False
    return True


def test_a_share_shows_to_the_last_second_of_its_day_here_and_not_after(mother: Node) -> None:
    share = actions.share(sharing(until=DAY), by=mother.mother, at=mother.noon)
    midnight = datetime(DAY.year, DAY.month, DAY.day, 17, tzinfo=UTC)  # of Vietnam, where the day ends
    last = midnight - timedelta(microseconds=1)
    assert actions.shared_with(share.id, by=person("chu.hung"), at=last)[0] == share
    no("share_unknown", lambda: actions.shared_with(share.id, by=person("chu.hung"), at=midnight))


def test_what_runs_out_makes_room_and_no_more_than_fifty_are_open(mother: Node) -> None:
    actions.share(sharing(until=DAY), by=mother.mother, at=mother.noon)
    tomorrow = mother.noon + timedelta(days=1)
    actions.share(sharing(), by=mother.mother, at=tomorrow)
    assert Share.objects.filter(revoked_at=None).count() == 1
    for number in range(49):
        numbered = sharing(identity_number=f"0010850{number:05d}")
        actions.share(numbered, by=mother.mother, at=tomorrow)
    no(
        "too_many_shares",
        lambda: actions.share(sharing(identity_number="001085099999"), by=mother.mother, at=tomorrow),
    )
    assert Share.objects.filter(revoked_at=None).count() == 50


def test_a_member_shares_and_revokes_for_the_organisation(mother: Node) -> None:
    shop = Organisation.objects.create(tax_code="0100109106", name="Công ty", folded_name="cong ty")
    Item.objects.filter(pk=certificate().item_id).update(citizen=None, organisation=shop)
    no("item_unknown", lambda: actions.share(sharing(), by=mother.mother, at=mother.noon))
    Membership.objects.create(organisation=shop, citizen_id=mother.mother.id)
    share = actions.share(sharing(), by=mother.mother, at=mother.noon)
    Membership.objects.create(organisation=shop, citizen_id=person("chu.hung").id)
    actions.revoke(share.id, by=person("chu.hung"), at=mother.noon)
    assert Share.objects.get().revoked_at == mother.noon


def together(*acts: Callable[[], Any]) -> list[str]:
    """Each act on its own connection, begun at the same moment: "" or the code of its refusal."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        try:
            gate.wait(20)
            act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as crowd:
        return sorted(crowd.map(one, acts))


def test_of_two_at_once_one_shares_and_one_revokes(mother: Node) -> None:
    wanted, by, at = sharing(), mother.mother, mother.noon
    assert together(*[lambda: actions.share(wanted, by=by, at=at)] * 3) == ["", "share_given", "share_given"]
    share = Share.objects.get()
    assert together(*[lambda: actions.revoke(share.id, by=by, at=at)] * 3) == ["", "share_unknown", "share_unknown"]
    assert list(Fact.objects.filter(stream=f"share:{share.id}").order_by("seq").values_list("name", flat=True)) == [
        "vault.shared", "vault.revoked",
    ]  # fmt: skip


def test_what_there_is_for_a_procedure_is_the_counters_to_see_and_leaves_a_trace(mother: Node) -> None:
    at, holder = mother.noon + timedelta(hours=6), certificate().item.holder
    actions.look(holder, "Tiếp nhận", procedure="9.1", by=mother.reception, at=at)
    for by, procedure, purpose, code in [
        (mother.clerk, "9.1", "Tò mò", "wrong_role"),
        (mother.mother, "9.1", "Tò mò", "wrong_role"),
        (mother.reception, "9.1", " ", "purpose_missing"),
        (mother.clerk, "", " ", "purpose_missing"),
    ]:
        no(code, lambda by=by, procedure=procedure, purpose=purpose: actions.look(
            holder, purpose, procedure=procedure, by=by, at=at))  # fmt: skip
    assert [(each["procedure"], each["agency"]) for each in looked()] == [("9.1", str(mother.agency.id))]


def test_the_checks_find_what_is_missing_and_nothing_else(mother: Node) -> None:
    every = (checks.check_results_kept, checks.check_versions, checks.check_shares)
    actions.share(sharing(), by=mother.mother, at=mother.noon)
    assert [list(check()) for check in every] == [[], [], []]
    Share.objects.create(
        version=certificate(), given_by_id=mother.mother.id, agency=mother.agency, purpose="x", until=DAY,
        given_at=mother.noon,
    )  # fmt: skip
    Share.objects.filter(agency=mother.agency).update(revoked_at=mother.noon)
    strange = Share.objects.get(agency=mother.agency)
    assert list(checks.check_shares()) == [f"share share:{strange.id}: no fact tells of it"]
    Share.objects.all().delete()
    run_until_read(wiring.SUBSCRIBERS)
    Version.objects.filter(result__isnull=False).delete()
    number = Result.objects.get().number
    assert list(checks.check_results_kept()) == [f"result {number} was handed over and is in nobody's vault"]


@pytest.mark.django_db
def test_the_database_holds_what_must_always_hold(node: Node) -> None:
    for holder in ({}, {"citizen_id": node.mother.id, "organisation_id": new_id()}):
        with pytest.raises(IntegrityError, match="item_one_holder"), _savepoint():
            Item.objects.create(id=new_id(), kind="paper", key="k", title="t", **holder)


def _savepoint() -> Any:
    from django.db import transaction

    return transaction.atomic()


def test_an_officer_without_work_on_dossiers_opens_nothing(mother: Node) -> None:
    share = actions.share(sharing(agency=mother.agency.id), by=mother.mother, at=mother.noon)
    administrator = Actor("officer:x", "", frozenset({"administrator"}), str(mother.agency.id))
    no("share_unknown", lambda: actions.shared_with(share.id, by=administrator, at=mother.noon))
    assert actions.shared_with(share.id, by=officer("hotich.hoasen", mother.agency), at=mother.noon)[0] == share
