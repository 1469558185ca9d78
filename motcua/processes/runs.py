"""Recorded runs: the way one dossier went, kept as a test that every later edition of its procedure must pass.

A run holds no personal data: codes of steps, actions and roles, and of the answers only those that a condition reads.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from motcua.base.errors import DefinitionError
from motcua.processes.conditions import Circumstances, condition
from motcua.processes.definition import Step
from motcua.processes.paths import Arrow, arrows
from motcua.processes.ways import exits

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
NO_FORM: Mapping[str, Any] = {"properties": {}}


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
    astray = _astray(run, {step.step: step for step in steps}, ways, form or NO_FORM)
    return [*([astray] if astray else []), *_lost_answers(run, form)]


def _astray(run: Run, steps: Mapping[str, Step], ways: list[Arrow], form: Mapping[str, Any]) -> Broken | None:
    """The first step at which the way is another one."""
    decided = False
    for place, taken in enumerate(run.moves):
        step = steps.get(taken.step)
        if step is None:
            return Broken(taken.step, taken.step, "step_gone")
        if place == 0 and step.step != next(iter(steps)):
            return Broken(step.step, step.name, "starts_elsewhere")
        circumstances = _circumstances(run, place, form)
        here = {way: circumstances.hold(way.when) for way in ways if way.step == step.step}
        if found := next(_differences(run, place, step, here), None):
            why, about = found
            return Broken(step.step, step.name, why, steps[about].name if about in steps else about)
        if step.does == "decide" and taken.action != "return":
            decided = taken.action != "refuse"
    last = steps[run.moves[-1].step]
    return None if decided == run.granted else Broken(last.step, last.name, "decided_otherwise")


def _differences(run: Run, place: int, step: Step, ways: Mapping[Arrow, bool]) -> Iterator[tuple[str, str]]:
    """How a step differs from the one recorded at ``place``, and what it is about. ``ways``: its exits, open or not."""
    taken = run.moves[place]
    after = run.moves[place + 1].step if place + 1 < len(run.moves) else ""
    if step.role != taken.role:
        yield "role_changed", step.role
    way = next((way for way in ways if way.action == taken.action), None)
    if way is None:
        yield "action_gone", taken.action
        return
    first = next((way.action for way, is_open in ways.items() if is_open), "")
    if not ways[way]:
        yield "condition_fails", way.action
    elif step.does == "automatic" and first != way.action:
        yield "earlier_exit", first
    if way.to != after:
        yield "leads_elsewhere", way.to or END


def _circumstances(run: Run, place: int, form: Mapping[str, Any]) -> Circumstances:
    """What a condition could ask about the dossier at that moment."""
    taken = run.moves[place]
    asked = run.asked_before + sum(before.action == "ask_more" for before in run.moves[:place])
    counts = dict(zip(("opinions.open", "opinions.agreed", "opinions.against"), taken.opinions, strict=True))
    counts["dossier.supplements"] = asked
    return Circumstances(form, run.answers, run.channel, run.return_by, run.on_behalf, counts.get)


def _lost_answers(run: Run, form: Mapping[str, Any] | None) -> Iterator[Broken]:
    """Recorded answers that the form does not ask any more, or asks as something else."""
    fields = (form or {}).get("properties", {})
    for name, value in run.answers.items():
        if name not in fields:
            yield Broken("", "", "answer_gone", name)
        elif type(value) not in JSON_TYPES.get(fields[name].get("type", ""), ()):
            yield Broken("", "", "answer_type", name)


def answers_read(steps: tuple[Step, ...], form: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the answers that a condition of these steps reads: all that a run keeps of what a person wrote.

    Of a list only the columns that are read, unless the list itself is.
    """
    texts = {way.when for step in steps for way in exits(step).values() if way.when}
    named = {name.removeprefix("answered.") for text in texts for name in condition(text, form).names}
    return {name: _kept(name, value, named) for name, value in answers.items() if _reads(name, named)}


def _reads(name: str, named: set[str]) -> bool:
    return any(each.partition(".")[0] == name for each in named)


def _kept(name: str, value: Any, named: set[str]) -> Any:
    if name in named or not isinstance(value, list):
        return value
    columns = {each.partition(".")[2] for each in named if each.startswith(f"{name}.")}
    return [{column: cell for column, cell in row.items() if column in columns} for row in value]


def hours_of(run: Run, steps: tuple[Step, ...]) -> float | None:
    """The working hours these steps give the way of ``run``, each step once; None where one has no limit or is gone."""
    given = {step.step: step.hours for step in steps}
    hours = [given.get(name) for name in dict.fromkeys(taken.step for taken in run.moves)]
    return None if None in hours else sum(each or 0.0 for each in hours)
