"""500 editions loaded and checked, and one process tried: ``python -m bench.editions [--editions 500]``.

The definitions are the shipped ones that have a process, each under many codes. Loading checks every one as a
publication does (head, limits, fees, papers, process over all its ways, form and conditions compiled) and writes it with
its facts; checking reads all back, checks them again and compiles their forms, as ``motcua check`` and the first visitor
do. The floor only parses the same definitions and writes the same rows. ``motcua try`` is timed as a command, beside the
bare start of Python.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg
from tqdm import tqdm

from bench.node import ROOT, Claim, note, tell, use

TRIED = "data/procedures/1.001193.yaml"


def records(count: int) -> list[Any]:
    """So many definitions with a process, each with a code of its own."""
    from django.conf import settings

    from motcua.base.wires import provider
    from motcua.catalogue.definition import parse, plain
    from motcua.catalogue.ports import ProcedureFiles, Record

    disk, today = provider(ProcedureFiles), datetime.now(UTC).date()
    shipped = [each for file in disk.find(settings.DATA / "procedures") for each in disk.read(file, today)]
    whole = [each for each in shipped if isinstance(each, Record) and each.definition.process]
    found = []
    for number in range(count):
        record = whole[number % len(whole)]
        raw = plain(record.definition) | {"procedure": f"7.{number:06d}"}
        if raw.get("form"):  # a form of its own each: nothing that was compiled once may serve twice
            raw["form"] = {**raw["form"], "title": f"{raw['form']['title']} {number}"}
        found.append(Record(raw["procedure"], parse(raw), record.defects, record.rank, record.dated))
    return found


def shown(rows: Iterable[Any], count: int, what: str) -> Iterator[Any]:
    """The same rows, with progress for a person."""
    yield from tqdm(rows, total=count, unit="phiên bản", desc=what, file=sys.stderr)


def loaded(found: list[Any]) -> float:
    """Seconds to load and to check them."""
    from motcua.base.actor import SYSTEM
    from motcua.catalogue import actions
    from motcua.catalogue.checks import check_editions
    from motcua.catalogue.models import Edition
    from motcua.catalogue.queries import plan_of

    begun = time.perf_counter()
    report = actions.load_batch(shown(found, len(found), "nạp"), source="bench", by=SYSTEM, at=datetime.now(UTC))
    if len(report.new) != len(found):
        raise RuntimeError(f"{len(report.new)} of {len(found)} were loaded: {report.refused[:1]}")
    written = time.perf_counter()
    if problems := list(check_editions()):
        raise RuntimeError(problems[0])
    rows = Edition.objects.filter(procedure__code__startswith="7.").select_related("procedure")
    for edition in shown(rows.iterator(chunk_size=100), len(found), "kiểm tra"):
        plan_of(edition).form.check({})
    note(f"loaded in {written - begun:.1f} s, checked in {time.perf_counter() - written:.1f} s")
    return time.perf_counter() - begun


def bare(found: list[Any], url: str) -> float:
    """Seconds to parse the same definitions and write as many rows by COPY."""
    from motcua.catalogue.definition import parse, plain

    texts = [orjson.dumps(plain(record.definition)) for record in found]
    begun = time.perf_counter()
    with psycopg.connect(url) as raw, raw.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE floor (code text, definition jsonb)")
        with cursor.copy("COPY floor FROM STDIN") as copy:
            for text in texts:
                copy.write_row([parse(orjson.loads(text)).procedure, text.decode()])
    return time.perf_counter() - begun


def seconds(*command: str) -> float:
    """How long a command takes, the median of seven."""
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> int:
    """Measure, and print what is claimed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--editions", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    url = use("editions", fresh=True)
    found = records(chosen.editions)
    floor, ours = bare(found, url), loaded(found)
    start, tried = seconds("-c", "pass"), seconds("-m", "motcua", "try", TRIED)
    what = f"{len(found)} editions loaded and checked: seconds"
    return tell(
        [
            Claim(what, f"{ours:.1f} s", f"parse, COPY {floor:.1f} s", ours, 30 * len(found) / 500, most=True),
            Claim("motcua try, one process: seconds", f"{tried:.2f} s", f"python {start:.2f} s", tried, 1, most=True),
        ],
        chosen.json,
    )


if __name__ == "__main__":
    sys.exit(main())
