"""Facts of a copy, stream ``copy:<id>``. None names a person or says what the original is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """``scans`` are the hashes of what was scanned, ``pages`` how many pages that is."""

    agency: str
    pages: int
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Who records it has held the copy against the original; ``fee_vnd`` is what was asked for it."""

    statement: str
    fee_vnd: int


@dataclass(frozen=True, slots=True)
class Certified:
    """``number`` in ``book`` ("1/2026-SCT/BS"); ``result`` is the number of the document."""

    number: int
    book: str
    result: str


@dataclass(frozen=True, slots=True)
class Refused:
    """``ground`` is a key of ``states.GROUNDS``."""

    ground: str
    note: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    reason: str


@dataclass(frozen=True, slots=True)
class Looked:
    """An officer opened the scan; stream ``look:citizen:<presenter>:copy:<id>:<actor>:<day>``."""

    copy: str
    citizen: str
    agency: str
    purpose: str


@dataclass(frozen=True, slots=True)
class BookTaken:
    """A register book left the house as a file; stream ``copies:<agency>:<year>``."""

    agency: str
    year: int
    lines: int
