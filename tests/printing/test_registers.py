"""The register has a line for every dossier that was received, and nothing else."""

import io
import re
import zipfile
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.errors import Forbidden, Refused
from motcua.base.models import Fact
from motcua.base.wires import provider
from motcua.catalogue.queries import plan
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.dossiers.rules import Owner
from motcua.printing import registers
from motcua.printing.actions import take_out
from motcua.printing.queries import Book, books
from motcua.printing.registers import cells, lines, register_excel, register_pdf
from motcua.printing.workbook import Column, workbook
from tests.node import Node
from tests.printing.reading import words

HOUR = timedelta(hours=1)


def book(node: Node, **changes: object) -> Book:
    return Book(**{"agency": node.agency.id, "field": "ho-tich", "year": 2026, "month": 0, **changes})  # type: ignore[arg-type]


def received(node: Node, at: datetime, **changes: object) -> str:
    """A dossier received at a moment; returns its code."""
    dossier = node.submitted(**changes)
    actions.receive(dossier.id, by=node.reception, at=at)
    return dossier.code


def sheet(excel: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(excel)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode() + parts.read("xl/sharedStrings.xml").decode()


def test_a_line_is_made_at_reception(node: Node) -> None:
    waiting = node.submitted()
    assert lines(book(node)) == []
    actions.receive(waiting.id, by=node.reception, at=node.noon + HOUR)
    [line] = lines(book(node))
    standing = Standing.objects.get(pk=waiting.pk)
    assert cells(line) == [
        1,
        waiting.code,
        plan(waiting.edition_id).definition.name.vi,
        "Nguyễn Thị Lan",
        f"{standing.dossier.filed_by.address}, 0900000101",
        "Ủy ban nhân dân phường Hoa Sen",
        node.noon + HOUR,
        standing.due_at,
        "",
        "Nhận trực tuyến",
        "",
    ]


def test_what_was_refused_at_the_door_has_no_line(node: Node) -> None:
    actions.refuse(node.submitted().id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    assert lines(book(node)) == []
    assert books(node.agency.id, 2026) == []


@pytest.mark.django_db(transaction=True)
def test_the_line_is_completed_when_the_result_is_handed_over(committed_node: Node) -> None:
    node = committed_node
    dossier = node.received().dossier
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.decide(dossier.id, True, by=node.approver, at=node.noon + 3 * HOUR)
    run_until_read(provider(Subscribers))
    assert lines(book(node))[0].returned is None
    actions.hand_over(dossier.id, how="counter", by=node.reception, at=node.noon + 5 * HOUR)
    [line] = lines(book(node))
    assert (line.returned, line.way, line.signed) == (node.noon + 5 * HOUR, "counter", False)
    assert cells(line)[8:] == [node.noon + 5 * HOUR, "Nhận tại bộ phận một cửa", ""]


def test_what_ended_without_a_result_says_so(node: Node) -> None:
    standing = node.received()
    actions.withdraw(standing.dossier_id, "Không còn cần", by=node.mother, at=node.noon + 2 * HOUR)
    assert cells(lines(book(node))[0])[8] == "Đã rút hồ sơ"


def test_the_address_of_who_filed_is_not_that_of_the_owner(node: Node) -> None:
    basis = {"name": "Trần Văn Bình", "identity_number": "", "basis": "Giấy ủy quyền số 12"}
    received(node, node.noon, on_behalf_of=basis, owner=Owner("Trần Văn Bình", "", "0900000102"))
    received(node, node.noon + HOUR, owner=Owner("Phạm Thị Mai"))
    told = [(line.owner, line.contact) for line in lines(book(node))]
    assert told == [("Trần Văn Bình", "0900000102"), ("Phạm Thị Mai", "")]


def test_a_book_holds_one_agency_one_field_and_one_year_of_the_office(node: Node) -> None:
    new_year = datetime.fromisoformat("2027-01-01T00:00:00+07:00")
    last = received(node, new_year - timedelta(seconds=1))
    first = received(node, new_year)
    assert [line.code for line in lines(book(node))] == [last]
    assert [(line.number, line.code) for line in lines(book(node, year=2027))] == [(1, first)]
    assert lines(book(node, field="dat-dai")) == []
    assert lines(book(node, agency=node.stranger.agency)) == []
    assert [(field.code, many) for field, many in books(node.agency.id, 2026)] == [("ho-tich", 1)]


def test_numbers_run_through_the_year_whatever_part_is_shown(node: Node) -> None:
    codes = [received(node, node.noon + timedelta(days=15 * number)) for number in range(4)]
    whole = lines(book(node))
    assert [(line.number, line.code) for line in whole] == list(enumerate(codes, 1))
    assert [(line.number, line.code) for line in lines(book(node, month=12))] == [(3, codes[2]), (4, codes[3])]
    assert [line.number for line in lines(book(node), after=whole[1].key)] == [3, 4]
    assert [line.number for line in lines(book(node, month=12), after=whole[2].key)] == [4]


def test_pages_follow_one_another_without_a_gap_even_within_one_moment(node: Node) -> None:
    codes = {received(node, node.noon) for _ in range(5)}
    first = lines(book(node), limit=2)
    second = lines(book(node), after=first[-1].key, limit=2)
    third = lines(book(node), after=second[-1].key, limit=2)
    assert [line.number for line in (*first, *second, *third)] == [1, 2, 3, 4, 5]
    assert {line.code for line in (*first, *second, *third)} == codes
    assert lines(book(node), after=third[-1].key) == []


@pytest.mark.parametrize("many", [1, 3])
def test_a_book_costs_the_same_however_long(node: Node, many: int) -> None:
    for _ in range(many):
        received(node, node.noon)
    plan(node.submitted().edition_id)
    with CaptureQueriesContext(connection) as spent:
        found = lines(book(node))
    assert (len(found), len(spent)) == (many, 1)
    with CaptureQueriesContext(connection) as spent:
        lines(book(node, month=11))
    assert len(spent) == 2  # and what stands before the month


def test_the_printed_book_says_every_line(node: Node) -> None:
    codes = [received(node, node.noon), received(node, node.noon + HOUR)]
    pdf, many = register_pdf(book(node, month=11), "Hộ tịch", node.agency, at=node.noon + 2 * HOUR)
    text = words(pdf)
    assert many == 2
    for told in [
        "SỔ THEO DÕI HỒ SƠ",
        "Lĩnh vực: Hộ tịch · Năm 2026, tháng 11",
        *codes,
        "Nguyễn Thị Lan",
        "09:00 10/11/2026",
        "Sổ gồm 2 dòng",
        "in lúc 11:00 10/11/2026",
    ]:
        assert told in text


def test_the_book_as_excel_has_numbers_moments_and_texts(node: Node) -> None:
    code = received(node, node.noon, owner=Owner("=1+1"))
    excel, many = register_excel(book(node), "Hộ tịch", node.agency, at=node.noon)
    found = sheet(excel)
    assert many == 1
    assert code in found
    assert "Sổ theo dõi hồ sơ, lĩnh vực Hộ tịch, năm 2026, Ủy ban nhân dân phường Hoa Sen" in found
    assert "=1+1" in found
    assert "<f>" not in found
    assert re.search(r'<c r="G3" s="\d+"><v>46336\.375</v></c>', found)  # 09:00 on 10/11/2026


def test_the_same_book_is_the_same_file() -> None:
    at = datetime.fromisoformat("2026-11-10T09:00:00+07:00")
    made = [workbook("Sổ", [Column("A", 5)], [["x"], [1], [at], [None]], at=at) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("make", [register_pdf, register_excel])
def test_a_book_too_long_for_one_file_is_refused_not_cut(
    node: Node, make: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "MOST_IN_PDF", 1)
    monkeypatch.setattr(registers, "MOST_IN_EXCEL", 1)
    received(node, node.noon)
    assert make(book(node), "Hộ tịch", node.agency, at=node.noon)[1] == 1  # type: ignore[operator]
    received(node, node.noon)
    with pytest.raises(Refused, match="register_too_long"):
        make(book(node), "Hộ tịch", node.agency, at=node.noon)  # type: ignore[operator]


def test_who_takes_a_book_out_is_recorded(node: Node) -> None:
    take_out(book(node, month=11), "xlsx", 7, by=node.reception, at=node.noon)
    take_out(book(node), "pdf", 9, by=node.reception, at=node.noon)
    taken = list(Fact.objects.filter(name="printing.register_taken").order_by("id"))
    assert [(fact.actor, fact.data) for fact in taken] == [
        (node.reception.ref, {"agency": str(node.agency.id), "field": "ho-tich", "year": 2026, "month": month,
                              "kind": kind, "lines": many})
        for month, kind, many in ((11, "xlsx", 7), (0, "pdf", 9))
    ]  # fmt: skip


def test_nobody_takes_out_the_book_of_another_agency(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_agency"):
        take_out(book(node), "pdf", 1, by=node.stranger, at=node.noon)
    assert not Fact.objects.filter(name="printing.register_taken").exists()
