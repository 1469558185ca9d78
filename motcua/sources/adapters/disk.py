"""Files of procedures on disk: gzip or plain, JSON, JSON lines or YAML; the format is told by the content alone."""

import gzip
import re
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

import motcua.sources.adapters.own_format as own_format
import motcua.sources.adapters.portal_api as portal_api
import motcua.sources.adapters.portal_crawl as portal_crawl
import motcua.sources.adapters.portal_documents as portal_documents
import motcua.sources.adapters.portal_index as portal_index
from motcua.base.errors import Invalid
from motcua.catalogue.ports import Record, Rejected

FORMATS = (portal_crawl, portal_documents, portal_api, portal_index, own_format)
SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".yaml", ".yml")
MOST_BYTES = 256 * 1024 * 1024  # unpacked; the whole national portal is a fifth of it
MOST_NODES = 100_000  # of a YAML file
KNOWN_IN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")


class Disk:
    """Stands behind the port ``ProcedureFiles``."""

    def find(self, path: Path) -> list[Path]:
        """The files below ``path`` in the order of their names, or the file itself."""
        if path.is_file():
            return [path]
        if not path.is_dir():
            raise Invalid("file_missing", file=str(path))
        found = sorted(file for file in path.rglob("*") if file.is_file() and file.name.endswith(SUFFIXES))
        if not found:
            raise Invalid("file_missing", file=str(path))
        return found

    def read(self, file: Path, known_on: date) -> Iterator[Record | Rejected]:
        """Its procedures. The month in a folder's or file's name ("crawl_2026-07") beats ``known_on``."""
        dated = KNOWN_IN.search(str(file.parent.name)) or KNOWN_IN.search(file.name)
        if dated:
            known_on = date(int(dated[1]), int(dated[2]), int(dated[3] or 1))
        raws = _values(file, _bytes(file))
        if not any(_format_of(raw) for raw in raws):
            raise Invalid("file_unknown_format", file=str(file))
        for place, raw in enumerate(raws, 1):
            yield _record(raw, file, place, known_on)


def _record(raw: Any, file: Path, place: int, known_on: date) -> Record | Rejected:
    found = _format_of(raw)
    if not found:
        return Rejected("", f"{file.name}#{place}", "unknown_format")
    try:
        return found.record(own_format.with_form(raw, file) if found is own_format else raw, known_on)
    except Invalid as refusal:
        return Rejected(_code(raw), f"{file.name}#{place}", str(refusal))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return Rejected(_code(raw), f"{file.name}#{place}", f"{type(problem).__name__}: {problem}"[:300])


def _code(raw: Any) -> str:
    keys = ("procedure", "ma_thu_tuc", "thu_tuc_id", "code", "ma_tthc")
    return next((str(raw[key])[:40] for key in keys if raw.get(key)), "")


def _format_of(raw: Any) -> Any:
    return next((found for found in FORMATS if found.recognises(raw)), None)


def _bytes(file: Path) -> bytes:
    """The file's content, unpacked. A file that unpacks to more than it may is refused before it fills the memory."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(file) if packed else file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise Invalid("file_unreadable", file=str(file), why=str(problem)) from problem
    if len(content) > MOST_BYTES:
        raise Invalid("file_too_big", file=str(file), most_megabytes=MOST_BYTES // 1024 // 1024)
    if not content.strip():
        raise Invalid("file_empty", file=str(file))
    return content


def _values(file: Path, content: bytes) -> list[Any]:
    """The values in the file: a JSON value, one a line, or YAML; lists are laid flat."""
    body = content.removeprefix(b"\xef\xbb\xbf").strip()
    if body[:1] not in {b"{", b"["}:
        return _flat(_yaml(file, body))
    try:
        return _flat(msgspec.json.decode(body))
    except (msgspec.DecodeError, RecursionError) as problem:
        lines = [line for line in body.splitlines() if line.strip()]
        if len(lines) == 1:
            raise Invalid("file_unreadable", file=str(file), why=str(problem)) from problem
        return [_line(file, number, line) for number, line in enumerate(lines, 1)]


def _line(file: Path, number: int, line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as problem:
        raise Invalid("file_unreadable", file=str(file), why=f"dòng {number}: {problem}") from problem


def _yaml(file: Path, body: bytes) -> Any:
    try:
        value = yaml.load(body, yaml.CSafeLoader)
        if _weight(value, {}) > MOST_NODES:
            raise ValueError("its aliases (*name) stand for too much")
        return value
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise Invalid("file_unreadable", file=str(file), why=" ".join(str(problem).split())[:300]) from problem


def _weight(value: Any, known: dict[int, int]) -> int:
    """How many values it is once every alias is written out; one that holds itself raises ``RecursionError``."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        inside = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_weight(one, known) for one in inside)
    return known[id(value)]


def _flat(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
