"""A BPMN file becomes the steps of a process. What it leaves out is asked for by name, never guessed as a number."""

import re
from dataclasses import dataclass

from motcua.base.errors import Invalid
from motcua.base.text import clean, fold, slug
from motcua.catalogue.definition import Exit, Step
from motcua.diagrams import words
from motcua.diagrams.bpmn.conditions import parsed, written
from motcua.diagrams.bpmn.elements import NO_LIMIT
from motcua.diagrams.bpmn.extras import all_attached, number, opinions_in, tasks_in, timeouts_at
from motcua.diagrams.bpmn.graph import AUTOMATIC, TASKS, Flow, Graph, Node, graph
from motcua.processes.ways import FIXED, SIDEWAYS, exits

HOURS = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?) *(?:giờ|tiếng|hours?\b)", re.IGNORECASE)
LANES = {fold(name): code for code, pair in words.ROLE_WORDS.items() for name in (code, *pair)}
ACTIONS = {
    fold(name): code
    for named in (words.DECISION_WORDS, words.ACTION_WORDS)
    for code, pair in named.items()
    for name in (code, *pair)
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """An exit before its target is known to be right: to the node ``to`` under this action."""

    action: str
    to: Node
    exit: Exit


def read(content: bytes) -> tuple[Step, ...]:
    """The steps in a BPMN file, the receiving one first. They still have to pass `process_problems` to be published.

    Raises `Invalid` ``bpmn_unreadable``, ``bpmn_unsupported`` (``element``, ``name``), ``bpmn_incomplete`` (``name``,
    ``missing``).
    """
    found = graph(content)
    first = _first(found)
    tasks = [node for node in found.nodes.values() if node.tag in TASKS and not _supplement(node)]
    all_attached(found, tasks)
    tasks.sort(key=lambda node: node.id != first.id)
    roles = {node.id: _role(node) for node in tasks}
    codes = {node.id: _code(node) for node in tasks}
    ways = {node.id: _ways(found, node, codes) for node in tasks}
    steps = tuple(_step(found, node, codes[node.id], roles[node.id], ways) for node in tasks)
    _refusals_lead_right(steps, ways, codes)
    return steps if all("step" in node.ours for node in tasks) else _in_order(steps)


def _in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps drawn elsewhere in the order in which a dossier comes to them; the file has them as they were drawn."""
    far = {step.step: 0 for step in steps}
    for _ in steps:
        for step in steps:
            for to in (way.to for action, way in exits(step).items() if action not in SIDEWAYS and way.to in far):
                far[to] = max(far[to], min(far[step.step] + 1, len(steps)))
    return tuple(sorted(steps, key=lambda step: far[step.step]))


def _first(found: Graph) -> Node:
    starts = [node for node in found.nodes.values() if node.tag == "startEvent"]
    if len(starts) > 1:
        raise Invalid("bpmn_unsupported", element="startEvent", name=starts[1].name or starts[1].id)
    flows = found.leaving.get(starts[0].id, []) if starts else []
    if len(flows) != 1 or found.nodes[flows[0].target].tag not in TASKS:
        raise Invalid("bpmn_incomplete", name="startEvent", missing="userTask")
    return found.nodes[_plain(flows[0]).target]


def _plain(flow: Flow) -> Flow:
    """A flow that nobody chooses has no condition; one that has would be followed under it elsewhere."""
    if flow.condition.strip():
        raise Invalid("bpmn_unsupported", element="conditionExpression", name=flow.name or flow.id)
    return flow


def _supplement(node: Node) -> bool:
    return node.ours.get("does") == "supplement" or LANES.get(fold(node.lane)) == words.FILER


def _code(node: Node) -> str:
    code = node.ours.get("step") or slug(node.name)
    if not code:
        raise Invalid("bpmn_incomplete", name=node.id, missing="name")
    return code


def _role(node: Node) -> str:
    if node.tag == AUTOMATIC:
        return ""
    role = LANES.get(fold(node.lane), "")
    if not role:
        raise Invalid("bpmn_incomplete", name=node.name or node.id, missing=f"lane {node.lane}".strip())
    return role


def _step(found: Graph, node: Node, code: str, role: str, ways: dict[str, list[Leaving]]) -> Step:
    then = {way.action: way.exit if way.exit != Exit(way.exit.to) else way.exit.to for way in ways[node.id]}
    return Step(
        step=code,
        name=node.name if "step" in node.ours else clean(node.name),
        role=role,
        hours=_hours(node),
        then=then,
        does=node.ours.get("does") or _does(found, node, ways),
        name_en=node.ours.get("nameEn", ""),
        tasks=tasks_in(node),
        opinions=opinions_in(node),
        timeouts=timeouts_at(found, node),
    )


def _hours(node: Node) -> float | None:
    """The hours of our attribute, or those that the documentation tells; an automatic step takes none."""
    if node.tag == AUTOMATIC:
        return 0.0
    told = HOURS.search(node.documentation)
    text = node.ours.get("hours") or (told[1].replace(",", ".") if told else "")
    if text == NO_LIMIT or (not text and words.NO_LIMIT[0] in node.documentation):
        return None
    return number(text, node, "hours")


def _does(found: Graph, node: Node, ways: dict[str, list[Leaving]]) -> str:
    """What a step does where the file does not say: it follows from its place and its lane."""
    last = {one for one, leaving in ways.items() if any(way.to.tag == "endEvent" for way in leaving)}
    if node.tag == AUTOMATIC:
        return "automatic"
    if node.id == _first(found).id:
        return "receive"
    if node.id in last:
        return "hand_over"
    signs = [one for one in ways if LANES.get(fold(found.nodes[one].lane)) == "approver" and one not in last]
    passes = any(way.action == "pass" and way.to.id in last for way in ways[node.id])
    return "decide" if (signs == [node.id] if len(signs) == 1 else passes) else "work"


def _ways(found: Graph, node: Node, codes: dict[str, str]) -> list[Leaving]:
    """The exits of a task: straight, or through the one gateway behind it."""
    flows = found.leaving.get(node.id, [])
    if len(flows) > 1:  # several flows out of a task run at the same time in BPMN
        raise Invalid("bpmn_unsupported", element="sequenceFlow", name=flows[1].name or flows[1].id)
    if flows and found.nodes[flows[0].target].tag == "exclusiveGateway":
        otherwise = found.nodes[flows[0].target].plain.get("default", "")
        flows = found.leaving.get(_plain(flows[0]).target, [])
        if node.tag == AUTOMATIC:  # which flow of a gateway is asked last stands at the gateway
            flows = sorted(flows, key=lambda flow: flow.id == otherwise)
    ways = [_way(found, node, flow, codes, len(flows) == 1) for flow in flows]
    names = [way.action for way in ways]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Invalid("bpmn_unsupported", element="sequenceFlow", name=f"{node.name}: {twice}")
    if not ways:
        raise Invalid("bpmn_incomplete", name=node.name or node.id, missing="sequenceFlow")
    return ways


def _way(found: Graph, node: Node, flow: Flow, codes: dict[str, str], only: bool) -> Leaving:
    to = _behind(found, found.nodes[flow.target])
    chosen, when = parsed(flow.condition) if flow.condition.strip() else ("", "")
    if flow.when:
        when = _ours(flow, chosen)
    action, name = chosen or flow.action or ACTIONS.get(fold(flow.name), ""), flow.called
    if not action and flow.name:  # a tool's own word for a button stays what the button says
        action = slug(flow.name).replace("-", "_")
        name = name or ("" if node.tag == AUTOMATIC else clean(flow.name))
    if to.tag == "endEvent":
        action = "hand_over"
    elif to.tag in TASKS and _supplement(to):
        action, to = "ask_more", _back(found, node, to)
    if not action and node.tag == AUTOMATIC:
        action = f"to-{codes.get(to.id, '')}"
    if not action and not only:
        raise Invalid("bpmn_incomplete", name=flow.id, missing="name")
    action = action or "pass"
    return Leaving(action, to, Exit(FIXED.get(action) or codes.get(to.id, ""), when, name, flow.called_en))


def _ours(flow: Flow, action: str) -> str:
    """The condition in CEL that goes with a flow; where a tool changed what engines run, nobody knows which is meant."""
    if flow.condition.strip() not in {written(action, flow.when), written("", flow.when)}:
        raise Invalid("bpmn_unsupported", element="conditionExpression", name=flow.name or flow.id)
    return flow.when


def _behind(found: Graph, node: Node) -> Node:
    """The node itself, or the one behind gateways that only join."""
    seen = set()
    while node.tag == "exclusiveGateway":
        flows = found.leaving.get(node.id, [])
        if len(flows) != 1 or node.id in seen:
            raise Invalid("bpmn_unsupported", element="exclusiveGateway", name=node.name or node.id)
        seen.add(node.id)
        node = found.nodes[_plain(flows[0]).target]
    return node


def _back(found: Graph, node: Node, supplement: Node) -> Node:
    """A supplement comes back to the step that asked for it; another way round is not run."""
    flows = found.leaving.get(supplement.id, [])
    if len(flows) != 1 or _behind(found, found.nodes[_plain(flows[0]).target]).id != node.id:
        raise Invalid("bpmn_unsupported", element=supplement.tag, name=supplement.name or supplement.id)
    return supplement


def _refusals_lead_right(steps: tuple[Step, ...], ways: dict[str, list[Leaving]], codes: dict[str, str]) -> None:
    """A refusal is decided by the step that decides and handed over by the last: a file that says otherwise is no."""
    kinds = {step.step: step.does for step in steps}
    for node, leaving in ways.items():
        expected = "hand_over" if kinds[codes[node]] == "decide" else "decide"
        for way in leaving:
            if way.action == "refuse" and kinds.get(codes.get(way.to.id, "")) != expected:
                raise Invalid("bpmn_unsupported", element="sequenceFlow", name=f"{codes[node]}: refuse")
            if way.action == "hand_over" and way.to.tag != "endEvent":
                raise Invalid("bpmn_unsupported", element="sequenceFlow", name=f"{codes[node]}: hand_over")
