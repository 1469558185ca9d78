"""The steps of a workflow in the order in which a dossier meets them.

The source chains tasks (``next``), not steps; its ``order`` counts are unreliable. A step leads where its tasks lead
outside it; a task that names one that is not there leads to the step that stands next in the file.
"""

import xml.etree.ElementTree as ET
from typing import Any

from motcua.base.text import slug
from motcua.catalogue.ports import Defect

END = "NULL"
RESERVED = {"supplement", "decide_refusal", "end"}
Steps = dict[str, ET.Element]


def named(nodes: list[ET.Element]) -> Steps:
    """A name for every step: its title as a slug, numbered where it stands twice."""
    found: Steps = {}
    for place, node in enumerate(nodes, 1):
        base = slug(node.get("name", ""))[:40].strip("-") or str(place)
        base = base if base[0].isalpha() and base not in RESERVED else f"buoc-{base}"
        name, number = base, 1
        while name in found:
            number += 1
            name = f"{base}-{number}"
        found[name] = node
    return found


def ways_of(steps: Steps, defects: list[Defect]) -> dict[str, list[str]]:
    """For every step the steps its tasks lead to; an empty name is the end."""
    homes = {task.get("code", ""): name for name, node in reversed(steps.items()) for task in node.iter("task")}
    names = [*steps, ""]
    found: dict[str, list[str]] = {}
    for after, (name, node) in enumerate(steps.items(), 1):
        own = {task.get("code", "") for task in node.iter("task")}
        ways = []
        for task in node.iter("task"):
            target = task.get("next", "")
            if target in own:
                continue
            if target != END and target not in homes:
                defects.append(Defect("next_task_unknown", task.get("code", ""), target))
            ways.append("" if target == END else homes.get(target, names[after]))
        if not ways:
            defects.append(Defect("step_without_way_on", name, ""))
        found[name] = list(dict.fromkeys(ways or [names[after]]))
    return found


def order_of(ways: dict[str, list[str]], defects: list[Defect]) -> list[str]:
    """The names in the order a dossier meets them; those that nothing leads to stand last."""
    order: list[str] = []
    waiting = [*ways][:1]
    while waiting:
        name = waiting.pop(0)
        if name not in order:
            order.append(name)
            waiting += [way for way in ways[name] if way]
    left = [name for name in ways if name not in order]
    defects += [Defect("step_never_reached", name, "") for name in left]
    return order + left


def exits_of(ways: list[str]) -> dict[str, Any]:
    """What a step may do: pass on, to each of several, or end."""
    forward = [way for way in ways if way]
    exits: dict[str, Any] = {("pass" if not place else f"pass-{way}"): way for place, way in enumerate(forward)}
    return exits | ({"hand_over": "end"} if "" in ways else {})
