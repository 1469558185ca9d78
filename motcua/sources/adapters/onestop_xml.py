"""XML of a one-stop desk, read without trusting it: no document types, no entities, comments kept."""

import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

from motcua.base.errors import Invalid

MOST_BYTES = 4 * 1024 * 1024  # of one file; the longest real one has 60 kilobytes
ATTRIBUTE = re.compile(r"([A-Za-z_][\w.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
ITEM = re.compile(r"<item\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")


class _Builder(ET.TreeBuilder):
    """A tree with its comments; a document type is where entity bombs live, and no form needs one."""

    def __init__(self) -> None:
        super().__init__(insert_comments=True)

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise ValueError(f"document type {name[:40]!r} is not allowed")


def read(file: Path, tag: str) -> ET.Element:
    """The root, a ``tag``, of an XML file of whatever encoding it declares.

    Raises `Invalid` ``file_too_big``, ``file_empty``, ``file_unreadable`` with the place, ``file_unknown_format``.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Invalid("file_too_big", file=str(file), most_megabytes=MOST_BYTES // 1024 // 1024)
        if not content.strip():
            raise Invalid("file_empty", file=str(file))
        root = ET.fromstring(content, ET.XMLParser(target=_Builder()))
    except (OSError, ET.ParseError, ValueError, LookupError) as problem:
        raise Invalid("file_unreadable", file=str(file), why=str(problem)[:300]) from problem
    if root.tag != tag:
        raise Invalid("file_unknown_format", file=str(file))
    return root


def items_in(comment: ET.Element) -> list[dict[str, str]]:
    """The items that a comment switches off: their attributes."""
    return [_attributes(found[1]) for found in ITEM.finditer(comment.text or "")]


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(double or single) for name, double, single in ATTRIBUTE.findall(text)}
