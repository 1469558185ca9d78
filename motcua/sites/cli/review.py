"""``motcua review once-only``: which papers are asked for that the State itself gave or keeps. Nothing is written."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.base.errors import Invalid, NotFound
from motcua.base.worktime import local

if TYPE_CHECKING:
    from motcua.catalogue.definition import Definition
    from motcua.review.report import Report, Saving

NEEDS_DATABASE = False  # with --from it reads files; for the catalogue it asks for the database itself
MOST = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    once = verbs.add_parser("once-only", help="papers that are results of procedures, or stand in registers")
    once.add_argument("--from", dest="source", type=Path, metavar="PATH", help="files instead of the catalogue")
    once.add_argument("--procedure", metavar="CODE", help="one procedure: which of its papers, by whose result")
    once.add_argument("--volumes", type=Path, metavar="FILE", help="CSV lines 'code,dossiers a year', where known")
    once.add_argument("--svg", type=Path, metavar="FILE", help="the picture, into a file that must not be there yet")
    once.add_argument("--json", action="store_true", help="one JSON object for a program")


def run(options: argparse.Namespace) -> int:
    """Print the report. Raises `NotFound` ``procedure_unknown``, `Invalid` as the reader of files does."""
    from tqdm import tqdm

    from motcua.review import picture
    from motcua.review.plain import one, plain
    from motcua.review.report import review

    volumes = _volumes(options.volumes) if options.volumes else {}
    given = _from_files(options.source) if options.source else _from_catalogue()
    report = review(tqdm(given, unit="thủ tục", desc="đọc", file=sys.stderr, disable=None), volumes, _shown)
    if options.svg:
        _write(options.svg, picture.draw(report))
    if options.procedure:
        found = one(report, options.procedure)
        if found is None:
            raise NotFound("procedure_unknown", procedure=options.procedure[:40])
        print(json.dumps(found, ensure_ascii=False) if options.json else "\n".join(procedure_lines(found)))
        return 0
    if options.json:
        print(json.dumps(plain(report, volumes, by_volume=bool(volumes)), ensure_ascii=False))
    else:
        print("\n".join(lines(report, volumes)))
    return 0


def _shown(definitions: "Iterable[Definition]") -> "Iterable[Definition]":
    from tqdm import tqdm

    return tqdm(definitions, unit="thủ tục", desc="đối chiếu", file=sys.stderr, disable=None)


def _from_files(path: Path) -> "Iterator[Definition]":
    """The fullest record of each procedure below ``path``; files that are no procedures are passed over."""
    from motcua.base.wires import provider
    from motcua.catalogue.ports import ProcedureFiles, Record

    files, best = provider(ProcedureFiles), dict[str, Record]()
    found = files.find(path)
    for file in found:
        try:
            for record in files.read(file, local(datetime.now(UTC)).date()):
                if isinstance(record, Record) and (record.code not in best or record.rank > best[record.code].rank):
                    best[record.code] = record
        except Invalid as refusal:
            if refusal.code != "file_unknown_format" or len(found) == 1:
                raise
    yield from (record.definition for record in best.values())


def _from_catalogue() -> "Iterator[Definition]":
    from motcua.sites.cli.commands import ready_catalogue

    ready_catalogue()
    from motcua.catalogue.queries import definitions

    yield from (definition for _, definition in definitions(local(datetime.now(UTC)).date()))


def _volumes(path: Path) -> dict[str, int]:
    """Dossiers a year by procedure. Raises `Invalid` ``file_missing``, ``file_unreadable`` with the line."""
    if not path.is_file():
        raise Invalid("file_missing", file=str(path))
    found: dict[str, int] = {}
    for number, row in enumerate(csv.reader(path.read_text("utf-8-sig", "replace").splitlines()), 1):
        if len(row) != 2 or not row[1].strip().isdecimal() or row[0].strip() in found:
            raise Invalid("file_unreadable", file=str(path), why=f"dòng {number}: cần “mã,số hồ sơ”, mỗi mã một lần")
        found[row[0].strip()] = int(row[1])
    return found


def _write(path: Path, content: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(content)
    except OSError as fault:
        raise Invalid("file_unreadable", file=str(path), why=fault.strerror) from None


def lines(report: "Report", volumes: Mapping[str, int]) -> list[str]:
    """The report for a person: what it comes to, the twenty papers, the registers, then every figure and its meaning."""
    from motcua.review.words import BY_PROCEDURES, BY_VOLUME, FIGURES, REGISTER_NAMES, in_short

    told = [*in_short(report.counts), ""]
    told += [f"Hai mươi giấy tờ bỏ đi thì bớt được nhiều nhất ({BY_VOLUME if volumes else BY_PROCEDURES}):"]
    told += [_saving_line(number, saving, volumes) for number, saving in enumerate(report.savings[:MOST], 1)]
    told += ["", "Đã có trong cơ sở dữ liệu của Nhà nước (bằng chứng loại khác, tính riêng):"]
    for saving in report.register_savings:
        register = REGISTER_NAMES[saving.name]
        told.append(
            f"      {saving.sheets:4} bản · {len(saving.askers):3} thủ tục đòi · {register.name} — {register.law}"
        )
    told += ["", "Từng con số và cách đếm:"]
    return told + [f"{report.counts[code]:7}  {figure.name}: {figure.meaning}" for code, figure in FIGURES.items()]


def _saving_line(number: int, saving: "Saving", volumes: Mapping[str, int]) -> str:
    from motcua.review.words import quality

    a_year = f" · {saving.by_volume} bản/năm ở {saving.with_volume} thủ tục biết số hồ sơ" if volumes else ""
    return (
        f"{number:4}. {saving.sheets:4} bản · {len(saving.askers):3} thủ tục đòi · {len(saving.givers):3} thủ tục cấp"
        f"{a_year} · {saving.name} ({quality(saving.qualities)})"
    )


def procedure_lines(found: dict[str, Any]) -> list[str]:
    """One procedure for a person: each needless line, why, and whose result it is."""
    from motcua.review.matching import QUALITIES
    from motcua.review.words import REGISTER_NAMES

    told = [f"{found['procedure']} · {found['name']} · {len(found['lines'])}/{found['papers']} dòng có bằng chứng"]
    for line in found["lines"]:
        told.append(f"  {line['place']}. {line['name'][:200]}")
        for match in line["matches"]:
            named = "; ".join(f"{code} {found['names'][code]}" for code in match["givers"][:3])
            more = f" và {len(match['givers']) - 3} thủ tục khác" if len(match["givers"]) > 3 else ""
            told.append(f"     là “{match['result']}” ({QUALITIES[match['quality']]}) do {named}{more}")
        told += [
            f"     có trong {REGISTER_NAMES[code].name} ({REGISTER_NAMES[code].law})" for code in line["registers"]
        ]
        if not line["by_result"] and not line["by_register"]:
            told.append("     chỉ bớt được một phần: dòng còn đòi giấy khác")
        if line["waived"]:
            told.append("     chính dòng này đã ghi miễn nộp khi tra cứu được")
    return told
