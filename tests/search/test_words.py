"""How Vietnamese is read."""

import pytest

from motcua.base.errors import DefinitionError
from motcua.search.rules.words import Lexicon, folded, mark, marked, pairs, terms
from tests.search.made_up import LEXICON


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("Khoẻ", "khỏe"), ("ho\u0302\u0300", "hồ")]
)
def test_a_word_is_the_same_however_its_tone_was_typed(one: str, other: str) -> None:
    assert marked(one) == marked(other)


def test_words_that_differ_in_a_mark_differ_marked_and_agree_folded() -> None:
    assert mark("nhận") != mark("nhân")
    assert folded(mark("nhận")) == folded(mark("nhân")) == "/nhan"
    assert folded(mark("đất")) == "/dat"


def test_zero_width_characters_and_punctuation_do_not_part_words() -> None:
    assert marked("khai\u200b sinh, (tại xã)") == marked("khai sinh tại xã")


def test_a_text_is_found_by_words_and_pairs_marked_and_folded() -> None:
    assert terms(marked("khai sinh")) == ["khai", "sinh", "/khai", "/sinh", "khai_sinh", "/khai_/sinh"]
    assert pairs(["một"]) == []


def test_abbreviations_are_read_as_their_words_in_either_case() -> None:
    assert LEXICON.read("thẻ BHYT") == LEXICON.read("thẻ bảo hiểm y tế")


def test_synonyms_are_known_with_and_without_marks() -> None:
    assert LEXICON.synonyms[tuple(marked("lấy vợ"))] == tuple(marked("đăng ký kết hôn"))
    assert LEXICON.synonyms["/lay", "/vo"] == tuple(marked("đăng ký kết hôn"))


@pytest.mark.parametrize(
    "raw", [None, {}, [], {"abbreviations": {}, "question_words": "", "synonyms": [{"say": ["a"]}]}]
)
def test_a_lexicon_of_another_shape_is_refused(raw: object) -> None:
    with pytest.raises(DefinitionError):
        Lexicon.of(raw)
