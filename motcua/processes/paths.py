"""Every way through a process, without a dossier: which steps, whose, how long, by which actions.

An `Arrow` is one exit with what the platform makes of it: an ``ask_more`` comes back to the step that asked, a refusal
that a step proposes is decided by the step that decides, and a refusal decided there is handed over like a result.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from motcua.base.errors import DefinitionError
from motcua.processes.cases import possible
from motcua.processes.definition import Step
from motcua.processes.ways import TARGETS, exits

MOST_PATHS = 500
MOST_VISITS = 2  # of one step on one path: every loop is taken at most once


class Arrow(NamedTuple):
    """One exit: from ``step`` by ``action`` to the step ``to``, "" at the end. ``by`` tells a target that is no step."""

    step: str
    action: str
    to: str
    by: str = ""
    when: str = ""


class Stop(NamedTuple):
    """A step on a path and the action that left it. ``again``: it was there before, the law gives no second time."""

    step: str
    role: str
    hours: float | None
    action: str
    again: bool


@dataclass(frozen=True, slots=True)
class Path:
    """One way from reception to hand-over. ``when``: what the answers must be like; ``granted``: how it was decided."""

    stops: tuple[Stop, ...]
    when: tuple[str, ...]
    granted: bool

    @property
    def actions(self) -> tuple[str, ...]:
        """What was done, in order."""
        return tuple(stop.action for stop in self.stops)

    @property
    def roles(self) -> tuple[str, ...]:
        """Who had it, each once, in order; nobody an automatic step."""
        return tuple(dict.fromkeys(stop.role for stop in self.stops if stop.role))

    @property
    def hours(self) -> float:
        """Working hours; a step counts once, since a return does not lengthen the time the law gives."""
        return sum(stop.hours or 0 for stop in self.stops if not stop.again)


def arrows(steps: tuple[Step, ...]) -> list[Arrow]:
    """The exits of all steps, in their order. Raises `DefinitionError` for a process that names what is not there."""
    named = {step.step for step in steps}
    places = {kind: next((step.step for step in steps if step.does == kind), "") for kind in ("decide", "hand_over")}
    refuses = any(way.to == "decide_refusal" for step in steps for way in exits(step).values())
    if not places["hand_over"] or (refuses and not places["decide"]):  # a draft may lack the step that decides
        raise DefinitionError(["process: no step decides or no step hands over"])
    found = []
    for step in steps:
        for action, way in exits(step).items():
            if way.to not in named | TARGETS:
                raise DefinitionError([f"process.{step.step}.{action}: unknown target {way.to!r}"])
            refused = places["hand_over"] if step.does == "decide" else places["decide"]
            to = {"supplement": step.step, "decide_refusal": refused, "end": ""}.get(way.to, way.to)
            found.append(Arrow(step.step, action, to, way.to if way.to in TARGETS else "", way.when))
    return found


def paths(steps: tuple[Step, ...], form: Mapping[str, Any], most: int = MOST_PATHS) -> list[Path]:
    """The first ``most`` ways through; ask for one more to know whether there are more. Raises as `arrows` does."""
    return list(islice(walk(steps, form), most))


def walk(steps: tuple[Step, ...], form: Mapping[str, Any]) -> Iterator[Path]:
    """All ways that a dossier can go, each loop at most once, in the order of the exits; nothing for no process.

    A way whose conditions no answers can meet together is left out, where that can be proved (`cases.possible`).
    """
    if not steps:
        return
    ways: dict[str, list[Arrow]] = {step.step: [] for step in steps}
    for arrow in arrows(steps):
        ways[arrow.step].append(arrow)
    open_in = possible(steps, form)
    waiting = [((arrow,), open_in[arrow[:2]]) for arrow in reversed(ways[steps[0].step])]
    named = {step.step: step for step in steps}
    while waiting:
        trail, worlds = waiting.pop()
        if not worlds:
            continue
        if not trail[-1].to:
            yield _path(trail, named)
        elif _leads_out(ways, trail):
            waiting += [((*trail, arrow), worlds & open_in[arrow[:2]]) for arrow in reversed(ways[trail[-1].to])]


def never_taken(steps: tuple[Step, ...], found: Iterable[Path]) -> list[tuple[str, str]]:
    """The exits (step, action) that none of these paths takes."""
    taken = {(stop.step, stop.action) for path in found for stop in path.stops}
    return [(arrow.step, arrow.action) for arrow in arrows(steps) if arrow[:2] not in taken]


def _path(trail: tuple[Arrow, ...], steps: Mapping[str, Step]) -> Path:
    stops, seen = [], set()
    for arrow in trail:
        step = steps[arrow.step]
        stops.append(Stop(step.step, step.role, step.hours, arrow.action, step.step in seen))
        seen.add(step.step)
    decided = [arrow for arrow in trail if steps[arrow.step].does == "decide" and arrow.action != "return"]
    when = tuple(dict.fromkeys(arrow.when for arrow in trail if arrow.when))
    return Path(tuple(stops), when, bool(decided) and decided[-1].action != "refuse")


def _leads_out(ways: Mapping[str, list[Arrow]], trail: tuple[Arrow, ...]) -> bool:
    """Whether the end can still be reached when no step is visited more often than it may be."""
    visits = Counter(arrow.step for arrow in trail)
    seen, waiting = set(), [trail[-1].to]
    while waiting:
        name = waiting.pop()
        if not name:
            return True
        if name not in seen and visits[name] < MOST_VISITS:
            seen.add(name)
            waiting += [arrow.to for arrow in ways[name]]
    return False
