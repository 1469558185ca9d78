"""Facts of opinions, in the stream of the dossier. Neither the question nor the answer: both may name people.

``asked`` is the agency whose opinion is wanted, ``name`` what it was called then.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """``opinion_due`` is the appointment of the agency that was asked, not that of the dossier."""

    opinion: str
    asked: str
    name: str
    title: str
    opinion_due: str


@dataclass(frozen=True, slots=True)
class Answered:
    opinion: str
    asked: str
    name: str
    agrees: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    opinion: str
    asked: str
    name: str
    reason: str
