"""Sheets of filings: right rows go in once, wrong ones are told by row and reason, whatever the file holds."""

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.models import Fact, StoredFile
from motcua.catalogue.queries import edition_for, plan_of
from motcua.desks import jobs
from motcua.desks.actions import sheets as acting
from motcua.desks.actions.sheets import bring_in, columns_for, read, send_sheet
from motcua.desks.models import PaperCount, SheetRun
from motcua.desks.queries import faults_of
from motcua.desks.rules import Column
from motcua.dossiers.models import Dossier, Standing
from motcua.sites.desk.sheets import blank, told, wrong_rows
from tests.node import BIRTH, DAY, Node, birth_answers

pytestmark = pytest.mark.django_db
OWNER, IDENTITY, PHONE = "Chủ hồ sơ", "Số định danh của chủ hồ sơ", "Điện thoại của chủ hồ sơ"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    jobs._readings.clear()


def columns() -> list[Column]:
    return columns_for(plan_of(edition_for(BIRTH, DAY)))


def right(number: int = 1) -> dict[str, Any]:
    """A row that is right, by column name; ``number`` makes it another filing."""
    answers = {name: _typed(value) for name, value in birth_answers().items() if not isinstance(value, list)}
    return {**answers, "ho_so.chu": f"Nguyễn Thị Lan {number}", "ho_so.so_dinh_danh": "001196000101"}


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return value


def sheet(
    rows: Iterable[dict[str, Any]], *, also: Callable[[Any, Any], None] | None = None, name: str = BIRTH
) -> bytes:
    """An Excel file with these rows below the columns' titles, written as an ordinary program does."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page, asked = book.add_worksheet(name), columns()
    page.write_row(0, 0, [column.title for column in asked])
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(asked):
            if (value := row.get(column.name)) is not None:
                page.write(number, place, value)
    if also:
        also(book, page)
    book.close()
    return made.getvalue()


def place(name: str) -> int:
    return next(number for number, column in enumerate(columns()) if column.name == name)


def sent(node: Node, content: bytes, *, receive: bool = False) -> SheetRun:
    edition = edition_for(BIRTH, DAY)
    return send_sheet([content], "bang.xlsx", edition.id, receive=receive, by=node.reception, at=node.noon)


def done(node: Node, content: bytes, *, receive: bool = False) -> SheetRun:
    """The run after the worker had its turn."""
    run = sent(node, content, receive=receive)
    while jobs.bring_in_sheets():
        pass
    run.refresh_from_db()
    assert run.state == "done"
    return run


def counts(run: SheetRun) -> tuple[int, int, int]:
    return run.filed, run.known, run.wrong


def reasons(run: SheetRun) -> dict[int, list[tuple[str, str]]]:
    return {fault.row: [(each["column"], each["code"]) for each in fault.faults] for fault in faults_of(run)}


def test_right_rows_become_filings_at_the_counter(node: Node) -> None:
    run = done(node, sheet([right(1), right(2), right(3)]))
    assert counts(run) == (3, 0, 0)
    filed = Dossier.objects.order_by("code")
    assert [each.owner_name for each in filed] == [f"Nguyễn Thị Lan {number}" for number in (1, 2, 3)]
    expected = {name: value for name, value in birth_answers().items() if not isinstance(value, list)}
    assert filed[0].answers == expected
    assert (filed[0].channel, filed[0].filed_by, filed[0].owner_identity) == ("direct", None, "001196000101")
    assert set(Standing.objects.values_list("state", "agency")) == {("submitted", node.agency.id)}
    assert Fact.objects.filter(name="dossiers.submitted", actor=node.reception.ref, at=node.noon).count() == 3


def test_asked_to_they_are_received_at_once(node: Node) -> None:
    run = done(node, sheet([right()]), receive=True)
    standing = Standing.objects.get()
    assert (counts(run), standing.state, standing.received_at) == ((1, 0, 0), "received", node.noon)


def test_exactly_the_wrong_rows_are_told_and_the_others_go_in(node: Node) -> None:
    rows = [right(number) for number in range(500)]
    wrong = {7, 60, 61, 99, 250, 400, 499}
    for number in wrong:
        rows[number]["ngay_sinh"] = "30/02/2026"
    run = done(node, sheet(rows))
    assert counts(run) == (493, 0, 7)
    assert set(reasons(run)) == {number + 2 for number in wrong}
    assert Dossier.objects.count() == 493
    (fault, *_) = faults_of(run)
    title = next(column.title for column in columns() if column.name == "ngay_sinh")
    assert told(fault) == [(f"{title}:", "Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/2025.")]


def test_the_same_file_again_doubles_nothing(node: Node) -> None:
    content = sheet([right(1), right(2)])
    done(node, content)
    assert counts(done(node, content)) == (0, 2, 0)
    assert Dossier.objects.count() == 2


def test_a_mended_file_brings_in_only_what_was_wrong(node: Node) -> None:
    broken = right(2) | {"ho_so.chu": "", "ho_so.so_dinh_danh": "12"}
    first = done(node, sheet([right(1), broken, right(3)]))
    assert reasons(first) == {3: [(OWNER, "required"), (IDENTITY, "identity_number_length")]}
    assert counts(done(node, sheet([right(1), right(2), right(3)]))) == (1, 2, 0)
    assert Dossier.objects.count() == 3


def test_the_wrong_rows_come_back_as_a_sheet_and_go_in_once_mended(node: Node) -> None:
    run = done(node, sheet([right(1), right(2) | {"ho_so.dien_thoai": "123"}]))
    back = wrong_rows(run, faults_of(run), plan_of(edition_for(BIRTH, DAY)))
    again = done(node, back)
    assert (counts(again), reasons(again)) == ((0, 0, 1), {3: [(PHONE, "phone_malformed")]})


def test_two_equal_lines_are_two_filings(node: Node) -> None:
    content = sheet([right(1), right(1)])
    assert counts(done(node, content)) == (2, 0, 0)
    assert counts(done(node, content)) == (0, 2, 0)


def test_numbers_dates_and_words_are_read_as_they_were_meant(node: Node) -> None:
    row = right() | {
        "ho_so.so_dinh_danh": 1196000101,  # the spreadsheet took the zeros away
        "ho_so.dien_thoai": 912345678,
        "ngay_sinh": date(2026, 11, 1),
        "gioi_tinh": "NỮ",
    }
    assert counts(done(node, sheet([row]))) == (1, 0, 0)
    filed = Dossier.objects.get()
    assert (filed.owner_identity, filed.owner_phone) == ("001196000101", "0912345678")
    assert (filed.answers["ngay_sinh"], filed.answers["gioi_tinh"]) == ("2026-11-01", "nu")


def test_formulas_errors_merged_cells_and_long_numbers_are_nobodys_word(node: Node) -> None:
    def spoil(book: Any, page: Any) -> None:
        page.write_formula(1, place("ho_so.chu"), '="Nguyễn"', value="Nguyễn")
        page.write_array_formula(2, place("ho_so.chu"), 2, place("ho_so.chu"), "{=1+1}", value=2)
        page.write_number(3, place("ho_so.so_dinh_danh"), 1234567890123456)
        page.merge_range(4, 0, 5, 0, "Nguyễn Thị Lan")
        page.write_string(6, len(columns()) + 2, "ngoài bảng")

    run = done(node, sheet([right(number) for number in range(6)], also=spoil))
    assert reasons(run) == {
        2: [(OWNER, "cell_formula")], 3: [(OWNER, "cell_formula")], 4: [(IDENTITY, "cell_number_cut")],
        5: [(OWNER, "cell_merged")], 6: [(OWNER, "cell_merged")], 7: [("", "cell_without_column")],
    }  # fmt: skip
    assert (counts(run), Dossier.objects.count()) == ((0, 0, 6), 0)


def test_papers_that_were_brought_are_counted_and_unknown_ones_told(node: Node) -> None:
    papers = [
        right(1) | {"ho_so.giay_to": " Giấy chứng sinh; giay-chung-sinh ;"},
        right(2) | {"ho_so.giay_to": "Sổ đỏ"},
    ]
    run = done(node, sheet(papers), receive=True)
    counted = PaperCount.objects.values_list("dossier__owner_name", "paper", "originals", "copies")
    assert list(counted) == [("Nguyễn Thị Lan 1", "giay-chung-sinh", 1, 0)]
    assert (counts(run), reasons(run)) == ((1, 0, 1), {3: [("Giấy tờ đã nhận", "sheet_papers_unknown")]})


def test_the_blank_sheet_is_read_back_without_its_hints(node: Node) -> None:
    filled = [right().get(column.name, "") for column in columns()]
    assert counts(done(node, blank(columns(), BIRTH, [filled]))) == (1, 0, 0)
    with pytest.raises(Invalid, match="sheet_empty"):
        sent(node, blank(columns(), BIRTH))


def test_empty_rows_between_are_passed_over(node: Node) -> None:
    assert counts(done(node, sheet([right(1), {}, {}, right(2)]))) == (2, 0, 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book, page: page.write(0, 1, "Lạ"), "sheet_columns_unknown"),
        (lambda book, page: page.write_blank(0, 0, None, book.add_format()), "sheet_columns_missing"),
        (lambda book, page: page.write(0, 2, IDENTITY), "sheet_columns_twice"),
        (lambda book, page: page.write(30_000, 0, "x"), "sheet_too_long"),
        (lambda book, page: page.write(1_000_000, 16_000, "x"), "sheet_too_long"),
    ],
)
def test_another_sheet_is_refused_as_a_whole(node: Node, change: Callable[[Any, Any], None], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        sent(node, sheet([right()], also=change))
    assert (SheetRun.objects.count(), Fact.objects.filter(name="desks.sheet_sent").count()) == (0, 0)


def archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_bomb_is_not_unpacked(node: Node) -> None:
    parts = unpacked(sheet([right()]))
    with pytest.raises(Invalid, match="sheet_too_big"):
        sent(node, archive(parts | {"xl/media/bomb.xml": b" " * (121 * 1024 * 1024)}))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<a><b></a>", b"\xff\xfe\x00", b"<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"]
)
def test_a_broken_file_is_refused_in_words(node: Node, part: str, content: bytes) -> None:
    with pytest.raises(Invalid) as no:
        sent(node, archive(unpacked(sheet([right()])) | {part: content}))
    assert no.value.code in {"sheet_unreadable", "sheet_columns_missing"}


@pytest.mark.parametrize("content", [b"%PDF-1.4\n%%EOF\n", b"a,b\n1,2\n", b"PK\x03\x04nothing"])
def test_only_an_excel_file_is_taken(node: Node, content: bytes) -> None:
    with pytest.raises(Invalid, match="file_type_refused"):
        sent(node, content)


def test_only_reception_of_the_competent_agency_sends_sheets(node: Node) -> None:
    edition = edition_for(BIRTH, DAY)
    for by in (node.clerk, node.mother):
        with pytest.raises(Forbidden, match="wrong_role"):
            send_sheet([sheet([right()])], "b.xlsx", edition.id, receive=False, by=by, at=node.noon)
    assert StoredFile.objects.count() == 0


def test_killed_half_way_it_goes_on_where_it_was(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "CHUNK", 4)
    run = sent(node, sheet([right(number) for number in range(10)]))
    edition = plan_of(edition_for(BIRTH, DAY))
    lost = read(run.file_id, edition)
    bring_in(run.id, lost, at=node.noon)
    bring_in(run.id, lost, at=node.noon)
    run.refresh_from_db()
    assert (run.next_row, counts(run), run.state) == (10, (8, 0, 0), "waiting")
    while jobs.bring_in_sheets():  # a new process has read nothing yet
        pass
    run.refresh_from_db()
    assert (counts(run), run.state, Dossier.objects.count()) == ((10, 0, 0), "done", 10)


def test_a_reader_that_fell_behind_catches_up_and_one_ahead_is_refused(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "CHUNK", 2)
    run = sent(node, sheet([right(number) for number in range(6)]))
    edition = plan_of(edition_for(BIRTH, DAY))
    one, other, ahead = (read(run.file_id, edition) for _ in range(3))
    bring_in(run.id, one, at=node.noon)
    bring_in(run.id, other, at=node.noon)
    bring_in(run.id, one, at=node.noon)
    ahead.take(6)
    SheetRun.objects.filter(id=run.id).update(next_row=2)
    with pytest.raises(Refused, match="acted_first"):
        bring_in(run.id, ahead, at=node.noon)
    assert Dossier.objects.count() == 6


def test_a_file_that_is_gone_ends_the_run_with_its_reason(node: Node) -> None:
    from django.core.files.storage import default_storage

    from motcua.base import files

    run = sent(node, sheet([right()]))
    default_storage.delete(files.path_of(run.file_id))
    while jobs.bring_in_sheets():
        pass
    run.refresh_from_db()
    assert (run.state, counts(run), reasons(run)) == ("done", (0, 0, 1), {1: [("", "file_missing")]})


def test_what_happened_is_on_record_without_a_persons_word(node: Node) -> None:
    run = done(node, sheet([right(1), right(2) | {"ho_so.chu": ""}]))
    facts = list(Fact.objects.filter(stream=f"sheet:{run.id}").order_by("seq").values_list("name", "data"))
    common = {"agency": str(node.agency.id), "procedure": BIRTH}
    assert facts == [
        ("desks.sheet_sent", {**common, "sha256": run.file_id, "rows": 3}),
        ("desks.sheet_brought_in", {**common, "filed": 1, "known": 0, "wrong": 1}),
    ]
