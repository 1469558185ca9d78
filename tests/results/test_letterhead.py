"""The head of a document follows from the name of its agency and the day."""

from datetime import date

import pytest

from motcua.results.letterhead import Letterhead, day_line, letterhead, place_of


@pytest.mark.parametrize(
    ("name", "level", "superior", "head"),
    [
        ("Ủy ban nhân dân phường Hoa Sen", "commune", "Ủy ban nhân dân tỉnh Minh Hoạ",
         Letterhead("", ["Ủy ban nhân dân", "phường Hoa Sen"], "Hoa Sen")),
        ("Sở Tư pháp tỉnh Minh Hoạ", "department", "Ủy ban nhân dân tỉnh Minh Hoạ",
         Letterhead("Ủy ban nhân dân tỉnh Minh Hoạ", ["Sở Tư pháp tỉnh Minh Hoạ"], "Minh Hoạ")),
        ("Bộ Minh Hoạ", "ministry", "", Letterhead("", ["Bộ Minh Hoạ"], "")),
        ("Ủy ban nhân dân", "commune", "", Letterhead("", ["Ủy ban nhân dân"], "")),
    ],
)  # fmt: skip
def test_the_letterhead_follows_from_the_name(name: str, level: str, superior: str, head: Letterhead) -> None:
    assert letterhead(name, level, superior) == head


def test_a_unit_called_by_a_number_keeps_its_kind() -> None:
    assert place_of("Ủy ban nhân dân phường 12") == "Phường 12"


def test_a_day_is_written_as_the_decree_wants_it() -> None:
    assert day_line(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert day_line(date(2026, 4, 30)) == "ngày 30 tháng 4 năm 2026"
