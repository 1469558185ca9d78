"""What an organisation has is for who represents it today: offered at filing, refused to who did before."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.base.errors import Forbidden, NotFound, Refused
from motcua.base.models import Fact
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.actions.moving import must_reach, vault_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Attached, Owner
from motcua.drafts import actions as drafts
from motcua.filing.actions import submit, supplement
from motcua.mandates import actions as mandates
from motcua.people.actions import name_representative, register_organisation
from motcua.people.models import Citizen, Organisation
from motcua.people.queries import citizen_actor
from motcua.results.models import Result
from motcua.results.queries import represented, results_of
from motcua.vault import queries
from motcua.vault.looks import Key, looks_at_organisation, looks_at_person
from tests.filing.residence import KINSHIP, RESIDENCE, certificate, residence
from tests.node import DAY, Node
from tests.vault.conftest import registered
from tests.vault.firm import BEHALF, HOUR, TAX_CODE, filed_for, firm_of, granted, hung, person
from tests.vault.test_offers import CODE, asks

AT = timedelta(days=1)
FOR_FIRM = {"owner": Owner("Công ty Hoa Sen", TAX_CODE), "on_behalf_of": dict(BEHALF)}


@pytest.fixture
def its(committed_node: Node) -> Node:
    """The mother represents an organisation that has a result; she has none herself."""
    firm_of(committed_node)
    granted(committed_node, filed_for(committed_node))
    Node.publish(RESIDENCE, committed_node.noon)
    return committed_node


def firm() -> Organisation:
    return Organisation.objects.get(tax_code=TAX_CODE)


def test_what_an_organisation_has_is_filed_for_it_with_its_source(its: Node) -> None:
    (offer,) = queries.offers(firm().id, asks(CODE), on=DAY)["giay"]
    dossier = submit(residence(its, certificate(sha256=""), **FOR_FIRM), by=its.mother, at=its.noon + AT)
    result = Result.objects.get()
    assert [(each.paper, each.source, each.file_id) for each in dossier.papers.all()] == [
        (KINSHIP, result.stream, result.file_id)
    ]
    assert (offer.source, dossier.organisation) == (result.stream, firm().id)


def test_papers_accepted_for_an_organisation_are_in_its_vault_and_in_no_other(its: Node) -> None:
    kept = {each.version.item.kind for each in queries.held(firm().id)}
    assert (kept, queries.held(its.mother.id)) == ({"result", "paper"}, [])


def test_a_persons_own_and_the_organisations_never_mix(its: Node) -> None:
    of_firm = certificate()
    registered(its, later=timedelta(hours=5))  # and now she has one of her own
    own = Result.objects.exclude(holder_organisation=firm()).get()
    of_her = certificate_of(own)
    before = Dossier.objects.count()
    for paper, changes in ((of_firm, {}), (of_her, FOR_FIRM)):
        with pytest.raises(Refused) as no:
            submit(residence(its, paper, **changes), by=its.mother, at=its.noon + AT)
        assert no.value.code == "reuse_not_yours"
    somebody = {"name": "Trần Văn Ba", "identity_number": "001085000102", "basis": "Giấy uỷ quyền"}
    for paper in (of_firm, of_her):
        with pytest.raises(Refused, match="reuse_without_holder"):
            submit(residence(its, paper, on_behalf_of=somebody), by=its.mother, at=its.noon + AT)
    assert Dossier.objects.count() == before


def certificate_of(result: Result) -> Attached:
    return Attached(KINSHIP, str(result.file_id), "", result.stream)


def test_only_who_represents_it_today_uses_what_it_has(its: Node) -> None:
    filing = residence(its, certificate(), **FOR_FIRM)
    firm_of(its, "chu.hung")
    before = (Dossier.objects.count(), Fact.objects.count())
    with pytest.raises(Refused, match="reuse_without_holder"):
        submit(filing, by=its.mother, at=its.noon + AT)
    assert (Dossier.objects.count(), Fact.objects.count()) == before
    assert submit(filing, by=hung(), at=its.noon + AT).organisation == firm().id


def test_a_household_is_its_owner_and_a_number_of_a_person_names_no_organisation(its: Node) -> None:
    lan, household = (
        person("me.lan"),
        register_organisation("001085000102", "Hộ Trần Văn Hùng", by=SYSTEM, at=its.noon),
    )
    name_representative(household, lan, by=SYSTEM, at=its.noon)
    assert (represented(lan.id, "001085000102"), represented(lan.id, TAX_CODE)) == (None, firm().id)


def test_what_was_chosen_for_oneself_leaves_the_draft_that_becomes_the_organisations(its: Node) -> None:
    registered(its, later=timedelta(hours=5))
    by, at = its.mother, its.noon + AT
    draft = drafts.start_draft(residence(its).edition, {}, by=by, at=at)
    own, of_firm = (queries.offers(UUID(str(each)), asks(CODE), on=DAY)["giay"][0] for each in (by.id, firm().id))
    drafts.reuse(draft.id, KINSHIP, own.item, by=by, at=at)
    place = {"agency": its.agency.id, "return_by": "counter", "by": by, "at": at}
    drafts.set_filing(draft.id, on_behalf_of=BEHALF, **place)
    assert draft.papers.count() == 0
    with pytest.raises(Refused, match="reuse_not_yours"):
        drafts.reuse(draft.id, KINSHIP, own.item, by=by, at=at)
    drafts.reuse(draft.id, KINSHIP, of_firm.item, by=by, at=at)
    drafts.set_filing(draft.id, on_behalf_of=BEHALF, **place)
    assert [each.source for each in draft.papers.all()] == [of_firm.source]


def test_the_vault_that_answers_a_request_is_the_organisations(its: Node) -> None:
    dossier = submit(residence(its, **FOR_FIRM), by=its.mother, at=its.noon + AT)
    actions.ask_supplement(dossier.id, [KINSHIP], "Thiếu", by=its.reception, at=its.noon + AT)
    assert vault_for(dossier, its.mother) == vault_for(dossier, its.reception) == firm().id
    firm_of(its, "chu.hung")
    assert [vault_for(dossier, each) for each in (its.mother, its.reception, hung())] == [None, None, firm().id]
    with pytest.raises(NotFound, match="dossier_unknown"):
        supplement(dossier.id, [certificate(sha256="")], by=its.mother, at=its.noon + AT + HOUR)
    supplement(dossier.id, [certificate(sha256="")], by=hung(), at=its.noon + AT + HOUR)
    assert [each.source for each in dossiers.reused(dossier)] == [Result.objects.get().stream]


def test_who_decided_later_gives_to_the_organisation_that_was_filed_for(committed_node: Node) -> None:
    firm_of(committed_node)
    dossier = filed_for(committed_node)
    firm_of(committed_node, "chu.hung")
    granted(committed_node, dossier)
    assert Result.objects.get().holder_organisation == firm()
    assert {each.version.item.holder for each in queries.held(firm().id)} == {firm().id}
    assert queries.held(committed_node.mother.id) == []


def seen_by(client: Client, login: str, addresses: list[str]) -> list[int]:
    client.force_login(person(login).account)
    return [client.get(each).status_code for each in addresses]


def test_who_represented_it_before_sees_nothing_of_it_any_more_anywhere(its: Node, client: Client) -> None:
    dossier, result = Dossier.objects.get(), Result.objects.get()
    item, version = next(
        (each.version.item_id, each.version.id) for each in queries.held(firm().id) if each.version.result
    )
    paper = dossier.papers.get()
    of_dossier = ["", "ket-qua/", "ket-qua/chung-thuc-so/", "giay-tiep-nhan/", "toan-bo/", "to-khai/", "uy-quyen/",
                  f"tep/{paper.id}/"]  # fmt: skip
    addresses = [f"/kho/?to-chuc={firm().id}", f"/kho/ai-da-xem/?to-chuc={firm().id}", f"/kho/{item}/",
                 f"/kho/tep/{version}/"]  # fmt: skip
    addresses += [f"/ho-so/{dossier.code}/{end}" for end in of_dossier]
    known = [
        each for each, status in zip(addresses, seen_by(client, "me.lan", addresses), strict=True) if status < 300
    ]
    assert len(known) > 8
    firm_of(its, "chu.hung")
    assert set(seen_by(client, "me.lan", known)) <= {403, 404}
    page = client.get("/tai-khoan/").content.decode() + client.get("/tai-khoan/?loc=xong").content.decode()
    assert dossier.code not in page and result.number not in page
    later = Key(its.noon + timedelta(days=9))
    lan, now = person("me.lan"), its.noon + AT
    assert (dossiers.mine(lan.id), results_of(lan.id), looks_at_person(lan, before=later)) == ([], [], [])
    with pytest.raises(NotFound):
        must_reach(dossiers.standing_by_code(dossier.code), citizen_actor(lan), at=now)
    # and who represents it now does
    assert dossiers.mine(hung().id) == [dossier.standing]
    assert results_of(hung().id) == [result]
    assert set(seen_by(client, "chu.hung", known)) == {200}


def test_whom_a_representative_authorised_may_act_only_while_that_one_represents_it(its: Node) -> None:
    dossier, taker = Dossier.objects.get(), person("chu.hung")
    Citizen.objects.filter(pk=taker.pk).update(verification=2)
    authority = mandates.Authority(dossier.stream, str(taker.identity_number), taker.full_name, DAY, "Giấy uỷ quyền")
    standing, tu = dossiers.standing_by_code(dossier.code), citizen_actor(person("ong.tu"))
    given = mandates.give(authority, by=its.mother, at=its.noon)
    assert must_reach(standing, hung(), at=its.noon) == standing
    with pytest.raises(Forbidden, match="not_in_mandate"):
        must_reach(standing, hung(), at=its.noon, verb="withdraw")
    firm_of(its, "ong.tu")
    with pytest.raises(NotFound, match="dossier_unknown"):
        must_reach(standing, hung(), at=its.noon)
    mandates.revoke(given.id, by=hung(), at=its.noon)
    mandates.give(authority, by=tu, at=its.noon)
    assert must_reach(standing, hung(), at=its.noon) == must_reach(standing, tu, at=its.noon) == standing


def test_who_looked_at_its_dossiers_is_told_to_the_organisation(its: Node) -> None:
    dossier = Dossier.objects.get()
    actions.look(dossier.id, "Đối chiếu", by=its.clerk, at=its.noon + HOUR)
    later = Key(its.noon + timedelta(days=9))
    assert [(each.dossier, each.purpose) for each in looks_at_organisation(firm(), before=later)] == [
        (dossier.code, "Đối chiếu")
    ]
    assert looks_at_person(person("me.lan"), before=later) == []
