"""What happened to procedures. Streams: ``procedure:<code>`` and, for a whole load, ``catalogue``."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EditionDrafted:
    """A new edition was written down; nobody sees it yet."""

    procedure: str
    edition: str
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class EditionRevised:
    """A draft was changed; ``changed`` names the fields that differ from what it said before."""

    procedure: str
    edition: str
    number: int
    content_hash: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionSent:
    """A draft was sent to review: it stands still until it is sent back or published."""

    procedure: str
    edition: str
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class EditionSentBack:
    """Whoever reviewed an edition wants it changed."""

    procedure: str
    edition: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class EditionDiscarded:
    """A draft that was never published was thrown away; its last content is known by its hash."""

    procedure: str
    edition: str
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class EditionPublished:
    """An edition is in force from a day on and frozen. ``content_hash`` is SHA-256 of the canonical definition."""

    procedure: str
    edition: str
    number: int
    in_force_from: date
    content_hash: str
    source: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionExpired:
    """An edition is no longer in force from ``until`` on (that day excluded)."""

    procedure: str
    edition: str
    number: int
    until: date


@dataclass(frozen=True, slots=True)
class RunRecorded:
    """The way of a dossier was kept as a test; ``dossier`` is its code."""

    procedure: str
    run: str
    name: str
    dossier: str


@dataclass(frozen=True, slots=True)
class RunRetired:
    """A recorded run is no longer asked of new editions, and why."""

    procedure: str
    run: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CatalogueLoaded:
    """A file of procedures was read; the counts are those of the report."""

    source: str
    read: int
    new: int
    changed: int
    unchanged: int
    kept: int
    refused: int
