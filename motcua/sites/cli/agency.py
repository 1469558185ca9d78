"""``motcua agency …``: merge, split or rename agencies by a plan that is shown first, carried out, and can be undone."""

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from tqdm import tqdm

from motcua.base.actor import SYSTEM
from motcua.base.errors import Invalid
from motcua.base.worktime import local
from motcua.reorganisation.plan import Plan, Unit, merge, parse, plain, rename

MOST_BYTES = 5_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A subcommand a verb. Nothing is changed without ``--yes``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    merging = verbs.add_parser("merge", help="several agencies become one")
    merging.add_argument("codes", nargs="+", metavar="CODE")
    renaming = verbs.add_parser("rename", help="an agency goes on under another name or code")
    renaming.add_argument("codes", nargs=1, metavar="CODE")
    for each in (merging, renaming):
        each.add_argument("--into", metavar="CODE", required=each is merging, help="the code afterwards")
        for option in ("--name", "--name-en", "--level", "--parent"):
            each.add_argument(option, default="")
    for name, told in (
        ("split", "an agency goes into several, by a plan file"),
        ("plan", "whatever a plan file says"),
    ):
        verbs.add_parser(name, help=told).add_argument("file", type=Path)
    undoing = verbs.add_parser("undo", help="bring everything back to how it was")
    undoing.add_argument("id", help="the id that the plan was given, or its beginning")
    undoing.add_argument("--reason", required=True)
    verbs.add_parser("list", help="the re-organisations there were and will be")
    _province(verbs.add_parser("province", help="the plan of a province out of the table of old and new communes"))
    for each in set(verbs.choices.values()):
        each.add_argument("--yes", action="store_true", help="carry it out; without, the plan is only shown")
        each.add_argument("--json", action="store_true", help="one JSON object for a program")
    for each in (merging, renaming):
        each.add_argument("--on", type=date.fromisoformat, help="the day, today if not given (YYYY-MM-DD)")
        each.add_argument("--decision", default="", help="the number of the resolution")


def _province(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the table of the statistics office (CSV)")
    parser.add_argument("--number", required=True, help="the province's number in that table, such as 15")
    parser.add_argument("--codes", type=Path, required=True, help="CSV: commune number, code of the agency")
    parser.add_argument("--root", required=True, help="the code of the province, such as H15")
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    parser.add_argument("--decision", default="", help="the number of the resolution")


def run(options: argparse.Namespace) -> int:
    """Show the plan; with ``--yes`` carry it out. 0 done or shown, 1 when something had to be left alone."""
    if options.verb == "list":
        return _list(options)
    return _undo(options) if options.verb == "undo" else _do(options, _plan(options))


def _plan(options: argparse.Namespace) -> Plan:
    if options.verb in {"split", "plan"}:
        return parse(_read(options.file))
    if options.verb == "province":
        from motcua.reorganisation.communes import codes_of, province_plan, rows_of

        found = province_plan(
            rows_of(options.file), options.number, codes_of(options.codes),
            root=options.root, on=options.on, decision=options.decision,
        )  # fmt: skip
        print(*found.defects, sep="\n", file=sys.stderr)
        return found.plan
    on, decision = options.on or local(datetime.now(UTC)).date(), options.decision
    code = options.into or options.codes[0]
    unit = Unit(code, options.name, options.name_en, options.level, options.parent)
    if options.verb == "rename":
        return rename(options.codes[0], unit, on=on, decision=decision)
    return merge(tuple(options.codes), unit, on=on, decision=decision)


def _read(file: Path) -> Any:
    if not file.is_file():
        raise Invalid("file_missing", file=str(file))
    if file.stat().st_size > MOST_BYTES:
        raise Invalid("plan_unreadable", problem=f"more than {MOST_BYTES:,} bytes")
    try:
        return yaml.safe_load(file.read_text())
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Invalid("plan_unreadable", problem=" ".join(str(error).split())) from None


def _do(options: argparse.Namespace, plan: Plan) -> int:
    from motcua.reorganisation import actions, queries
    from motcua.reorganisation.plan import problems

    at = datetime.now(UTC)
    today = local(at).date()
    touched = queries.survey(plan, today)
    found = problems(plan, queries.known_codes(today))
    _show(options, {"plan": plain(plan), "touches": [each.plain() for each in touched], "problems": found})
    if found or not options.yes:
        return int(bool(found))
    row = actions.order(plan, by=SYSTEM, at=at)
    print(f"Mã kế hoạch: {row.id}", file=sys.stderr)
    if plan.on > today:
        print(f"Sẽ tự thực hiện ngày {plan.on:%d/%m/%Y}.", file=sys.stderr)
        return 0
    with tqdm(total=sum(sum(each.dossiers.values()) for each in touched), unit="hồ sơ", file=sys.stderr) as bar:
        actions.carry_out(row, by=SYSTEM, at=at, told=lambda what, many: _step(bar, what, many))
    print(f"Đã thực hiện. Hoàn lại: motcua agency undo {row.id} --reason …", file=sys.stderr)
    return 0


def _step(bar: Any, what: str, many: int) -> None:
    bar.set_postfix_str(what)
    bar.update(many)


def _undo(options: argparse.Namespace) -> int:
    from motcua.reorganisation import actions, queries

    row = queries.reorganisation(options.id)
    _show(options, {"plan": row.plan, "state": row.state, "moved": row.moved.count()})
    if not options.yes:
        return 0
    with tqdm(total=row.moved.count(), unit="hồ sơ", file=sys.stderr) as bar:
        told = actions.undo(
            row, options.reason, by=SYSTEM, at=datetime.now(UTC), told=lambda what, many: _step(bar, what, many)
        )
    print("\n".join(f"để nguyên: {line}" for line in told) or "Đã hoàn lại tất cả.")
    return int(bool(told))


def _list(options: argparse.Namespace) -> int:
    from motcua.reorganisation.models import STATES, Reorganisation

    rows = list(Reorganisation.objects.order_by("on", "ordered_at"))
    if options.json:
        print(
            json.dumps([{"id": str(r.id), "on": f"{r.on}", "decision": r.decision, "state": r.state} for r in rows])
        )
    else:
        print("\n".join(f"{r.id}  {r.on:%d/%m/%Y}  {STATES[r.state]}  {r.decision}" for r in rows) or "Chưa có.")
    return 0


def _show(options: argparse.Namespace, found: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    print(yaml.safe_dump(found["plan"], allow_unicode=True, sort_keys=False).rstrip())
    for each in found.get("touches", []):
        goes = "kết thúc, nhập vào" if each["ends"] else "chuyển một phần cho"
        states = (
            ", ".join(f"{state} {many}" for state, many in sorted(each["dossiers"].items())) or "không có hồ sơ mở"
        )
        print(f"{each['agency']} {each['name']}: {goes} {', '.join(each['into'])}")
        print(f"  {each['posts']} vị trí cán bộ · {each['drafts']} bản nháp · {states}")
        for doubt in each["doubts"]:
            print(f"  cần xem: {doubt}")
    for problem in found.get("problems", []):
        print(f"không thực hiện được: {problem}")
