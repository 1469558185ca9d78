"""Re-use is evidence: proven at the moment of filing, or nothing is written."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.base.ledger import broken_facts
from motcua.base.models import Fact
from motcua.catalogue.queries import plan
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules import Attached, Filing
from motcua.filing.actions import submit, supplement
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.printing.receipts import papers_told
from motcua.results.actions import revoke
from motcua.results.models import Result
from motcua.sites.frame.refusals import said
from tests.filing.residence import KINSHIP, RESIDENCE, certificate, residence
from tests.node import Node, paper
from tests.vault.conftest import mother  # noqa: F401  # a fixture

HOUR, AT = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def its(mother: Node) -> Node:  # noqa: F811
    """The mother has a certificate of birth; the procedure that asks for one is published."""
    Node.publish(RESIDENCE, mother.noon)
    return mother


def test_a_result_is_filed_with_its_source_in_row_and_fact(its: Node) -> None:
    result = Result.objects.get()
    with CaptureQueriesContext(connection) as spent:
        dossier = submit(residence(its, certificate(sha256="")), by=its.mother, at=its.noon + AT)
    assert [(each.paper, each.file_id, each.source, each.label) for each in dossier.papers.all()] == [
        (KINSHIP, result.file_id, f"result:{result.id}", f"Giấy khai sinh ({result.number})")
    ]
    added = queries.history(dossier)[1]
    assert (added.name, added.data["source"]) == ("dossiers.paper_added", f"result:{result.id}")
    assert [each.source for each in queries.reused(dossier)] == [f"result:{result.id}"]
    assert list(broken_facts()) == []
    told = papers_told(plan(dossier.edition_id).definition, dossier)
    assert told == ["Giấy tờ chứng minh quan hệ nhân thân (1 tái sử dụng từ kho dữ liệu)"]
    assert sum("vault_version" in each["sql"] for each in spent) == 1


def test_what_was_brought_asks_no_vault(its: Node) -> None:
    brought = Attached(KINSHIP, paper(its.noon), "ban sao.pdf")
    with CaptureQueriesContext(connection) as spent:
        dossier = submit(residence(its, brought), by=its.mother, at=its.noon + AT)
    assert sum("vault_" in each["sql"] for each in spent) == 0
    assert [each.source for each in dossier.papers.all()] == [""]
    assert queries.reused(dossier) == []


def forged(node: Node) -> list[tuple[str, str, Filing, Any]]:
    """What must not count as evidence: a name, the refusal, the filing, who files."""
    result, mine = Result.objects.get(), node.mother
    father = citizen_actor(Citizen.objects.get(account__login="chu.hung"))
    behalf = {"name": "Trần Văn Ba", "identity_number": "", "basis": "Giấy uỷ quyền"}
    other = paper(node.noon, b"%PDF-1.4\nother\n%%EOF\n")
    return [
        ("somebody else's", "reuse_not_yours", residence(node, certificate()), father),
        ("a flag that was ticked", "reuse_not_yours", residence(node, certificate(source="true")), mine),
        ("a number", "reuse_not_yours", residence(node, certificate(source=result.number)), mine),
        ("no such result", "reuse_not_yours", residence(node, certificate(source=f"result:{new_id()}")), mine),
        (
            "a register nobody asked",
            "reuse_not_yours",
            residence(node, certificate(source="register:population:1")),
            mine,
        ),
        ("our mark", "reuse_not_yours", residence(node, certificate(source="@code@")), mine),
        ("another paper's kind", "reuse_other_kind", residence(node, certificate("dien-tich-nha-o")), mine),
        ("a paper of no kind", "reuse_other_kind", residence(node, certificate("khac")), mine),
        ("another file", "reuse_other_file", residence(node, certificate(sha256=other)), mine),
        ("for somebody else", "reuse_without_holder", residence(node, certificate(), on_behalf_of=behalf), mine),
        (
            "nobody at the counter",
            "reuse_without_holder",
            residence(node, certificate(), channel="direct"),
            node.reception,
        ),
        ("one of two", "reuse_not_yours", residence(node, certificate(), certificate(source="result:x")), mine),
    ]


def test_what_proves_nothing_is_refused_and_nothing_is_written(its: Node) -> None:
    before = (Dossier.objects.count(), DossierPaper.objects.count(), Fact.objects.count())
    told = []
    for name, code, filing, by in forged(its):
        with pytest.raises(Refused) as no:
            submit(filing, by=by, at=its.noon + AT)
        told.append((name, code, no.value.code))
    assert [(name, found) for name, _, found in told] == [(name, code) for name, code, _ in told]
    assert (Dossier.objects.count(), DossierPaper.objects.count(), Fact.objects.count()) == before


def test_what_was_revoked_after_it_was_chosen_is_refused_with_what_to_do(its: Node) -> None:
    filing = residence(its, certificate())
    revoke(Result.objects.get().id, "Cấp sai", "12/QĐ-UBND", by=its.approver, at=its.noon + HOUR)
    with pytest.raises(Refused) as no:
        submit(filing, by=its.mother, at=its.noon + AT)
    assert no.value.code == "reuse_not_in_force"
    assert "không còn hiệu lực" in said(no.value).what and "tải giấy tờ này lên" in said(no.value).do
    assert Dossier.objects.count() == 1


def test_at_the_counter_it_is_the_vault_of_who_stands_there(its: Node) -> None:
    filing = residence(its, certificate(), channel="direct", filer=UUID(its.mother.id))
    dossier = submit(filing, by=its.reception, at=its.noon + AT)
    added = queries.history(dossier)[1]
    assert (added.actor, added.data["source"]) == (its.reception.ref, Result.objects.get().stream)


def test_a_supplement_takes_only_what_is_proven(its: Node) -> None:
    dossier = submit(residence(its), by=its.mother, at=its.noon + AT)
    actions.ask_supplement(dossier.id, [KINSHIP], "Thiếu bản sao", by=its.reception, at=its.noon + AT)
    for code, papers, verb in [
        ("reuse_not_yours", [certificate()], actions.supplement),  # where nothing can be proven
        ("reuse_not_yours", [certificate(source="result:x")], supplement),
        ("reuse_other_file", [certificate(sha256=paper(its.noon, b"%PDF-1.4\n2\n%%EOF\n"))], supplement),
    ]:
        with pytest.raises(Refused, match=code):
            verb(dossier.id, papers, by=its.mother, at=its.noon + AT + HOUR)
    assert (dossier.papers.count(), len(queries.history(dossier))) == (0, 2)
    supplement(dossier.id, [certificate(sha256="")], by=its.mother, at=its.noon + AT + HOUR)
    assert [each.source for each in queries.reused(dossier)] == [Result.objects.get().stream]
    assert queries.history(dossier)[2].data["sources"] == [Result.objects.get().stream]
