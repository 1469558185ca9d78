"""The rules of a process: may these steps be published?

A process starts with its one ``receive`` step, makes the result in a ``decide`` step and ends in its one
``hand_over`` step; between decision and hand-over there may be work (a stamp, a register), but no second decision. Every
step can be reached and left, every loop has a way out (``ways``), every condition is understood, and in no case does a
dossier stand where no exit is open (``cases``). Law: Thông tư 01/2018/TT-VPCP.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.forms.expressions import Expression
from motcua.processes.cases import World, possible, world
from motcua.processes.conditions import condition
from motcua.processes.definition import ROLES, Step, Timeout
from motcua.processes.ways import FIXED, SIDEWAYS, TARGETS, exits, total_hours, way_problems

__all__ = ["FIXED", "SIDEWAYS", "TARGETS", "exits", "problems", "total_hours"]

KINDS = {"receive", "work", "decide", "hand_over", "automatic"}
TIMEOUTS = {"remind", "escalate", "close"}
NAME = re.compile(r"[a-z][a-z0-9_-]*")


def problems(steps: tuple[Step, ...], form: Mapping[str, Any]) -> list[str]:
    """Why these steps may not be published with this form; empty for a sound process, and for none."""
    if not steps:
        return []
    found = [*_shape_problems(steps)]
    for step in steps:
        found += _step_problems(step, {other.step for other in steps})
        found += _automatic_problems(step) if step.does == "automatic" else _extra_problems(step)
        found += _condition_problems(step, form)
    return found or [*way_problems(steps), *_never_problems(steps, form)]  # only when every name makes sense


def _shape_problems(steps: tuple[Step, ...]) -> Iterator[str]:
    names, kinds = [step.step for step in steps], [step.does for step in steps]
    yield from (f"process: step {name!r} twice" for name in _twice(names))
    if kinds.count("receive") != 1 or kinds[0] != "receive":
        yield "process: exactly one step receives, and it is the first"
    if kinds.count("hand_over") != 1:
        yield "process: exactly one step hands over"
    if "decide" not in kinds:
        yield "process: no step decides"


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _step_problems(step: Step, names: set[str]) -> Iterator[str]:
    place = f"process.{step.step}"
    if not NAME.fullmatch(step.step) or step.step in TARGETS:
        yield f"{place}: not a name for a step"
    if not step.name.strip():
        yield f"{place}: no title"
    if step.does not in KINDS:
        yield f"{place}: unknown kind {step.does!r}"
    elif step.role not in ({""} if step.does == "automatic" else ROLES):
        yield f"{place}: unknown role {step.role!r}"
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


def _automatic_problems(step: Step) -> Iterator[str]:
    """It takes nobody's time and leaves at once: by the exit whose condition holds, else by the one without."""
    place, whens = f"process.{step.step}", [way.when for way in exits(step).values()]
    if step.hours != 0:
        yield f"{place}: an automatic step takes no hours: 0"
    if step.tasks or step.opinions or step.timeouts:
        yield f"{place}: an automatic step has no tasks, opinions or timeouts"
    for action in sorted(step.then.keys() & {*FIXED, *SIDEWAYS}):
        yield f"{place}.{action}: not an action of an automatic step"
    if whens and whens.count("") != 1:
        yield f"{place}: exactly one exit of an automatic step is without a condition"


def _extra_problems(step: Step) -> Iterator[str]:
    """Tasks, opinions and timeouts of a step that somebody holds."""
    place = f"process.{step.step}"
    for kind, codes in (
        ("task", [one.task for one in step.tasks]),
        ("opinion", [one.opinion for one in step.opinions]),
    ):
        yield from (f"{place}: {kind} {code!r} twice" for code in _twice(codes))
        yield from (f"{place}: {code!r} is not a name for a {kind}" for code in codes if not NAME.fullmatch(code))
    yield from (f"{place}.{one.task}: no title" for one in step.tasks if not one.name.strip())
    for task in step.tasks:
        if task.hours is not None and not 0 <= task.hours < 10_000:
            yield f"{place}.{task.task}: hours {task.hours} out of bounds"
    for opinion in step.opinions:
        if not opinion.name.strip():
            yield f"{place}.{opinion.opinion}: no title"
        if not 0 < opinion.hours < 10_000:
            yield f"{place}.{opinion.opinion}: hours {opinion.hours} out of bounds"
    if step.does == "receive" and (step.opinions or step.timeouts):
        yield f"{place}: reception has no opinions and no timeouts: both count from the moment of reception"
    for timeout in step.timeouts:
        yield from (f"{place}: timeout: {problem}" for problem in _timeout_problems(step, timeout))


def _timeout_problems(step: Step, timeout: Timeout) -> Iterator[str]:
    given = [value for value in (timeout.hours, timeout.working_days) if value is not None]
    if timeout.then not in TIMEOUTS:
        yield f"unknown effect {timeout.then!r}"
    if len(given) != 1:
        yield "exactly one of hours and working_days"
    elif not 0 < given[0] < 10_000:
        yield f"{given[0]:g} out of bounds"
    elif timeout.then == "close" and step.minutes is not None and timeout.minutes <= step.minutes:
        yield "closes a dossier before the hours of its step have passed"


def _condition_problems(step: Step, form: Mapping[str, Any]) -> Iterator[str]:
    """Conditions that can't be read; else whether a dossier may have to stay for ever."""
    compiled: dict[str, Expression | None] = {}
    failed = False
    for action, way in exits(step).items():
        try:
            compiled[action] = condition(way.when, form) if way.when else None
        except DefinitionError as error:
            failed = True
            yield from (f"process.{step.step}.{action}: {problem}" for problem in error.problems)
    ends = {"refuse"} if step.does == "decide" else set()  # a refusal decided is handed over too
    forward = [found for action, found in compiled.items() if action not in SIDEWAYS - ends]
    if failed or not step.then:
        return
    if not forward:
        yield f"process.{step.step}: dead end, no action brings the dossier forward"
    elif all(forward):
        yield from _stuck_problems(step, [found for found in forward if found], form)
    elif step.does == "automatic":
        yield from _double_problems(step, [found for found in forward if found], form)


def _stuck_problems(step: Step, forward: list[Expression], form: Mapping[str, Any]) -> Iterator[str]:
    """A step whose every way on has a condition may hold a dossier for ever, unless one holds in every case."""
    place, found = f"process.{step.step}", world(forward, form)
    if found is None:
        yield f"{place}: too many cases to prove that a way on is always open; one exit without a condition is"
        return
    open_ = zip(*(found.truth(one) for one in forward), strict=True)
    shut = next((case for case, truths in zip(found.cases, open_, strict=True) if not any(truths)), None)
    if shut is not None:
        yield f"{place}: dead end, no condition holds for {told(found, shut)}"


def _double_problems(step: Step, conditions: list[Expression], form: Mapping[str, Any]) -> Iterator[str]:
    """An automatic step of whose conditions two may hold at once: which one is meant nobody wrote."""
    found = world(conditions, form) if len(conditions) > 1 else None
    if found is None:  # too many cases to prove it: then they are tried by their codes
        return
    open_ = zip(*(found.truth(one) for one in conditions), strict=True)
    both = next((case for case, truths in zip(found.cases, open_, strict=True) if sum(truths) > 1), None)
    if both is not None:
        yield f"process.{step.step}: two conditions hold for {told(found, both)}"


def _never_problems(steps: tuple[Step, ...], form: Mapping[str, Any]) -> Iterator[str]:
    """Exits that no dossier can take, where that is proved: a value that the form does not offer, or a contradiction."""
    for (step, action), worlds in possible(steps, form).items():
        if not worlds:
            yield f"process.{step}.{action}: its condition never holds"


def told(found: World, case: Iterable[int]) -> str:
    """A case as a person reads it: ``so_trang 10, loai unanswered``."""
    values = found.values(tuple(case)).items()
    return ", ".join(f"{name} {'unanswered' if value in (None, []) else value}" for name, value in values)
