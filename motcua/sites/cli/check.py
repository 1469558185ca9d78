"""``motcua check``: run every check of every part and name what does not hold; exit code 1 when something was found."""

import argparse
import importlib
import inspect
import json
from collections.abc import Callable, Iterator

from motcua.base import ledger
from motcua.base.models import ParkedFact

PARTS = (
    "people",
    "catalogue",
    "results",
    "payments",
    "dossiers",
    "vault",
    "charging",
    "certifying",
    "corrections",
    "opinions",
    "reorganisation",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json`` prints one object for a program."""
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(options: argparse.Namespace) -> int:
    """Run all checks; 0 when nothing was found."""
    found = {name: list(check()) for name, check in all_checks().items()}
    if options.json:
        print(json.dumps({"sound": not any(found.values()), "checks": found}, ensure_ascii=False, indent=1))
    else:
        for name, findings in found.items():
            print(f"{'✗' if findings else '✓'} {name}: {len(findings) or 'không có lỗi'}")
            for finding in findings[:50]:
                print(f"    {finding}")
    return int(any(found.values()))


def all_checks() -> dict[str, Callable[[], Iterator[str]]]:
    """Every public ``check_…`` of the parts by name, the chain of facts first, then what was left unread."""
    found: dict[str, Callable[[], Iterator[str]]] = {
        "base.check_chain": check_chain,
        "base.check_parked": check_parked,
    }
    for part in PARTS:
        module = importlib.import_module(f"motcua.{part}.checks")
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("check_") and check.__module__ == module.__name__:
                found[f"{part}.{name}"] = check
    return found


def check_chain() -> Iterator[str]:
    """Every fact's hash is right and follows the one before it."""
    for row, wrong in ledger.broken_facts():
        yield f"fact {row.id} ({row.stream}#{row.seq} {row.name}): {wrong}"


def check_parked() -> Iterator[str]:
    """No subscriber went past a fact that it could not read: what follows from that fact has not happened."""
    for parked in ParkedFact.objects.select_related("fact").order_by("cursor_id", "id").iterator():
        fact = parked.fact
        yield f"{parked.cursor_id} went past fact {fact.id} ({fact.stream}#{fact.seq} {fact.name}): {parked.error}"
