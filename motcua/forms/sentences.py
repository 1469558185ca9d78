"""The words of a form that a person reads: labels, answers as shown, what is wrong and how to mend it."""

import re
from collections.abc import Mapping
from typing import Any

from motcua.base.money import money

ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")  # a date that was understood; anything else is shown as it was typed

SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("Mục này chưa được trả lời.", "This question has not been answered."),
    "not_applicable": (
        "Mục này không áp dụng cho trường hợp của bạn; hãy bỏ trống.",
        "This question does not apply to your case; leave it empty.",
    ),
    "unknown_field": ("Tờ khai không có mục này.", "The form has no such question."),
    "type_string": ("Hãy trả lời bằng chữ.", "Answer in words."),
    "type_integer": (
        "Hãy viết một số nguyên bằng chữ số, ví dụ 12.",
        "Write a whole number in figures, such as 12.",
    ),
    "type_number": (
        "Hãy viết số bằng chữ số, dấu phẩy cho phần thập phân, ví dụ 75,5.",
        "Write a number in figures with a comma before decimals, such as 75,5.",
    ),
    "type_boolean": ("Hãy chọn Có hoặc Không.", "Choose Yes or No."),
    "type_array": ("Hãy kê khai thành từng dòng.", "List the entries one by one."),
    "type_object": ("Nội dung gửi lên không đọc được.", "What was sent can't be read."),
    "too_long": ("Tối đa {limit} ký tự.", "At most {limit} characters."),
    "too_short": ("Ít nhất {limit} ký tự.", "At least {limit} characters."),
    "pattern": ("Nội dung chưa đúng mẫu yêu cầu.", "This is not in the expected form."),
    "characters": (
        "Có ký tự không đọc được; hãy gõ lại nội dung.",
        "There are characters that can't be read; type it again.",
    ),
    "date": (
        "Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/2025.",
        "The date must exist and be written day/month/year, such as 05/09/2025.",
    ),
    "partial_date": (
        "Viết ngày/tháng/năm, tháng/năm hoặc chỉ năm, ví dụ 20/05/1960, 05/1960 hoặc 1960.",
        "Write day/month/year, month/year or only the year, such as 20/05/1960, 05/1960 or 1960.",
    ),
    "email": ("Thư điện tử phải có dạng ten@vidu.vn.", "An e-mail address looks like name@example.vn."),
    "not_an_option": ("Hãy chọn một trong các lựa chọn đã cho.", "Choose one of the options given."),
    "minimum": ("Số nhỏ nhất được nhận là {limit}.", "The smallest number accepted is {limit}."),
    "maximum": ("Số lớn nhất được nhận là {limit}.", "The largest number accepted is {limit}."),
    "min_items": ("Cần kê khai ít nhất {limit} dòng.", "List at least {limit} entries."),
    "max_items": ("Chỉ kê khai tối đa {limit} dòng.", "List at most {limit} entries."),
    "must_agree": (
        "Bạn cần đánh dấu xác nhận để tiếp tục.",
        "You need to tick this confirmation to continue.",
    ),
    "rule": ("Câu trả lời này chưa khớp với các câu trả lời khác.", "This does not agree with other answers."),
    "not_calculated": (
        "Mục này do hệ thống tính; hãy bỏ trống.",
        "This value is calculated by the system; leave it empty.",
    ),
    "invalid": ("Nội dung chưa hợp lệ.", "This is not valid."),
}
YES_NO = {"vi": {True: "Có", False: "Không"}, "en": {True: "Yes", False: "No"}}


def sentence(code: str, params: Mapping[str, Any], language: str = "vi") -> str:
    """The sentence for a fault; a field's own words for its pattern. Raises `KeyError` on an unknown code."""
    if own := params.get("en" if language == "en" else "vi"):
        return str(own)
    return SENTENCES[code][language == "en"].format_map(params)


def label(node: Mapping[str, Any], language: str = "vi") -> str:
    """The title of a field, an option or a section in the language; Vietnamese where there is no English."""
    return str((language == "en" and node.get("x-en")) or node.get("title", ""))


def shown(field: Mapping[str, Any], value: Any, language: str = "vi") -> str:
    """An answer as the review page, the slip and the officer's page show it; unreadable text as it is."""
    for option in field.get("oneOf", ()):
        if option["const"] == value:
            return label(option, language)
    if isinstance(value, bool):
        return YES_NO.get(language, YES_NO["vi"])[value]
    if value is None:
        return ""
    if field.get("format") in ("date", "partial-date") and ISO.fullmatch(str(value)):
        return "/".join(reversed(str(value).split("-")))
    if field.get("x-widget") == "money" and isinstance(value, int):
        return money(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
