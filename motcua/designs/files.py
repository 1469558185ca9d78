"""An edition as one file that a person can read, and back: YAML, the form inside, nothing lost.

What comes from outside is read by the safe loader without aliases, at most two megabytes: one file can't stand for
more than its own letters.
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec
import yaml

from motcua.base.errors import Invalid
from motcua.catalogue.definition import Definition, parse, plain
from motcua.processes.runs import Run

MOST_BYTES = 2_000_000
MOST_DEEP = 40
ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")
WIDTH = 110


class Writer(yaml.SafeDumper):
    """Plain YAML: no aliases, texts of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Nothing is written by reference: a person reads each part where it stands."""
        return True


def _text(writer: Writer, text: str) -> yaml.ScalarNode:
    """Several lines as a block, a line break that only YAML takes for one in quotes."""
    block = "\n" in text and not any(line != line.rstrip() for line in text.split("\n"))
    style = '"' if ODD_BREAKS.search(text) else "|" if block else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Writer.add_representer(str, _text)


def _plain_events(text: str) -> None:
    """Refuse aliases and needless depth before anything is built. Raises ``yaml.YAMLError``, ``ValueError``."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"line {line}: an alias (*name) has no place here")
        if depth > MOST_DEEP:
            raise ValueError(f"line {line}: deeper than {MOST_DEEP}")


def written(definition: Definition, runs: Iterable[Run] = ()) -> str:
    """The definition as one file, in the order of its fields; with the recorded ``runs`` that it must still pass."""
    known = {run.name for run in definition.tests}
    tests = (*definition.tests, *(run for run in runs if run.name not in known))
    return yaml.dump(
        plain(msgspec.structs.replace(definition, tests=tests)),
        Dumper=Writer,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
    )


def read(content: bytes) -> Definition:
    """The definition in a file; it may be unsound.

    Raises `Invalid` ``edition_file_big``, ``_empty``, ``_unreadable``, ``definition_malformed`` with the line or place.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("edition_file_big", limit=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise Invalid("edition_file_empty")
    try:
        text = content.decode("utf-8-sig")
        _plain_events(text)
        raw = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise Invalid("edition_file_unreadable", why=" ".join(str(problem).split())[:300]) from problem
    try:
        return parse(raw)
    except msgspec.ValidationError as problem:
        raise Invalid("definition_malformed", why=str(problem)) from problem
