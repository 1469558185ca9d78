"""A copy from the counter to the register book: by whom, in which order, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.actor import SYSTEM
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.ids import new_id
from motcua.base.ledger import facts_of
from motcua.base.models import Fact
from motcua.base.wires import bind, provider
from motcua.certifying import actions, queries
from motcua.certifying.checks import check_books, check_results
from motcua.certifying.models import Copy, Scan
from motcua.certifying.ports import Scans
from motcua.certifying.rules import Original
from motcua.certifying.states import GROUNDS
from motcua.payments import actions as payments
from motcua.payments.models import Bill
from motcua.people.models import Agency, Citizen
from motcua.reorganisation import actions as reorganisation
from motcua.reorganisation.plan import Unit, merge
from motcua.results.models import Result
from motcua.vault.looks import Key, looks_at_person
from tests.certifying.copies import DIPLOMA, certified, compared, kept, pdf, png, request, taken
from tests.node import DAY, Node, officer


def names(copy: Copy) -> list[str]:
    return [fact.name for fact in facts_of(copy.stream)]


def written() -> tuple[int, int, int, int, int]:
    """How much there is of everything that a copy may leave behind."""
    counted = [Copy, Scan, Bill, Result, Fact]
    return tuple(each.objects.count() for each in counted)  # type: ignore[return-value]


def test_a_copy_is_taken_in_compared_and_certified(node: Node) -> None:
    copy = certified(node, pdf(3), png())
    assert (copy.state, copy.pages, copy.number, copy.year) == ("certified", 4, 1, 2026)
    assert copy.certification == "1, quyển số 1/2026-SCT/BS"
    assert names(copy) == ["certifying.taken", "certifying.compared", "certifying.certified"]
    assert [(each.place, each.pages) for each in copy.scans.all()] == [(1, 3), (2, 1)]
    result = Result.objects.get(reference=copy.stream)
    assert (result.kind, result.template, result.title) == (
        "ban-sao-chung-thuc",
        "ban-sao-chung-thuc",
        "Bản sao chứng thực: Bằng tốt nghiệp đại học",
    )
    assert result.content["certification"] == {"number": 1, "book": "1/2026-SCT/BS"}
    assert result.content["original"] == {
        "title": DIPLOMA.title,
        "number": "123/QĐ-ĐH",
        "issued_by": DIPLOMA.issued_by,
        "issued_on": "2018-07-01",
    }
    assert (result.content["decided_by"], copy.result) == ("Bùi Quang Vinh", result)
    assert list(check_books()) == list(check_results()) == []


def test_no_fact_names_a_person_or_the_original(node: Node) -> None:
    copy = certified(node, presenter_identity="001196000101")
    told = " ".join(str(fact.data) for fact in facts_of(copy.stream))
    assert not [word for word in ("Lan", "001196000101", "Bằng", "Trường") if word in told]


def test_comparing_makes_the_bill(node: Node) -> None:
    copy = compared(node, pdf(3))
    bill = Bill.objects.get()
    assert (bill.reference, bill.total_vnd, bill.state, bill.purpose) == (copy.stream, 5_000, "open", "final")
    assert facts_of(copy.stream)[-1].data == {"statement": "Đã đối chiếu đúng với bản chính", "fee_vnd": 5_000}


def test_the_card_that_was_seen_makes_the_copy_its_holders(node: Node) -> None:
    lan = Citizen.objects.get(identity_number="001196000101")
    number = "001196000101"
    copy = certified(node, presenter=lan.id, presenter_identity=number, presenter_name="Nguyen thi lan")
    assert (copy.result.holder, copy.result.holder_name) == (lan, "Nguyễn Thị Lan")  # type: ignore[union-attr]
    assert certified(node).result.holder is None  # type: ignore[union-attr]


def test_the_same_request_sent_twice_is_one_copy(node: Node) -> None:
    asked = request(node)
    first = actions.take(asked, by=node.reception, at=node.noon)
    before = written()
    assert actions.take(asked, by=node.reception, at=node.noon) == first
    assert written() == before


def test_an_id_that_is_another_wards_copy_is_not_found(node: Node) -> None:
    theirs, ward = taken(node), Agency.objects.get(code="H99.102")
    asked = request(node, id=theirs.id)
    before = written()
    with pytest.raises(NotFound, match="copy_unknown"):
        actions.take(asked, by=officer("tiepnhan.hoamai", ward), at=node.noon)
    assert written() == before


def test_no_account_gets_a_copy_on_somebodys_word(node: Node) -> None:
    lan, mai = (Citizen.objects.get(identity_number=each) for each in ("001196000101", "001304000104"))
    for changes in (
        {"presenter": lan.id},
        {"presenter": lan.id, "presenter_identity": "001085000102"},
        {"presenter": mai.id, "presenter_identity": "001304000104"},  # nobody verified this account
        {"presenter": new_id(), "presenter_identity": "001196000101"},
    ):
        asked = request(node, **changes)
        with pytest.raises(Invalid, match="presenter_unproven"):
            actions.take(asked, by=node.reception, at=node.noon)
    assert Copy.objects.count() == 0


def test_who_presented_the_original_sees_who_opened_the_scan(node: Node) -> None:
    lan = Citizen.objects.get(identity_number="001196000101")
    copy = taken(node, presenter=lan.id, presenter_identity="001196000101")
    actions.look(copy, "Chứng thực bản sao", by=node.approver, at=node.noon)
    (look,) = looks_at_person(lan, before=Key(node.noon + timedelta(hours=1)))
    assert (look.kind, look.who, look.agency, look.purpose) == (
        "copy", "Bùi Quang Vinh", "Ủy ban nhân dân phường Hoa Sen", "Chứng thực bản sao",
    )  # fmt: skip


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"presenter_name": "  "}, "presenter_missing"),
    ({"presenter_name": "x" * 301}, "original_too_long"),
    ({"presenter_identity": "12"}, "identity_number"),
    ({"original": Original("", "Trường")}, "original_incomplete"),
    ({"scans": ()}, "scan_empty"),
    ({"scans": ("0" * 64,)}, "scan_empty"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG)
def test_a_request_that_is_wrong_writes_nothing(node: Node, changes: dict[str, Any], code: str) -> None:
    asked = request(node, **changes)
    before = written()
    with pytest.raises(Invalid, match=code), transaction.atomic():
        actions.take(asked, by=node.reception, at=node.noon)
    assert written() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "scan_unreadable"),
        (png()[:60], "scan_unreadable"),
        (png()[:16] + b"\0\1\0\0" * 2 + png()[24:], "scan_unreadable"),  # says it is 65,536 dots wide and high
        (b"II*\0" + b"\0" * 60, "scan_type_refused"),
    ],
)
def test_a_scan_that_cannot_become_pages_is_refused_at_the_counter(node: Node, content: bytes, code: str) -> None:
    asked = request(node, content)
    before = written()
    with pytest.raises(Invalid, match=code), transaction.atomic():
        actions.take(asked, by=node.reception, at=node.noon)
    assert written() == before


class Trial:
    """Scans of one page each, which remembers whether a transaction was open when it was asked; or is broken."""

    def __init__(self, broken: Exception | None = None) -> None:
        self.broken, self.inside = broken, []  # type: ignore[var-annotated]

    def pages(self, content: bytes, media_type: str) -> int:
        """One page."""
        self.inside.append(connection.in_atomic_block)
        if self.broken:
            raise self.broken
        return 1


@pytest.fixture
def trial() -> Iterator[Trial]:
    """A trial in place of the wired one."""
    wired = provider(Scans)  # type: ignore[type-abstract]
    made = Trial()
    bind(Scans, made)
    yield made
    bind(Scans, wired)


def test_no_transaction_waits_for_the_trial_of_a_scan(committed_node: Node, trial: Trial) -> None:
    copy = taken(committed_node, png(), png(20, 30))
    assert (trial.inside, Copy.objects.get()) == ([False, False], copy)


@pytest.mark.parametrize("broken", [MemoryError(), OSError("no room"), RuntimeError("the typesetter fell")])
def test_a_typesetter_that_fails_leaves_nothing(committed_node: Node, trial: Trial, broken: Exception) -> None:
    asked = request(committed_node)
    before, trial.broken = written(), broken
    with pytest.raises(type(broken)):
        actions.take(asked, by=committed_node.reception, at=committed_node.noon)
    assert written() == before
    trial.broken = None
    assert actions.take(asked, by=committed_node.reception, at=committed_node.noon).id == asked.id


def test_a_scan_is_not_endless(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.certifying.rules.MAX_PAGES", 5)
    sha = kept(node, pdf(3))
    asked = request(node, scans=(sha, sha))
    with pytest.raises(Invalid, match="scan_too_long"):
        actions.take(asked, by=node.reception, at=node.noon)
    assert Copy.objects.count() == 0


def test_a_pdf_that_would_have_to_be_drawn_too_often_is_refused(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.base.adapters.drawing.MOST_DRAWN", 2)
    asked = request(node, pdf(3))
    before = written()
    with pytest.raises(Invalid, match="scan_too_heavy"):
        actions.take(asked, by=node.reception, at=node.noon)
    assert written() == before


def test_only_a_commune_certifies(node: Node) -> None:
    centre = Agency.objects.get(code="H99.101.01")
    with pytest.raises(Forbidden, match="agency_not_certifying"):
        actions.take(request(node), by=officer("tiepnhan.hoasen", centre), at=node.noon)
    assert Copy.objects.count() == 0


def test_each_verb_wants_its_role(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.take(request(node), by=node.approver, at=node.noon)
    copy = taken(node)
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.compare(copy.id, by=node.approver, at=node.noon)
    actions.compare(copy.id, by=node.reception, at=node.noon)
    before = written()
    for verb in (actions.certify, actions.hand_over):
        with pytest.raises(Refused):
            verb(copy.id, by=node.clerk, at=node.noon)
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.refuse(copy.id, "altered", by=node.clerk, at=node.noon)
    assert written() == before


def test_nothing_is_certified_before_it_was_compared_and_nothing_twice(node: Node) -> None:
    copy = taken(node)
    with pytest.raises(Refused, match="wrong_state"):
        actions.certify(copy.id, by=node.approver, at=node.noon)
    actions.compare(copy.id, by=node.clerk, at=node.noon)
    actions.certify(copy.id, by=node.approver, at=node.noon)
    before = written()
    for verb, by in ((actions.certify, node.approver), (actions.compare, node.clerk)):
        with pytest.raises(Refused, match="wrong_state"):
            verb(copy.id, by=by, at=node.noon)
    assert written() == before


def test_another_ward_knows_nothing_of_it(node: Node) -> None:
    copy, ward = taken(node), Agency.objects.get(code="H99.102")
    strangers = officer("tiepnhan.hoamai", ward), officer("chutich.hoamai", ward)
    before = written()
    for act in (
        lambda: actions.compare(copy.id, by=strangers[0], at=node.noon),
        lambda: actions.refuse(copy.id, "altered", by=strangers[1], at=node.noon),
        lambda: actions.cancel(copy.id, "nhầm", by=strangers[0], at=node.noon),
        lambda: queries.copy_at(copy.id, ward.id),
        lambda: actions.compare(new_id(), by=node.clerk, at=node.noon),
    ):
        with pytest.raises(NotFound, match="copy_unknown"):
            act()
    assert written() == before


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_the_law_forbids_is_refused_and_takes_no_number(node: Node, ground: str) -> None:
    copy = actions.refuse(compared(node).id, ground, " Trang 2 bị sửa. ", by=node.approver, at=node.noon)
    assert (copy.state, copy.ground, copy.note, copy.number) == ("refused", ground, "Trang 2 bị sửa.", None)
    assert facts_of(copy.stream)[-1].data == {"ground": ground, "note": "Trang 2 bị sửa."}
    assert (Bill.objects.get().state, Result.objects.count()) == ("cancelled", 0)
    assert certified(node).number == 1


def test_a_refusal_needs_a_ground_of_the_law(node: Node) -> None:
    copy = taken(node)
    before = written()
    for ground, note, code in (
        ("", "", "ground_unknown"),
        ("khac", "", "ground_unknown"),
        ("altered", "x" * 2001, "reason_too_long"),
    ):
        with pytest.raises(Invalid, match=code):
            actions.refuse(copy.id, ground, note, by=node.clerk, at=node.noon)
    assert (written(), Copy.objects.get().state) == (before, "taken")


def test_what_was_paid_goes_back_when_it_is_refused(node: Node) -> None:
    copy = compared(node)
    payments.take(Bill.objects.get().id, "cash", by=node.reception, at=node.noon)
    with pytest.raises(Forbidden):
        actions.cancel(copy.id, "không cần nữa", by=node.reception, at=node.noon)
    assert Copy.objects.get().state == "compared"
    actions.refuse(copy.id, "secret", by=node.approver, at=node.noon)
    assert [(each.state, each.amount_vnd) for each in Bill.objects.get().attempts.all()] == [("refunding", 2_000)]


def test_a_request_made_by_mistake_is_cancelled_with_a_reason(node: Node) -> None:
    copy = compared(node)
    with pytest.raises(Refused, match="reason_missing"):
        actions.cancel(copy.id, "  ", by=node.reception, at=node.noon)
    assert Bill.objects.get().state == "open"
    copy = actions.cancel(copy.id, "Quét nhầm giấy tờ", by=node.reception, at=node.noon)
    assert (copy.state, copy.note, Bill.objects.get().state) == ("cancelled", "Quét nhầm giấy tờ", "cancelled")
    assert names(copy)[-1] == "certifying.cancelled"


def test_certified_before_it_is_paid_handed_over_not(node: Node) -> None:
    copy = certified(node)
    with pytest.raises(Refused, match="copy_not_paid"):
        actions.hand_over(copy.id, by=node.reception, at=node.noon)
    payments.take(Bill.objects.get().id, "cash", by=node.reception, at=node.noon)
    with pytest.raises(Refused, match="result_not_ready"):
        actions.hand_over(copy.id, by=node.reception, at=node.noon)
    assert Result.objects.get().handed_over_at is None


def test_numbers_start_again_with_the_local_year(node: Node) -> None:
    eve = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)  # 23:59 in Hà Nội
    copies = [compared(node) for _ in range(3)]
    told = [
        actions.certify(each.id, by=node.approver, at=eve + timedelta(minutes=minutes)).certification
        for each, minutes in zip(copies, (-5, 0, 1), strict=True)
    ]
    assert told == ["1, quyển số 1/2026-SCT/BS", "2, quyển số 1/2026-SCT/BS", "1, quyển số 1/2027-SCT/BS"]
    assert queries.years(node.agency.id) == [2027, 2026]
    assert list(check_books()) == []


def test_the_database_refuses_a_certified_copy_without_a_number_and_a_number_given_twice(node: Node) -> None:
    first, second = certified(node), certified(node)
    with pytest.raises(IntegrityError, match="copy_certified_is_numbered"), transaction.atomic():
        Copy.objects.filter(pk=first.pk).update(number=None)
    with pytest.raises(IntegrityError, match="copy_number_once"), transaction.atomic():
        Copy.objects.filter(pk=second.pk).update(number=1)


def test_a_gap_and_a_strange_result_are_found(node: Node) -> None:
    first, second = certified(node), certified(node)
    Copy.objects.filter(pk=second.pk).update(number=3)
    Result.objects.filter(pk=first.result_id).update(reference="copy:another")
    assert list(check_books()) == ["book 2026 of H99.101: 2 lines, the last number is 3"]
    assert list(check_results()) == [f"copy 1, quyển số 1/2026-SCT/BS: its result is {first.result}"]


def test_a_book_is_searched_by_number_and_by_words_without_marks(node: Node) -> None:
    certified(node)
    other = certified(node, original=Original("Sổ đỏ", "Sở Nông nghiệp"), presenter_name="Trần Văn Hùng")
    found = {
        text: list(queries.book(node.agency.id, 2026, text)) for text in ("2", "so do", "HÙNG", "99", "bằng hùng")
    }
    assert found == {"2": [other], "so do": [other], "HÙNG": [other], "99": [], "bằng hùng": []}


def test_opening_the_scan_is_one_fact_a_day(node: Node) -> None:
    copy = taken(node)
    for _ in range(3):
        actions.look(copy, "Chứng thực", by=node.approver, at=node.noon)
    (fact,) = Fact.objects.filter(name="certifying.looked")
    assert fact.data == {
        "copy": str(copy.id), "citizen": "", "agency": str(node.agency.id), "purpose": "Chứng thực",
    }  # fmt: skip


def test_what_waits_goes_along_when_wards_become_one_and_the_book_stays_where_it_is(node: Node) -> None:
    numbered, waits = certified(node), compared(node)
    plan = merge(
        ("H99.101", "H99.102"),
        Unit("H99.201", "UBND phường Hoa Mới", level="commune", parent="H99"),
        on=DAY,
        decision="12/NQ",
    )
    reorganisation.carry_out(reorganisation.order(plan, by=SYSTEM, at=node.noon), by=SYSTEM, at=node.noon)
    new = Agency.objects.get(code="H99.201")
    assert [Copy.objects.get(pk=each.pk).agency for each in (numbered, waits)] == [node.agency, new]
    payments.take(
        Bill.objects.get(reference=waits.stream).id, "cash", by=officer("tiepnhan.hoasen", new), at=node.noon
    )
    certifier = officer("chutich.hoasen", new)
    assert actions.certify(waits.id, by=certifier, at=node.noon).certification == "1, quyển số 1/2026-SCT/BS"
    assert list(check_books()) == list(check_results()) == []
