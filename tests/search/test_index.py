"""The index on disk: what is found, in which order, and what a broken one says."""

from pathlib import Path

import pytest

from motcua.search.adapters.tantivy_index import TABLE, TantivyIndex, build
from motcua.search.ports import Filters
from tests.search.made_up import DOCUMENTS, LEXICON


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return build(DOCUMENTS, tmp_path_factory.mktemp("search") / "index", LEXICON)


def codes(index: TantivyIndex, text: str, **filters: str) -> list[str]:
    return [hit.code for hit in index.search(text, 10, Filters(**filters))]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("đăng ký kết hôn", "1.1"),
        ("dang ky ket hon", "1.1"),
        ("Tôi muốn lấy vợ thì cần thủ tục gì?", "1.1"),
        ("lấy vợ có yếu tố nước ngoài", "1.2"),
        ("kết hôn yếu tố nứơc ngoài", "1.2"),
        ("khai shinh", "1.3"),
        ("giấy chứng sinh", "1.3"),
        ("đổi bằng lái", "2.1"),
        ("doi gplx", "2.1"),
        ("thẻ BHYT", "3.1"),
        ("1.3", "1.3"),
    ],
)
def test_the_first_hit_is_the_right_one(index: TantivyIndex, question: str, code: str) -> None:
    assert codes(index, question)[0] == code


def test_a_small_word_decides_between_two_names(index: TantivyIndex) -> None:
    assert codes(index, "nhập khẩu thủy sản sống phải đánh giá rủi ro")[:2] == ["2.2", "2.3"]
    assert codes(index, "nhập khẩu thủy sản sống không phải đánh giá rủi ro")[:2] == ["2.3", "2.2"]


def test_hits_come_best_first_with_code_and_name(index: TantivyIndex) -> None:
    hits = index.search("kết hôn")
    assert [hit.name for hit in hits[:2]] == [DOCUMENTS[0].name, DOCUMENTS[1].name]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_no_more_than_the_limit(index: TantivyIndex) -> None:
    assert [len(index.search("đăng ký", limit)) for limit in (1, 2)] == [1, 2]


def test_filters_hold_for_questions_and_for_codes(index: TantivyIndex) -> None:
    assert codes(index, "đăng ký", level="commune", field="Hộ tịch", subject="citizen") == ["1.1"]
    assert codes(index, "đăng ký", field="ho-tich") == codes(index, "đăng ký", field="Hộ tịch")
    assert codes(index, "1.3", level="ministry") == []
    assert codes(index, "đăng ký", level="no such level") == []


def test_filters_alone_list_by_name(index: TantivyIndex) -> None:
    assert codes(index, "", level="ministry") == ["2.3", "2.2"]
    assert codes(index, " ", agency="Sở Xây dựng") == ["2.1"]
    assert codes(index, "", life_event="suc-khoe") == ["3.1"]


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "zzzzzz", "\ufffd\ufffd", "\x00", 'AND OR ( " + -field:x', "/", "_"]
)
def test_what_asks_nothing_finds_nothing(index: TantivyIndex, text: str) -> None:
    assert index.search(text) == []


def test_a_text_of_a_million_words_is_answered(index: TantivyIndex) -> None:
    assert codes(index, "khai sinh " * 1_000_000)[0] == "1.3"


def test_an_empty_catalogue_is_searched_without_error(tmp_path: Path) -> None:
    assert build([], tmp_path / "index", LEXICON).search("khai sinh") == []


def test_an_index_opens_again_and_answers_the_same(index: TantivyIndex, tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path / "index", LEXICON)
    assert TantivyIndex(tmp_path / "index", LEXICON).search("kết hôn") == index.search("kết hôn")


def test_building_again_leaves_what_is_there_and_no_drafts(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path / "index", LEXICON)
    build(DOCUMENTS[:1], tmp_path / "index", LEXICON)
    assert [place.name for place in tmp_path.iterdir()] == ["index"]
    assert len(TantivyIndex(tmp_path / "index", LEXICON).documents) == len(DOCUMENTS)


def test_a_damaged_index_does_not_open(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path / "index", LEXICON)
    (tmp_path / "index" / TABLE).write_text("{")
    with pytest.raises(ValueError):
        TantivyIndex(tmp_path / "index", LEXICON)
