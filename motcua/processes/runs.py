"""Recorded runs: the way one dossier went, kept as a test that every later edition of its procedure must pass.

A run holds no personal data: codes of steps, actions and roles, and of the answers only those that a condition reads.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from motcua.base.errors import DefinitionError
from motcua.processes.checking import exits
from motcua.processes.conditions import guard_holds
from motcua.processes.definition import Step
from motcua.processes.paths import Arrow, arrows

JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list, tuple),
    "object": (dict,),
}


class Taken(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step of a run, the ``action`` that left it, and the role that held it (empty: an automatic step).

    ``opinions``: how many were open, agreed and were against at that moment.
    """

    step: str
    action: str
    role: str = ""
    opinions: tuple[int, int, int] = (0, 0, 0)


class Run(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The way of one dossier from reception to hand-over. ``asked_before``: supplements asked before it was received.

    ``hours``: the working hours its steps had then, None where one had no limit; they may change, the way may not.
    """

    name: str
    channel: str
    moves: tuple[Taken, ...]
    return_by: str = "online"
    on_behalf: bool = False
    asked_before: int = 0
    answers: dict[str, Any] = {}
    granted: bool = True
    hours: float | None = None


class Broken(NamedTuple):
    """Where a run leaves the recorded way: the step's code and name, ``why`` as a code, and what it is about.

    ``about`` is the action, the role, the answer, or where the action leads now.
    """

    step: str
    name: str
    why: str
    about: str = ""

    def __str__(self) -> str:
        place = f"process.{self.step} ({self.name})" if self.step else "process"
        return f"{place}: {WORDS[self.why].format(about=self.about)}"


WORDS = {
    "no_process": "there is no process that a dossier could go through: {about}",
    "starts_elsewhere": "a dossier does not start here any more",
    "step_gone": "there is no such step any more",
    "role_changed": "the step is now held by {about}",
    "action_gone": "there is no action {about!r} any more",
    "condition_fails": "the condition of {about!r} does not hold for the recorded answers",
    "earlier_exit": "the step now leaves by {about!r}",
    "leads_elsewhere": "the action leads elsewhere: {about}",
    "answer_gone": "the form has no field {about!r} any more",
    "answer_type": "the answer to {about!r} is now of another kind",
    "decided_otherwise": "the decision is another one",
}
END = "end"


def replay(run: Run, steps: tuple[Step, ...], form: Mapping[str, Any] | None) -> list[Broken]:
    """Where ``run`` can't go its way through these steps with this form; empty when it can.

    The first step that leads astray is named, and every recorded answer that the form no longer asks.
    """
    if not steps or not run.moves:
        return [Broken("", "", "no_process")]
    try:
        ways = arrows(steps)
    except DefinitionError as error:
        return [Broken("", "", "no_process", "; ".join(error.problems))]
    astray = _astray(run, {step.step: step for step in steps}, ways)
    return [*([astray] if astray else []), *_lost_answers(run, form)]


def _astray(run: Run, steps: Mapping[str, Step], ways: list[Arrow]) -> Broken | None:
    """The first step at which the way is another one."""
    decided = False
    for place, taken in enumerate(run.moves):
        step = steps.get(taken.step)
        if step is None:
            return Broken(taken.step, taken.step, "step_gone")
        if place == 0 and step.step != next(iter(steps)):
            return Broken(step.step, step.name, "starts_elsewhere")
        here = [way for way in ways if way.step == step.step]
        if found := next(_differences(run, place, step, here), None):
            why, about = found
            return Broken(step.step, step.name, why, steps[about].name if about in steps else about)
        if step.does == "decide" and taken.action != "return":
            decided = taken.action != "refuse"
    last = steps[run.moves[-1].step]
    return None if decided == run.granted else Broken(last.step, last.name, "decided_otherwise")


def _differences(run: Run, place: int, step: Step, ways: list[Arrow]) -> Iterator[tuple[str, str]]:
    """How a step differs from the one recorded at ``place``, and what that is about."""
    taken = run.moves[place]
    after = run.moves[place + 1].step if place + 1 < len(run.moves) else ""
    if step.role != taken.role:
        yield "role_changed", step.role
    way = next((way for way in ways if way.action == taken.action), None)
    if way is None:
        yield "action_gone", taken.action
        return
    open_ways = [one.action for one in ways if _holds(one, run, place)]
    if way.action not in open_ways:
        yield "condition_fails", way.action
    elif step.does == "automatic" and open_ways[0] != way.action:
        yield "earlier_exit", open_ways[0]
    if way.to != after:
        yield "leads_elsewhere", way.to or END


def _holds(way: Arrow, run: Run, place: int) -> bool:
    return all(guard_holds(guard, run.answers) for guard in way.when)


def _lost_answers(run: Run, form: Mapping[str, Any] | None) -> Iterator[Broken]:
    """Recorded answers that the form does not ask any more, or asks as something else."""
    fields = (form or {}).get("properties", {})
    for name, value in run.answers.items():
        if name not in fields:
            yield Broken("", "", "answer_gone", name)
        elif type(value) not in JSON_TYPES.get(fields[name].get("type", ""), ()):
            yield Broken("", "", "answer_type", name)


def answers_read(steps: tuple[Step, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the answers that some condition of these steps names: all that a run keeps of a person's answers."""
    texts = " ".join(str(way.when) for step in steps for way in exits(step).values())
    named = set(re.findall(r"[a-z_][a-z0-9_]*", texts))
    return {name: value for name, value in answers.items() if name in named}


def hours_of(run: Run, steps: tuple[Step, ...]) -> float | None:
    """The working hours these steps give the way of ``run``, each step once; None where one has no limit or is gone."""
    given = {step.step: step.hours for step in steps}
    hours = [given.get(name) for name in dict.fromkeys(taken.step for taken in run.moves)]
    return None if None in hours else sum(each or 0.0 for each in hours)
