"""What payments need from outside: somebody who moves money."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

VND = "VND"


class Unreachable(Exception):
    """The provider gave no answer that can be read: the outcome is unknown, which is neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be paid: ``payee`` is who gets it, as the provider calls the agency."""

    order: str
    amount_vnd: int
    payee: str
    told: str = ""
    currency: str = VND


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a provider says of an order, its signature verified. ``succeeded`` False: declined."""

    order: str
    amount_vnd: int
    currency: str
    payee: str
    transaction: str
    succeeded: bool = True


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message that proves nothing; ``order`` is what it claims to be about."""

    reason: str
    order: str = ""


class Provider(Protocol):
    """One way to pay. All but ``read`` and ``payee`` leave the house (`Unreachable`): never inside a transaction."""

    def payee(self, agency: str) -> str: ...  # "" where the agency has no contract
    def create(self, order: Order) -> dict[str, str]: ...  # {"redirect": address} or {"qr": payload}
    def read(self, raw: bytes) -> Confirmed | Rejected: ...
    def ask(self, order: Order) -> Confirmed | None: ...  # None: not decided yet
    def refund(self, order: Order) -> str: ...  # their number; asked twice, paid back once
    def statement(self, day: date) -> list[Confirmed]: ...


class Providers(dict[str, Provider]):
    """The ways to pay of this node, by name; the wiring fills it."""
