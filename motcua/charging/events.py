"""Facts of charging, in the stream of the bill."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefundDue:
    """Less is owed than was paid with this bill, for ``reason``: the head of the agency decides whether it goes back."""

    reference: str
    number: str
    total_vnd: int
    state: str  # of the dossier
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BillWent:
    """An open bill went with its dossier to another agency, which may take and waive it from now on."""

    reference: str
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class RefundOff:
    """What was paid is owed after all: there is nothing for the head to decide any more."""

    reference: str
    number: str
