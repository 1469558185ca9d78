"""Facts of payments: stream ``bill:<id>``; what has no bill: ``confirmation:``, ``till:``, ``reconciliation:<id>``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BillMade:
    number: str
    reference: str
    agency: str
    purpose: str
    total_vnd: int


@dataclass(frozen=True, slots=True)
class Waived:
    reason: str
    total_vnd: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    reason: str


@dataclass(frozen=True, slots=True)
class PaymentAsked:
    order: str
    provider: str
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """The provider did not answer: money may or may not have moved; it is asked again."""

    order: str


@dataclass(frozen=True, slots=True)
class PaymentFailed:
    order: str
    why: str


@dataclass(frozen=True, slots=True)
class Paid:
    """``reference`` is told again, for who waits for it."""

    order: str
    provider: str
    transaction: str
    amount_vnd: int
    receipt: str
    reference: str
    purpose: str


@dataclass(frozen=True, slots=True)
class SurplusReceived:
    """True money for a bill that no longer waited: owed back."""

    order: str
    provider: str
    transaction: str
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class ConfirmationRefused:
    provider: str
    order: str
    why: str


@dataclass(frozen=True, slots=True)
class RefundAsked:
    order: str
    amount_vnd: int
    reason: str


@dataclass(frozen=True, slots=True)
class Refunded:
    order: str
    provider: str
    transaction: str
    amount_vnd: int
    reference: str


@dataclass(frozen=True, slots=True)
class TillClosed:
    officer: str
    day: str
    expected_vnd: int
    counted_vnd: int
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class CouncilFeeSet:
    agency: str
    procedure: str
    name: str
    amount_vnd: int
    valid_from: str
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``counts``: how many rows of the statement and of our books are matched, closed, missing here …"""

    provider: str
    day: str
    counts: dict[str, int]
