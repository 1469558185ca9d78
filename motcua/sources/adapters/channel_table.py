"""Taking apart the portal's table "Hình thức nộp | Thời gian | Phí, lệ phí | Mô tả" whose cells were run together."""

import re
from itertools import zip_longest

from motcua.catalogue.definition import CHANNELS, Channel, Fee, Limit
from motcua.sources.adapters.cells import Notes, fee_of, limit_of

CODES = {label: code for code, label in CHANNELS.items()}
HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_MONEY = r"[\d.,]*\d (?:Việt Nam Đồng|VNĐ|USD)"
_FEE = rf"(?:Không có thông tin|Miễn phí|{_MONEY})"
_UNIT = r"(?:Giờ làm việc|Giờ|Ngày làm việc|Ngày|Tháng|Năm)"
# A limit is a number with its unit, a bare number, nothing, or words that begin with a capital right at the border.
_LIMIT = rf"(?:Không có thông tin|\d+(?:[.,]\d+)? {_UNIT}|\d+(?:[.,]\d+)?(?=\D)|[A-ZĐ][^\n(]{{2,150}}?)"
ROW = re.compile(rf"({'|'.join(CODES)})(?={_MONEY}|{_LIMIT}{_FEE})")
CELLS = re.compile(rf"(?P<limit>{_LIMIT})(?P<fee>{_FEE})")
GLUED = re.compile(_MONEY)


def channels_of(text: str, notes: Notes) -> dict[str, tuple[Channel, ...]]:
    """The table's rows by channel; empty, and reported, when its rows can't be told apart."""
    body = text.removeprefix(HEADER)
    rows = list(ROW.finditer(body))
    if body == text or not rows or rows[0].start():
        notes.add("channels_unreadable", "channels", text)
        return {}
    found: dict[str, list[Channel]] = {}
    for row, following in zip_longest(rows, rows[1:]):
        cells = body[row.end() : following.start() if following else len(body)]
        code = CODES[row[1]]
        found.setdefault(code, []).append(_channel(cells, f"channels.{code}", notes))
    return {code: tuple(channels) for code, channels in found.items()}


def _channel(cells: str, where: str, notes: Notes) -> Channel:
    if glued := GLUED.match(cells):  # "120 VNĐ": 1 and 20, or 12 and 0? Nobody can tell.
        bracket, note = bracket_of(cells[glued.end() :])
        for kind in ("cells_run_together", "limit_without_unit"):
            notes.add(kind, where, cells)
        text = glued[0] + bracket
        return Channel(Limit(text=text), (Fee(text=text),), note)
    match = CELLS.match(cells)
    if not match:
        raise ValueError(f"row without limit and fee: {cells[:80]!r}")
    bracket, note = bracket_of(cells[match.end() :])
    if bracket.count("(") > bracket.count(")"):
        notes.add("fee_note_cut", where, bracket)
    fee = fee_of(match["fee"] + bracket, where, notes)
    return Channel(limit_of(match["limit"], where, notes), (fee,), note)


def bracket_of(text: str) -> tuple[str, str]:
    """The bracketed note at the start, nesting respected, and what follows. One that is never closed takes the rest."""
    if not text.startswith("("):
        return "", text.strip()
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if not depth:
            return text[: place + 1], text[place + 1 :].strip()
    return text, ""
