"""Which terms a question asks for."""

from motcua.search.rules.question import CORRECTED, LONGEST_WORDS, MOST_TERMS, STOP_WORD, chosen, weigh
from motcua.search.rules.vocabulary import Vocabulary
from motcua.search.rules.words import mark, marked
from tests.search.made_up import DOCUMENTS, LEXICON

VOCABULARY = Vocabulary.of(DOCUMENTS, LEXICON)


def asked(text: str) -> dict[str, float]:
    return weigh(text, LEXICON, VOCABULARY)


def test_a_question_without_marks_is_read_without() -> None:
    assert chosen(marked("dang ky ket hon")) == ["/dang", "/ky", "/ket", "/hon"]


def test_a_bare_word_among_marked_ones_is_meant_bare() -> None:
    assert chosen(marked("đăng ký con nuôi")) == marked("đăng ký con nuôi")


def test_a_marked_word_in_a_bare_question_keeps_its_marks() -> None:
    assert chosen(marked("toi muon xin the cho con gái")) == [
        "/toi",
        "/muon",
        "/xin",
        "/the",
        "/cho",
        "/con",
        mark("gái"),
    ]


def test_question_words_hardly_count() -> None:
    weights = asked("tôi muốn khai sinh")
    assert weights[mark("khai")] == 1.0
    assert asked("thủ tục khai sinh")[mark("thủ")] == STOP_WORD


def test_what_people_say_brings_what_the_law_calls_it() -> None:
    assert asked("tôi muốn lấy vợ")[f"{mark('kết')}_{mark('hôn')}"] > 1.0
    assert asked("toi muon lay vo")[f"{mark('kết')}_{mark('hôn')}"] > 1.0


def test_an_unknown_word_is_read_as_the_nearest_known_one() -> None:
    assert asked("đăng ký khia sinh")["/khai"] == CORRECTED
    assert asked("thuủy sản")["/thuy"] == CORRECTED


def test_a_word_with_a_wrong_mark_is_read_without_marks() -> None:
    assert asked("kễt hôn")["/ket"] == CORRECTED


def test_what_stands_in_no_name_counts_less() -> None:
    assert asked("giấy chứng sinh")[mark("chứng")] == 0.5


def test_a_word_said_four_times_counts_double() -> None:
    assert asked("kết kết kết kết")[mark("kết")] == 2 * asked("kết")[mark("kết")]


def test_nothing_asked_weighs_nothing() -> None:
    assert asked("") == asked("?! …") == asked("zzzzzzzz") == {}


def test_a_question_without_end_stays_small() -> None:
    everything = " ".join(document.name for document in DOCUMENTS)
    assert len(asked(everything * 1000)) == MOST_TERMS
    assert asked("xyz " * LONGEST_WORDS + "khai sinh") == {}
