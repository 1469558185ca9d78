"""``motcua bpmn``: ``export PROCEDURE`` gives a process to any BPMN tool, ``read FILE`` gives back what one drew."""

import argparse
import json
import sys
from pathlib import Path

from motcua.base.errors import Invalid
from motcua.sites.cli import editions

NEEDS_DATABASE = False  # only a code of the catalogue does, and asks for it itself


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    export = verbs.add_parser("export", help="print the process of a procedure as BPMN 2.0")
    editions.add_arguments(export)
    export.add_argument("--to", type=Path, metavar="FILE", help="into this file, which must not be there yet")
    reading = verbs.add_parser("read", help="print the steps in a BPMN file, ready for a procedure's file")
    reading.add_argument("file", type=Path, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Export or read. Raises `Refused` as `diagrams.bpmn` does."""
    return _export(options) if options.verb == "export" else _read(options.file)


def _export(options: argparse.Namespace) -> int:
    from motcua.diagrams import bpmn

    content = bpmn.export(editions.chosen(options).definition)
    if options.to is None:
        sys.stdout.buffer.write(content)
        return 0
    try:
        with options.to.open("xb") as file:
            file.write(content)
    except OSError as fault:
        raise Invalid("file_unreadable", file=str(options.to), why=fault.strerror) from None
    return 0


def _read(path: Path) -> int:
    """Print the steps as JSON, which is YAML too."""
    import msgspec

    from motcua.diagrams import bpmn
    from motcua.diagrams.bpmn.graph import MOST_BYTES

    if not path.is_file():
        raise Invalid("file_missing", file=str(path))
    with path.open("rb") as file:
        steps = bpmn.read(file.read(MOST_BYTES + 1))
    print(json.dumps({"process": msgspec.to_builtins(steps)}, ensure_ascii=False, indent=2))
    return 0
