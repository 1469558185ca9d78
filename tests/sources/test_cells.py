"""Cells of the national portal: what can be read is read, what can't stays text and is counted, nothing is invented."""

import pytest

from motcua.catalogue.definition import Fee, Limit
from motcua.sources.adapters.cells import Notes, fee_of, limit_of, number_of


def kinds(notes: Notes) -> list[str]:
    return [defect.kind for defect in notes.found]


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("7 Ngày làm việc", Limit(working_days=7, text="7 Ngày làm việc")),
        ("07 Ngày làm việc", Limit(working_days=7, text="07 Ngày làm việc")),
        ("0,5 Ngày làm việc", Limit(working_days=0.5, text="0,5 Ngày làm việc")),
        ("30 Ngày", Limit(days=30, text="30 Ngày")),
        ("8 Giờ", Limit(hours=8, text="8 Giờ")),
        ("6 Tháng", Limit(months=6, text="6 Tháng")),
        ("1 Năm", Limit(months=12, text="1 Năm")),
    ],
)
def test_a_limit_with_its_unit_is_read(cell: str, limit: Limit) -> None:
    notes = Notes()
    assert limit_of(cell, "x", notes) == limit
    assert notes.found == []


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1", "limit_without_unit"),
        ("15", "limit_without_unit"),
        ("Không quy định", "limit_in_words"),
        ("0 Ngày", "limit_not_usable"),
        ("1,5 Tháng", "limit_not_usable"),
    ],
)
def test_a_limit_that_cannot_be_read_stays_text(cell: str, kind: str) -> None:
    notes = Notes()
    limit = limit_of(cell, "x", notes)
    assert limit == Limit(text=cell)
    assert not limit.known
    assert kinds(notes) == [kind]


def test_no_information_is_no_limit() -> None:
    notes = Notes()
    assert limit_of("Không có thông tin", "x", notes) == Limit()
    assert kinds(notes) == ["limit_missing"]


@pytest.mark.parametrize(
    ("cell", "fee"),
    [
        ("10,000 Việt Nam Đồng", Fee(amount_vnd=10_000, text="10,000 Việt Nam Đồng")),
        ("20,000,000 VNĐ", Fee(amount_vnd=20_000_000, text="20,000,000 VNĐ")),
        ("Phí : 50.000 Đồng", Fee(kind="fee", amount_vnd=50_000, text="Phí : 50.000 Đồng")),
        ("Lệ phí : 8000 Đồng", Fee(kind="charge", amount_vnd=8_000, text="Lệ phí : 8000 Đồng")),
        ("Phí : 0 Đồng", Fee(kind="fee", amount_vnd=0, text="Phí : 0 Đồng")),
        ("Phí : Không Đồng", Fee(kind="fee", amount_vnd=0, text="Phí : Không Đồng")),
        ("Miễn phí", Fee(amount_vnd=0, text="Miễn phí")),
        ("Miễn phí(Không quy định.)", Fee(amount_vnd=0, text="Miễn phí(Không quy định.)")),
        ("30,000 VNĐ(30.000 đồng/thẻ)", Fee(amount_vnd=30_000, text="30,000 VNĐ(30.000 đồng/thẻ)")),
    ],
)
def test_a_clear_fee_is_read(cell: str, fee: Fee) -> None:
    notes = Notes()
    assert fee_of(cell, "x", notes) == fee
    assert notes.found == []


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("95 VNĐ(95.000 đồng/lần.)", "fee_lost_thousands"),
        ("10 USD(/bản)", "fee_foreign_currency"),
        ("Phí : Đồng", "fee_without_amount"),
        ("Phí : o Đồng", "fee_without_amount"),
        ("Phí : một nửa mức của Thông tư", "fee_in_words"),
        ("1,000,000 VNĐ(từ 2026 áp dụng 500.000 đồng)", "fee_note_differs"),
        ("Miễn phí(Tàu dưới 500 GT: 3.000 đồng/GT)", "free_but_note_differs"),
        ("Miễn phí(Theo Thông tư về mức thu)", "free_but_note_differs"),
        ("Không có thông tin", "fee_missing"),
        ("", "fee_missing"),
    ],
)
def test_a_fee_in_doubt_has_no_amount(cell: str, kind: str) -> None:
    notes = Notes()
    fee = fee_of(cell, "x", notes)
    assert (fee.amount_vnd, fee.text) == (None, cell)
    assert kinds(notes) == [kind]


def test_free_of_charge_that_the_council_decides_is_not_free() -> None:
    notes = Notes()
    fee = fee_of("Miễn phí(Mức thu do Hội đồng nhân dân tỉnh quyết định)", "x", notes)
    assert (fee.amount_vnd, fee.decided_by) == (None, "provincial_council")
    assert kinds(notes) == ["fee_by_council"]


def test_groups_that_are_not_thousands_are_no_number() -> None:
    assert [number_of(text) for text in ("1.000", "1,000,000", "12", "1.00", "1.000,000", "")] == [
        1000, 1_000_000, 12, None, None, None,
    ]  # fmt: skip


def test_texts_become_nfc_without_invisible_characters_line_by_line() -> None:
    notes = Notes()
    assert notes.tidy("Hộ  ti\u0323ch\u200b \n\n  là\u200e gì", "x") == "Hộ tịch\nlà gì"
    assert kinds(notes) == ["not_nfc", "zero_width"]


def test_a_clean_text_is_no_defect_and_no_information_is_empty() -> None:
    notes = Notes()
    assert [notes.tidy("Hộ tịch", "x"), notes.tidy("Không có thông tin", "x"), notes.tidy(None, "x")] == [
        "Hộ tịch",
        "",
        "",
    ]
    assert notes.found == []


def test_a_value_that_is_no_text_is_reported() -> None:
    notes = Notes()
    assert notes.tidy(7, "x") == "7"
    assert kinds(notes) == ["not_a_text"]
