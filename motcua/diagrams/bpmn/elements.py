"""What a process becomes in BPMN before it is XML: nodes in lanes, flows between them, and their places.

Ids are made from the codes of steps and actions, so the same process gives the same file; a dot parts them, since no
code holds one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.catalogue.definition import Definition, Step
from motcua.diagrams import words
from motcua.diagrams.bpmn.conditions import written
from motcua.processes.paths import Arrow, arrows

SIZES = {
    "startEvent": (36, 36), "endEvent": (36, 36), "boundaryEvent": (36, 36), "exclusiveGateway": (50, 50),
    "userTask": (130, 80), "scriptTask": (130, 80),
}  # fmt: skip
LANE_HEIGHT, COLUMN, LEFT, HEAD = 140, 180, 60, 30  # HEAD: the bar with the name of a pool or lane
NO_LIMIT = "none"  # the hours of a step without a limit
Extra = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An event, a task or a gateway in the lane of a role; ``extra`` are attributes of our namespace.

    ``inside``: elements of our namespace in it. ``plain``: attributes of BPMN. ``timer``: when a boundary event fires.
    """

    id: str
    tag: str
    name: str
    lane: str
    column: float
    extra: Extra = ()
    documentation: str = ""
    inside: tuple[tuple[str, Extra], ...] = ()
    plain: Extra = ()
    timer: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. ``condition`` where it leaves a gateway."""

    id: str
    source: str
    target: str
    name: str = ""
    extra: Extra = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Elements:
    """All of a process, and the lanes in the order in which they lie."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[str, ...]

    def place(self, node: Node) -> tuple[float, float, int, int]:
        """``x, y, width, height`` of a node on the plane, in pixels; what hangs on a task hangs on its lower edge."""
        width, height = SIZES[node.tag]
        x = LEFT + 2 * HEAD + node.column * COLUMN + (COLUMN - width) / 2
        y = self.lanes.index(node.lane) * LANE_HEIGHT + (LANE_HEIGHT - height) / 2
        return x, y + (40 if node.tag == "boundaryEvent" or node.id.startswith("over.") else 0), width, height

    @property
    def width(self) -> float:
        """How wide the pool is."""
        return LEFT + 2 * HEAD + (max(node.column for node in self.nodes) + 1) * COLUMN


def elements(definition: Definition) -> Elements:
    """The elements of a process. Raises `DefinitionError` as `paths.arrows`, `Invalid` as `conditions.written`."""
    steps = definition.process
    ways: dict[str, list[Arrow]] = {step.step: [] for step in steps}
    for arrow in arrows(steps):
        ways[arrow.step].append(arrow)
    lanes = _lanes(steps)
    nodes = [Node("start", "startEvent", "", steps[0].role, 0)]
    flows = [Flow("flow.start", "start", _task(steps[0].step))]
    for place, step in enumerate(steps):
        nodes += [*_nodes(step, ways[step.step], 1 + 2 * place, lanes[step.step]), *_timers(step, 1 + 2 * place)]
        flows += [*_flows(step, ways[step.step]), *_timer_flows(step)]
    last = next(step for step in steps if step.does == "hand_over")
    nodes.append(Node("end", "endEvent", words.END[0], last.role, 1 + 2 * len(steps)))
    used = {node.lane for node in nodes}
    drawn = [*(lane for lane in words.ROLE_WORDS if lane in used), *sorted(used - set(words.ROLE_WORDS))]
    return Elements(tuple(nodes), tuple(flows), tuple(drawn))


def _lanes(steps: tuple[Step, ...]) -> dict[str, str]:
    """The lane of each step; an automatic one, which nobody holds, stays in the lane of the step before it."""
    found, lane = {}, steps[0].role
    for step in steps:
        lane = step.role or lane
        found[step.step] = lane
    return found


def _task(step: str) -> str:
    return f"step.{step}" if step else "end"


def _chosen(ways: list[Arrow]) -> bool:
    """A gateway stands where there is something to choose or to check."""
    return len(ways) > 1 or any(way.when for way in ways)


def _nodes(step: Step, ways: list[Arrow], column: int, lane: str) -> list[Node]:
    extra = [("step", step.step), ("hours", f"{step.hours!r}" if step.hours is not None else NO_LIMIT)]
    extra += [("does", step.does), *((("nameEn", step.name_en),) if step.name_en else ())]
    told = ", ".join(words.who(step, "vi")[-1:])
    tag = "scriptTask" if step.does == "automatic" else "userTask"
    found = [Node(_task(step.step), tag, step.name, lane, column, tuple(extra), told, tuple(_inside(step)))]
    if _chosen(ways):
        otherwise = [way for way in ways if step.does == "automatic" and not way.when]
        plain = (("default", f"flow.{step.step}.{otherwise[0].action}"),) if otherwise else ()
        found.append(Node(f"choice.{step.step}", "exclusiveGateway", "", lane, column + 1, plain=plain))
    if any(way.by == "supplement" for way in ways):
        does = (("does", "supplement"),)
        supplement = f"supplement.{step.step}"
        found.append(Node(supplement, "userTask", words.SUPPLEMENT[0], words.FILER, column + 0.5, does))
    return found


def _inside(step: Step) -> Iterator[tuple[str, Extra]]:
    """Tasks and opinions, which BPMN would run as steps of their own."""
    for task in step.tasks:
        given = {"task": task.task, "name": task.name, "nameEn": task.name_en}
        given |= {"hours": f"{task.hours!r}" if task.hours is not None else ""}
        yield "task", _said(given | {"required": "" if task.required else "false"})
    for one in step.opinions:
        given = {"opinion": one.opinion, "name": one.name, "nameEn": one.name_en, "hours": f"{one.hours!r}"}
        yield "opinion", _said(given | {"agency": one.agency})


def _said(given: dict[str, str]) -> Extra:
    return tuple((name, value) for name, value in given.items() if value)


def _timers(step: Step, column: int) -> list[Node]:
    """A boundary event for each timeout; only the one that closes a dossier interrupts the step. They share an end."""
    found = []
    for nth, (timeout, name) in enumerate(zip(step.timeouts, words.timeouts(step, "vi"), strict=True)):
        unit, value = ("hours", timeout.hours) if timeout.hours is not None else ("days", timeout.working_days)
        stops = "true" if timeout.then == "close" else "false"
        found.append(
            Node(
                f"timeout.{step.step}.{nth}",
                "boundaryEvent",
                name,
                step.role,
                column - 0.28 + 0.22 * nth,
                (("then", timeout.then), (unit, f"{value!r}")),
                plain=(("attachedToRef", _task(step.step)), ("cancelActivity", stops)),
                timer=f"PT{(timeout.minutes + 59) // 60}H" if timeout.minutes % 60 == 0 else f"PT{timeout.minutes}M",
            )
        )
    end = Node(f"over.{step.step}", "endEvent", "", step.role, column + 0.53)
    return [*found, end] if found else []


def _timer_flows(step: Step) -> Iterator[Flow]:
    for nth in range(len(step.timeouts)):
        source = f"timeout.{step.step}.{nth}"
        yield Flow(f"flow.{source}", source, f"over.{step.step}")


def _called(step: Step, way: Arrow) -> Extra:
    """The edition's own words for an action, which no tool has to know."""
    own = step.exit(way.action)
    pairs = (("name", own.name), ("nameEn", own.name_en)) if own else ()
    return tuple((key, words) for key, words in pairs if words)


def _flows(step: Step, ways: list[Arrow]) -> list[Flow]:
    chosen, code = _chosen(ways), step.step
    choosing = "" if step.does == "automatic" else "action"
    found = [Flow(f"flow.{code}", _task(code), f"choice.{code}")] if chosen else []
    for way in ways:
        asked = way.by == "supplement"
        found.append(
            Flow(
                f"flow.{code}.{way.action}",
                f"choice.{code}" if chosen else _task(code),
                f"supplement.{code}" if asked else _task(way.to),
                words.action(step, way.action, "vi"),
                (("action", way.action), *((("when", way.when),) if way.when else ()), *_called(step, way)),
                written(way.action if choosing else "", way.when) if chosen else "",
            )
        )
        if asked:
            found.append(Flow(f"flow.supplement.{code}", f"supplement.{code}", _task(code)))
    return found
