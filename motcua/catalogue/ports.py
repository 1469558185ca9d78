"""What the catalogue needs from outside: somebody who reads procedures out of files of whatever format."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from motcua.catalogue.definition import Definition


class Defect(NamedTuple):
    """Something in a source that could not be read; ``original`` is its text, kept and never guessed at."""

    kind: str
    where: str
    original: str


@dataclass(frozen=True, slots=True)
class Record:
    """One procedure out of a source. ``rank``: how much its source knows; a lower one never replaces a higher one.

    0 a row of an index · 1 what the national portal shows · 2 written for this platform, with process and form.
    ``dated``: the source itself says from when it is in force.
    """

    code: str
    definition: Definition
    defects: tuple[Defect, ...] = ()
    rank: int = 1
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """A value in a source that is no procedure: where it stands and why; the others of the file are not touched."""

    code: str
    where: str
    reason: str


class ProcedureFiles(Protocol):
    """Reads procedures from disk. Raises `Invalid` (``file_missing``, ``file_empty``, ``file_too_big``,
    ``file_unreadable``, ``file_unknown_format``) with the file and the line; a file is read whole or not at all."""

    def find(self, path: Path) -> list[Path]:
        """The files below ``path`` in a fixed order, or the file itself."""
        ...

    def read(self, file: Path, known_on: date) -> Iterator[Record | Rejected]:
        """Its procedures. ``known_on`` is the day the content is known to hold where the source gives no date."""
        ...
