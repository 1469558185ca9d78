"""A BPMN file as a graph of what it runs: read safely, and refused by name where it says more than the platform runs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, fromstring

from motcua.base.errors import Invalid
from motcua.base.text import clean
from motcua.diagrams.bpmn.writing import BPMN, OURS

MOST_BYTES = 2_000_000
MOST_ELEMENTS = 20_000
AUTOMATIC, TIMER = "scriptTask", "boundaryEvent"
TASKS = {"userTask", "manualTask", "task", AUTOMATIC}
NODES = {*TASKS, TIMER, "startEvent", "endEvent", "exclusiveGateway"}
SAID = {"documentation", "extensionElements"}  # says something, runs nothing
DRAWN = {"textAnnotation", "association", "group", "laneSet", *SAID}
INSIDE = {*SAID, "incoming", "outgoing"}
MORE = {AUTOMATIC: {"script"}, TIMER: {"timerEventDefinition"}}
NO_SCRIPTS = {"", "pass"}  # what a task of a machine may do here: nothing but choose its exit
COUNTS = ("startQuantity", "completionQuantity")
AROUND = {"process", "collaboration", "category", *SAID}


@dataclass(frozen=True, slots=True)
class Node:
    """A node; ``ours`` are the attributes of our namespace, ``lane`` its lane's role or name.

    ``inside``: the elements of our namespace it holds. ``plain``: the attributes of BPMN. ``timer``: an ISO duration.
    """

    id: str
    tag: str
    name: str
    lane: str
    ours: dict[str, str]
    documentation: str
    inside: tuple[tuple[str, dict[str, str]], ...] = ()
    plain: Mapping[str, str] = field(default_factory=dict)
    timer: str = ""


OUR_WORDS = {"action": "action", "when": "when", "called": "name", "called_en": "nameEn"}


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; ``condition`` "" where it has none."""

    id: str
    source: str
    target: str
    name: str
    action: str
    when: str
    called: str
    called_en: str
    condition: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes by id in the order of the file, and the flows that leave each."""

    nodes: dict[str, Node]
    leaving: dict[str, list[Flow]]


def graph(content: bytes) -> Graph:
    """The graph of the one process in a file. Raises `Invalid`: ``bpmn_unreadable`` where it is no XML or not safe to
    read, ``bpmn_unsupported`` with ``element`` and ``name`` for what is outside the subset, ``bpmn_incomplete``."""
    process = _process(_root(content))
    lanes = dict(_lanes(process))
    nodes: dict[str, Node] = {}
    leaving: dict[str, list[Flow]] = {}
    for element in process:
        tag = _tag(element)
        if tag == "sequenceFlow":
            flow = _flow(element)
            leaving.setdefault(flow.source, []).append(flow)
        elif tag in NODES:
            _only(element, INSIDE | MORE.get(tag, set()))
            node = _node(element, lanes)
            if not node.id or node.id in nodes:
                raise Invalid("bpmn_incomplete", name=node.name or node.id or tag, missing="id")
            nodes[node.id] = node
        elif tag not in DRAWN:
            raise _outside(element)
    for flow in (flow for flows in leaving.values() for flow in flows):
        if flow.source not in nodes or flow.target not in nodes:
            raise Invalid("bpmn_incomplete", name=flow.name or flow.id, missing="sourceRef, targetRef")
    return Graph(nodes, leaving)


def _root(content: bytes) -> Element:
    """The root element. No DOCTYPE, so no entities: nothing can be fetched or blown up while reading."""
    if len(content) > MOST_BYTES:
        raise Invalid("bpmn_unreadable", reason=f"> {MOST_BYTES // 1_000_000} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("bpmn_unreadable", reason="UTF-8") from None
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE) or "\x00" in text:
        raise Invalid("bpmn_unreadable", reason="DOCTYPE")
    try:
        root = fromstring(text)
    except ParseError as fault:
        raise Invalid("bpmn_unreadable", reason=str(fault)) from None
    if root.tag != f"{{{BPMN}}}definitions":
        raise Invalid("bpmn_unreadable", reason="definitions")
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Invalid("bpmn_unreadable", reason=f"> {MOST_ELEMENTS} elements")
    return root


def _process(root: Element) -> Element:
    """The one process. A pool beside it that is only drawn, and what is said between pools, would run elsewhere."""
    for element in root:
        if element.tag.startswith(f"{{{BPMN}}}") and _tag(element) not in AROUND:
            raise _outside(element)
        if _tag(element) == "collaboration":
            _only(element, {"participant", "textAnnotation", "association", "group", *SAID})
    found = [element for element in root if element.tag == f"{{{BPMN}}}process"]
    if not found:
        raise Invalid("bpmn_incomplete", name="definitions", missing="process")
    if len(found) > 1:
        raise _outside(found[1])
    return found[0]


def _lanes(process: Element) -> Iterator[tuple[str, str]]:
    for lane in process.iterfind(f"{{{BPMN}}}laneSet/{{{BPMN}}}lane"):
        _only(lane, {"flowNodeRef", *SAID})
        for reference in lane.iterfind(f"{{{BPMN}}}flowNodeRef"):
            yield clean(reference.text or ""), lane.get(f"{{{OURS}}}role") or clean(lane.get("name", ""))


def _node(element: Element, lanes: dict[str, str]) -> Node:
    if element.get("isForCompensation") == "true" or {element.get(name, "1") for name in COUNTS} != {"1"}:
        raise _outside(element)
    ours = {name.partition("}")[2]: value for name, value in element.items() if name.startswith(f"{{{OURS}}}")}
    code = element.get("id", "")
    told = " ".join(part.text or "" for part in element.iterfind(f"{{{BPMN}}}documentation"))
    if clean(element.findtext(f"{{{BPMN}}}script", "")) not in NO_SCRIPTS:
        raise _outside(element)
    held = element.iterfind(f"{{{BPMN}}}extensionElements/*")
    inside = tuple((_tag(one), dict(one.items())) for one in held if one.tag.startswith(f"{{{OURS}}}"))
    plain = {name: value for name, value in element.items() if not name.startswith("{")}
    lane = lanes.get(code, "")
    return Node(code, _tag(element), element.get("name", ""), lane, ours, told, inside, plain, _timer(element))


def _timer(element: Element) -> str:
    """The duration of a boundary event; a date or a cycle, or an event of another kind, is refused."""
    if _tag(element) != TIMER:
        return ""
    definitions = element.findall(f"{{{BPMN}}}timerEventDefinition")
    if len(definitions) != 1:
        raise _outside(element)
    _only(definitions[0], {"timeDuration", *SAID})
    return clean(definitions[0].findtext(f"{{{BPMN}}}timeDuration", ""))


def _flow(element: Element) -> Flow:
    _only(element, {"conditionExpression", *SAID})
    condition = element.findtext(f"{{{BPMN}}}conditionExpression", "")
    code, source, target = (element.get(name, "") for name in ("id", "sourceRef", "targetRef"))
    ours = {key: element.get(f"{{{OURS}}}{name}", "") for key, name in OUR_WORDS.items()}
    return Flow(code, source, target, element.get("name", ""), **ours, condition=condition)


def _only(element: Element, tags: set[str]) -> None:
    """Refuse the first child that is outside the subset."""
    for child in element:
        if _tag(child) not in tags:
            raise _outside(child, element)


def _outside(element: Element, parent: Element | None = None) -> Invalid:
    named = next(
        (one for one in (element, parent) if one is not None and (one.get("name") or one.get("id"))), element
    )
    return Invalid("bpmn_unsupported", element=_tag(element), name=clean(named.get("name") or named.get("id") or ""))


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
