"""Facts of a result, stream ``result:<id>``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issued:
    number: str
    reference: str
    kind: str
    agency: str


@dataclass(frozen=True, slots=True)
class Documented:
    """The PDF exists; from now on the number verifies."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    number: str
