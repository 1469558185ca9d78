"""``motcua search "câu hỏi"``: the procedures in force that answer a question; with ``--from`` a question a line."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from motcua.base.errors import Invalid
from motcua.base.worktime import local

LONGEST_LINE = 100_000  # bytes of a line that are kept; of a question the first 10,000 characters are read
MOST_HITS = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("question", nargs="?", help="a question, a few words, or the code of a procedure")
    parser.add_argument("--from", dest="source", metavar="FILE", help="a question a line; - for standard input")
    parser.add_argument("--limit", type=int, default=10, help=f"how many results, 1 to {MOST_HITS}; 10 by default")
    parser.add_argument("--json", action="store_true", help="one JSON object for each question")
    for name in ("life-event", "agency", "field", "level", "subject"):
        parser.add_argument(f"--{name}", default="", metavar="CODE", help=f"only procedures of this {name}")


def run(options: argparse.Namespace) -> int:
    """Answer. Raises `Invalid` ``search_nothing_asked``, ``search_bad_limit``, ``search_unreadable_file``."""
    if (options.question is None) == (options.source is None):
        raise Invalid("search_nothing_asked")
    if not 1 <= options.limit <= MOST_HITS:
        raise Invalid("search_bad_limit", most=MOST_HITS)
    if options.source is None:
        found = answer(options.question, options)
        print(json.dumps(found, ensure_ascii=False) if options.json else table(found))
        return 0
    for question in questions(options.source):
        print(json.dumps(answer(question, options), ensure_ascii=False), flush=options.source == "-")
    return 0


def answer(question: str, options: argparse.Namespace) -> dict[str, Any]:
    """The question with its results, as it is printed. What is no text asks nothing."""
    from datetime import UTC, datetime

    from motcua.base.wires import provider
    from motcua.search.ports import Filters, Search

    question = question.encode("utf-8", "replace").decode()  # an argument may hold bytes that are no text
    names = ("life_event", "agency", "field", "level", "subject")
    filters = Filters(**{name: getattr(options, name) for name in names})
    today = local(datetime.now(UTC)).date()
    hits = provider(Search).find(question, on=today, limit=options.limit, filters=filters)
    return {"question": question, "results": [hit._asdict() for hit in hits]}


def table(found: dict[str, Any]) -> str:
    """The results for a person."""
    rows = [f"{hit['code']:>10}  {hit['score']:5.2f}  {hit['name']}" for hit in found["results"]]
    return "\n".join(rows) or "Không tìm thấy thủ tục nào phù hợp. Hãy thử những từ khác."


def questions(source: str) -> Iterator[str]:
    """The lines of a file, or of standard input for ``-``. Raises `Invalid` ``search_unreadable_file``."""
    if source == "-":
        yield from lines(sys.stdin.buffer)
        return
    try:
        with Path(source).open("rb") as file:
            yield from lines(file)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise Invalid("search_unreadable_file", file=source[:200], reason=reason) from None


def lines(file: BinaryIO) -> Iterator[str]:
    """Each line as text, bytes that are no text as "\ufffd"; a line without end is cut, so memory stays bounded."""
    while line := file.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        text = line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
        yield text.replace("\x00", "\ufffd")
