"""``motcua load onestop PATH``: forms and processes of an old one-stop desk, as drafts to be completed and published."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from motcua.base.actor import SYSTEM
from motcua.base.errors import DefinitionError

EXAMPLES = 3
HEAD = (
    "Đọc {read} · bản nháp mới {new} · thay đổi {changed} · không đổi {unchanged} · từ chối {refused}",
    "Tờ khai {forms}: {fields} mục, gồm {questions} câu hỏi, {papers} giấy tờ, {switched_off} mục bị tắt ở nguồn",
    "Quy trình {processes}: {steps} bước, {tasks} việc; đi được từ đầu đến cuối {walked}",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="the folder of the definitions")
    parser.add_argument("--prefix", default="YB", help="what stands before the desk's own codes (default: YB)")
    parser.add_argument("--json", action="store_true", help="one JSON object for a program")


def run(options: argparse.Namespace) -> int:
    """Draft what is new or changed. 0 all came in, 1 some procedures were refused. Raises `Invalid` ``file_missing``."""
    from motcua.base.wires import provider
    from motcua.base.worktime import local
    from motcua.catalogue.actions import draft_batch
    from motcua.sources.ports import DeskRecord, OneStopFiles

    at = datetime.now(UTC)
    found = list(provider(OneStopFiles).read(options.path, local(at).date(), options.prefix))
    records = [one.record if isinstance(one, DeskRecord) else one for one in found]
    bar = tqdm(records, unit="thủ tục", file=sys.stderr)
    loaded = draft_batch(bar, by=SYSTEM, at=at).plain()
    report = summary([one for one in found if isinstance(one, DeskRecord)], loaded)
    print(json.dumps(report, ensure_ascii=False) if options.json else "\n".join(lines(report)))
    return int(bool(report["refused"]))


def summary(records: list[Any], loaded: dict[str, Any]) -> dict[str, Any]:
    """The report as one JSON object; ``loaded`` is that of the catalogue."""
    kinds = sum((Counter(one.kinds) for one in records), Counter[str]())
    papers, off = (sum(getattr(one, name) for one in records) for name in ("papers", "switched_off"))
    unwalked = {
        one.record.code: why for one in records if one.has_process and (why := stopped(one.record.definition))
    }
    processes = sum(one.has_process for one in records)
    return {
        **{key: loaded[key] for key in ("read", "new", "changed", "unchanged", "refused")},
        "forms": sum(one.has_form for one in records),
        "fields": sum(kinds.values()),
        "fields_by_kind": dict(kinds.most_common()),
        "questions": sum(kinds.values()) - papers - off,
        "papers": papers,
        "switched_off": off,
        "processes": processes,
        "steps": sum(len(one.places) for one in records),
        "tasks": sum(place.tasks for one in records for place in one.places),
        "walked": processes - len(unwalked),
        "not_walked": unwalked,
        "before_publishing": obstacles(records),
        "defects": defects(records, loaded["defects"]),
        "codes": loaded["codes"],
    }


def stopped(definition: Any) -> str:
    """Why nobody can walk this process from its first step to its end; empty when one can."""
    from motcua.catalogue.rules import form_of
    from motcua.processes.paths import paths

    try:
        return "" if paths(definition.process, form_of(definition), most=1) else "no way to the end"
    except DefinitionError as problem:
        return str(problem)


def obstacles(records: Iterable[Any]) -> dict[str, int]:
    """In how many drafts publishing will find each kind of problem; places and numbers left out."""
    from motcua.catalogue.rules import publish_problems

    found: Counter[str] = Counter()
    for one in records:
        problems = publish_problems(one.record.definition)
        found.update({kind_of(problem) for problem in problems})
        found["none"] += not problems
    return dict(found.most_common())


def kind_of(problem: str) -> str:
    """``"form: ho_ten: no x-en"`` → ``"form: no x-en"``."""
    part, words = problem.partition(":")[0].partition(".")[0], problem.rpartition(": ")[2]
    return f"{part}: {'hours differ from the limit' if words.startswith('its hours are') else words}"


def defects(records: Iterable[Any], counted: dict[str, Any]) -> dict[str, Any]:
    """Every kind of defect with its counts, its meaning and a few places where it stands."""
    examples: dict[str, list[dict[str, str]]] = {}
    for one in records:
        for defect in one.record.defects:
            told = examples.setdefault(defect.kind, [])
            if len(told) < EXAMPLES:
                told.append({"code": one.record.code, "where": defect.where, "original": defect.original})
    return {kind: {**told, "examples": examples.get(kind, [])} for kind, told in counted.items()}


def lines(report: dict[str, Any]) -> list[str]:
    """The report for a person."""
    counts = {**report, "refused": len(report["refused"])}
    told = [line.format(**counts) for line in HEAD]
    told += [f"  {count:6}  {kind}" for kind, count in report["fields_by_kind"].items()]
    told += [f"  từ chối {one['code'] or one['where']}: {one['reason']}" for one in report["refused"]]
    told += [f"  không đi hết được {code}: {why}" for code, why in report["not_walked"].items()]
    told.append("Việc còn lại trước khi công bố (số bản nháp):")
    told += [f"  {count:6}  {kind}" for kind, count in report["before_publishing"].items()]
    told.append("Chỗ khác thường ở nguồn:")
    for kind, defect in report["defects"].items():
        first = defect["examples"][0]
        example = f"{first['code']} {first['where']} {first['original']!r}"
        told.append(
            f"  {defect['count']:6}  {defect['procedures']:5} thủ tục  {kind}: {defect['meaning']} ({example})"
        )
    return told
