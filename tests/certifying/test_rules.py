"""What a copy costs, and what must be known of an original."""

from datetime import date

import pytest

from motcua.base.errors import Invalid
from motcua.certifying.rules import FEE, PAGE_VND, Original, book_name, checked, fee_lines
from motcua.fees.rules import total
from tests.node import shipped

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("pages", "vnd"),
    [(1, 2_000), (2, 4_000), (3, 5_000), (4, 6_000), (197, 199_000), (198, 200_000), (199, 200_000), (250, 200_000)],
)
def test_a_page_costs_two_thousand_from_the_third_one_thousand_and_a_copy_never_more_than_two_hundred_thousand(
    pages: int, vnd: int
) -> None:
    assert total(fee_lines(pages)) == vnd


def test_the_first_page_costs_what_the_shipped_procedure_says() -> None:
    (fee,) = shipped("procedures/2.000815.yaml")["channels"]["direct"][0]["fees"]
    assert (fee["amount_vnd"], fee["per"], fee["kind"], fee["name"]) == (PAGE_VND, "trang", "fee", FEE)


def test_the_bill_says_what_was_counted() -> None:
    assert [(each.amount_vnd, each.quantity) for each in fee_lines(3)] == [(2_000, 2), (1_000, 1)]
    assert [each.name for each in fee_lines(250)] == ["Phí chứng thực bản sao: 250 trang, mức cao nhất một bản"]


@pytest.mark.parametrize("pages", [0, -1])
def test_nothing_scanned_costs_nothing_because_it_is_refused(pages: int) -> None:
    with pytest.raises(Invalid, match="scan_empty"):
        fee_lines(pages)


def test_the_book_of_a_year_is_called_as_the_law_calls_it() -> None:
    assert book_name(2026) == "1/2026-SCT/BS"


@pytest.mark.parametrize(
    ("original", "code"),
    [
        (Original("", "Trường"), "original_incomplete"),
        (Original("Bằng", "  "), "original_incomplete"),
        (Original("B" * 301, "Trường"), "original_too_long"),
        (Original("Bằng", "Trường", "1" * 301), "original_too_long"),
        (Original("Bằng", "Trường", "", date(2026, 11, 11)), "original_in_future"),
    ],
)
def test_an_original_must_be_named(original: Original, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        checked(original, TODAY)


def test_what_is_known_of_an_original_is_cleaned_and_kept() -> None:
    told = checked(Original("  Bằng   tốt nghiệp ", "Trường A", " 12 ", TODAY), TODAY)
    assert told == Original("Bằng tốt nghiệp", "Trường A", "12", TODAY)
