"""Folding: one spelling for search, matching and sorting."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.money import money
from motcua.base.text import ZERO_WIDTH, clean, fold, slug, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐƯỜNG  Nguyễn\tHuệ", "duong nguyen hue"),
        (unicodedata.normalize("NFD", "Hộ tịch"), "ho tich"),
        ("thủ\u200b tục", "thu tuc"),
        ("", ""),
    ],
)
def test_marks_case_blanks_and_hidden_characters_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_drops_every_mark_of_any_script_and_nothing_else(text: str) -> None:
    bare = "".join(char for char in text if char not in ZERO_WIDTH)
    letters = [char for char in unicodedata.normalize("NFD", bare.lower()) if not unicodedata.combining(char)]
    assert fold(text) == " ".join("".join(letters).replace("đ", "d").split())


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)


def test_words_and_slugs() -> None:
    assert words("Nghị định 118/2025/NĐ-CP") == ["nghi", "dinh", "118", "2025", "nd", "cp"]
    assert slug("Hộ tịch") == "ho-tich"


def test_money_is_written_as_an_office_writes_it() -> None:
    assert money(1234567) == "1.234.567\u00a0₫"
    assert money(0) == "0\u00a0₫"
