"""Verbs over the steps of a process: add, change, move, remove one. Each gives new steps and touches nothing else.

A draft may be unsound meanwhile; what these refuse is only what could not be undone by looking at it: two steps under
one code, and a step that others still lead to.
"""

from msgspec.structs import replace

from motcua.base.errors import Invalid, NotFound
from motcua.base.text import slug
from motcua.processes.checking import FIXED, TARGETS
from motcua.processes.definition import Exit, Step

Steps = tuple[Step, ...]
MOST_STEPS = 60


def at(steps: Steps, code: str) -> Step:
    """The step ``code``. Raises `NotFound` ``step_unknown``."""
    found = next((step for step in steps if step.step == code), None)
    if found is None:
        raise NotFound("step_unknown", step=code[:60])
    return found


def add_step(steps: Steps, after: str, name: str, role: str, hours: float | None = 1) -> tuple[Steps, Step]:
    """A working step between ``after`` and the step that it passes to; the steps, and the new one.

    Raises `NotFound` ``step_unknown``, `Invalid` ``steps_too_many``.
    """
    before = at(steps, after)
    if len(steps) >= MOST_STEPS:
        raise Invalid("steps_too_many", limit=MOST_STEPS)
    onward = before.exit("pass")
    code = free_code(steps, name)
    ways = {"pass": onward.to} if onward else {}
    if before.does != "decide":
        ways |= {"ask_more": FIXED["ask_more"], "refuse": FIXED["refuse"]}
    step = Step(code, name, role, hours, dict(ways))
    leads = replace(before, then={**before.then, "pass": _to(before.then.get("pass", code), code)})
    place = steps.index(before)
    return (*steps[:place], leads, step, *steps[place + 1 :]), step


def change_step(steps: Steps, code: str, changed: Step) -> Steps:
    """``changed`` in the place of the step ``code``; where its code is another, whatever led to it still does.

    Raises `NotFound` ``step_unknown``, `Invalid` ``step_code_taken``.
    """
    old = at(steps, code)
    if changed.step != code and (changed.step in TARGETS or any(step.step == changed.step for step in steps)):
        raise Invalid("step_code_taken", step=changed.step)
    return tuple(led(changed if step is old else step, code, changed.step) for step in steps)


def move_step(steps: Steps, code: str, places: int) -> Steps:
    """The step so many places further down (or up, below zero) in the list; the first one receives and stays first.

    Raises `NotFound` ``step_unknown``.
    """
    step = at(steps, code)
    others = [other for other in steps if other is not step]
    first = 1 if steps[0].does == "receive" and step is not steps[0] else 0
    last = 0 if step is steps[0] and step.does == "receive" else len(others)
    place = min(max(steps.index(step) + places, first), last)
    return (*others[:place], step, *others[place:])


def remove_step(steps: Steps, code: str, instead: str = "") -> Steps:
    """Without the step ``code``; what led to it leads to ``instead``, where one is given.

    Raises `NotFound` ``step_unknown``, `Invalid` ``step_led_to`` (``steps``: the names of those that lead to it).
    """
    gone = at(steps, code)
    left = tuple(step for step in steps if step is not gone)
    if instead:
        at(left, instead)
        return tuple(_without_loop(led(step, code, instead)) for step in left)
    if leading := leading_to(left, code):
        raise Invalid("step_led_to", step=gone.name, steps=[step.name for step in leading])
    return left


def leading_to(steps: Steps, code: str) -> list[Step]:
    """The steps with an exit to the step ``code``."""
    return [step for step in steps if any(_target(way) == code for way in step.then.values())]


def led(step: Step, old: str, new: str) -> Step:
    """The step with every exit to ``old`` leading to ``new``."""
    if old == new:
        return step
    then = {action: _to(way, new) if _target(way) == old else way for action, way in step.then.items()}
    return replace(step, then=then)


def free_code(steps: Steps, name: str) -> str:
    """A code for a step called ``name`` that no other step has."""
    plain = slug(name)[:50]
    base = plain if plain[:1].isalpha() and plain not in TARGETS else f"buoc-{plain}".rstrip("-")
    taken, number = {step.step for step in steps}, 1
    while (code := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return code


def _without_loop(step: Step) -> Step:
    return replace(step, then={action: way for action, way in step.then.items() if _target(way) != step.step})


def _target(way: str | Exit) -> str:
    return way if isinstance(way, str) else way.to


def _to(way: str | Exit, code: str) -> str | Exit:
    return code if isinstance(way, str) else replace(way, to=code)
