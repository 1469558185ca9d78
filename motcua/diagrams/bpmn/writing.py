"""A process as a BPMN 2.0 file: what is run, and a plain layout so that every tool shows it."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from motcua.base.errors import NotFound
from motcua.catalogue.definition import Definition
from motcua.diagrams import words
from motcua.diagrams.bpmn.elements import HEAD, LANE_HEIGHT, LEFT, Elements, Flow, Node, elements

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SHOWN = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:motcua:process:1"
PREFIXES = {"bpmn": BPMN, "bpmndi": SHOWN, "dc": BOUNDS, "di": LINES, "xsi": SCHEMA, "motcua": OURS}
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(definition: Definition) -> bytes:
    """The file, UTF-8.

    Raises `NotFound` ``process_missing``, `DefinitionError` for a process that contradicts itself.
    """
    if not definition.process:
        raise NotFound("process_missing", procedure=definition.procedure)
    for prefix, namespace in PREFIXES.items():
        register_namespace(prefix, namespace)
    found = elements(definition)
    root = _element(None, BPMN, "definitions", id="definitions", targetNamespace=OURS, exporter="motcua")
    process = f"procedure.{definition.procedure}"
    collaboration = _element(root, BPMN, "collaboration", id="collaboration")
    name = definition.name.vi
    _element(collaboration, BPMN, "participant", id="participant", name=name, processRef=process)
    _process(_element(root, BPMN, "process", id=process, name=name, isExecutable="true"), found)
    _diagram(_element(root, SHOWN, "BPMNDiagram", id="diagram"), found)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _element(parent: Element | None, namespace: str, tag: str, **attributes: str) -> Element:
    kept = {name: NO_XML.sub("\ufffd", value) for name, value in attributes.items() if value}
    full = f"{{{namespace}}}{tag}"
    return Element(full, kept) if parent is None else SubElement(parent, full, kept)


def _process(process: Element, found: Elements) -> None:
    lanes = _element(process, BPMN, "laneSet", id="lanes")
    for code in found.lanes:
        lane = _element(lanes, BPMN, "lane", id=f"lane.{code}", name=words.role(code, "vi"))
        lane.set(f"{{{OURS}}}role", code)
        for node in found.nodes:
            if node.lane == code:
                _element(lane, BPMN, "flowNodeRef").text = node.id
    for node in found.nodes:
        _node(process, node, found.flows)
    for flow in found.flows:
        _flow(process, flow)


def _node(process: Element, node: Node, flows: tuple[Flow, ...]) -> None:
    made = _element(process, BPMN, node.tag, id=node.id, name=node.name, **dict(node.plain))
    _ours(made, node.extra)
    if node.documentation:
        _element(made, BPMN, "documentation").text = node.documentation
    if node.inside:
        holder = _element(made, BPMN, "extensionElements")
        for tag, given in node.inside:
            _element(holder, OURS, tag, **dict(given))
    for tag, end in (("incoming", "target"), ("outgoing", "source")):
        for flow in flows:
            if getattr(flow, end) == node.id:
                _element(made, BPMN, tag).text = flow.id
    if node.timer:
        when = _element(_element(made, BPMN, "timerEventDefinition"), BPMN, "timeDuration")
        when.set(f"{{{SCHEMA}}}type", "bpmn:tFormalExpression")
        when.text = node.timer
    if node.tag == "scriptTask":
        made.set("scriptFormat", "text/x-python")
        _element(made, BPMN, "script").text = "pass"


def _flow(process: Element, flow: Flow) -> None:
    ends = {"sourceRef": flow.source, "targetRef": flow.target}
    made = _element(process, BPMN, "sequenceFlow", id=flow.id, name=flow.name, **ends)
    _ours(made, flow.extra)
    if flow.condition:
        condition = _element(made, BPMN, "conditionExpression")
        condition.set(f"{{{SCHEMA}}}type", "bpmn:tFormalExpression")
        condition.text = NO_XML.sub("\ufffd", flow.condition)


def _ours(made: Element, extra: tuple[tuple[str, str], ...]) -> None:
    for name, value in extra:
        made.set(f"{{{OURS}}}{name}", NO_XML.sub("\ufffd", value))


def _diagram(diagram: Element, found: Elements) -> None:
    plane = _element(diagram, SHOWN, "BPMNPlane", id="plane", bpmnElement="collaboration")
    height = len(found.lanes) * LANE_HEIGHT
    _shape(plane, "participant", (LEFT, 0, found.width, height), isHorizontal="true")
    for place, code in enumerate(found.lanes):
        bounds = (LEFT + HEAD, place * LANE_HEIGHT, found.width - HEAD, LANE_HEIGHT)
        _shape(plane, f"lane.{code}", bounds, isHorizontal="true")
    places = {node.id: found.place(node) for node in found.nodes}
    for node in found.nodes:
        _shape(plane, node.id, places[node.id])
    for flow in found.flows:
        edge = _element(plane, SHOWN, "BPMNEdge", id=f"edge.{flow.id}", bpmnElement=flow.id)
        for x, y in _points(places[flow.source], places[flow.target]):
            _element(edge, LINES, "waypoint", x=f"{x:g}", y=f"{y:g}")


def _shape(plane: Element, of: str, bounds: tuple[float, float, float, float], **attributes: str) -> None:
    shape = _element(plane, SHOWN, "BPMNShape", id=f"shape.{of}", bpmnElement=of, **attributes)
    sides = dict(zip(("x", "y", "width", "height"), (f"{side:g}" for side in bounds), strict=True))
    _element(shape, BOUNDS, "Bounds", **sides)


def _points(source: tuple[float, ...], target: tuple[float, ...]) -> list[tuple[float, float]]:
    """Forward from side to side; back along below both."""
    (x, y, width, height), (to_x, to_y, to_width, to_height) = source, target
    if to_x >= x + width:
        middle = (x + width + to_x) / 2
        start, end = (x + width, y + height / 2), (to_x, to_y + to_height / 2)
        return [start, (middle, start[1]), (middle, end[1]), end]
    below = max(y + height, to_y + to_height) + 14
    start_x, end_x = x + width / 2, to_x + to_width / 2
    return [(start_x, y + height), (start_x, below), (end_x, below), (end_x, to_y + to_height)]
