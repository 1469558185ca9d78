"""At the counter: the officer sees what the State has for this procedure, uses it by pressing; the look is recorded."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.filing.actions import submit
from motcua.people.models import Agency, Organisation
from motcua.results.models import Result
from tests.filing.residence import ANSWERS, KINSHIP, RESIDENCE, residence
from tests.node import Node
from tests.sites.desk import address, seated, text_of
from tests.vault.conftest import mother  # noqa: F401  # a fixture
from tests.vault.firm import TAX_CODE, filed_for, firm_of, granted

pytestmark = pytest.mark.usefixtures("clock")
PAGE = f"/can-bo/tiep-nhan-moi/{RESIDENCE}/"
USED = "Tái sử dụng từ kho kết quả"


@pytest.fixture
def its(mother: Node) -> Node:  # noqa: F811
    Node.publish(RESIDENCE, mother.noon)
    return mother


@pytest.fixture
def counter(its: Node) -> Client:
    return seated("tiepnhan.hoasen", its.agency.id)


def typed(**changes: Any) -> dict[str, Any]:
    """A filing of the mother, whose card was seen."""
    answers = {name: str(value).lower() if isinstance(value, bool) else value for name, value in ANSWERS.items()}
    owner = {
        "quay-agency": str(Agency.objects.get(code="H99.101").id), "quay-owner_name": "Nguyễn Thị Lan",
        "quay-owner_identity": "001196000101", "quay-owner_phone": "0900000101", "quay-channel": "direct",
        "quay-return_by": "counter", "quay-card_seen": "on",
    }  # fmt: skip
    return {"id": str(new_id()), **answers, **owner, **changes}


def hidden(html: str, name: str) -> str:
    (found,) = re.findall(rf'name="{name}" value="([^"]+)"', html)
    return found


def looks() -> list[tuple[str, str]]:
    return [(fact.data["holder"], fact.data["procedure"]) for fact in Fact.objects.filter(name="vault.looked")]


def test_what_the_state_has_is_seen_pressed_and_filed_with_its_source(its: Node, counter: Client) -> None:
    given = typed()
    assert "Nhà nước đã có giấy này" not in text_of(counter.get(PAGE)) and looks() == []
    html = text_of(counter.post(PAGE, {**given, "_tra-cuu": "1"}))
    assert looks() == [(its.mother.id, RESIDENCE)]
    assert f"Giấy khai sinh số {Result.objects.get().number}" in html
    given["kho"] = hidden(html, "kho")
    html = text_of(counter.post(PAGE, {**given, "_dung": hidden(html, "_dung")}))
    assert USED in html and 'name="_dung"' not in html
    given["da-tai"] = hidden(html, "da-tai")
    response = counter.post(PAGE, {**given, "_file": "1"})
    dossier = Dossier.objects.get(filed_by=its.mother.id, channel="direct")
    assert response["Location"] == f"/can-bo/tiep-nhan-moi/xong/{dossier.code}/"
    added = queries.history(dossier)[1]
    assert (added.actor, added.data["source"]) == (its.reception.ref, Result.objects.get().stream)
    assert USED in text_of(counter.get(address(dossier)))
    assert len(looks()) == 1  # one look for one filing, however often the page comes back


def test_without_the_card_nothing_is_filed_from_a_vault(its: Node, counter: Client) -> None:
    given = typed()
    html = text_of(counter.post(PAGE, {**given, "_tra-cuu": "1"}))
    given["kho"] = hidden(html, "kho")
    given["da-tai"] = hidden(text_of(counter.post(PAGE, {**given, "_dung": hidden(html, "_dung")})), "da-tai")
    del given["quay-card_seen"]
    before = Dossier.objects.count()
    response = counter.post(PAGE, {**given, "_file": "1"})
    assert (response.status_code, Dossier.objects.count()) == (409, before)
    assert "đối chiếu căn cước của người nộp" in text_of(response)


def test_what_was_made_up_opens_no_vault(its: Node, counter: Client) -> None:
    given = typed()
    html = text_of(counter.post(PAGE, {**given, "_tra-cuu": "1"}))
    pressed, opened = hidden(html, "_dung"), hidden(html, "kho")
    other = str(new_id())
    table = [
        ("no look", {**given, "_dung": pressed}),
        ("a look made up", {**given, "_dung": pressed, "kho": its.mother.id}),
        ("the look of another filing", {**given, "id": other, "_dung": pressed, "kho": opened}),
        ("no item", {**given, "_dung": f"{KINSHIP}:", "kho": opened}),
        ("a result instead", {**given, "_dung": f"{KINSHIP}:{Result.objects.get().id}", "kho": opened}),
        ("another paper", {**given, "_dung": pressed.replace(KINSHIP, "dien-tich-nha-o"), "kho": opened}),
        ("no paper", {**given, "_dung": pressed.replace(KINSHIP, "x"), "kho": opened}),
    ]
    told = [(name, "da-tai" in text_of(counter.post(PAGE, post))) for name, post in table]
    assert told == [(name, False) for name, _ in table]


def test_an_account_that_nobody_verified_is_not_looked_into(its: Node, counter: Client) -> None:
    html = text_of(counter.post(PAGE, typed(**{"quay-owner_identity": "001304000104", "_tra-cuu": "1"})))
    assert 'name="kho"' not in html and looks() == []


def test_a_supplement_at_the_counter_takes_what_the_state_has(its: Node, counter: Client) -> None:
    filing = residence(its, channel="direct", filer=UUID(its.mother.id))
    dossier = submit(filing, by=its.reception, at=its.noon + timedelta(hours=1))
    actions.ask_supplement(dossier.id, [KINSHIP], "Thiếu", by=its.reception, at=its.noon + timedelta(hours=1))
    assert "Xem Nhà nước đã có giấy nào" in text_of(counter.get(address(dossier)))
    assert looks() == []
    html = text_of(counter.get(address(dossier, "?kho=xem")))
    assert looks() == [(its.mother.id, RESIDENCE)]
    (item,) = re.findall(r'name="nop-bo-sung-kho_[^"]+" value="([0-9a-f-]{36})"', html)
    seen = queries.standing_of(dossier).seq
    response = counter.post(address(dossier, "nop-bo-sung/"), {f"nop-bo-sung-kho_{KINSHIP}": item, "seen": str(seen)})
    assert response.status_code == 302
    assert [each.source for each in queries.reused(dossier)] == [Result.objects.get().stream]


@pytest.fixture
def firm(committed_node: Node) -> Organisation:
    """An organisation that the mother represents, with a result of its own; she has none."""
    found = firm_of(committed_node)
    granted(committed_node, filed_for(committed_node))
    Node.publish(RESIDENCE, committed_node.noon)
    return found


def for_firm(**changes: str) -> dict[str, Any]:
    """What is typed when she stands there for it."""
    return typed(**{
        "quay-owner_identity": TAX_CODE, "quay-owner_name": "Công ty Hoa Sen", "quay-filer_identity": "001196000101",
        "quay-filer_name": "Nguyễn Thị Lan", "quay-filer_basis": "Người đại diện của tổ chức",
    } | changes)  # fmt: skip


def test_an_organisation_is_named_by_its_tax_code_and_its_items_are_used(
    committed_node: Node, firm: Organisation
) -> None:
    counter = seated("tiepnhan.hoasen", committed_node.agency.id)
    blank = {"quay-owner_name": "", "quay-owner_phone": "", "quay-filer_name": "", "quay-filer_basis": ""}
    html = text_of(counter.post(PAGE, for_firm(**blank, **{"_tra-cuu": "1"})))
    assert 'value="Công ty Hoa Sen"' in html and 'value="Nguyễn Thị Lan"' in html
    given = for_firm()
    html = text_of(counter.post(PAGE, {**given, "_tra-cuu": "1"}))
    assert looks()[0] == (str(firm.id), RESIDENCE)
    given["kho"] = hidden(html, "kho")
    html = text_of(counter.post(PAGE, {**given, "_dung": hidden(html, "_dung")}))
    given["da-tai"] = hidden(html, "da-tai")
    counter.post(PAGE, {**given, "_file": "1"})
    dossier = Dossier.objects.get(channel="direct")
    assert (dossier.organisation, str(dossier.filed_by_id)) == (firm.id, committed_node.mother.id)
    assert [each.source for each in dossier.papers.all()] == [Result.objects.get().stream]


def test_at_the_counter_nobody_but_who_represents_it_opens_or_uses_it(
    committed_node: Node, firm: Organisation
) -> None:
    counter = seated("tiepnhan.hoasen", committed_node.agency.id)
    given = for_firm()
    html = text_of(counter.post(PAGE, {**given, "_tra-cuu": "1"}))
    opened = {"kho": hidden(html, "kho"), "_dung": hidden(html, "_dung")}
    chosen = {"da-tai": hidden(text_of(counter.post(PAGE, given | opened)), "da-tai")}
    firm_of(committed_node, "chu.hung")
    before = (Dossier.objects.count(), len(looks()))
    table = [
        ("a former one looks", {"_tra-cuu": "1"}, 200),
        ("nobody stands there", {"_tra-cuu": "1", "quay-filer_identity": ""}, 200),
        ("who only claims a number", {"_tra-cuu": "1", "quay-filer_identity": "001304000104"}, 200),
        ("no such organisation", {"_tra-cuu": "1", "quay-owner_identity": "0100112437"}, 200),
        ("the page of before", opened, 200),
        ("what was chosen before", {**chosen, "_file": "1"}, 422),
        ("the same without the card", {**chosen, "_file": "1", "quay-card_seen": ""}, 409),
        ("as her own matter", {**chosen, "_file": "1", "quay-owner_identity": "001196000101", "quay-filer_name": "",
                               "quay-filer_basis": ""}, 409),
        ("as nobody's", {**chosen, "_file": "1", "quay-filer_name": "", "quay-filer_basis": ""}, 422),
    ]  # fmt: skip
    told = []
    for name, changes, _ in table:
        answer = counter.post(PAGE, {**given, **changes})
        told.append((name, answer.status_code, 'name="_dung"' in text_of(answer)))
    assert told == [(name, status, False) for name, _, status in table]
    assert (Dossier.objects.count(), len(looks())) == before
