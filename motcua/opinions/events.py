"""Facts of an opinion, stream ``opinion:<id>``. Neither the question nor the answer: both may name people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    reference: str
    agency: str
    asked_by: str
    due_at: str


@dataclass(frozen=True, slots=True)
class Answered:
    reference: str
    agency: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    reference: str
    agency: str
