"""What the page of components (``/khung/``) shows: every component with all its states, on invented examples."""

import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.forms import Fault
from motcua.sites.frame import tokens
from motcua.sites.frame.fields import FieldView, error_list, fields_of

ICONS = re.findall(r'id="([a-z]+)"', (Path(__file__).parent / "static/frame/icons.svg").read_text())

EXAMPLE_FORM: dict[str, Any] = {
    "title": "Tờ khai mẫu",
    "type": "object",
    "properties": {
        "ho_ten": {
            "type": "string", "title": "Họ, chữ đệm, tên", "x-en": "Full name", "maxLength": 100,
            "x-hint": "Viết đúng như trên căn cước.", "x-hint-en": "As written on your identity card.",
            "x-prefill": "citizen.full_name",
        },
        "ngay_sinh": {"type": "string", "format": "date", "title": "Ngày sinh", "x-en": "Date of birth"},
        "gioi_tinh": {
            "type": "string", "title": "Giới tính", "x-en": "Sex",
            "oneOf": [
                {"const": "nam", "title": "Nam", "x-en": "Male"},
                {"const": "nu", "title": "Nữ", "x-en": "Female"},
            ],
        },
        "dan_toc": {
            "type": "string", "title": "Dân tộc", "x-en": "Ethnicity",
            "oneOf": [
                {"const": name.lower(), "title": name, "x-en": name}
                for name in ("Kinh", "Tày", "Thái", "Mường", "Khmer", "Mông")
            ],
        },
        "co_me": {"type": "boolean", "title": "Có khai thông tin người mẹ", "x-en": "Give the mother's details"},
        "ho_ten_me": {
            "type": "string", "title": "Họ tên mẹ", "x-en": "Mother's name",
            "x-when": [{"field": "co_me", "op": "eq", "value": True}],
        },
        "dien_thoai": {"type": "string", "title": "Số điện thoại", "x-en": "Phone", "maxLength": 20},
        "so_ban": {"type": "integer", "title": "Số bản sao", "x-en": "Number of copies"},
        "ghi_chu": {"type": "string", "title": "Ghi chú", "x-en": "Notes", "x-widget": "textarea"},
        "xac_nhan": {
            "type": "boolean", "title": "Tôi cam đoan những điều khai trên là đúng", "x-widget": "checkbox",
            "x-en": "I declare that the above is true",
        },
        "tep": {"type": "string", "title": "Giấy chứng sinh", "x-en": "Proof of birth", "x-widget": "file"},
        "cu_tru": {
            "type": "array", "title": "Nơi cư trú", "x-en": "Places of residence", "minItems": 1, "maxItems": 5,
            "items": {
                "type": "object",
                "properties": {
                    "tu_ngay": {"type": "string", "format": "date", "title": "Từ ngày", "x-en": "From"},
                    "dia_chi": {"type": "string", "title": "Địa chỉ", "x-en": "Address"},
                },
                "required": ["tu_ngay", "dia_chi"],
            },
        },
    },
    "required": ["ho_ten", "ngay_sinh", "gioi_tinh", "dan_toc", "co_me", "so_ban", "xac_nhan", "tep", "cu_tru"],
}  # fmt: skip
EXAMPLE_FORM["x-sections"] = [
    {"code": "mau", "title": "Mẫu", "x-en": "Example", "fields": list(EXAMPLE_FORM["properties"])}
]

ANSWERS = {
    "ho_ten": "Nguyễn Thị Diễm Quỳnh",
    "ngay_sinh": "1994-05-17",
    "gioi_tinh": "nu",
    "dan_toc": "khmer",
    "co_me": True,
    "so_ban": 2,
    "cu_tru": [{"tu_ngay": "2020-01-01", "dia_chi": "Thôn Đoài"}, {"tu_ngay": "30/02/2022", "dia_chi": ""}],
}


def everything() -> dict[str, Any]:
    """The context of the page."""
    wrong = wrong_fields()
    return {
        "icons": ICONS,
        "fields": fields_of(EXAMPLE_FORM, "mau", ANSWERS, {}, {"ho_ten"}, get_language() or "vi"),
        "wrong": wrong,
        "errors": error_list(wrong),
        "path": [(_("Trang chủ"), "/"), (_("Thủ tục"), "/thu-tuc/"), (_("Trang khung"), "")],
        "colours": asdict(tokens.site().colours).items(),
        "tasks": tasks(),
        "rows": summary_rows(),
        "timeline": timeline(),
        "days_left": [5.0, 2.0, 0.0, -0.5, -3.0, None],
        "due": date(2026, 2, 23),
    }


def wrong_fields() -> list[FieldView]:
    """The same fields, all refused."""
    language = get_language() or "vi"
    errors: dict[str, Fault | str] = {name: _("Hãy trả lời câu này.") for name in EXAMPLE_FORM["properties"]}
    errors["cu_tru-1-tu_ngay"] = _("Ngày 30/02/2022 không có trong lịch.")
    fields = fields_of(EXAMPLE_FORM, "mau", {"cu_tru": ANSWERS["cu_tru"]}, errors, set(), language)
    return [renamed(field) for field in fields]


def renamed(field: FieldView) -> FieldView:
    """A copy whose ids do not collide with the good one on the same page."""
    rows = tuple(tuple(renamed(inner) for inner in row) for row in field.rows)
    given = {name: getattr(field, name) for name in FieldView.__slots__}
    return FieldView(**{**given, "name": f"sai-{field.name}", "rows": rows, "when": ""})


def tasks() -> list[dict[str, str]]:
    """A task list in its four states."""
    return [
        {"label": _("Người được khai sinh"), "href": "#", "status": _("Đã xong"), "kind": "green", "icon": "check"},
        {"label": _("Cha và mẹ"), "href": "#", "status": _("Đang khai"), "kind": "blue", "icon": "clock"},
        {"label": _("Giấy tờ"), "href": "#", "status": _("Có chỗ cần sửa"), "kind": "red", "icon": "alert"},
        {
            "label": _("Xem lại và nộp"),
            "href": "",
            "hint": _("Mở khi các phần trên đã xong."),
            "status": _("Chưa mở"),
            "kind": "plain",
            "icon": "dot",
        },
    ]


def summary_rows() -> list[dict[str, str]]:
    """Answers to check: given, missing, and one that can't be changed."""
    return [
        {"label": _("Họ, chữ đệm, tên"), "value": "Nguyễn Thị Diễm Quỳnh", "change": "#"},
        {"label": _("Ghi chú"), "value": "", "change": "#"},
        {"label": _("Số định danh cá nhân"), "value": "001194000001"},
    ]


def timeline() -> list[dict[str, Any]]:
    """Past, present and next."""
    return [
        {"state": "done", "title": _("Đã nộp hồ sơ"), "at": datetime(2026, 1, 30, 8, 40, tzinfo=UTC)},
        {
            "state": "now",
            "title": _("Đang thẩm tra"),
            "at": datetime(2026, 2, 2, 1, 5, tzinfo=UTC),
            "who": _("Bộ phận một cửa xã Minh Hoạ"),
            "text": _("Hẹn trả kết quả trước 17:00 ngày 03/02/2026."),
        },
        {"state": "next", "title": _("Ký duyệt")},
    ]
