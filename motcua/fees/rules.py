"""How much is asked in one case. Pure; an amount that is not known is never taken for nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.base.errors import Refused
from motcua.fees.definition import Fee

KINDS = {"fee": "Phí", "charge": "Lệ phí"}


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


def lines_for(
    fees: Iterable[Fee],
    council: Mapping[str, int],
    quantities: Mapping[str, int],
    exempt: Mapping[str, str],
) -> tuple[Line, ...]:
    """The lines of a bill from the fees of an edition.

    ``council``: what the provincial council decided, by the fee's name. ``quantities``: how many units, for fees per
    unit. ``exempt``: reasons by name. Raises `Refused` ``fee_unknown`` (null is not 0), ``fee_kind_unknown``,
    ``quantity_unknown``, ``exemption_unknown``.
    """
    made = tuple(_line(fee, council, quantities, exempt) for fee in fees)
    strange = set(exempt) - {line.name for line in made if line.exempt_reason}
    if strange:
        raise Refused("exemption_unknown", names=sorted(strange))
    return made


def _line(fee: Fee, council: Mapping[str, int], quantities: Mapping[str, int], exempt: Mapping[str, str]) -> Line:
    amount = fee.amount_vnd
    if amount is None and fee.decided_by == "provincial_council":
        amount = council.get(fee.name)
    if amount is None or amount < 0:
        raise Refused("fee_unknown", fee=fee.name or fee.text)
    if fee.kind not in KINDS:
        raise Refused("fee_kind_unknown", fee=fee.name)
    quantity = quantities.get(fee.name, 0) if fee.per else 1
    if quantity < 1:
        raise Refused("quantity_unknown", fee=fee.name, per=fee.per)
    return Line(fee.name, fee.kind, amount, quantity, exempt.get(fee.name, "").strip())


def total(lines: Iterable[Line]) -> int:
    """What is asked, in đồng."""
    return sum(line.total_vnd for line in lines)
