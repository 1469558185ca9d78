"""Tables whose cells were run together: rows are told apart where they can be, and only there."""

from typing import Any

import pytest

from motcua.catalogue.definition import Fee, Limit
from motcua.sources.adapters.cells import Notes
from motcua.sources.adapters.channel_table import HEADER, channels_of
from motcua.sources.adapters.lists import law_of, laws_in, levels_of, results_of, subjects_of
from motcua.sources.adapters.paper_table import HEADER as PAPERS
from motcua.sources.adapters.paper_table import papers_of


def kinds(notes: Notes) -> list[str]:
    return [defect.kind for defect in notes.found]


def test_rows_of_channels_are_told_apart() -> None:
    notes = Notes()
    found = channels_of(
        f"{HEADER}Trực tuyến7 Ngày làm việc10,000 Việt Nam ĐồngNộp trên cổng.Trực tiếp10 NgàyMiễn phí"
        "Dịch vụ bưu chính8 Giờ20,000 VNĐ(20.000 đồng (một lần))Gửi thư",
        notes,
    )
    assert {
        code: [(one.limit.text, one.fees[0].amount_vnd, one.note) for one in rows] for code, rows in found.items()
    } == {
        "online": [("7 Ngày làm việc", 10_000, "Nộp trên cổng.")],
        "direct": [("10 Ngày", 0, "")],
        "postal": [("8 Giờ", 20_000, "Gửi thư")],
    }
    assert notes.found == []


def test_a_channel_may_have_several_rows() -> None:
    found = channels_of(f"{HEADER}Trực tiếp3 NgàyMiễn phíThường.Trực tiếp1 NgàyMiễn phíKhẩn.", Notes())
    assert [(row.limit.days, row.note) for row in found["direct"]] == [(3, "Thường."), (1, "Khẩn.")]


def test_the_name_of_a_channel_inside_a_note_begins_no_row() -> None:
    found = channels_of(f"{HEADER}Trực tiếp3 NgàyMiễn phí+ Trực tuyến: nộp qua cổng. Trực tiếp tại xã.", Notes())
    assert list(found) == ["direct"]


def test_a_number_without_unit_run_into_a_fee_is_not_taken_apart() -> None:
    notes = Notes()
    found = channels_of(f"{HEADER}Trực tuyến130 VNĐ(30.000 đồng/tờ)Ghi chú", notes)
    row = found["online"][0]
    assert (row.limit, row.fees, row.note) == (
        Limit(text="130 VNĐ(30.000 đồng/tờ)"),
        (Fee(text="130 VNĐ(30.000 đồng/tờ)"),),
        "Ghi chú",
    )
    assert kinds(notes) == ["cells_run_together", "limit_without_unit"]


def test_a_number_without_unit_before_free_of_charge_stays_text() -> None:
    notes = Notes()
    row = channels_of(f"{HEADER}Trực tiếp1Miễn phí", notes)["direct"][0]
    assert (row.limit, row.fees[0].amount_vnd) == (Limit(text="1"), 0)
    assert kinds(notes) == ["limit_without_unit"]


def test_a_limit_in_words_is_kept() -> None:
    notes = Notes()
    row = channels_of(f"{HEADER}Trực tuyếnKhông phải trả kết quảMiễn phíQua cổng", notes)["online"][0]
    assert (row.limit.text, row.note) == ("Không phải trả kết quả", "Qua cổng")
    assert kinds(notes) == ["limit_in_words"]


def test_a_note_whose_bracket_never_closes_is_reported() -> None:
    notes = Notes()
    row = channels_of(f"{HEADER}Trực tiếp3 Ngày50,000 VNĐ(mức (2026", notes)["direct"][0]
    assert (row.fees[0].text, row.note) == ("50,000 VNĐ(mức (2026", "")
    assert "fee_note_cut" in kinds(notes)


@pytest.mark.parametrize("text", ["", "Nộp tại xã", f"{HEADER}Nộp tại xã", f"{HEADER}? Trực tiếp3 NgàyMiễn phí"])
def test_a_table_that_is_none_has_no_channels(text: str) -> None:
    notes = Notes()
    assert channels_of(text, notes) == {}
    assert kinds(notes) == ["channels_unreadable"]


def papers(text: str, notes: Notes | None = None) -> list[tuple[Any, ...]]:
    found = papers_of(text, notes or Notes())
    return [(paper.name, paper.originals, paper.copies, paper.case, paper.note) for paper in found.papers]


def test_rows_of_papers_are_told_apart_with_their_forms_and_cases() -> None:
    assert papers(
        f"--{PAPERS}Đơn đề nghịMau 1.docx1 bản chínhẢnh (nếu có)0 bản chính,2 bản saoTrường hợp mất thẻ:{PAPERS}"
        "- Bản tường trình;1 bản chính,1 bản sao"
    ) == [
        ("Đơn đề nghị", 1, None, "", "Mau 1.docx"),
        ("Ảnh (nếu có)", 0, 2, "", ""),
        ("- Bản tường trình;", 1, 1, "Trường hợp mất thẻ:", ""),
    ]


def test_if_any_makes_a_paper_optional() -> None:
    found = papers_of(f"--{PAPERS}Ảnh (nếu có)1 bản chínhĐơn1 bản chính", Notes()).papers
    assert [paper.required for paper in found] == [False, True]


def test_a_count_inside_a_name_ends_no_row() -> None:
    assert papers(f"--{PAPERS}Hợp đồng: 02 bản chính (nếu có)1 bản chínhGiấy giao hàng: 02 bản chính1 bản chính") == [
        ("Hợp đồng: 02 bản chính (nếu có)", 1, None, "", ""),
        ("Giấy giao hàng: 02 bản chính", 1, None, "", ""),
    ]


def test_a_count_run_into_a_number_is_not_taken_apart() -> None:
    notes = Notes()
    assert papers(f"--{PAPERS}Đơn theo Mẫu số 051 bản chính,1 bản sao", notes) == [
        ("Đơn theo Mẫu số 051", None, 1, "", "")
    ]
    assert kinds(notes) == ["paper_count_run_together"]


def test_a_count_run_into_a_date_is_clear_because_a_year_has_four_digits() -> None:
    notes = Notes()
    assert papers(f"--{PAPERS}Đơn theo Nghị định ngày 15/06/20203 bản chính", notes) == [
        ("Đơn theo Nghị định ngày 15/06/2020", 3, None, "", "")
    ]
    assert notes.found == []


def test_papers_without_a_table_are_kept_as_text() -> None:
    notes = Notes()
    found = papers_of("; nộp hồ sơ cho đơn vị quản lý.", notes)
    assert (found.papers, found.rest) == ((), "; nộp hồ sơ cho đơn vị quản lý.")
    assert kinds(notes) == ["papers_unreadable"]


def test_no_papers_at_all_is_no_defect() -> None:
    notes = Notes()
    assert papers_of("--", notes).papers == papers_of("", notes).papers == ()
    assert notes.found == []


def test_codes_of_papers_are_distinct() -> None:
    found = papers_of(f"--{PAPERS}Đơn đề nghị1 bản chínhĐơn đề nghị2 bản chính---1 bản chính", Notes()).papers
    assert [paper.code for paper in found] == ["don-de-nghi", "don-de-nghi-2", "giay-to"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Luật Hộ tịch60/2014/QH13Nghị định123/2015/NĐ-CP", ("60/2014/QH13", "123/2015/NĐ-CP")),
        ("Luật năm 201402/2011/QH13", ("02/2011/QH13",)),
        ("Luật 51/2019/QH1451/2019/QH14", ("51/2019/QH14",)),
        ("Về phí68/2013/TT-BTCThông tư khác16/2023/TT-BTC", ("68/2013/TT-BTC", "16/2023/TT-BTC")),
        ("A08/2020/NĐ-CPLUẬT B67/2006/QH11", ("08/2020/NĐ-CP", "67/2006/QH11")),
        ("Cắt giảm thủ tục66.7/2025/NQ-CP", ("66.7/2025/NQ-CP",)),
        ("Quyết định22/2025/QĐ-TTgKhác1/2026/QĐ-UBND", ("22/2025/QĐ-TTg", "1/2026/QĐ-UBND")),
    ],
)
def test_codes_of_laws_are_found_in_a_run_together_table(text: str, codes: tuple[str, ...]) -> None:
    notes = Notes()
    assert laws_in(f"Tên văn bản pháp lýMã văn bản{text}", notes) == codes
    assert notes.found == []


def test_a_dirty_code_of_a_law_is_kept_and_reported() -> None:
    notes = Notes()
    assert laws_in("Về thú ynghị định 146/2025", notes) == ("146/2025",)
    assert kinds(notes) == ["legal_code_dirty"]


def test_a_month_is_no_code_of_a_law() -> None:
    notes = Notes()
    assert laws_in("Luật ban hành tháng 6/2025 và ngày 15/5/2025", notes) == ()
    assert notes.found == []


@pytest.mark.parametrize(
    ("cell", "name", "code", "dirty"),
    [
        ("104/2024/TT-BQP", "", "104/2024/TT-BQP", False),
        ("5166/QĐ-BQP", "", "5166/QĐ-BQP", False),
        ("Thông tư số 104/2024/TT-BQP", "", "104/2024/TT-BQP", True),
        ("nghị định 146/2025", "Nghị định số 146/2025/NĐ-CP", "146/2025/NĐ-CP", True),
        ("nghị định 146/2025", "Nghị định số 14/2025/NĐ-CP", "nghị định 146/2025", True),
        ("12", "Quy chế", "12", True),
    ],
)
def test_a_dirty_code_is_mended_only_by_the_name_of_its_document(
    cell: str, name: str, code: str, dirty: bool
) -> None:
    notes = Notes()
    assert law_of(cell, name, notes) == code
    assert kinds(notes) == ["legal_code_dirty"] * dirty


def test_results_are_cut_from_the_footer_of_the_page() -> None:
    notes = Notes()
    results, keywords, about = results_of(
        "Giấy phépMã: KQ.G01.00262Thẻ000Mã: 000.00.00.G04-KQ003507Từ khóacấp lại thẻMô tảKhông có thông tin"
        "Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ",
        notes,
    )
    assert [(one.name, one.code) for one in results] == [
        ("Giấy phép", "KQ.G01.00262"),
        ("Thẻ000", "000.00.00.G04-KQ003507"),
    ]
    assert (keywords, about) == ("cấp lại thẻ", "")
    assert kinds(notes) == ["page_footer_cut"]


def test_a_result_without_a_readable_code_is_kept() -> None:
    notes = Notes()
    results, _, _ = results_of("Quyết địnhMã: chưa rõTừ khóaKhông có thông tinMô tảKhông có thông tin", notes)
    assert [(one.name, one.code) for one in results] == [("Quyết địnhMã: chưa rõ", "")]
    assert kinds(notes) == ["result_without_code"]


def test_several_levels_stand_in_one_field() -> None:
    notes = Notes()
    assert levels_of("Cấp xã, Cấp Tỉnh, Cấp bộ, Cơ quan khác", notes) == ("commune", "province", "ministry", "other")
    assert levels_of("Chưa xác định", notes) == ()
    assert kinds(notes) == ["level_unknown"]


def test_subjects_whose_names_hold_commas_are_told_apart() -> None:
    notes = Notes()
    assert subjects_of(
        "Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức, Doanh nghiệp", notes
    ) == (
        "organisation",
        "officer",
        "enterprise",
    )
    assert notes.found == []


def test_an_unknown_subject_is_reported() -> None:
    notes = Notes()
    assert subjects_of("Công dân Việt Nam, Đảng viên", notes) == ("citizen",)
    assert kinds(notes) == ["subject_unknown"]
