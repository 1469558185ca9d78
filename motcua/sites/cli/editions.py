"""Which edition a command is about: a code in the catalogue, or a file that was never loaded."""

import argparse
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.base.errors import Invalid, NotFound
from motcua.base.worktime import local

if TYPE_CHECKING:
    from motcua.catalogue.definition import Definition

FILE_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A definition and where it comes from; ``number`` and ``state`` are empty for a file."""

    definition: "Definition"
    source: str
    number: int | None = None
    state: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two ways to name an edition."""
    parser.add_argument("procedure", metavar="PROCEDURE", help="the code of a procedure, or a file with one")
    parser.add_argument("--edition", type=int, metavar="N", help="this edition, a draft too; else the one in force")


def chosen(options: argparse.Namespace) -> Chosen:
    """The definition that the options name; only read, nothing is loaded or changed.

    Raises `NotFound` ``procedure_unknown``, ``edition_unknown``, `Invalid` as the reader of files does.
    """
    if options.procedure.endswith(FILE_ENDINGS) or Path(options.procedure).is_file():
        return _from_file(Path(options.procedure))
    from motcua.sites.cli.commands import ready_catalogue

    ready_catalogue()
    return _from_catalogue(options.procedure, options.edition, local(datetime.now(UTC)).date())


def _from_file(path: Path) -> Chosen:
    from motcua.base.wires import provider
    from motcua.catalogue.ports import ProcedureFiles, Rejected

    files = provider(ProcedureFiles)
    (file,) = files.find(path) if path.is_file() or not path.is_dir() else [path]
    for record in files.read(file, local(datetime.now(UTC)).date()):
        if isinstance(record, Rejected):
            raise Invalid("file_unreadable", file=str(path), why=record.reason)
        return Chosen(record.definition, str(path))
    raise Invalid("file_empty", file=str(path))


def _from_catalogue(code: str, number: int | None, today: date) -> Chosen:
    """The edition ``number``, or the one in force today, or the newest where none is: a draft may be tried too."""
    from django.db import connection

    from motcua.catalogue.definition import parse
    from motcua.catalogue.queries import editions_of, in_force

    if "catalogue_edition" not in connection.introspection.table_names():  # nothing was ever loaded
        raise NotFound("procedure_unknown", procedure=code[:40])
    editions = editions_of(code)
    if not editions:
        raise NotFound("procedure_unknown", procedure=code[:40])
    now = in_force(today).filter(procedure__code=code).values_list("number", flat=True).first()
    wanted = number or now or editions[0].number
    for edition in editions:
        if edition.number == wanted:
            return Chosen(parse(edition.definition), code, edition.number, edition.state)
    raise NotFound("edition_unknown", edition=str(number))
