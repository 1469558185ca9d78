"""Facts of printing, each in a stream of its own: who took personal data out of the house, and how much of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterTaken:
    agency: str
    field: str
    year: int
    month: int
    kind: str
    lines: int


@dataclass(frozen=True, slots=True)
class DossierTaken:
    """Somebody downloaded all of a dossier as one file."""

    dossier: str
    files: int
