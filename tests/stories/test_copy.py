"""A mother has one paper certified at the ward; the next office takes the certified copy, and asks her for nothing."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from motcua.base import files
from motcua.base.cursors import run_until_read
from motcua.base.errors import Refused
from motcua.base.ledger import facts_of
from motcua.base.wires import bind, provider
from motcua.catalogue.queries import edition_for, plan
from motcua.certifying import actions as certifying
from motcua.certifying.models import Copy
from motcua.certifying.rules import Original
from motcua.dossiers import actions as dossiers
from motcua.dossiers.queries import papers_of
from motcua.dossiers.rules import Attached
from motcua.payments import actions as payments
from motcua.payments.models import Bill
from motcua.people.models import Citizen
from motcua.results import actions as results
from motcua.results.models import Result
from motcua.results.queries import verified
from motcua.signing.development import PIN
from motcua.signing.ports import Keys
from motcua.signing.report import Verdict
from motcua.signing.verifying import verify
from motcua.sites.cli.check import all_checks
from motcua.vault import queries as vault
from motcua.wiring import SUBSCRIBERS
from tests.certifying.copies import pdf, png, request
from tests.node import BIRTH, DAY, Node, paper
from tests.signing.ca import signing_keys

HOUR = timedelta(hours=1)
HOSPITAL = Original("Giấy chứng sinh", "Bệnh viện Phụ sản Minh Hoạ", "0123/2026", DAY - timedelta(days=8))


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, noon: object) -> Iterator[Keys]:
    """The ward and its chairman can sign."""
    before = provider(Keys)  # type: ignore[type-abstract]
    made = signing_keys(tmp_path, noon)  # type: ignore[arg-type]
    bind(Keys, made)  # type: ignore[type-abstract]
    yield made
    bind(Keys, before)  # type: ignore[type-abstract]


def certified(node: Node, mother: Citizen) -> Copy:
    """Taken in by the counter, compared by the clerk, certified and signed by the chairman, paid and handed over."""
    asked = request(node, pdf(2), png(), original=HOSPITAL, presenter=mother.id, presenter_identity="001196000101")
    copy = certifying.take(asked, by=node.reception, at=node.noon)
    certifying.compare(copy.id, by=node.clerk, at=node.noon)
    certifying.certify(copy.id, by=node.approver, at=node.noon)
    run_until_read(SUBSCRIBERS)
    result = Result.objects.get(reference=copy.stream)
    results.look(result.id, by=node.approver, at=node.noon)
    (signed,) = results.sign_chosen([result.id], PIN, by=node.approver, at=node.noon)
    assert signed.refusal is None
    payments.take(Bill.objects.get().id, "cash", by=node.reception, at=node.noon)
    certifying.hand_over(copy.id, by=node.reception, at=node.noon + HOUR)
    run_until_read(SUBSCRIBERS)
    return Copy.objects.select_related("result").get(pk=copy.pk)


def test_a_certified_copy_is_signed_verified_kept_in_the_vault_and_used_instead_of_the_paper(
    committed_node: Node, keys: Keys
) -> None:
    node, mother = committed_node, Citizen.objects.get(identity_number="001196000101")
    copy = certified(node, mother)
    assert copy.result is not None
    assert copy.certification == "1, quyển số 1/2026-SCT/BS"
    assert Bill.objects.get().total_vnd == 5_000

    with files.open_file(str(copy.result.file_id)) as content:
        signed = content.read()
    assert len(PdfReader(io.BytesIO(signed)).pages) == 4
    report = verify(signed, keys.trust(), at=node.noon + HOUR)
    assert (report.verdict, len(report.signatures)) == (Verdict.VALID, 2)
    assert verify(signed.replace(b"Producer", b"Producex", 1), keys.trust(), at=node.noon).verdict != Verdict.VALID
    assert verified(copy.result.number, copy.result.check_code) == copy.result

    definition = plan(edition_for(BIRTH, DAY).id).definition
    (offer,) = vault.offers(mother.id, definition, on=DAY)["giay-chung-sinh"]
    assert (offer.title, offer.trust) == ("Bản sao chứng thực: Giấy chứng sinh", "Bản sao chứng thực")

    reused = Attached("giay-chung-sinh", "", "", source=offer.source)
    dossier = node.submitted(papers=(reused,))
    (filed,) = papers_of(dossier)
    assert (filed.file_id, filed.source) == (copy.result.file_id, f"result:{copy.result.id}")
    assert dossiers.receive(dossier.id, by=node.reception, at=node.noon + 2 * HOUR).state == "received"
    assert [fact.name for fact in facts_of(copy.stream)] == [
        "certifying.taken", "certifying.compared", "certifying.certified",
    ]  # fmt: skip
    run_until_read(SUBSCRIBERS)
    assert {name: found for name, check in all_checks().items() if (found := list(check()))} == {}


def test_a_revoked_copy_is_offered_no_more(committed_node: Node) -> None:
    node, mother = committed_node, Citizen.objects.get(identity_number="001196000101")
    copy = certified(node, mother)
    assert copy.result is not None
    results.revoke(copy.result.id, "Bản chính là giả mạo", "12/QĐ-UBND", by=node.approver, at=node.noon + HOUR)
    definition = plan(edition_for(BIRTH, DAY).id).definition
    assert vault.offers(mother.id, definition, on=DAY) == {}
    reused = Attached("giay-chung-sinh", "", "", source=f"result:{copy.result.id}")
    with pytest.raises(Refused, match="reuse_not_in_force"):
        node.submitted(papers=(reused,))


def test_a_copy_of_another_paper_is_not_this_paper(committed_node: Node) -> None:
    node, mother = committed_node, Citizen.objects.get(identity_number="001196000101")
    copy = certified(node, mother)
    definition = plan(edition_for(BIRTH, DAY).id).definition
    assert set(vault.offers(mother.id, definition, on=DAY)) == {"giay-chung-sinh"}
    other = next(each for each in definition.papers if each.code != "giay-chung-sinh")
    own = Attached("giay-chung-sinh", paper(node.noon), "giấy chứng sinh.pdf")
    assert copy.result is not None
    with pytest.raises(Refused, match="reuse_other_kind"):
        node.submitted(papers=(own, Attached(other.code, "", "", source=f"result:{copy.result.id}")))
