"""What a vault offers for a paper: what agrees with the edition, is the holder's own, and still holds."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from motcua import wiring
from motcua.base.cursors import replay, run_until_read
from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.catalogue.definition import Definition, parse
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import DossierPaper
from motcua.people.models import Citizen
from motcua.results import actions as results
from motcua.results.models import Result
from motcua.vault import queries
from motcua.vault.models import Item, Version
from motcua.vault.subscribers import KEPT
from tests.node import DAY, Node, paper
from tests.vault.conftest import HOUR, registered

CODE = "KQ.G15.000031"


def asks(known_from: str, name: str = "Giấy khai sinh") -> Definition:
    """An edition that asks for one paper."""
    return parse(
        {"procedure": "9.1", "name": {"vi": "Thử"}, "in_force": {"from": "2026-01-01"},
         "papers": [{"code": "giay", "name": name, "known_from": known_from}]}
    )  # fmt: skip


def offered(node: Node, known_from: str, name: str = "Giấy khai sinh", on: date = DAY) -> list[tuple[str, str, str]]:
    found = queries.offers(UUID(node.mother.id), asks(known_from, name), on=on)
    return [(each.title, each.number, each.trust) for each in found.get("giay", [])]


CERTIFICATE = ("Giấy khai sinh", "1/2026/KQ-H99.101", "Kết quả chưa ký số")
PROOF_OF_BIRTH = ("Giấy chứng sinh", "H99.101-261110-0001", "Cán bộ đã chấp nhận khi tiếp nhận hồ sơ")
TABLE = [
    (CODE, "Giấy khai sinh", [CERTIFICATE]),
    (f"KQ.G15.000032 {CODE}", "Giấy tờ khác hẳn tên", [CERTIFICATE]),
    ("KQ.G15.00003", "Giấy khai sinh", []),
    ("kq.g15.000031", "Giấy khai sinh", []),
    ("results", "Bản sao giấy khai sinh", [CERTIFICATE]),
    ("results", "Giấy chứng sinh", [PROOF_OF_BIRTH]),
    ("results", "Giấy khai sinh và giấy chứng nhận kết hôn", []),
    ("results", "Giấy khai sinh hoặc trích lục khai sinh", [CERTIFICATE]),
    ("results", "Giấy", []),
    ("register:population", "Giấy khai sinh", []),
    ("", "Giấy khai sinh", []),
]


def test_an_offer_agrees_by_code_or_by_name_and_never_by_less(mother: Node) -> None:
    assert [(*asked, offered(mother, *asked)) for *asked, _ in TABLE] == [(a, b, c) for a, b, c in TABLE]
    assert queries.offers(UUID(mother.reception.id), asks(CODE), on=DAY) == {}


def test_what_was_offered_can_be_used_by_its_holder_only(mother: Node) -> None:
    paper, holder = asks(CODE).papers[0], UUID(mother.mother.id)
    (offer,) = queries.offers(holder, asks(CODE), on=DAY)["giay"]
    result = Result.objects.get()
    evidence = queries.must_prove(offer.item, paper, holder, on=DAY)
    assert evidence == queries.Evidence(
        f"result:{result.id}", "1/2026/KQ-H99.101", result.file_id or "", "Giấy khai sinh (1/2026/KQ-H99.101)"
    )
    assert queries.prove([(evidence.source, paper)], holder, on=DAY) == [evidence]
    other = Citizen.objects.exclude(id=holder).values_list("id", flat=True)[0]
    attacks = [
        (offer.item, paper, other, "reuse_not_yours"),
        (new_id(), paper, holder, "reuse_not_yours"),
        (result.id, paper, holder, "reuse_not_yours"),
        (Item.objects.get(kind="result").id, paper, holder, "reuse_not_yours"),
        (offer.item, asks("KQ.G15.000032").papers[0], holder, "reuse_other_kind"),
        (offer.item, asks("").papers[0], holder, "reuse_other_kind"),
        (offer.item, asks("register:population").papers[0], holder, "reuse_other_kind"),
    ]
    for item, asked, whose, code in attacks:
        with pytest.raises(Refused) as no:
            queries.must_prove(item, asked, whose, on=DAY)
        assert no.value.code == code, (item, asked, whose)
    for source in ["", "nonsense", f"result:{new_id()}", f"result:{result.id} "]:
        with pytest.raises(Refused, match="reuse_not_yours"):
            queries.prove([(evidence.source, paper), (source, paper)], holder, on=DAY)


def test_a_certified_copy_stands_for_its_original_wherever_that_is_asked_for(mother: Node) -> None:
    Result.objects.update(kind="ban-sao-chung-thuc", title="Bản sao chứng thực: Giấy chứng nhận kết hôn")
    Item.objects.filter(kind="result").update(title="Bản sao chứng thực: Giấy chứng nhận kết hôn", kind="copy")
    copy = ("Bản sao chứng thực: Giấy chứng nhận kết hôn", "1/2026/KQ-H99.101", "Bản sao chứng thực")
    for known_from in ("", "results", "KQ.1", "register:ho-tich"):
        assert offered(mother, known_from, "Bản sao Giấy chứng nhận kết hôn") == [copy], known_from
        assert offered(mother, known_from, "Giấy khai sinh") == []
    assert offered(mother, "ban-sao-chung-thuc", "Giấy khai sinh") == []


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("granted", [True, False])
def test_what_came_after_reception_counts_as_accepted_only_where_it_was_granted(
    committed_node: Node, granted: bool, at_once: bool
) -> None:
    node, dossier = committed_node, committed_node.submitted()
    dossiers.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    if not at_once:
        run_until_read(wiring.SUBSCRIBERS)
    later = DossierPaper.objects.create(
        dossier=dossier, paper="giay-chung-sinh", file_id=paper(node.noon, b"%PDF-1.4\n%%EOF\n"), label="bo sung.pdf",
        added_at=node.noon + 2 * HOUR,
    )  # fmt: skip
    dossiers.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + 3 * HOUR)
    dossiers.decide(dossier.id, granted, by=node.approver, at=node.noon + 4 * HOUR, reason="" if granted else "Giả")
    run_until_read(wiring.SUBSCRIBERS)
    kept = Version.objects.filter(source__startswith="paper:").order_by("at")
    assert [each.at for each in kept] == [node.noon + HOUR, node.noon + 4 * HOUR][: 1 + granted]
    assert kept.filter(source=f"paper:{later.id}").exists() == granted


def test_a_letter_that_says_no_is_kept_and_proves_nothing(committed_node: Node) -> None:
    registered(committed_node, granted=False)
    assert Version.objects.filter(result__isnull=False).count() == 1
    assert offered(committed_node, CODE) == []
    version = Version.objects.get(result__isnull=False)
    with pytest.raises(Refused, match="reuse_not_in_force"):
        queries.must_prove(version.id, asks(CODE).papers[0], UUID(committed_node.mother.id), on=DAY)


def test_what_no_longer_holds_is_not_offered_nor_accepted(mother: Node) -> None:
    result, holder, paper = Result.objects.get(), UUID(mother.mother.id), asks(CODE).papers[0]
    version = Version.objects.get(result=result)
    told = {"by": mother.approver, "at": mother.noon + timedelta(hours=5)}
    results.suspend(result.id, "Đang xác minh", **told)
    assert offered(mother, CODE) == []
    with pytest.raises(Refused, match="reuse_not_in_force"):
        queries.must_prove(version.id, paper, holder, on=DAY)
    results.resume(result.id, "Đã xác minh", **told)
    assert offered(mother, CODE) == [CERTIFICATE]
    results.revoke(result.id, "Cấp sai", "13/QĐ", **told)
    assert offered(mother, CODE) == []
    with pytest.raises(Refused, match="reuse_not_in_force"):
        queries.prove([(version.source, paper)], holder, on=DAY)
    Result.objects.update(state="issued", valid_until=DAY)
    assert [offered(mother, CODE, on=DAY + timedelta(days=day)) for day in (-1, 0, 1)] == [[], [CERTIFICATE], []]


def test_a_result_in_another_name_proves_nothing_of_its_holder(mother: Node) -> None:
    Result.objects.update(holder_folded="le thi hoa")
    assert offered(mother, CODE) == []


def test_a_replay_makes_the_same_rows_again(mother: Node) -> None:
    before = sorted(Version.objects.values_list("id", "item_id", "source"))
    assert len(before) == 2
    replay(KEPT)
    run_until_read(wiring.SUBSCRIBERS)
    assert sorted(Version.objects.values_list("id", "item_id", "source")) == before


def test_the_same_paper_accepted_again_is_a_new_version_and_only_that_is_offered(mother: Node) -> None:
    registered(mother, later=timedelta(days=1))
    item = Item.objects.get(kind="paper")
    assert [each.number for each in item.versions.order_by("number")] == [
        "H99.101-261110-0001",
        "H99.101-261110-0002",
    ]
    assert [number for _, number, _ in offered(mother, "results", "Giấy chứng sinh")] == ["H99.101-261110-0002"]
    assert [number for _, number, _ in offered(mother, CODE, on=DAY + timedelta(days=1))] == [
        "2/2026/KQ-H99.101",
        "1/2026/KQ-H99.101",
    ]
