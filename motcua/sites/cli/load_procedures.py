"""``motcua load procedures PATH``: read procedures, publish what changed, say what could not be read."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from motcua.base.actor import SYSTEM
from motcua.base.errors import Invalid, Refused

HEAD = (
    "Đọc {read} · có trong danh mục {loaded} · mới {new} · thay đổi {changed} · không đổi {unchanged} · "
    "giữ bản đầy đủ hơn {kept} · từ chối {refused}"
)
ANOTHER_FORMAT = "file_unknown_format"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a file, or a folder with files in it")
    parser.add_argument("--json", action="store_true", help="one JSON object for a program")


def run(options: argparse.Namespace) -> int:
    """Load every file in a transaction of its own. 0 all came in, 1 some records were refused, 2 a file was."""
    from motcua.base.wires import provider
    from motcua.catalogue.ports import ProcedureFiles
    from motcua.catalogue.rules import Report

    files = provider(ProcedureFiles)
    found, at = files.find(options.path), datetime.now(UTC)
    report = Report()
    broken: list[tuple[Path, Refused]] = []
    skipped: list[tuple[Path, Refused]] = []
    for file in (bar := tqdm(found, unit="tệp", file=sys.stderr, disable=not found)):
        bar.set_description(file.name[:30])
        try:
            report.add(_load(files, file, at))
        except Invalid as refusal:
            others = skipped if refusal.code == ANOTHER_FORMAT and len(found) > 1 else broken
            others.append((file, refusal))
    _tell(report, broken, skipped, as_json=options.json)
    return 2 if broken else int(bool(report.refused))


def _load(files: Any, file: Path, at: datetime) -> Any:
    from motcua.base.worktime import local
    from motcua.catalogue.actions import load_batch

    records = files.read(file, local(at).date())
    return load_batch(tqdm(records, unit="thủ tục", file=sys.stderr, leave=False), source=file.name, by=SYSTEM, at=at)


def _tell(
    report: Any, broken: list[tuple[Path, Refused]], skipped: list[tuple[Path, Refused]], as_json: bool
) -> None:
    from motcua.sites.frame.refusals import said

    for _, refusal in broken:
        print(said(refusal).what, said(refusal).do, file=sys.stderr)
    found = report.plain()
    found["broken"] = [{"file": str(file), "reason": str(refusal)} for file, refusal in broken]
    found["skipped"] = [str(file) for file, _ in skipped]
    print(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(lines(found)))


def lines(report: dict[str, Any]) -> list[str]:
    """The report for a person."""
    told = [HEAD.format(**{**report, "refused": len(report["refused"])})]
    told += [f"  từ chối {one['code'] or one['where']}: {one['reason']}" for one in report["refused"]]
    told += [f"  thay đổi {code}: {', '.join(fields)}" for code, fields in list(report["changes"].items())[:20]]
    if report["defects"]:
        told.append("Chỗ không đọc được ở nguồn, giữ nguyên văn:")
    for kind, defect in report["defects"].items():
        examples = ", ".join(defect["examples"])
        told.append(
            f"  {defect['count']:6}  {defect['procedures']:5} thủ tục  {kind}: {defect['meaning']}  (ví dụ {examples})"
        )
    told += [f"  bỏ qua, không phải thủ tục: {file}" for file in report["skipped"]]
    return told
