"""Facts of the vault. Ids only: no name, number or content of a person.

Streams: ``share:<id>``, and ``look-vault:<holder>:<id>`` for each look, so that a holder finds them all by one range.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shared:
    """``agency`` is its id, empty when a person was named; whose number that is stands in the table alone."""

    share: str
    version: str
    agency: str
    until: str


@dataclass(frozen=True, slots=True)
class Revoked:
    share: str
    version: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody else read of the vault: one ``version``, or (empty) what it has for one ``procedure``."""

    holder: str
    version: str
    procedure: str
    agency: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A register was asked about the holder for a procedure; ``found`` is how many documents it named."""

    holder: str
    register: str
    procedure: str
    found: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """The document of a register was taken over, kept by its hash."""

    holder: str
    version: str
    sha256: str
