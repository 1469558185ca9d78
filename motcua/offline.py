"""The wiring of what needs neither Django nor a database: what only reads a file begins in a tenth of the time."""

from motcua.base.wires import bind
from motcua.catalogue.ports import ProcedureFiles
from motcua.sources.adapters.disk import Disk


def connect() -> None:
    """Bind the readers of files. Called by the command line, and by the wiring of everything."""
    bind(ProcedureFiles, Disk())
