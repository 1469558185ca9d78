"""Reading single cells of the national portal: texts, limits, fees. What can't be read is kept as text and reported.

Rule of this file: number and unit must both stand in the cell. Nothing is completed from experience.
"""

import re
import unicodedata
from typing import Any

from motcua.base.text import HIDDEN
from motcua.catalogue.definition import Fee, Limit
from motcua.catalogue.ports import Defect

CUT = "[…]"
NOTHING = "Không có thông tin"
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+")
MONEY_IN_NOTE = re.compile(r"(\d{1,3}(?:[.,]\d{3})+)\s*(?:đồng|đ\b|vnđ|vnd|việt nam đồng)", re.IGNORECASE)
LIMIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(giờ làm việc|giờ|ngày làm việc|ngày|tháng|năm)", re.IGNORECASE)
FEE = re.compile(
    r"(?:(?P<kind>lệ phí|phí)\s*:)?\s*(?P<number>[\d.,]*\d|không|o)?\s*(?P<unit>việt nam đồng|vnđ|đồng|usd|eur)",
    re.IGNORECASE,
)
NO_CHARGE = re.compile(r"(?:không|miễn|chưa quy định|0 đồng)", re.IGNORECASE)
COUNCIL = re.compile(r"(?:hội đồng nhân dân|HĐND)", re.IGNORECASE)
LEAST_FEE_VND = 1000  # the portal writes thousands away ("135 VNĐ" for 135.000 đồng); no fee is below a banknote


class Notes:
    """The defects of one record, collected while it is read."""

    def __init__(self) -> None:
        self.found: list[Defect] = []

    def add(self, kind: str, where: str, original: str) -> None:
        self.found.append(Defect(kind, where, original[:200]))

    def cut(self, texts: dict[str, str]) -> None:
        """Report the texts that the source itself has cut."""
        for where, text in texts.items():
            if CUT in text:
                self.add("text_cut", where, text[-60:])

    def tidy(self, text: Any, where: str) -> str:
        """``text`` in NFC without zero-width characters, line by line; "no information" is the empty text."""
        if text is None:
            return ""
        if not isinstance(text, str):
            self.add("not_a_text", where, repr(text))
            return str(text)
        normal = unicodedata.normalize("NFC", text)
        if normal != text:
            self.add("not_nfc", where, text)
        bare = HIDDEN.sub("", normal).replace("\x00", "")
        if bare != normal:
            self.add("zero_width", where, text)
        lines = [" ".join(line.split()) for line in bare.splitlines()]
        told = "\n".join(line for line in lines if line)
        return "" if told == NOTHING else told


def number_of(text: str) -> int | None:
    """``"10,000"``, ``"10.000"`` or ``"10000"`` → 10000; None when the groups aren't thousands."""
    return int(re.sub(r"[.,]", "", text)) if NUMBER.fullmatch(text) else None


def limit_of(cell: str, where: str, notes: Notes) -> Limit:
    """A time limit. The unit must stand there: a number alone stays a text."""
    text = cell.strip()
    if not text or text == NOTHING:
        notes.add("limit_missing", where, cell)
        return Limit()
    match = LIMIT.fullmatch(text)
    if not match:
        bare = re.fullmatch(r"[\d.,]+", text)
        notes.add("limit_without_unit" if bare else "limit_in_words", where, text)
        return Limit(text=text)
    number, unit = float(match[1].replace(",", ".")), match[2].lower()
    if not number or (unit in {"ngày", "tháng", "năm"} and number % 1):
        notes.add("limit_not_usable", where, text)
        return Limit(text=text)
    return _limit(number, unit, text)


def _limit(number: float, unit: str, text: str) -> Limit:
    if unit.startswith("giờ"):
        return Limit(hours=number, text=text)
    if unit == "ngày làm việc":
        return Limit(working_days=number, text=text)
    if unit == "ngày":
        return Limit(days=int(number), text=text)
    return Limit(months=int(number) * (12 if unit == "năm" else 1), text=text)


def fee_of(cell: str, where: str, notes: Notes) -> Fee:
    """A fee from its cell, the note in brackets included. The amount is None unless the cell itself is clear."""
    text = cell.strip()
    head, _, note = text.partition("(")
    if not text or text == NOTHING:
        notes.add("fee_missing", where, cell)
        return Fee(text=text)
    if COUNCIL.search(note):
        notes.add("fee_by_council", where, text)
        return Fee(decided_by="provincial_council", text=text)
    if head.strip().lower() == "miễn phí":
        return _free(note, text, where, notes)
    match = FEE.fullmatch(head.strip()) or FEE.match(head.strip())
    if not match or match.end() < len(head.strip()):
        notes.add("fee_in_words", where, text)
        return Fee(kind=_kind(match), text=text)
    return _priced(match, note, text, where, notes)


def _kind(match: re.Match[str] | None) -> str:
    told = ((match and match["kind"]) or "").lower()
    return {"phí": "fee", "lệ phí": "charge"}.get(told, "")


def _free(note: str, text: str, where: str, notes: Notes) -> Fee:
    """ "Miễn phí" is free only while its own note does not speak of a fee."""
    said = note.strip(" ().\n-")
    if said and (not NO_CHARGE.match(said) or MONEY_IN_NOTE.search(said)):
        notes.add("free_but_note_differs", where, text)
        return Fee(text=text)
    return Fee(amount_vnd=0, text=text)


def _priced(match: re.Match[str], note: str, text: str, where: str, notes: Notes) -> Fee:
    number, unit = (match["number"] or "").lower(), match["unit"].lower()
    amount = 0 if number == "không" else number_of(number)
    told = {number_of(found) for found in MONEY_IN_NOTE.findall(note)}
    problem = ""
    if unit in {"usd", "eur"}:
        problem = "fee_foreign_currency"
    elif amount is None:
        problem = "fee_without_amount"
    elif 0 < amount < LEAST_FEE_VND:
        problem = "fee_lost_thousands"
    elif told and amount not in told:
        problem = "fee_note_differs"
    if problem:
        notes.add(problem, where, text)
    return Fee(kind=_kind(match), amount_vnd=None if problem else amount, text=text)
