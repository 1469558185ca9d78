"""Small made-up procedures in the shapes of each source. No row of any real source stands here."""

from datetime import date
from typing import Any

from motcua.catalogue.definition import Definition, parse
from motcua.catalogue.ports import Record

STEPS: list[dict[str, Any]] = [
    {
        "step": "tiep-nhan",
        "name": "Tiếp nhận",
        "role": "reception",
        "hours": 1,
        "does": "receive",
        "then": {"pass": "xet"},
    },
    {
        "step": "xet",
        "name": "Thẩm tra",
        "role": "clerk",
        "hours": 4,
        "then": {"pass": "ky", "ask_more": "supplement", "refuse": "decide_refusal"},
    },
    {
        "step": "ky",
        "name": "Ký duyệt",
        "role": "approver",
        "hours": 2,
        "does": "decide",
        "then": {"pass": "tra", "return": "xet", "refuse": "decide_refusal"},
    },
    {
        "step": "tra",
        "name": "Trả",
        "role": "reception",
        "hours": 1,
        "does": "hand_over",
        "then": {"hand_over": "end"},
    },
]


def raw(code: str = "9.000001", **changes: Any) -> dict[str, Any]:
    """A sound procedure of one working day, as its file would say it."""
    limit = {"hours": 8}
    return {
        "procedure": code,
        "name": {"vi": f"Cấp thẻ thư viện {code}", "en": "Library card"},
        "in_force": {"from": "2026-01-01"},
        "field": "Thư viện",
        "levels": ["commune"],
        "subjects": ["citizen"],
        "online": "full",
        "channels": {"online": [{"limit": limit, "fees": []}], "direct": [{"limit": limit, "fees": []}]},
        "papers": [{"code": "anh", "name": "Ảnh chân dung", "originals": 2, "copies": 0}],
        "process": [dict(step) for step in STEPS],
        "results": [{"name": "Thẻ thư viện", "template": "ket-qua"}],
        **changes,
    }


def definition(code: str = "9.000001", **changes: Any) -> Definition:
    """The procedure of `raw` as a value."""
    return parse(raw(code, **changes))


def record(code: str = "9.000001", rank: int = 2, dated: bool = True, **changes: Any) -> Record:
    """The procedure of `raw` as a loader gives it."""
    return Record(code, definition(code, **changes), rank=rank, dated=dated)


def steps(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of `STEPS`, some with other values: ``steps(ky={"role": "clerk"})``."""
    return [{**step, **changes.get(step["step"], {})} for step in STEPS]


def crawled(code: str = "9.000002", **changes: str) -> dict[str, str]:
    """A procedure as crawled from a page: tables run together."""
    return {
        "agency_folder": "bo-tu-phap",
        "ma_thu_tuc": code,
        "detail_url": "https://example.org/1",
        "formality_id": "",
        "ten_thu_tuc": "Cấp giấy phép nuôi ong",
        "so_quyet_dinh": "12/QĐ-BTP",
        "cap_thuc_hien": "Cấp xã, Cấp tỉnh, Cấp bộ",
        "loai_thu_tuc": "",
        "linh_vuc": "Nuôi ong",
        "doi_tuong_thuc_hien": "Tổ chức (không bao gồm doanh nghiệp, HTX), Công dân Việt Nam",
        "co_quan_co_tham_quyen": "",
        "dia_chi_tiep_nhan": "",
        "co_quan_duoc_uy_quyen": "",
        "co_quan_phoi_hop": "",
        "thu_tuc_lien_quan": "Không có thông tin",
        "trinh_tu_thuc_hien": "Bước 1: nộp.\n\nBước 2: nhận.",
        "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến7 Ngày làm việc10,000 Việt Nam ĐồngTại",
        "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghịMau 1.docx1 bản chính",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Ong60/2014/QH13",
        "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": "Giấy phépMã: KQ.G15.000999Từ khóaKhông có thông tinMô tảKhông có thông tin"
        "Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ",
        "raw_text": "tất cả dính liền",
        **changes,
    }


KNOWN_ON = date(2026, 7, 1)
