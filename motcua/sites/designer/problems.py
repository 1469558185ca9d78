"""Problems of an edition in words: what publishing would refuse, with its place, in the reader's language.

The checks say their problems in English, each after its place. The table knows the frequent ones; another is shown as
it is, marked as English. Problems of the process have a table of their own (``process_problems``).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.definition import Definition
from motcua.forms import label
from motcua.sites.designer import process_problems
from motcua.sites.designer.asking import Workbench
from motcua.sites.designer.words import PART_NAMES, part_of, problems_of
from motcua.sites.frame.words import CHANNELS, language


class Told(NamedTuple):
    """A problem as a page shows it: where, what, and the English original where there are no words for it."""

    place: str
    text: str
    foreign: str = ""


SENTENCES: tuple[tuple[str, str | Promise], ...] = (
    (r"no x-en", _("Chưa có tiếng Anh.")),
    (r"no title", _("Chưa có tên.")),
    (r"no name", _("Chưa có tên.")),
    (r"one has no name", _("Có kết quả chưa có tên.")),
    (r"empty", _("Chưa có tên.")),
    (r"no code", _("Mã không dùng được.")),
    (r"has no field", _("Phần này chưa có câu hỏi nào.")),
    (r"a hint in one language only", _("Gợi ý mới có một thứ tiếng.")),
    (r"a pattern needs x-error and x-error-en", _("Có mẫu phải khớp thì phải có lời báo sai, cả tiếng Anh.")),
    (r"the pattern can't be read", _("Mẫu phải khớp viết sai.")),
    (r"no maxLength", _("Chưa giới hạn số ký tự.")),
    (r"no maxItems", _("Chưa giới hạn số dòng.")),
    (r"x-when refers to (.*), which is not an earlier field", _("Điều kiện nói đến “%s”, câu hỏi không đứng trước.")),
    (r"(.*) is never (.*)", _("“%s” không bao giờ có giá trị %s.")),
    (r"(.*) compares numbers, (.*) is not one", _("Phép so sánh “%s” chỉ dùng cho số; “%s” không phải số.")),
    (r"x-value: unknown name '(.*)'", _("Công thức dùng tên không có: “%s”.")),
    (r"x-value: gives (.*), not (.*)", _("Công thức cho ra kiểu %s, câu hỏi cần kiểu %s.")),
    (r"x-value reads (.*), which is not an earlier field", _("Công thức dùng “%s”, câu hỏi không đứng trước.")),
    (r"x-value: (.*)", _("Công thức chưa đúng: %s.")),
    (r"unknown name '(.*)'", _("Quy tắc dùng tên không có: “%s”.")),
    (r"gives (.*), not bool", _("Quy tắc phải là điều đúng hoặc sai (đang cho ra kiểu %s).")),
    (r"no error", _("Chưa có lời báo khi sai.")),
    (r"reads no field '(.*)'.*", _("Lời báo phải đứng ở một câu hỏi mà quy tắc có dùng.")),
    (r"'(.*)' twice", _("“%s” có hai lần.")),
    (r"an option stands twice", _("Một lựa chọn có hai lần.")),
    (r"counts out of bounds", _("Số bản không hợp lệ.")),
    (r"more than one limit in one", _("Chỉ ghi một loại thời hạn: giờ, ngày làm việc, ngày hoặc tháng.")),
    (r"a limit is not a positive number", _("Thời hạn phải là số lớn hơn 0.")),
    (r"if_after '(.*)' is no time of day", _("Giờ “%s” không phải giờ trong ngày, ví dụ 15:00.")),
    (r"if_after needs a limit in working time", _("Quy định sau giờ chỉ dùng với thời hạn tính theo giờ làm việc.")),
    (r"fee (.*) out of bounds", _("Mức thu %s không hợp lệ.")),
    (r"fee '(.*)': '.*' is no question for a whole number or a list",
     _("Số lượng của khoản thu “%s” phải lấy từ câu hỏi trả lời bằng số nguyên hoặc bằng danh sách.")),
    (r"fee '(.*)': an exemption has no reason", _("Khoản thu “%s” có trường hợp miễn mà không ghi căn cứ.")),
    (r"fee is due at '(.*)', which is unknown", _("Không có thời điểm nộp “%s”.")),
    (r"fee ('.*)", _("Điều kiện của khoản thu không hiểu được: %s.")),
    (r"fee has an amount and is decided elsewhere", _("Khoản thu đã có số tiền thì không chờ nơi khác quyết định.")),
    (r"no template '(.*)'", _("Không có mẫu kết quả “%s”.")),
)  # fmt: skip
READ = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in SENTENCES)


def told(part: str, bench: Workbench) -> list[Told]:
    """The problems that one page of the bench mends."""
    return [_told(problem, bench.definition) for problem in problems_of(part, bench.problems)]


def all_told(problems: Iterable[str], definition: Definition) -> list[tuple[str, Told]]:
    """Every problem with the name of the part that mends it."""
    return [(str(PART_NAMES[part_of(problem)]), _any(problem, definition)) for problem in problems]


def _any(problem: str, definition: Definition) -> Told:
    if part_of(problem) != "process":
        return _told(problem, definition)
    (found,) = process_problems.problems([problem], definition)
    return Told(found.place, found.text, found.foreign)


def sentence(text: str) -> str:
    """A problem without its place, in the reader's language; empty where the table does not know it."""
    for pattern, words in READ:
        if match := pattern.fullmatch(text):
            return str(words) % match.groups("") if match.groups() else str(words)
    return ""


def _told(problem: str, definition: Definition) -> Told:
    head, _colon, rest = problem.partition(": ")
    place = ""
    if head == "form" and ": " in rest:
        name, _colon, rest = rest.partition(": ")
        place = _form_place(name, definition.form or {})
    elif head.startswith("papers."):
        code = head.partition(".")[2]
        place = next((paper.name for paper in definition.papers if paper.code == code), "") or code
    elif head.startswith("channels."):
        code = head.partition(".")[2]
        place = str(CHANNELS.get(code, code))
    text = sentence(rest)
    return Told(place, text, "" if text else rest)


def _form_place(name: str, form: dict[str, object]) -> str:
    properties = form.get("properties")
    sections = form.get("x-sections")
    known = properties if isinstance(properties, dict) else {}
    if name.startswith("section ") and isinstance(sections, list):
        code = name.removeprefix("section ")
        return next((label(part, language()) for part in sections if part.get("code") == code), "") or code
    path, _equals, option = name.partition("=")
    group, _dash, column = path.partition("-")
    field = known.get(group, {})
    words = [label(field, language()) or group]
    if column:
        inner = field.get("items", {}).get("properties", {}).get(column, {})
        words.append(label(inner, language()) or column)
    return ", ".join([*words, option] if option else words)
