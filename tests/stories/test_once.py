"""Asked once: what one office gave is what the next one uses, until it is taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from motcua.base.errors import Refused
from motcua.base.ledger import broken_facts
from motcua.base.models import Fact
from motcua.catalogue.queries import edition_for, plan
from motcua.dossiers import checks, queries
from motcua.dossiers.models import Dossier, DossierPaper, Standing
from motcua.drafts import actions as drafts
from motcua.drafts.models import Draft, DraftPaper
from motcua.results.actions import revoke
from motcua.results.models import Result
from motcua.sites.frame.refusals import said
from motcua.vault import actions as vault
from motcua.vault.queries import offers
from tests.filing.residence import ANSWERS, KINSHIP, RESIDENCE
from tests.node import DAY, Node
from tests.vault.conftest import mother  # noqa: F401  # a fixture

AGAIN, OLD = "1.004884", "giay-to-khai-sinh-cu"  # birth registered again, and its paper
BORN_AGAIN: dict[str, Any] = {
    "nyc_ho_ten": "Nguyễn Thị Lan", "nyc_so_dinh_danh": "001196000101", "nyc_noi_cu_tru": "Phường Hoa Sen",
    "nyc_dien_thoai": "0900000101", "nyc_quan_he": "cha_me", "ho_ten": "Trần Minh Khôi", "ngay_sinh": "2026-11-02",
    "gioi_tinh": "nam", "dan_toc": "Kinh", "quoc_tich": "Việt Nam", "noi_sinh": "Bệnh viện", "que_quan": "Minh Hoạ",
    "noi_dang_ky_cu": "Phường Hoa Sen", "ly_do": "mat_ca_hai", "la_can_bo": False, "dien_mien": "khong",
    "xin_ban_sao": False, "cam_doan": True,
}  # fmt: skip
DAYS = timedelta(days=1)
PDF = b"%PDF-1.4\nanother\n%%EOF\n"


def begun(node: Node, code: str, answers: dict[str, Any], paper: str, days: int) -> Draft:
    """A draft with nothing to mend, in which the first thing offered for ``paper`` was used."""
    at, edition = node.noon + days * DAYS, edition_for(code, DAY).id
    draft = drafts.start_draft(edition, dict(answers), by=node.mother, at=at)
    drafts.set_filing(draft.id, agency=node.agency.id, return_by="counter", on_behalf_of={}, by=node.mother, at=at)
    (offer,) = offers(UUID(node.mother.id), plan(edition).definition, on=DAY + days * DAYS)[paper]
    drafts.reuse(draft.id, paper, offer.item, by=node.mother, at=at)
    return draft


def test_what_one_office_gave_the_next_uses_until_it_is_taken_back(mother: Node) -> None:  # noqa: F811
    node = mother
    for code in (RESIDENCE, AGAIN):
        Node.publish(code, node.noon)
    birth = Result.objects.get()

    # B: permanent residence, with the certificate that A gave.
    residence = drafts.file_draft(begun(node, RESIDENCE, ANSWERS, KINSHIP, 1).id, by=node.mother, at=node.noon + DAYS)
    assert [(each.paper, each.source, each.file_id) for each in queries.reused(residence)] == [
        (KINSHIP, birth.stream, birth.file_id)
    ]
    assert [fact.data["source"] for fact in queries.history(residence)[1:]] == [birth.stream]

    # At the counter an officer looks what there is for this procedure: the mother can read that.
    holder = UUID(node.mother.id)
    vault.look(holder, "Tiếp nhận hồ sơ", procedure=RESIDENCE, by=node.reception, at=node.noon + DAYS)
    had = offers(holder, plan(residence.edition_id).definition, on=DAY + DAYS)
    assert [each.source for each in had[KINSHIP]] == [birth.stream]
    (look,) = Fact.objects.filter(name="vault.looked")
    assert (look.actor, look.data["holder"], look.data["procedure"], look.data["purpose"]) == (
        node.reception.ref, node.mother.id, RESIDENCE, "Tiếp nhận hồ sơ",
    )  # fmt: skip

    # C was prepared while the certificate held; then it was revoked.
    prepared = begun(node, AGAIN, BORN_AGAIN, OLD, 2)
    revoke(birth.id, "Cấp nhầm người", "12/QĐ-UBND", by=node.approver, at=node.noon + 3 * DAYS)
    before = (Dossier.objects.count(), Standing.objects.count(), DossierPaper.objects.count(), Fact.objects.count())
    with pytest.raises(Refused) as no:
        drafts.file_draft(prepared.id, by=node.mother, at=node.noon + 4 * DAYS)
    words = said(no.value)
    assert no.value.code == "reuse_not_in_force"
    assert words.what == f"“Giấy khai sinh” ({birth.number}) không còn hiệu lực để dùng lại."
    assert words.do == "Hãy tải giấy tờ này lên như bình thường."
    after = (Dossier.objects.count(), Standing.objects.count(), DossierPaper.objects.count(), Fact.objects.count())
    assert after == before and DraftPaper.objects.get().source == birth.stream

    # Nothing is offered any more; with a file of her own it goes.
    assert OLD not in offers(UUID(node.mother.id), plan(prepared.edition_id).definition, on=DAY + 4 * DAYS)
    drafts.detach(prepared.id, DraftPaper.objects.get().id, by=node.mother)
    drafts.attach(prepared.id, OLD, [PDF], "ban sao.pdf", by=node.mother, at=node.noon + 4 * DAYS)
    filed = drafts.file_draft(prepared.id, by=node.mother, at=node.noon + 4 * DAYS)
    assert [each.source for each in filed.papers.all()] == [""]

    # What was filed while the certificate held stays what it was, and the ledger is whole.
    assert [each.source for each in queries.reused(residence)] == [birth.stream]
    assert list(broken_facts()) == [] and list(checks.check_tips()) == []


def test_facts_of_before_sources_were_kept_still_verify(node: Node) -> None:
    from dataclasses import dataclass

    from motcua.base import ledger

    @dataclass(frozen=True)
    class PaperAdded:
        paper: str
        sha256: str

    PaperAdded.__module__ = "motcua.dossiers.events"
    ledger.append("dossier:old", [PaperAdded("giay", "0" * 64)], by=node.mother, at=node.noon)
    assert ledger.facts_of("dossier:old")[0].data == {"paper": "giay", "sha256": "0" * 64}
    assert ledger.facts_of("dossier:old")[0].name == "dossiers.paper_added"
    assert list(broken_facts()) == []
