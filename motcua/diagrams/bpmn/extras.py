"""What hangs on a step in a BPMN file: tasks and opinions in elements of ours, timeouts as boundary timers."""

import re

from motcua.base.errors import Invalid
from motcua.base.text import fold
from motcua.catalogue.definition import Opinion, Task, Timeout
from motcua.diagrams.bpmn.graph import TIMER, Graph, Node

NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,6})?")
DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?)?")
ESCALATES = ("chuyen lanh dao", "escalate", "give it to the head")


def tasks_in(node: Node) -> tuple[Task, ...]:
    """The tasks of a step. Raises `Invalid` ``bpmn_incomplete``."""
    return tuple(
        Task(
            task=_text(one, node, "task"),
            name=_text(one, node, "name"),
            name_en=one.get("nameEn", ""),
            hours=number(one["hours"], node, "hours") if one.get("hours") else None,
            required=one.get("required", "true") != "false",
        )
        for tag, one in node.inside
        if tag == "task"
    )


def opinions_in(node: Node) -> tuple[Opinion, ...]:
    """The opinions that a step asks. Raises `Invalid` ``bpmn_incomplete``."""
    return tuple(
        Opinion(
            opinion=_text(one, node, "opinion"),
            name=_text(one, node, "name"),
            hours=number(one.get("hours", ""), node, "hours"),
            name_en=one.get("nameEn", ""),
            agency=one.get("agency", ""),
        )
        for tag, one in node.inside
        if tag == "opinion"
    )


def timeouts_at(found: Graph, node: Node) -> tuple[Timeout, ...]:
    """The timeouts of a step: the timers on its border. Raises `Invalid` ``bpmn_unsupported``, ``bpmn_incomplete``."""
    timers = [one for one in found.nodes.values() if one.tag == TIMER and one.plain.get("attachedToRef") == node.id]
    return tuple(_timeout(found, timer) for timer in timers)


def all_attached(found: Graph, tasks: list[Node]) -> None:
    """Every timer hangs on a step. Raises `Invalid` ``bpmn_incomplete``."""
    known = {task.id for task in tasks}
    for one in found.nodes.values():
        if one.tag == TIMER and one.plain.get("attachedToRef", "") not in known:
            raise Invalid("bpmn_incomplete", name=one.name or one.id, missing="attachedToRef")


def _timeout(found: Graph, timer: Node) -> Timeout:
    """A timer may only remind, escalate or close: whatever else it leads to is not run here."""
    leads = [found.nodes[flow.target].tag for flow in found.leaving.get(timer.id, [])]
    if any(tag != "endEvent" for tag in leads):
        raise Invalid("bpmn_unsupported", element=TIMER, name=timer.name or timer.id)
    stops = timer.plain.get("cancelActivity", "true") != "false"
    escalates = any(word in fold(timer.name) for word in ESCALATES)
    then = timer.ours.get("then") or ("close" if stops else "escalate" if escalates else "remind")
    if stops != (then == "close"):  # a tool changed what engines do, nobody knows which is meant
        raise Invalid("bpmn_unsupported", element=TIMER, name=timer.name or timer.id)
    if "hours" in timer.ours:
        return Timeout(then, hours=number(timer.ours["hours"], timer, "hours"))
    if "days" in timer.ours:
        return Timeout(then, working_days=number(timer.ours["days"], timer, "days"))
    return _read(timer, then)


def _read(timer: Node, then: str) -> Timeout:
    """A duration that another tool wrote: days are working days, hours and minutes working hours, not both."""
    told = DURATION.fullmatch(timer.timer.strip("'\""))  # some engines want a text in quotes
    days, hours, minutes = (int(part or 0) for part in told.groups()) if told else (0, 0, 0)
    if bool(days) == bool(hours or minutes):
        raise Invalid("bpmn_unsupported", element="timeDuration", name=timer.timer[:80] or timer.name or timer.id)
    return Timeout(then, working_days=days) if days else Timeout(then, hours=hours + minutes / 60)


def number(text: str, node: Node, what: str) -> float:
    """A plain decimal number. Raises `Invalid` ``bpmn_incomplete`` naming the node and ``what`` is missing."""
    if not NUMBER.fullmatch(text):
        raise Invalid("bpmn_incomplete", name=node.name or node.id, missing=what)
    return float(text)


def _text(one: dict[str, str], node: Node, what: str) -> str:
    if not one.get(what):
        raise Invalid("bpmn_incomplete", name=node.name or node.id, missing=what)
    return one[what]
