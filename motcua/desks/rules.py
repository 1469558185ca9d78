"""Which columns a sheet of filings has, which header stands for which, and what a row says. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from motcua import forms
from motcua.base.errors import Invalid
from motcua.base.text import clean, fold
from motcua.desks.sheets import Cell
from motcua.forms.posting import UNWANTED

REASON = "ho_so.ly_do"  # why a row was sent back: the column is there to be read, and passed over when it comes again
PAPERS = "ho_so.giay_to"
OWNER, IDENTITY, PHONE = "ho_so.chu", "ho_so.so_dinh_danh", "ho_so.dien_thoai"  # no field of a form has a dot
ROWS_OF_GROUP = 3  # columns for so many entries of a repeated group
YES = {"co", "x", "dung", "yes", "true", "1"}
NO = {"khong", "sai", "no", "false", "0"}
IDENTITY_DIGITS, PHONE_DIGITS = 12, 10


@dataclass(frozen=True)
class Column:
    """A column: ``name`` as the form posts it, the header people read, the hint below it, what may be chosen."""

    name: str
    title: str
    hint: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    kind: str = "text"  # text, date, number, boolean, identity, phone, papers
    accepted: tuple[str, ...] = ()  # other headers that mean this column, folded


SENT_BACK = Column(REASON, "Lý do chưa nhập được", "Đọc để sửa; không nhập cột này")


@dataclass(frozen=True)
class Problem:
    """Why a row can't go in: the column (empty: the row as a whole), ``form`` or ``refusal``, code and its details."""

    column: str
    kind: str
    code: str
    details: Mapping[str, Any]

    def plain(self) -> dict[str, Any]:
        """As it is stored; no value that a person wrote is in it."""
        return {"column": self.column, "kind": self.kind, "code": self.code, "details": dict(self.details)}


def columns_of(form: Mapping[str, Any], papers: Iterable[tuple[str, str]]) -> list[Column]:
    """The columns for filings: owner, papers brought (``papers``: code and name of each), then every field in order."""
    owner = [
        Column(OWNER, "Chủ hồ sơ", "Họ, chữ đệm, tên", required=True),
        Column(IDENTITY, "Số định danh của chủ hồ sơ", "12 chữ số", kind="identity"),
        Column(PHONE, "Điện thoại của chủ hồ sơ", "Ví dụ 0912345678", kind="phone"),
        Column(PAPERS, "Giấy tờ đã nhận", "Tên hoặc mã, cách nhau bằng dấu chấm phẩy; mỗi loại một bản chính",
               options=tuple(papers), kind="papers"),
    ]  # fmt: skip
    found = [column for section in forms.sections(form) for column in _of_section(form, section)]
    titles = [fold(each.title) for each in [*owner, *found]]
    return owner + [_told_apart(each, titles) for each in found]


def matched(header: Sequence[Cell], columns: Sequence[Column]) -> list[Column | None]:
    """Which column stands at which place. Raises `Invalid` ``sheet_columns_unknown``, ``sheet_columns_missing``,
    ``sheet_columns_twice``: another sheet, or another procedure's.
    """
    by_title = {key: each for each in columns for key in (*each.accepted, each.name, fold(each.title))}
    by_title[fold(SENT_BACK.title)] = SENT_BACK
    titles = [clean(cell.text) for cell in header]
    found = [by_title.get(fold(title)) for title in titles]
    if strange := [title[:60] for title, column in zip(titles, found, strict=True) if title and column is None]:
        raise Invalid("sheet_columns_unknown", columns=strange[:10])
    names = [column.name for column in found if column]
    if missing := [each.title for each in columns if each.required and each.name not in names]:
        raise Invalid("sheet_columns_missing", columns=missing[:10])
    if len(set(names)) < len(names):
        raise Invalid("sheet_columns_twice", columns=sorted({name for name in names if names.count(name) > 1}))
    return found


def is_hints(cells: Sequence[Cell], header: Sequence[Column | None]) -> bool:
    """Whether the row is the second one of our blank sheet, which explains the columns."""
    written = [(clean(cell.text), column) for cell, column in zip(cells, header, strict=False) if clean(cell.text)]
    return bool(written) and all(column is not None and text == clean(column.hint) for text, column in written)


def row_of(cells: Sequence[Cell], header: Sequence[Column | None]) -> tuple[dict[str, str], list[Problem]]:
    """What a row says, by the name of its column, as it would be posted; and the cells that can't be read."""
    said: dict[str, str] = {}
    problems = []
    for place, cell in enumerate(cells):
        column = header[place] if place < len(header) else None
        if cell.fault:
            problems.append(Problem(column.title if column else "", "refusal", cell.fault, {}))
        elif column is None and clean(cell.text):
            problems.append(Problem("", "refusal", "cell_without_column", {}))
        elif column is not None and column.name != REASON and (text := _typed(column, cell)):
            said[column.name] = text
    return said, problems


def answers_of(form: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """The typed answers of a row. Raises `Invalid` ``form_too_big``."""
    post = {name: [text] for name, text in said.items()}
    answers: dict[str, Any] = {}
    for section in forms.sections(form):
        answers |= forms.parse_post(form, section.code, post)
    return answers


def papers_of(text: str, column: Column) -> tuple[list[str], list[str]]:
    """The papers named in a cell: the codes of those known, once each, and the words that name none."""
    codes = {key: code for code, name in column.options for key in (fold(code), fold(name))}
    words = [word for part in text.split(";") if (word := clean(part))]
    known = dict.fromkeys(codes[fold(word)] for word in words if fold(word) in codes)
    return list(known), [word[:60] for word in words if fold(word) not in codes]


def fingerprint(said: Mapping[str, str]) -> str:
    """The content of a row: the same answers give the same one, whatever the order of the columns."""
    return hashlib.sha256("\x1f".join(f"{name}\x1e{said[name]}" for name in sorted(said)).encode()).hexdigest()


def filing_id(agency: UUID, procedure: str, content: str, time: int) -> UUID:
    """The id of the filing that a row makes: sent again, in the same file or a corrected one, it is the same.

    ``time`` counts rows of the same content within one file from 1: two equal lines are two filings.
    """
    return uuid5(NAMESPACE_URL, f"motcua:sheet:{agency}:{procedure}:{content}:{time}")


def _of_section(form: Mapping[str, Any], section: forms.Section) -> Iterator[Column]:
    for name in section.fields:
        field = form["properties"][name]
        must = name in form.get("required", ()) and "x-when" not in field
        if field["type"] != "array":
            yield _column(name, field, field["title"], section.title, must)
            continue
        for number in range(min(ROWS_OF_GROUP, field.get("maxItems", ROWS_OF_GROUP))):
            for inner, each in field["items"]["properties"].items():
                title = f"{field['title']} {number + 1}: {each['title']}"
                yield _column(f"{name}-{number}-{inner}", each, title, section.title, False)


def _column(name: str, field: Mapping[str, Any], title: str, section: str, required: bool) -> Column:
    options = tuple((each["const"], each["title"]) for each in field.get("oneOf", ()))
    kind = _kind(field)
    hint = field.get("x-hint", "") or {"date": "ngày/tháng/năm", "boolean": "Có hoặc Không"}.get(kind, "")
    if options:
        hint = " / ".join(title for _, title in options)
    told = ". ".join(part for part in (hint.rstrip("."), "Bắt buộc" if required else "") if part)
    others = tuple(fold(each) for each in (name, f"{title} ({section})"))
    return Column(name, title, told or "Không bắt buộc", required, options, kind, others)


def _kind(field: Mapping[str, Any]) -> str:
    if field.get("x-prefill") == "citizen.identity_number":
        return "identity"
    if field.get("x-prefill") == "citizen.phone":
        return "phone"
    if field.get("format") in {"date", "partial-date"}:
        return "date"
    return {"integer": "number", "number": "number", "boolean": "boolean"}.get(field["type"], "text")


def _told_apart(column: Column, titles: Sequence[str]) -> Column:
    """Titles that several questions share (the name of the child, of the mother) get the section beside them."""
    if titles.count(fold(column.title)) < 2:
        return column
    return replace(column, title=f"{column.title} [{column.name}]")


def _typed(column: Column, cell: Cell) -> str:
    """The text as the form would be posted: zeros that a number lost, options and yes or no by their words."""
    text = UNWANTED.sub("", cell.text).strip()
    if cell.number and column.kind == "identity" and len(text) >= IDENTITY_DIGITS - 3:
        return text.zfill(IDENTITY_DIGITS)
    if cell.number and column.kind == "phone" and len(text) == PHONE_DIGITS - 1:
        return f"0{text}"
    folded = fold(text)
    if column.kind == "boolean" and folded in YES | NO:
        return "true" if folded in YES else "false"
    for const, title in () if column.kind == "papers" else column.options:
        if folded in {fold(const), fold(title)}:
            return const
    return text
