"""``motcua try PROCEDURE``: every way through a process, before a dossier goes through it. Nothing is written."""

import argparse
import json
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.sites.cli import editions

NEEDS_DATABASE = False  # a file needs none; a code asks for it itself
MOST = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    editions.add_arguments(parser)
    parser.add_argument("--most", type=int, default=500, metavar="N", help="at most so many paths, 500 by default")
    parser.add_argument("--json", action="store_true", help="one JSON object for a program")


def run(options: argparse.Namespace) -> int:
    """Print the paths. 0 when the process is sound, 1 when something is wrong with it; both are told."""
    found = tried(editions.chosen(options), min(max(options.most, 1), MOST))
    print(json.dumps(found, ensure_ascii=False) if options.json else "\n".join(lines(found)))
    return int(bool(found["problems"]))


def tried(chosen: editions.Chosen, most: int) -> dict[str, Any]:
    """What is printed: problems of the process, its steps and its paths. ``complete``: there are no more paths."""
    import msgspec

    from motcua.catalogue import rules
    from motcua.diagrams import words
    from motcua.processes.paths import never_taken, paths

    definition = chosen.definition
    problems = rules.process_problems(definition)
    try:
        ways = paths(definition.process, rules.form_of(definition), most + 1)
        never = never_taken(definition.process, ways) if ways else []
    except DefinitionError:
        ways, never = [], []
    shown = ways[:most]
    return {
        "procedure": definition.procedure, "name": definition.name.vi,
        "edition": chosen.number, "state": chosen.state or None, "source": chosen.source,
        "problems": problems, "complete": len(ways) == len(shown),
        "longest_hours": max((path.hours for path in shown), default=None),
        "never_taken": [{"step": step, "action": action} for step, action in never],
        "steps": [
            {name: value for name, value in msgspec.to_builtins(step).items() if name not in {"then", "name_en"}}
            | {"does": step.does, "extra": [*words.tasks(step, "vi"), *words.asked(step, "vi")]}
            for step in definition.process
        ],
        "paths": [_plain(path, definition) for path in shown],
    }  # fmt: skip


def _plain(path: Any, definition: Any) -> dict[str, Any]:
    from motcua.catalogue import rules
    from motcua.diagrams import words
    from motcua.processes.words import in_words

    steps = {step.step: step for step in definition.process}
    return {
        "granted": path.granted,
        "hours": path.hours,
        "roles": list(path.roles),
        "when": [in_words(when, rules.form_of(definition), "vi") for when in path.when],
        "stops": [
            {**stop._asdict(), "label": words.action(steps[stop.step], stop.action, "vi")} for stop in path.stops
        ],
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The same for a person."""
    edition = f"phiên bản {found['edition']} ({found['state']})" if found["edition"] else found["source"]
    told = [f"{found['procedure']} · {found['name']} · {edition}"]
    told += [f"  SAI  {problem}" for problem in found["problems"]]
    if not found["steps"]:
        return [*told, "Thủ tục này chỉ để tra cứu: chưa có quy trình giải quyết."]
    told += ["", "Các bước:", *_step_lines(found["steps"]), ""]
    names = {step["step"]: step["name"] for step in found["steps"]}
    for number, path in enumerate(found["paths"], 1):
        told += _path_lines(number, path, names)
    return [*told, "", *_sums(found)]


def _step_lines(steps: list[dict[str, Any]]) -> list[str]:
    from motcua.diagrams import words

    told = []
    for number, step in enumerate(steps, 1):
        held = f"{words.role(step['role'], 'vi')} · {words.hours(step['hours'], 'vi')}"
        who = words.AUTOMATIC[0] if step["does"] == "automatic" else held
        told += [f"  {number}. {step['name']} · {who}", *(f"     – {line}" for line in step["extra"])]
    return told


def _path_lines(number: int, path: dict[str, Any], names: dict[str, str]) -> list[str]:
    from motcua.diagrams import words

    end = "đồng ý" if path["granted"] else "từ chối"
    roles = " → ".join(words.role(role, "vi") for role in path["roles"])
    when = [f"      Khi {', '.join(path['when'])}"] if path["when"] else []
    way = " ".join(f"{names[stop['step']]} —{stop['label']}→" for stop in path["stops"])
    return [f"{number:4}. {end} · {words.hours(path['hours'], 'vi')} · {roles}", *when, f"      {way} kết thúc"]


def _sums(found: dict[str, Any]) -> list[str]:
    from motcua.diagrams import words

    if not found["paths"]:
        return ["Không có đường nào đi hết quy trình."]
    more = "" if found["complete"] else f" (còn nữa, chỉ in {len(found['paths'])} đường đầu)"
    never = [f"{one['step']}.{one['action']}" for one in found["never_taken"]]
    exits = f"chưa đi qua: {', '.join(never)}" if never else "mọi lối ra đều được đi qua"
    longest = words.hours(found["longest_hours"], "vi")
    return [f"{len(found['paths'])} đường đi từ tiếp nhận đến trả kết quả{more}; dài nhất {longest}; {exits}."]
