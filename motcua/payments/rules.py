"""How much is owed, whether a confirmation is to be believed, and which entries a happening makes. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.fees.rules import Line
from motcua.payments.ports import Confirmed, Order, Rejected
from motcua.payments.states import DUE, OWED, TILL_DIFFERENCE, TREASURY, VND

Postings = list[tuple[str, int]]  # account and đồng: debit above 0, credit below
SECRET = {"checksum", "maxacthuc", "signature", "secret", "accesskey", "token", "socmndnguoinop", "hotennguoinop"}
MOST_RAW = 4000
HIDDEN = "***"


def disagreement(told: Confirmed, asked: Order, known: str) -> str:
    """Why a confirmation does not count for the order that was asked; empty when all of it agrees.

    ``known``: the provider's transaction that settled this order before; a second one is a replay, whatever it says.
    """
    if told.order != asked.order:
        return "other_order"
    if told.payee != asked.payee:
        return "other_payee"
    if told.currency != VND:
        return "other_currency"
    if told.amount_vnd != asked.amount_vnd:
        return "amount_differs"
    if known:
        return "replayed"
    if not told.sealed:
        return "outcome_not_sealed"
    return "" if told.transaction or not told.succeeded else "transaction_missing"


def digest(told: Iterable[Confirmed | Rejected]) -> str:
    """What a statement told, in whatever order, as one hash."""
    return hashlib.sha256("\n".join(sorted(map(repr, told))).encode(errors="replace")).hexdigest()


def billed(lines: Iterable[Line]) -> Postings:
    """A bill was made: it is owed, and earned by kind."""
    earned = by_kind(lines)
    return [(DUE, sum(earned.values())), *((f"revenue:{kind}", -amount) for kind, amount in earned.items())]


def dropped(lines: Iterable[Line]) -> Postings:
    """A bill is no longer asked: `billed` the other way round."""
    return [(account, -amount) for account, amount in billed(lines)]


def settled(money: str, amount_vnd: int) -> Postings:
    """What was owed has come in as ``money``."""
    return [(money, amount_vnd), (DUE, -amount_vnd)]


def exceeded(money: str, amount_vnd: int) -> Postings:
    """Money came that nobody waited for: it is owed back."""
    return [(money, amount_vnd), (OWED, -amount_vnd)]


def paid_back(money: str, lines: Iterable[Line]) -> Postings:
    """A paid bill was refunded: no longer earned, no longer ours."""
    earned = by_kind(lines)
    return [*((f"revenue:{kind}", amount) for kind, amount in earned.items()), (money, -sum(earned.values()))]


def handed_in(drawers: Mapping[str, int], counted_vnd: int) -> Postings:
    """A till is closed: what was counted goes to the treasury, what is missing or too much is named, its drawers
    (account → đồng by the books) are empty."""
    missing = sum(drawers.values()) - counted_vnd
    return [(TREASURY, counted_vnd), (TILL_DIFFERENCE, missing), *((each, -vnd) for each, vnd in drawers.items())]


def by_kind(lines: Iterable[Line]) -> dict[str, int]:
    """What is asked per kind, kinds without anything left out."""
    sums: dict[str, int] = {}
    for line in lines:
        if line.total_vnd:
            sums[line.kind] = sums.get(line.kind, 0) + line.total_vnd
    return sums


def without_secrets(raw: bytes) -> str:
    """A message as it may be kept: signatures and who paid cut; what can't be read only by its length and hash."""
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        return f"{len(raw)} bytes, SHA-256 {hashlib.sha256(raw).hexdigest()}"
    kept = json.dumps(_cut(read), ensure_ascii=False).encode(errors="replace").decode()
    return kept.replace("\\u0000", "")[:MOST_RAW]


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: HIDDEN if key.lower() in SECRET else _cut(inside) for key, inside in value.items()}
    return [_cut(inside) for inside in value] if isinstance(value, list) else value
