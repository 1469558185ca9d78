"""What a certified copy costs, what its book is called, and what must be known of an original. Pure."""

from dataclasses import dataclass
from datetime import date

from motcua.base.errors import Invalid
from motcua.base.text import clean
from motcua.fees.rules import Line

STATEMENT = "Đã đối chiếu đúng với bản chính"
# Thông tư 226/2016/TT-BTC Điều 4: a page, a page from the third on, a copy at most; in đồng.
PAGE_VND, LATER_PAGE_VND, MOST_VND, FIRST_PAGES = 2_000, 1_000, 200_000, 2
FEE = "Phí chứng thực bản sao"
CERTIFIES = frozenset({"commune"})  # levels: Nghị định 280/2025/NĐ-CP leaves it to the communes and to notaries
MAX_PAGES, MAX_TEXT, MAX_REASON = 500, 300, 2000


@dataclass(frozen=True, slots=True)
class Original:
    """What the original is: ``number`` and ``issued_on`` are empty where it has none."""

    title: str
    issued_by: str
    number: str = ""
    issued_on: date | None = None


def fee_lines(pages: int) -> tuple[Line, ...]:
    """The bill for a copy of so many pages of the original. Raises `Invalid` ``scan_empty`` for none."""
    if pages < 1:
        raise Invalid("scan_empty")
    first, later = min(pages, FIRST_PAGES), max(0, pages - FIRST_PAGES)
    if first * PAGE_VND + later * LATER_PAGE_VND > MOST_VND:
        return (Line(f"{FEE}: {pages} trang, mức cao nhất một bản", "fee", MOST_VND),)
    lines = (Line(FEE, "fee", PAGE_VND, first),)
    return (*lines, Line(f"{FEE}, từ trang thứ ba", "fee", LATER_PAGE_VND, later)) if later else lines


def book_name(year: int) -> str:
    """The one book of copies of a year, as law numbers it: ``"1/2026-SCT/BS"`` (Thông tư 01/2020/TT-BTP)."""
    return f"1/{year}-SCT/BS"


def checked(original: Original, on: date) -> Original:
    """The original as it is kept. Raises `Invalid` ``original_incomplete``, ``original_too_long``,
    ``original_in_future``."""
    title, issued_by, number = (clean(each) for each in (original.title, original.issued_by, original.number))
    if not title or not issued_by:
        raise Invalid("original_incomplete")
    if max(map(len, (title, issued_by, number))) > MAX_TEXT:
        raise Invalid("original_too_long", limit=MAX_TEXT)
    if original.issued_on and original.issued_on > on:
        raise Invalid("original_in_future")
    return Original(title, issued_by, number, original.issued_on)
