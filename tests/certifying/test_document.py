"""The document of a certified copy: the scanned pages, and behind them the words of certification."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.base import files
from motcua.base.cursors import run_until_read
from motcua.certifying import actions
from motcua.payments import actions as payments
from motcua.payments.models import Bill
from motcua.people.models import Citizen
from motcua.results import jobs
from motcua.results.models import Result
from motcua.results.queries import results_of
from motcua.wiring import SUBSCRIBERS
from tests.archival import archival_faults
from tests.certifying.copies import certified, pdf, png
from tests.node import Node


def document(result: Result) -> bytes:
    """The document that the worker made."""
    run_until_read(SUBSCRIBERS)
    jobs.seal_waiting()
    result.refresh_from_db()
    assert result.file_id
    with files.open_file(result.file_id) as content:
        return content.read()


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


@pytest.mark.parametrize(("contents", "pages"), [((png(),), 1), ((png(20, 30), png()), 2)])
def test_pictures_become_pages_and_the_last_page_certifies(
    committed_node: Node, contents: tuple[bytes, ...], pages: int
) -> None:
    made = document(certified(committed_node, *contents).result)  # type: ignore[arg-type]
    read = PdfReader(io.BytesIO(made))
    assert len(read.pages) == pages + 1
    first, last = words(read.pages[0]), words(read.pages[-1])
    assert "BẢN SAO" in first
    assert "Số chứng thực 1, quyển số 1/2026-SCT/BS" in first
    for told in (
        "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực 1, quyển số 1/2026-SCT/BS",
        "Bằng tốt nghiệp đại học", "123/QĐ-ĐH", "Trường Đại học Minh Hoạ", "01/07/2018", "Nguyễn Thị Lan",
        "Hoa Sen, ngày 10 tháng 11 năm 2026", "Bùi Quang Vinh", "Phó Chủ tịch",
    ):  # fmt: skip
        assert told in last
    assert archival_faults(made) == []


def test_the_pages_of_a_pdf_stand_as_they_are(committed_node: Node) -> None:
    made = document(certified(committed_node, pdf(3), png()).result)  # type: ignore[arg-type]
    read = PdfReader(io.BytesIO(made))
    assert len(read.pages) == 5
    assert "Số trang của bản chính: 4" in words(read.pages[-1])
    assert archival_faults(made) == []


def test_a_lying_original_gets_a_lying_page(committed_node: Node) -> None:
    read = PdfReader(io.BytesIO(document(certified(committed_node, png(40, 20), png(20, 40)).result)))  # type: ignore[arg-type]
    assert [page.mediabox.width > page.mediabox.height for page in read.pages] == [True, False, False]


def test_paid_and_handed_over_it_is_among_the_presenters_results(committed_node: Node) -> None:
    node, lan = committed_node, Citizen.objects.get(identity_number="001196000101")
    copy = certified(node, presenter=lan.id, presenter_identity="001196000101")
    assert copy.result is not None
    document(copy.result)
    assert results_of(lan.id) == []
    payments.take(Bill.objects.get().id, "cash", by=node.reception, at=node.noon)
    actions.hand_over(copy.id, by=node.reception, at=node.noon)
    assert results_of(lan.id) == [copy.result]
