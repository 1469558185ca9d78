"""What payments need from outside: somebody who moves money."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol


class Unreachable(Exception):
    """No answer that can be read: the outcome is unknown, which is neither yes nor no. Or no such service at all."""


class Order(NamedTuple):
    """What is to be paid to whom, in đồng; ``payee`` is the agency as the provider calls it."""

    order: str
    amount_vnd: int
    payee: str
    told: str = ""  # words for the payer
    back: str = ""  # where the payer comes back to


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a provider says of an order. ``sealed`` False: its signature leaves the outcome open, so ask it again."""

    order: str
    amount_vnd: int
    currency: str
    payee: str
    transaction: str
    succeeded: bool = True
    sealed: bool = True


class Rejected(NamedTuple):
    """A message, or a row of a statement, that proves nothing; ``order`` is what it claims to be."""

    reason: str
    order: str = ""
    transaction: str = ""
    payee: str = ""


class Provider(Protocol):
    """One way to pay. ``create, ask, refund, statement`` leave the house (`Unreachable`): never inside a transaction."""

    def payee(self, agency: str) -> str: ...  # "" where the agency has no contract
    def create(self, order: Order) -> dict[str, str]: ...  # {"redirect": address} or {"qr": payload}
    def read(self, raw: bytes) -> Confirmed | Rejected: ...
    def reply(self, why: str) -> dict[str, str]: ...  # to its message: "" it counted
    def ask(self, order: Order) -> Confirmed | None: ...  # None: not decided yet
    def refund(self, order: Order) -> str: ...  # their number; asked twice, paid back once
    def statement(self, day: date) -> list[Confirmed | Rejected]: ...  # what came without an order has ""


class Providers(dict[str, Provider]):
    """The ways to pay, by name."""
