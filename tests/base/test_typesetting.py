"""Documents: every template sets full and empty data, and what people wrote is text, whatever it looks like."""

import io
import threading
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from motcua.base.adapters.typesetting import FOLDER, TEMPLATES, Typst

ROOT = Path(__file__).resolve().parents[2]
TYPST = Typst()
LONG = "x" * 5000
HOUSE = {
    "dossier": "H99.101-261110-0007",
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "letterhead": {"superior": "", "lines": ["Ủy ban nhân dân", "phường Hoa Sen"], "place": "Hoa Sen"},
    "date": "ngày 10 tháng 11 năm 2026",
    "issued_at": "2026-11-10T02:00:00+00:00",
    "procedure": "Đăng ký khai sinh",
}
RECEIPT = {
    **HOUSE,
    "track_url": "http://localhost/tra-cuu/?ma=H99.101-261110-0007",
    "submitter": "Nguyễn Thị Ngọc Hường",
    "identity_number": "001196000101",
    "papers": ["Giấy chứng sinh (1 tệp)"],
    "received": "09 giờ 00 phút, thứ Ba 10/11/2026",
    "due": "17 giờ 00 phút, thứ Ba 10/11/2026",
    "explanation": "Nhận lúc 09:00 thứ Ba 10/11/2026.",
    "received_by": "Phạm Văn Nhận",
}
HAND = {"step": "Tiếp nhận", "name": "Phạm Văn Nhận"}
SLIP = {
    **HOUSE,
    "owner": "Nguyễn Thị Ngọc Hường",
    "due": "17 giờ 00 phút, thứ Ba 10/11/2026",
    "rows": [
        {"number": "1", "from": HAND, "to": {"step": "Thẩm tra", "name": "Chuyên viên thụ lý"},
         "at": "09:00 10/11/2026", "due": "10:00 10/11/2026", "outcome": "Quá hạn", "note": "Chờ xác minh"},
    ],
}  # fmt: skip
RESULT = {
    **HOUSE,
    "number": "15/2026/KQ-H99.101",
    "check_code": "K7M2P9QX",
    "verify_url": "http://localhost/ket-qua/?so=15/2026/KQ-H99.101&ma=K7M2P9QX",
    "title": "Giấy chứng nhận đăng ký hộ kinh doanh",
    "holder": "Nguyễn Thị Ngọc Hường",
    "decided_by": "Lê Thị Ký",
    "reason": "Đủ điều kiện",
    "issued_on": "2026-11-10",
    "rows": [["Tên hộ kinh doanh", "Lan Bình"]],
    "answers": {"ho_ten": "Trần Minh Khôi", "ngay_sinh": "2005-04-02", "gioi_tinh": "nam", "me_ngay_sinh": "1996"},
}
LETTER = {
    **RECEIPT,
    "number": "7/2026/YCBS-H99.101",
    "holder": "Nguyễn Thị Ngọc Hường",
    "papers": ["Giấy chứng sinh", "Giấy ủy quyền"],
    "answer_by": "01/12/2026",
    "before": "09 giờ 00 phút, thứ Hai 09/11/2026",
    "reason": "Giấy chứng sinh mờ",
    "decided_by": "Lê Thị Ký",
    "office_phone": "024 1234 5678",
}
REGISTER = {
    **HOUSE,
    "field": "Hộ tịch",
    "year": "2026",
    "printed": "10/11/2026",
    "rows": [["1", "H99.101-261110-0007", *["Đăng ký khai sinh"] * 8, "Nguyễn Thị Ngọc Hường"]],
}
DECLARATION = {
    **HOUSE,
    "track_url": "http://localhost/tra-cuu/?ma=H99.101-261110-0007",
    "submitter": "Nguyễn Thị Ngọc Hường",
    "title": "Tờ khai đăng ký khai sinh",
    "submitted": "09 giờ 00 phút, thứ Ba 10/11/2026",
    "corrected": "10 giờ 00 phút, thứ Ba 10/11/2026",
    "parts": [{"title": "Người được khai sinh", "rows": [["Họ, chữ đệm, tên", "Trần Minh Khôi"]]}],
}
COPY = {
    **RESULT,
    "title": "Bản sao chứng thực: Bằng tốt nghiệp",
    "certification": {"number": 15, "book": "1/2026-SCT/BS"},
    "original": {
        "title": "Bằng tốt nghiệp",
        "number": "A-001",
        "issued_by": "Trường Hoa Sen",
        "issued_on": "2020-06-30",
    },
    "pages": 2,
    "decided_as": "Chủ tịch",
}
PAID = {
    **HOUSE,
    "number": "0000015/2026/BL-H99.101",
    "verify_url": "http://localhost/tra-cuu/bien-lai/?so=0000015/2026/BL-H99.101",
    "payer": "Nguyễn Thị Ngọc Hường",
    "lines": [{"name": "Phí bản sao", "amount": "8.000", "quantity": "2", "total": "16.000", "exempt": ""}],
    "total": "16.000",
    "words": "Mười sáu nghìn đồng",
    "way": "Tiền mặt tại quầy",
    "transaction": "FT-1",
    "paid": "09 giờ 00 phút, thứ Ba 10/11/2026",
}
FULL: dict[str, tuple[dict[str, Any], list[str]]] = {
    "giay-tiep-nhan": (RECEIPT, [
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "PHƯỜNG HOA SEN", "Hoa Sen, ngày 10 tháng 11 năm 2026",
        "Mã hồ sơ: H99.101-261110-0007", "Nguyễn Thị Ngọc Hường", "1. Giấy chứng sinh (1 tệp)",
        "Hẹn trả kết quả: 17 giờ 00 phút, thứ Ba 10/11/2026", "Phạm Văn Nhận", "Quét mã để theo dõi hồ sơ",
    ]),
    "to-khai": (DECLARATION, [
        "TỜ KHAI ĐĂNG KÝ KHAI SINH", "Kính gửi: Ủy ban nhân dân phường Hoa Sen", "Nguyễn Thị Ngọc Hường",
        "Sửa lần cuối lúc: 10 giờ 00 phút", "Người được khai sinh", "Trần Minh Khôi",
    ]),
    "phieu-kiem-soat": (SLIP, [
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Giao: Tiếp nhận, Phạm Văn Nhận",
        "Nhận: Thẩm tra, Chuyên viên thụ lý", "Quá hạn", "Chờ xác minh",
    ]),
    "giay-khai-sinh": (RESULT, [
        "GIẤY KHAI SINH", "TRẦN MINH KHÔI", "02/04/2005", "Giới tính: Nam", "Ngày sinh: 1996", "10/11/2026", "K7M2P9QX",
        "Ngày mùng hai, tháng tư, năm hai nghìn không trăm linh năm",
    ]),
    "ket-qua": (RESULT, [
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "Số: 15/2026/KQ-H99.101", "Nguyễn Thị Ngọc Hường", "Lan Bình",
        "Quét mã để kiểm tra", "K7M2P9QX",
    ]),
    "bo-sung": (LETTER, [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "7/2026/YCBS-H99.101", "2. Giấy ủy quyền", "01/12/2026",
        "024 1234 5678",
    ]),
    "tu-choi-tiep-nhan": (LETTER, ["PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Giấy chứng sinh mờ", "Lê Thị Ký"]),
    "xin-loi": (LETTER, ["XIN LỖI", "Kính gửi: Nguyễn Thị Ngọc Hường", "thứ Hai 09/11/2026", "thứ Ba 10/11/2026"]),
    "dung-giai-quyet": (LETTER, ["Về việc dừng giải quyết hồ sơ", "Giấy chứng sinh mờ", "Nơi nhận:"]),
    "so-theo-doi": (REGISTER, ["SỔ THEO DÕI HỒ SƠ", "Lĩnh vực: Hộ tịch · Năm 2026", "Sổ gồm 1 dòng"]),
    "ban-sao-chung-thuc": (COPY, [
        "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực 15, quyển số 1/2026-SCT/BS", "Bằng tốt nghiệp",
        "30/06/2020", "Trường Hoa Sen", "chứng thực 2 trang bản sao điện tử", "Lê Thị Ký", "K7M2P9QX",
    ]),
    "bien-lai": (PAID, [
        "BIÊN LAI THU PHÍ, LỆ PHÍ", "0000015/2026/BL-H99.101", "Phí bản sao", "16.000", "Mười sáu nghìn đồng",
        "Tiền mặt tại quầy", "Quét mã để kiểm tra biên lai",
    ]),
    "tu-choi": (RESULT, ["Về việc từ chối giải quyết hồ sơ", "Kính gửi: Nguyễn Thị Ngọc Hường", "Đủ điều kiện"]),
}  # fmt: skip


def words(pdf: bytes) -> str:
    """The text of all pages with every run of blanks as one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_these_are_the_templates() -> None:
    assert set(FULL) == TEMPLATES - {"chu-ky"}  # what is seen of a signature is no document


@pytest.mark.parametrize("template", sorted(FULL))
def test_a_full_document_says_everything_in_composed_vietnamese(template: str) -> None:
    data, said = FULL[template]
    text = words(TYPST.pdf(template, data))
    assert [each for each in said if each not in text] == []
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("template", sorted(FULL))
def test_what_is_not_known_is_a_dotted_line(template: str) -> None:
    pdf = TYPST.pdf(template, {})
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(pdf)
    assert "...." in words(pdf).replace(" ", "")
    assert "none" not in words(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("template", sorted(FULL))
def test_a_document_is_tagged_archival_pdf_with_a_title(template: str) -> None:
    reader = PdfReader(io.BytesIO(TYPST.pdf(template, FULL[template][0])))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"
    assert reader.metadata is not None and reader.metadata.title


@pytest.mark.parametrize(
    "text", ["#panic()", "] #panic() [", "*b* $x^2$ `raw` \\ @ref <label>", '") #read("/etc/passwd")']
)
def test_what_people_wrote_is_never_read_as_markup(text: str) -> None:
    for template, (data, _) in FULL.items():
        filled = {
            key: text if isinstance(value, str) and key not in {"issued_at"} else value for key, value in data.items()
        }
        filled["answers"] = dict.fromkeys(RESULT["answers"], text)
        filled["rows"] = SLIP["rows"] if template == "phieu-kiem-soat" else [[text, text]]
        filled["papers"] = [text]
        assert text in words(TYPST.pdf(template, filled)), template


def test_a_long_text_without_a_blank_stays_on_the_paper() -> None:
    pdf = TYPST.pdf("tu-choi", {**RESULT, "reason": LONG})
    assert words(pdf).count("x") >= 5000
    lines = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()
    assert max(line.count("x") for line in lines) < 100  # the line is 165 mm wide
    rows = [{**SLIP["rows"][0], "note": LONG}] * 3  # type: ignore[dict-item]
    assert len(PdfReader(io.BytesIO(TYPST.pdf("phieu-kiem-soat", {**SLIP, "rows": rows}))).pages) > 1


def test_a_certificate_with_very_long_answers_goes_on_inside_the_next_frame() -> None:
    long = dict.fromkeys(
        ["noi_sinh", "que_quan", "me_noi_cu_tru", "cha_noi_cu_tru", "me_ho_ten"], "Số 12 phố Hoa Sen " * 16
    )
    pdf = TYPST.pdf("giay-khai-sinh", {**RESULT, "answers": RESULT["answers"] | long})  # type: ignore[operator]
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert words(pdf).count("phố Hoa Sen") == 80
    assert len(pages) == 2
    assert "Lê Thị Ký" in pages[1].extract_text()


def test_decomposed_letters_are_composed_and_strange_ones_do_not_break_the_page() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Hường") + "\x00\x07 王 😀"
    assert "Nguyễn Thị Hường ? ?" in words(TYPST.pdf("tu-choi", {**RESULT, "holder": name}))


@pytest.mark.parametrize(
    "template", ["_page", "../wiring", "/etc/passwd", "", "GIAY-TIEP-NHAN", "giay-tiep-nhan.typ"]
)
def test_a_template_is_a_known_name_and_never_a_path(template: str) -> None:
    with pytest.raises(ValueError, match="no such template"):
        TYPST.pdf(template, {})


def test_data_of_the_wrong_shape_is_an_error_that_names_the_template() -> None:
    with pytest.raises(ValueError, match="template phieu-kiem-soat"):
        TYPST.pdf("phieu-kiem-soat", {"rows": [3]})


def test_the_same_data_gives_the_same_bytes() -> None:
    assert TYPST.pdf("ket-qua", RESULT) == Typst().pdf("ket-qua", RESULT)


def test_threads_set_pages_at_the_same_time() -> None:
    made: dict[int, list[str]] = {}

    def set_pages(number: int) -> None:
        made[number] = [
            words(TYPST.pdf("tu-choi", {**RESULT, "holder": f"Người {number}.{page}"})) for page in range(5)
        ]

    threads = [threading.Thread(target=set_pages, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: [f"Người {number}.{page}" in text for page, text in enumerate(made[number])] for number in made} == {
        0: [True] * 5, 1: [True] * 5, 2: [True] * 5
    }  # fmt: skip


def test_templates_stay_short() -> None:
    assert {path.name for path in FOLDER.glob("*.typ") if len(path.read_text().splitlines()) > 150} == set()


def test_every_template_that_a_shipped_procedure_names_exists() -> None:
    named = {
        result["template"]
        for path in (ROOT / "data/procedures").glob("*.yaml")
        for result in yaml.safe_load(path.read_text()).get("results", [])
        if result.get("template")
    }
    assert "giay-khai-sinh" in named
    assert named - TEMPLATES == set()
