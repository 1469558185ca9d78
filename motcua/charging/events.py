"""Facts of charging, in the stream of the bill."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefundDue:
    """A bill was paid for a dossier that nobody worked on: the head of the agency decides whether it goes back."""

    reference: str
    number: str
    total_vnd: int
    state: str  # of the dossier
