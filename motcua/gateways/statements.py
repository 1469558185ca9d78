"""Statements as CSV, a bank's and a card terminal's: what they tell of, and the lines that are wrong. Pure."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from motcua.gateways.transfers import orders_in
from motcua.payments.ports import Confirmed, Rejected

COLUMNS = ("transaction", "account", "amount", "currency", "description")
SLIP_COLUMNS = ("slip", "amount", "time")
MOST_LINES = 20_000


Cells = Mapping[str, str]


@dataclass(frozen=True)
class Wrong:
    """A line that was not read as a payment: its number in the file (the head is 1), why, the cell it is about, and
    what can be said of it all the same."""

    line: int
    why: str
    cell: str = ""
    row: Confirmed | Rejected | None = None


def transfers(content: bytes, account: str = "") -> tuple[list[Confirmed], list[Wrong]]:
    """The transfers that name exactly one order, to ``account`` where one is given; every other line with its reason.

    Reasons: ``not_text``, ``columns``, ``too_long`` for the whole file (line 0 or 1); ``amount``, ``account``,
    ``transaction``, ``no_order``, ``several_orders``, ``twice`` for one line.
    """
    rows, bad = _rows(content, COLUMNS)
    found: list[Confirmed] = []
    wrong = [bad] if bad else []
    seen: set[tuple[str, str]] = set()
    for line, cells in rows:
        why = next((why for why, holds in RULES if holds(cells, account, seen)), "")
        if why:
            wrong.append(Wrong(line, why, cells.get(ABOUT.get(why, "description"), "")[:80], _said(why, cells)))
            continue
        seen.add((cells["account"], cells["transaction"]))
        (order,) = orders_in(cells["description"])
        found.append(_row(order, cells))
    return found, wrong


def _row(order: str, cells: Cells) -> Confirmed:
    return Confirmed(order, int(cells["amount"]), cells["currency"], cells["account"], cells["transaction"])


def _said(why: str, cells: Cells) -> Confirmed | Rejected | None:
    """Money of no order, or a line that can't be read; a line told before is none."""
    if why == "twice":
        return None
    if why in {"no_order", "several_orders"} and dong(cells["amount"]) is not None:
        return _row("", cells)
    return Rejected(why, "", cells["transaction"].replace("\x00", "")[:60], cells["account"].replace("\x00", ""))


def slips(content: bytes, day: date) -> tuple[list[Confirmed], list[Wrong]]:
    """What a card terminal's own file says it took on a day, by the slip's number; no order, no payee. Other lines with
    their reason: as in `transfers`, and ``time``, ``other_day``."""
    rows, bad = _rows(content, SLIP_COLUMNS)
    found: list[Confirmed] = []
    wrong = [bad] if bad else []
    for line, cells in rows:
        why, cell = _slip_fault(cells, day)
        if why:
            wrong.append(Wrong(line, why, cells[cell][:80]))
        else:
            found.append(Confirmed("", int(cells["amount"]), "VND", "", cells["slip"]))
    return found, wrong


def _slip_fault(cells: Mapping[str, str], day: date) -> tuple[str, str]:
    """Why a line of a terminal counts for nothing, and the cell it is about; two empty texts for a sound one."""
    at = moment(cells["time"])
    if not cells["slip"] or "\x00" in "".join(cells.values()):
        return "transaction", "slip"
    if dong(cells["amount"]) is None:
        return "amount", "amount"
    if at is None:
        return "time", "time"
    return ("", "") if at.date() == day else ("other_day", "time")


def moment(text: str) -> datetime | None:
    """The moment as terminals write it, by the clock on the wall: ``10/11/2026 09:30`` or ``2026-11-10 09:30:00``."""
    for way in ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        with suppress(ValueError):
            return datetime.strptime(text, way)  # noqa: DTZ007
    return None


def _rows(content: bytes, columns: Sequence[str]) -> tuple[list[tuple[int, dict[str, str]]], Wrong | None]:
    """The lines of a CSV file with their numbers, these cells of each; or what is wrong with all of it."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        return [], Wrong(0, "not_text")
    if len(rows) > MOST_LINES:
        return [], Wrong(0, "too_long")
    if rows and not set(columns) <= set(rows[0][1]):
        return [], Wrong(1, "columns", ", ".join(sorted(set(columns) - set(rows[0][1]))))
    return [(line, {name: (row.get(name) or "").strip() for name in columns}) for line, row in rows], None


def dong(text: str) -> int | None:
    """A whole number of đồng from plain digits without a leading zero; None for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= 15 and (text == "0" or text[0] != "0")
    return int(text) if plain else None


ABOUT = {"amount": "amount", "account": "account", "transaction": "transaction", "twice": "transaction"}
RULES: tuple[tuple[str, Callable[[Cells, str, set[tuple[str, str]]], bool]], ...] = (
    ("transaction", lambda cells, _account, _seen: not cells["transaction"] or "\x00" in "".join(cells.values())),
    ("twice", lambda cells, _account, seen: (cells["account"], cells["transaction"]) in seen),
    ("account", lambda cells, account, _seen: bool(account) and cells["account"] != account),
    ("no_order", lambda cells, _account, _seen: not orders_in(cells["description"])),
    ("several_orders", lambda cells, _account, _seen: len(orders_in(cells["description"])) > 1),
    ("amount", lambda cells, _account, _seen: dong(cells["amount"]) is None),
)
