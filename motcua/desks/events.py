"""Facts of the desks: that something was written, taken out or brought in; never what a person wrote.

Streams: ``note:<id>``, ``list:<id>``, ``sheet:<id>``, ``papers:<dossier>``, ``group:<id>``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteWritten:
    dossier: str
    agency: str


@dataclass(frozen=True, slots=True)
class NoteRemoved:
    dossier: str
    agency: str


@dataclass(frozen=True, slots=True)
class ListTaken:
    """Somebody took a worklist as a file; ``filters`` are the names of those set, a search text left out."""

    agency: str
    filters: list[str]
    lines: int


@dataclass(frozen=True, slots=True)
class SheetSent:
    agency: str
    procedure: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class SheetBroughtIn:
    agency: str
    procedure: str
    filed: int
    known: int
    wrong: int


@dataclass(frozen=True, slots=True)
class PapersCounted:
    """What was brought to the counter, ``"<paper>:<originals>:<copies>:<pages or empty>:<shown or kept>"`` each."""

    dossier: str
    counts: list[str]


@dataclass(frozen=True, slots=True)
class GroupMade:
    agency: str
    code: str


@dataclass(frozen=True, slots=True)
class MembersChanged:
    """Dossiers that came into a group, or left it."""

    added: list[str]
    removed: list[str]
