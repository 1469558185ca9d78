"""What happened to a re-organisation, stream ``reorganisation:<id>``. What it did to a thing is a fact of that thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ordered:
    decision: str
    on: str
    units: list[str]
    endings: list[str]


@dataclass(frozen=True, slots=True)
class CarriedOut:
    decision: str
    dossiers: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Undone:
    decision: str
    dossiers: int
    reason: str
