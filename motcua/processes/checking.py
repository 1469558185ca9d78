"""The rules of a process: may these steps be published?

A process starts with its one ``receive`` step, makes the result in a ``decide`` step and ends in its one
``hand_over`` step. Every step can be reached and left, every loop has a way out, and the hours of the longest way
through add up to the legal limit (Thông tư 01/2018/TT-VPCP: the internal process keeps the time of the procedure).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.processes.definition import ROLES, Exit, Guard, Step

KINDS = {"receive", "work", "decide", "hand_over"}
OPERATORS = {"eq", "ne", "lt", "le", "gt", "ge", "in", "filled"}
OPPOSITES = {frozenset({"eq", "ne"}), frozenset({"lt", "ge"}), frozenset({"gt", "le"})}
TARGETS = {"supplement", "decide_refusal", "end"}
FIXED = {
    "ask_more": "supplement",
    "refuse": "decide_refusal",
    "hand_over": "end",
}  # what these actions mean everywhere
SIDEWAYS = {"ask_more", "refuse", "return"}  # actions that do not bring a dossier nearer to its result
NAME = re.compile(r"[a-z][a-z0-9_-]*")
# The fields that the form made for a procedure without its own has (`rules.default_form`).
DEFAULT_FIELD_NAMES = {"ho_ten", "so_dinh_danh", "dien_thoai", "thu_dien_tu", "dia_chi", "noi_dung", "ghi_chu"}


def problems(steps: tuple[Step, ...], form: Mapping[str, Any] | None) -> list[str]:
    """Why these steps may not be published with this form; empty for a sound process, and for none."""
    if not steps:
        return []
    found = [*_shape_problems(steps)]
    for step in steps:
        found += _step_problems(step, {other.step for other in steps})
        found += _guard_problems(step, form)
        found += _stuck_problems(step, form)
    return found or [*_way_problems(steps)]  # the ways through make sense only when every name does


def _shape_problems(steps: tuple[Step, ...]) -> Iterator[str]:
    names, kinds = [step.step for step in steps], [step.does for step in steps]
    yield from (f"process: step {name!r} twice" for name in sorted({name for name in names if names.count(name) > 1}))
    if kinds.count("receive") != 1 or kinds[0] != "receive":
        yield "process: exactly one step receives, and it is the first"
    if kinds.count("hand_over") != 1:
        yield "process: exactly one step hands over"
    if "decide" not in kinds:
        yield "process: no step decides"


def _step_problems(step: Step, names: set[str]) -> Iterator[str]:
    place = f"process.{step.step}"
    if not NAME.fullmatch(step.step) or step.step in TARGETS:
        yield f"{place}: not a name for a step"
    if not step.name.strip():
        yield f"{place}: no title"
    if step.role not in ROLES:
        yield f"{place}: unknown role {step.role!r}"
    if step.does not in KINDS:
        yield f"{place}: unknown kind {step.does!r}"
    if step.hours is not None and not 0 <= step.hours < 10_000:
        yield f"{place}: hours {step.hours} out of bounds"
    if not step.then:
        yield f"{place}: dead end"
    for action in step.then:
        yield from _exit_problems(step, action, names)
    if step.does == "hand_over" and "hand_over" not in step.then:
        yield f"{place}: has no way to hand over"


def _exit_problems(step: Step, action: str, names: set[str]) -> Iterator[str]:
    target, place = exits(step)[action].to, f"process.{step.step}.{action}"
    if not NAME.fullmatch(action):
        yield f"{place}: not a name for an action"
    if target not in names | TARGETS:
        yield f"{place}: unknown target {target!r}"
    if action in FIXED and target != FIXED[action]:
        yield f"{place}: leads to {FIXED[action]!r}, not to {target!r}"
    if action not in FIXED and target in TARGETS:
        yield f"{place}: only {', '.join(sorted(FIXED))} lead there"
    if target == "end" and step.does != "hand_over":
        yield f"{place}: only the last step ends a dossier"
    if target == step.step:
        yield f"{place}: leads to itself"


def exits(step: Step) -> dict[str, Exit]:
    """The exits of a step by action, the short way of writing them filled out."""
    return {action: Exit(found) if isinstance(found, str) else found for action, found in step.then.items()}


def _guard_problems(step: Step, form: Mapping[str, Any] | None) -> Iterator[str]:
    known = DEFAULT_FIELD_NAMES if form is None else set(form.get("properties", {}))
    for action, found in exits(step).items():
        for guard in found.when:
            place = f"process.{step.step}.{action}"
            if guard.op not in OPERATORS:
                yield f"{place}: unknown operator {guard.op!r}"
            if guard.field not in known:
                yield f"{place}: the form has no field {guard.field!r}"
            if guard.op != "filled" and guard.value is None:
                yield f"{place}: guard without a value"
            if guard.op == "in" and not isinstance(guard.value, list | tuple):
                yield f"{place}: 'in' needs a list"


def _stuck_problems(step: Step, form: Mapping[str, Any] | None) -> Iterator[str]:
    """A step whose every way on is guarded may hold a dossier for ever, unless two guards are opposites."""
    forward = [found for action, found in exits(step).items() if action not in SIDEWAYS]
    if not forward:
        if step.then:
            yield f"process.{step.step}: dead end, no action brings the dossier forward"
        return
    if all(found.when for found in forward) and not _exhaustive(forward, form):
        yield f"process.{step.step}: dead end when no guard holds"


def _exhaustive(forward: list[Exit], form: Mapping[str, Any] | None) -> bool:
    single = [found.when[0] for found in forward if len(found.when) == 1]
    pairs = ((left, right) for place, left in enumerate(single) for right in single[place + 1 :])
    return any(_opposite(left, right) and _always_answered(left, form) for left, right in pairs)


def _opposite(left: Guard, right: Guard) -> bool:
    if left.field != right.field:
        return False
    if left.op == right.op == "eq":
        return {left.value, right.value} == {True, False} and isinstance(left.value, bool)
    return frozenset({left.op, right.op}) in OPPOSITES and left.value == right.value


def _always_answered(guard: Guard, form: Mapping[str, Any] | None) -> bool:
    if form is None:
        return guard.field in DEFAULT_FIELD_NAMES - {"thu_dien_tu", "ghi_chu"}
    return guard.field in form.get("required", []) and "x-when" not in form["properties"][guard.field]


def _way_problems(steps: tuple[Step, ...]) -> Iterator[str]:
    graph = {step.step: _next(step, steps) for step in steps}
    reached = _reach(graph, steps[0].step)
    yield from (f"process.{name}: never reached" for name in graph if name not in reached)
    last = next(step.step for step in steps if step.does == "hand_over")
    yield from (f"process.{name}: a loop without a way out" for name in graph if last not in _reach(graph, name))
    for step in (step for step in steps if step.does == "decide"):
        if "pass" not in step.then or exits(step)["pass"].to != last:
            yield f"process.{step.step}: a decision passes to the step that hands over"


def _next(step: Step, steps: tuple[Step, ...]) -> set[str]:
    """Where a dossier can stand after this step. A supplement comes back to the same step; a refusal is handed over."""
    last = next(other.step for other in steps if other.does == "hand_over")
    targets = {found.to for found in exits(step).values()}
    return {target for target in targets if target not in TARGETS} | (
        {last} if "decide_refusal" in targets else set()
    )


def _reach(graph: Mapping[str, set[str]], start: str) -> set[str]:
    reached, waiting = set(), [start]
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting.extend(graph[name])
    return reached


def total_hours(steps: tuple[Step, ...]) -> float:
    """The working hours of the longest way forward, in whatever order the file has the steps; what leads back counts
    nothing."""
    forward = {step.step: _forward(step) for step in steps}
    hours = {step.step: step.hours or 0.0 for step in steps}
    ahead: dict[str, float] = {}
    for name in _later_first(forward, steps[0].step):
        ahead[name] = hours[name] + max((ahead[to] for to in forward[name] if to in ahead), default=0.0)
    return ahead[steps[0].step]


def _forward(step: Step) -> list[str]:
    return [found.to for action, found in exits(step).items() if action not in SIDEWAYS]


def _later_first(forward: Mapping[str, list[str]], start: str) -> Iterator[str]:
    """The steps that can be reached, each after all those that come after it; a loop is cut where it closes."""
    seen, waiting = {start}, [(start, iter(forward[start]))]
    while waiting:
        name, ways = waiting[-1]
        to = next((one for one in ways if one in forward and one not in seen), "")
        if to:
            seen.add(to)
            waiting.append((to, iter(forward[to])))
        else:
            waiting.pop()
            yield name
