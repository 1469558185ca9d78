"""A bank's statement as CSV: the transfers it tells of, and the lines that are wrong or about something else. Pure."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from motcua.gateways.transfers import orders_in
from motcua.payments.ports import Confirmed

COLUMNS = ("transaction", "account", "amount", "currency", "description")
MOST_LINES = 20_000


@dataclass(frozen=True)
class Wrong:
    """A line that was not read as a payment: its number in the file (the head is 1), why, and the cell it is about."""

    line: int
    why: str
    cell: str = ""


def transfers(content: bytes, account: str = "") -> tuple[list[Confirmed], list[Wrong]]:
    """The transfers that name exactly one order, to ``account`` where one is given; every other line with its reason.

    Reasons: ``not_text``, ``columns``, ``too_long`` for the whole file (line 0 or 1); ``amount``, ``account``,
    ``transaction``, ``no_order``, ``several_orders``, ``twice`` for one line.
    """
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        return [], [Wrong(0, "not_text")]
    if len(rows) > MOST_LINES:
        return [], [Wrong(0, "too_long")]
    if rows and not set(COLUMNS) <= set(rows[0][1]):
        return [], [Wrong(1, "columns", ", ".join(sorted(set(COLUMNS) - set(rows[0][1]))))]
    found: list[Confirmed] = []
    wrong: list[Wrong] = []
    seen: set[str] = set()
    for line, row in rows:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        why = next((why for why, holds in RULES if holds(cells, account, seen)), "")
        if why:
            wrong.append(Wrong(line, why, cells.get(ABOUT.get(why, "description"), "")[:80]))
            continue
        seen.add(cells["transaction"])
        (order,) = orders_in(cells["description"])
        found.append(
            Confirmed(order, int(cells["amount"]), cells["currency"], cells["account"], cells["transaction"])
        )
    return found, wrong


def whole_dong(text: str) -> bool:
    """Whether a text is a whole number of đồng in plain digits without a leading zero."""
    return text.isascii() and text.isdigit() and len(text) <= 15 and (text == "0" or text[0] != "0")


Cells = Mapping[str, str]
ABOUT = {"amount": "amount", "account": "account", "transaction": "transaction", "twice": "transaction"}
RULES: tuple[tuple[str, Callable[[Cells, str, set[str]], bool]], ...] = (
    ("transaction", lambda cells, _account, _seen: not cells["transaction"] or "\x00" in "".join(cells.values())),
    ("twice", lambda cells, _account, seen: cells["transaction"] in seen),
    ("account", lambda cells, account, _seen: bool(account) and cells["account"] != account),
    ("no_order", lambda cells, _account, _seen: not orders_in(cells["description"])),
    ("several_orders", lambda cells, _account, _seen: len(orders_in(cells["description"])) > 1),
    ("amount", lambda cells, _account, _seen: not whole_dong(cells["amount"])),
)
