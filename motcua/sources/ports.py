"""What the sources offer to the commands that load them, besides ``catalogue.ports.ProcedureFiles``."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from motcua.catalogue.ports import Record, Rejected


class Place(NamedTuple):
    """Where a step of the source went: its own time in working days (None: no limit) and the step it became."""

    step: str
    days: float | None
    tasks: int


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """One procedure of an old one-stop desk. ``kinds`` counts every field of its form by the source's own kind.

    Of these fields ``papers`` became components of the dossier, ``switched_off`` stand in comments of the source and
    are kept aside; all others are questions of the form.
    """

    record: Record
    has_form: bool = False
    has_process: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    papers: int = 0
    switched_off: int = 0
    places: tuple[Place, ...] = ()


class OneStopFiles(Protocol):
    """Reads the definitions of a one-stop desk. Raises `Invalid` ``file_missing`` where there are none."""

    def read(self, path: Path, known_on: date, prefix: str) -> Iterator[DeskRecord | Rejected]:
        """Every procedure below ``path``, under the source's code behind ``prefix``."""
        ...
