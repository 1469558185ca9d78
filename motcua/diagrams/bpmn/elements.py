"""What a process becomes in BPMN before it is XML: nodes in lanes, flows between them, and their places.

Ids are made from the codes of steps and actions, so the same process gives the same file; a dot parts them, since no
code holds one.
"""

from dataclasses import dataclass

from motcua.catalogue.definition import Definition, Step
from motcua.diagrams import words
from motcua.diagrams.bpmn.conditions import written
from motcua.processes.paths import Arrow, arrows

SIZES = {"startEvent": (36, 36), "endEvent": (36, 36), "exclusiveGateway": (50, 50), "userTask": (130, 80)}
LANE_HEIGHT, COLUMN, LEFT, HEAD = 140, 180, 60, 30  # HEAD: the bar with the name of a pool or lane
Extra = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An event, a task or a gateway in the lane of a role; ``extra`` are attributes of our namespace."""

    id: str
    tag: str
    name: str
    lane: str
    column: float
    extra: Extra = ()
    documentation: str = ""


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
        """``x, y, width, height`` of a node on the plane, in pixels."""
        width, height = SIZES[node.tag]
        x = LEFT + 2 * HEAD + node.column * COLUMN + (COLUMN - width) / 2
        return x, self.lanes.index(node.lane) * LANE_HEIGHT + (LANE_HEIGHT - height) / 2, width, height

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
    nodes = [Node("start", "startEvent", "", steps[0].role, 0)]
    flows = [Flow("flow.start", "start", _task(steps[0].step))]
    for place, step in enumerate(steps):
        nodes += _nodes(step, ways[step.step], 1 + 2 * place)
        flows += _flows(step, ways[step.step])
    last = next(step for step in steps if step.does == "hand_over")
    nodes.append(Node("end", "endEvent", words.END[0], last.role, 1 + 2 * len(steps)))
    used = {node.lane for node in nodes}
    lanes = [*(lane for lane in words.ROLE_WORDS if lane in used), *sorted(used - set(words.ROLE_WORDS))]
    return Elements(tuple(nodes), tuple(flows), tuple(lanes))


def _task(step: str) -> str:
    return f"step.{step}" if step else "end"


def _chosen(ways: list[Arrow]) -> bool:
    """A gateway stands where there is something to choose or to check."""
    return len(ways) > 1 or any(way.when for way in ways)


def _nodes(step: Step, ways: list[Arrow], column: int) -> list[Node]:
    extra = [("step", step.step), ("hours", f"{step.hours!r}"), ("does", step.does)]
    extra += [("nameEn", step.name_en)] if step.name_en else []
    told = words.hours(step.hours, "vi")
    found = [Node(_task(step.step), "userTask", step.name, step.role, column, tuple(extra), told)]
    if _chosen(ways):
        found.append(Node(f"choice.{step.step}", "exclusiveGateway", "", step.role, column + 1))
    if any(way.by == "supplement" for way in ways):
        does = (("does", "supplement"),)
        supplement = f"supplement.{step.step}"
        found.append(Node(supplement, "userTask", words.SUPPLEMENT[0], words.FILER, column + 0.5, does))
    return found


def _flows(step: Step, ways: list[Arrow]) -> list[Flow]:
    chosen, code = _chosen(ways), step.step
    found = [Flow(f"flow.{code}", _task(code), f"choice.{code}")] if chosen else []
    for way in ways:
        asked = way.by == "supplement"
        found.append(
            Flow(
                f"flow.{code}.{way.action}",
                f"choice.{code}" if chosen else _task(code),
                f"supplement.{code}" if asked else _task(way.to),
                words.action(step, way.action, "vi"),
                (("action", way.action), *((("when", way.when),) if way.when else ())),
                written(way.action, way.when) if chosen else "",
            )
        )
        if asked:
            found.append(Flow(f"flow.supplement.{code}", f"supplement.{code}", _task(code)))
    return found
