"""Facts of corrections, in the stream of the dossier. Names of fields and digests, never an answer or an address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Corrected:
    """``fields`` are names, never values. Not ``effective``: a request, until `Decided`."""

    fields: list[str]
    answers_sha256: str
    reason: str
    effective: bool


@dataclass(frozen=True, slots=True)
class Decided:
    accepted: bool
    answers_sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnChosen:
    before: str
    how: str
