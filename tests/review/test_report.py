"""The once-only report on small catalogues made up here, every figure exact."""

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as some

from motcua.catalogue.definition import Definition, Paper, Period, Result, Text
from motcua.review import picture
from motcua.review.matching import CODE, CONTAINED, EXACT
from motcua.review.report import Report, review
from motcua.review.words import FIGURES


def procedure(code: str, papers: Sequence[Paper] = (), results: Sequence[Result] = ()) -> Definition:
    return Definition(
        code, Text(f"Thủ tục {code}"), Period(date(2025, 7, 1)), papers=tuple(papers), results=tuple(results)
    )


def paper(name: str, originals: int | None = 1, copies: int | None = None, **more: str) -> Paper:
    return Paper(more.pop("code", "giay"), name, originals, copies, **more)  # type: ignore[arg-type]


BIRTH = procedure("1", [paper("Giấy chứng sinh"), paper("Tờ khai")], [Result("Giấy khai sinh", "KQ.1")])
SCHOOL = procedure("2", [paper("Bản sao Giấy khai sinh của trẻ", 0, 2), paper("Đơn xin nhập học")])
HOUSE = procedure(
    "3",
    [
        paper("Giấy khai sinh và hợp đồng thuê nhà"),
        paper("Giấy phép xây dựng hoặc Giấy khai sinh", None),
        paper("Thẻ căn cước"),
    ],
    [Result("Giấy phép xây dựng", "KQ.3"), Result("Văn bản từ chối")],
)


def lines(report: Report, code: str) -> list[tuple[int, bool, bool]]:
    (asker,) = [one for one in report.askers if one.code == code]
    return [(line.place, line.by_result, line.by_register) for line in asker.lines]


def test_each_procedure_is_told_which_papers_need_not_be_asked_and_by_whose_result() -> None:
    report = review([BIRTH, SCHOOL, HOUSE])
    assert lines(report, "1") == []
    assert lines(report, "2") == [(1, True, True)]
    assert lines(report, "3") == [(1, False, False), (2, True, True), (3, False, True)]
    (match,) = report.askers[1].lines[0].matches
    assert (match.result, match.quality, match.givers) == ("Giấy khai sinh", CONTAINED, ("1",))
    assert report.edges == {("1", "2"), ("1", "3")}


def test_the_figures_are_exact_and_each_has_its_meaning() -> None:
    report = review([BIRTH, SCHOOL, HOUSE])
    assert set(report.counts) == set(FIGURES)
    assert report.counts == {
        "procedures": 3, "papers": 7, "by_result": 2, "by_result_own": 0, "by_result_part": 1, "by_register": 3,
        "by_both": 2, "waived": 0, "recorded": 0, "procedures_by_result": 2,
        "procedures_by_register": 2, "procedures_any": 2, "edges": 2,
        "code": 0, "exact": 1, "contained": 1, "overlap": 0,
    }  # fmt: skip


def test_the_papers_that_cost_most_come_first_and_unstated_sheets_are_told() -> None:
    (saving,) = review([BIRTH, SCHOOL, HOUSE]).savings
    assert (saving.name, saving.askers, saving.givers) == ("Giấy khai sinh", ("2", "3"), ("1",))
    assert (saving.sheets, saving.unstated, saving.by_volume) == (3, 0, None)
    assert saving.qualities == {CONTAINED: 1, EXACT: 2}
    (alone,) = review([BIRTH, procedure("4", [paper("Giấy khai sinh", None)])]).savings
    assert (alone.sheets, alone.unstated) == (1, 1)


def test_known_volumes_order_the_papers_and_an_unknown_one_is_not_zero() -> None:
    catalogue = [BIRTH, SCHOOL, HOUSE, procedure("5", [paper("Bản sao Giấy phép xây dựng")])]
    assert [saving.name for saving in review(catalogue).savings] == ["Giấy khai sinh", "Giấy phép xây dựng"]
    ordered = review(catalogue, {"5": 100, "2": 10}).savings
    assert [(saving.name, saving.by_volume, saving.with_volume) for saving in ordered] == [
        ("Giấy phép xây dựng", 100, 1), ("Giấy khai sinh", 20, 1),
    ]  # fmt: skip


def test_a_code_is_surer_than_any_name() -> None:
    coded = procedure("6", [paper("Tờ giấy ghi tên con", known_from="KQ.1"), paper("Tờ khác", code="kq.3")])
    report = review([BIRTH, HOUSE, coded])
    (asker,) = [one for one in report.askers if one.code == "6"]
    assert [(line.quality, line.matches[0].givers, line.by_result) for line in asker.lines] == [
        (CODE, ("1",), True), (CODE, ("3",), True),
    ]  # fmt: skip


def test_what_the_edition_already_takes_from_the_state_is_told_apart() -> None:
    noted = procedure("6", [paper("Giấy khai sinh", known_from="KQ.1"), paper("Bản sao Giấy khai sinh")])
    report = review([BIRTH, noted])
    (asker,) = [one for one in report.askers if one.code == "6"]
    assert [line.recorded for line in asker.lines] == [True, False]
    assert (report.counts["by_result"], report.counts["recorded"]) == (2, 1)


def test_a_place_that_is_nowhere_is_not_recorded() -> None:
    named = ["KQ.1", "register:population", "results", "KQ.404", "register:x", "dossier"]
    noted = procedure("6", [paper("Giấy khai sinh", known_from=place) for place in named])
    (asker,) = [one for one in review([BIRTH, noted]).askers if one.code == "6"]
    assert [line.recorded for line in asker.lines] == [True, True, True, False, False, False]


def test_the_blank_of_its_own_result_is_no_evidence_but_what_it_gave_before_is() -> None:
    fresh = procedure("7", [paper("Giấy phép lái xe theo mẫu số 1")], [Result("Giấy phép lái xe")])
    again = procedure("8", [paper("Giấy phép lái tàu đã được cấp")], [Result("Giấy phép lái tàu")])
    report = review([fresh, again])
    assert (lines(report, "7"), lines(report, "8")) == ([], [(1, True, False)])
    assert report.counts["by_result_own"] == 1


def test_an_empty_catalogue_has_an_empty_report_and_a_picture() -> None:
    report = review([])
    assert (report.savings, report.edges, set(report.counts.values())) == ((), frozenset(), {0})
    assert ElementTree.fromstring(picture.draw(report)).tag.endswith("svg")


def test_the_picture_says_in_words_what_it_shows_and_needs_no_script() -> None:
    evil = procedure("9", [paper("Giấy khai sinh")])
    drawn = picture.draw(review([BIRTH, SCHOOL, HOUSE, evil]))
    assert "Giấy khai sinh: 4 bản, 3 thủ tục." in drawn
    assert ElementTree.fromstring(drawn).attrib["role"] == "img"
    assert "<script" not in drawn and "style=" not in drawn


KINDS = ("Giấy phép", "Giấy chứng nhận", "Quyết định")
THINGS = ("lái xe", "khai thác cát sỏi", "khai thác cát sỏi lòng sông", "nuôi thủy sản lồng bè ven biển", "hoạt động")
ENDS = ("", " của tổ chức", " (bản sao)", " và hợp đồng thuê", " hoặc Giấy khai sinh", "; Giấy phép xây dựng")
names = some.builds("{} {}{}".format, some.sampled_from(KINDS), some.sampled_from(THINGS), some.sampled_from(ENDS))
catalogues = some.lists(some.tuples(some.lists(names, max_size=3), some.lists(names, max_size=3)), max_size=5)


def made(catalogue: list[tuple[list[str], list[str]]]) -> list[Definition]:
    return [
        procedure(str(place), [paper(name) for name in papers], [Result(name) for name in results])
        for place, (papers, results) in enumerate(catalogue)
    ]


@settings(deadline=None)
@given(catalogue=catalogues, more=names)
def test_one_more_result_never_lowers_the_number_of_needless_papers(
    catalogue: list[tuple[list[str], list[str]]], more: str
) -> None:
    before, after = review(made(catalogue)), review([*made(catalogue), procedure("99", results=[Result(more)])])
    figures = ("by_result", "by_register", "procedures_by_result", "edges")
    assert all(after.counts[figure] >= before.counts[figure] for figure in figures)
    assert before.edges <= after.edges


@settings(deadline=None)
@given(catalogue=catalogues)
def test_the_order_of_the_catalogue_changes_nothing(catalogue: list[tuple[list[str], list[str]]]) -> None:
    definitions = made(catalogue)
    assert review(definitions) == review(definitions[::-1])


@settings(deadline=None)
@given(text=some.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert review([procedure("1", [paper(text)], [Result(text)])]).counts["papers"] == 1
