"""A workflow of a one-stop desk becomes a process: a step each, with the source's own time; a limit; a fee.

Where a step has several tasks (assign, work, approve), they become tasks of ours; where one leads next is kept aside,
since our tasks have no order.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any

from motcua.base.text import clean, slug
from motcua.catalogue.definition import Channel, Step, Task
from motcua.catalogue.ports import Defect
from motcua.sources.adapters.onestop_order import Steps, exits_of, named, order_of, ways_of
from motcua.sources.adapters.onestop_terms import days_of, fees_of, limit_of, place_of
from motcua.sources.ports import Place

DAY_HOURS = 8
KINDS = {"TIEP_NHAN": "receive", "TRA_KET_QUA": "hand_over"}
COLLECTS = "THU_PHI"
# Who holds a step: what the step is for decides, then its unit; all other units are departments with their clerks.
ROLE_OF_KIND = {"TIEP_NHAN": "reception", COLLECTS: "reception", "TRA_KET_QUA": "reception"}
ROLE_OF_GROUP = {
    "BP_MOT_CUA": "reception",
    "LANH_DAO_DON_VI": "approver",
    "LANH_DAO_UY_BAN": "approver",
    "LANH_DAO_PHONG": "head",
}
SIGNS, APPROVES = "KY_DUYET", "XET_DUYET"
CARRIED = {"order", "group", "name", "time", "role", "code"}


@dataclass(frozen=True, slots=True)
class Workflow:
    """What a workflow file says; ``kept``: what a process has no place for."""

    steps: tuple[Step, ...] = ()
    channel: Channel = field(default_factory=Channel)
    places: tuple[Place, ...] = ()
    kept: dict[str, Any] | None = None


def read(root: ET.Element, groups: dict[str, str], defects: list[Defect]) -> Workflow:
    """The process of a workflow; ``groups`` names the units by their codes. What is odd joins ``defects``."""
    nodes = named(root.findall("step"))
    ways = ways_of(nodes, defects)
    order = order_of(ways, defects)
    places = tuple(place_of(name, nodes[name], defects) for name in order)
    deciding = _deciding(order, nodes)
    if not deciding:
        defects.append(Defect("decision_missing", "process", ""))
    steps = tuple(_step(place, nodes[place.step], ways[place.step], deciding, order[0]) for place in places)
    collects = any(node.get("role") == COLLECTS for node in nodes.values())
    limit = limit_of(root, places, defects)
    fees = fees_of(root, collects, defects)
    _note(nodes, groups, defects)
    return Workflow(steps, Channel(limit, fees), places, _kept(root, order, nodes, groups, places))


def _step(place: Place, node: ET.Element, ways: list[str], deciding: str, first: str) -> Step:
    decides = place.step == deciding
    kind = KINDS.get(node.get("role", ""), "decide" if decides else "work")
    return Step(
        step=place.step,
        name=clean(node.get("name", "")) or place.step,
        role=_role(node, decides),
        hours=None if place.days is None else place.days * DAY_HOURS,
        then=exits_of(ways),
        does="receive" if place.step == first else kind,
        tasks=_work(node),
    )


def _work(node: ET.Element) -> tuple[Task, ...]:
    """The tasks of a step; one alone is the step itself."""
    found: dict[str, Task] = {}
    for task in node.iter("task"):
        name = clean(task.get("name", ""))
        code = plain = slug(task.get("code", "").rpartition("::")[2]) or slug(name)
        if not name or not plain[:1].isalpha():
            continue
        number = 1
        while code in found:
            number += 1
            code = f"{plain}-{number}"
        found[code] = Task(code, name, hours=_hours(task))
    return tuple(found.values()) if len(found) > 1 else ()


def _hours(task: ET.Element) -> float | None:
    try:
        days = days_of(task.get("time"))
    except ValueError:
        return None
    return None if days is None else days * DAY_HOURS


def _role(node: ET.Element, decides: bool) -> str:
    """The head of a department holds what he approves alone, or decides himself."""
    known = ROLE_OF_KIND.get(node.get("role", "")) or ROLE_OF_GROUP.get(node.get("group", ""))
    return known or ("head" if decides or set(_tasks(node)) == {APPROVES} else "clerk")


def _tasks(node: ET.Element) -> list[str]:
    """The kinds of the tasks of a step: ``"DT01::KY_DUYET"`` → ``"KY_DUYET"``."""
    return [task.get("code", "").rpartition("::")[2] for task in node.iter("task")]


def _deciding(order: list[str], nodes: Steps) -> str:
    """The last step in which somebody signs; where nobody does, the last one in which somebody approves."""
    between = [name for name in order[1:] if nodes[name].get("role") not in KINDS]
    for wanted in (SIGNS, APPROVES):
        found = [name for name in between if wanted in _tasks(nodes[name])]
        if found:
            return found[-1]
    return ""


def _note(nodes: Steps, groups: dict[str, str], defects: list[Defect]) -> None:
    for name, node in nodes.items():
        group = node.get("group", "")
        if group not in groups:
            defects.append(Defect("unit_unknown", name, group))
        for task in node.iter("task"):
            if "true" in {task.get("pause"), task.get("unpause")}:
                defects.append(Defect("pause_kept_aside", name, task.get("code", "")))


def _kept(
    root: ET.Element, order: list[str], nodes: Steps, groups: dict[str, str], places: tuple[Place, ...]
) -> dict[str, Any]:
    units = {name: nodes[name].get("group", "") for name in order}
    kept: dict[str, Any] = {
        "workflow": dict(root.attrib),
        "units": {name: {"code": code, "name": groups.get(code, "")} for name, code in units.items()},
        "tasks": {name: [dict(task.attrib) for task in nodes[name].iter("task")] for name in order},
    }
    endless = [place.step for place in places if place.days is None]
    return kept | ({"steps_without_limit": endless} if endless else {})
