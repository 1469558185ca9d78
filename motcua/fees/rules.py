"""How much is asked in one case. Pure; an amount that is not known is never taken for nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.fees.definition import DUES, KINDS, Fee
from motcua.forms.expressions import compiled

ONE_EACH = frozenset(
    {"", "lần", "lần đăng ký", "lượt", "trường hợp", "hồ sơ", "vụ việc"}
)  # a dossier is one of these
A_DOSSIER = "dossier"
MOST_VND = 10**12
Form = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill. An exempt line keeps its amount, and the reason why it is not asked."""

    name: str
    kind: str
    amount_vnd: int
    quantity: int = 1
    exempt_reason: str = ""

    @property
    def total_vnd(self) -> int:
        return 0 if self.exempt_reason else self.amount_vnd * self.quantity


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fee whose amount nobody can tell here: ``why`` is ``fee_unknown``, ``council_fee_missing``,
    ``fee_kind_unknown``, ``quantity_unknown`` or ``cases_differ``."""

    name: str
    why: str


UNSAID = Unknown("", "fee_unknown")  # an edition says nothing of fees; free of charge is a fee of 0


@dataclass(frozen=True, slots=True)
class Quote:
    """What one case comes to. While anything is ``unknown`` the total is no total. ``due`` is one of `DUES`."""

    lines: tuple[Line, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    due: str = "result"

    @property
    def known(self) -> bool:
        return not self.unknown

    @property
    def total_vnd(self) -> int | None:
        """What is asked, in đồng; None while it is not known."""
        return total(self.lines) if self.known else None


def quote(
    fees: Iterable[Fee], council: Mapping[str, int], form: Form, answers: Mapping[str, Any], *, on: date
) -> Quote:
    """What these fees come to for these answers, filed ``on`` a local day; a fee of nothing makes no line.

    ``council``: what the provincial council decided, by the fee's name. What is due first decides when all is due.
    """
    asked = list(fees)
    made = [_line(fee, council, form, answers, on) for fee in asked]
    lines = tuple(line for line in made if isinstance(line, Line))
    dues = [fee.due or "result" for fee, line in zip(asked, made, strict=True) if line]
    due = next((due for due in DUES if due in dues), "result")
    return Quote(lines, tuple(line for line in made if isinstance(line, Unknown)), due)


def _line(
    fee: Fee, council: Mapping[str, int], form: Form, answers: Mapping[str, Any], on: date
) -> Line | Unknown | None:
    name = fee.name or fee.text
    rows = (row for row in fee.table if row.until is None or on < row.until)
    amount = next((row.amount_vnd for row in rows if holds(row.when, form, answers)), fee.amount_vnd)
    if amount is None and fee.decided_by == "provincial_council":
        amount = council.get(fee.name)
        if amount is None:
            return Unknown(name, "council_fee_missing")
    if amount is None or amount < 0:
        return Unknown(name, "fee_unknown")
    quantity = quantity_of(fee, answers) if amount else 0
    if quantity == 0:
        return None
    if quantity is not None and amount * quantity > MOST_VND:  # nobody means so many: it is not nothing either
        return Unknown(name, "quantity_unknown")
    if quantity is None or fee.kind not in KINDS:
        return Unknown(name, "quantity_unknown" if quantity is None else "fee_kind_unknown")
    reason = next((each.reason for each in fee.exempt if holds(each.when, form, answers)), "")
    return Line(name, fee.kind, amount, quantity, reason)


def quantity_of(fee: Fee, answers: Mapping[str, Any]) -> int | None:
    """How many units one dossier asks for; None where nobody said."""
    if not fee.quantity_from:
        return 1 if fee.per.strip().lower() in ONE_EACH else None
    if fee.quantity_from == A_DOSSIER:
        return 1
    told = answers.get(fee.quantity_from)
    if isinstance(told, list):
        return len(told)
    whole = isinstance(told, int) and not isinstance(told, bool) and told >= 0
    return told if whole else None


def holds(when: str, form: Form, answers: Mapping[str, Any]) -> bool:
    """Whether the condition surely holds; one that can't be read never does."""
    try:
        return compiled(when, form).holds(answers)
    except DefinitionError:
        return False


def total(lines: Iterable[Line]) -> int:
    """What is asked, in đồng."""
    return sum(line.total_vnd for line in lines)


def further(asked: Iterable[Line], covered: Iterable[Line]) -> tuple[Line, ...] | None:
    """What is asked beyond what was asked before and is settled; None where something of that is asked no more."""
    sums: dict[tuple[str, str], int] = {}
    for lines, sign in ((asked, 1), (covered, -1)):
        for line in lines:
            sums[line.name, line.kind] = sums.get((line.name, line.kind), 0) + sign * line.total_vnd
    if any(vnd < 0 for vnd in sums.values()):
        return None
    return tuple(Line(name, kind, vnd) for (name, kind), vnd in sums.items() if vnd)


def problems(fees: Iterable[Fee], form: Form) -> Iterator[str]:
    """Why these fees may not be published with this form; nothing for sound ones."""
    for fee in fees:
        amounts = [row.amount_vnd for row in fee.table] + [fee.amount_vnd or 0]
        yield from (f"fee {amount} out of bounds" for amount in amounts if not 0 <= amount < MOST_VND)
        if fee.amount_vnd is not None and fee.decided_by:
            yield "fee has an amount and is decided elsewhere"
        if fee.kind not in {"", *KINDS}:
            yield f"fee kind {fee.kind!r} unknown"
        if fee.due not in {"", *DUES}:
            yield f"fee is due at {fee.due!r}, which is unknown"
        yield from _reference_problems(fee, form)


def _reference_problems(fee: Fee, form: Form) -> Iterator[str]:
    """What a fee names of the form must be there, and be of a kind that it can use."""
    fields = form.get("properties")
    if fee.quantity_from not in {"", A_DOSSIER}:
        asked = fields.get(fee.quantity_from) if isinstance(fields, Mapping) else None
        kind = asked.get("type") if isinstance(asked, Mapping) else None
        if kind not in {"integer", "array"}:
            yield f"fee {fee.name!r}: {fee.quantity_from!r} is no question for a whole number or a list"
    for when in [*(row.when for row in fee.table), *(each.when for each in fee.exempt)]:
        try:
            compiled(when, form)
        except (DefinitionError, KeyError, TypeError, AttributeError) as fault:
            told = fault.problems[0] if isinstance(fault, DefinitionError) else "the form can't be read"
            yield f"fee {fee.name!r}: {when!r}: {told}"
    yield from (f"fee {fee.name!r}: an exemption has no reason" for each in fee.exempt if not each.reason.strip())
