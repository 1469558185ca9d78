"""``{% process_diagram definition %}``: the process of an edition as a picture and in words; with the facts of a
dossier, ``{% process_diagram definition facts %}``, also the way it went and where it is."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from motcua.base.errors import DefinitionError
from motcua.base.ledger import Row
from motcua.catalogue.definition import Definition
from motcua.diagrams import svg, words

register = template.Library()
LEFT_THE_PROCESS = {"dossiers.refused_to_receive", "dossiers.stopped", "dossiers.withdrawn"}


@register.inclusion_tag("frame/process.html")
def process_diagram(definition: Definition, facts: Iterable[Row] = (), prefix: str = "process") -> dict[str, Any]:
    """The picture and its words; nothing for an edition without a process, or with one that contradicts itself.

    ``prefix`` keeps the ids apart where a page has two pictures.
    """
    language = "en" if get_language() == "en" else "vi"
    try:
        picture = svg.draw(definition, way_of(definition, facts), language, prefix)
        told = words.described(definition, language)
    except DefinitionError:
        return {"picture": "", "told": []}
    return {"picture": mark_safe(picture), "told": told}


def way_of(definition: Definition, facts: Iterable[Row]) -> svg.Way:
    """Where the facts of a dossier led it through the process, oldest first."""
    way = svg.Way()
    for fact in facts:
        way = _after(way, fact.name, fact.data, definition)
    return way


def _after(way: svg.Way, name: str, data: dict[str, Any], definition: Definition) -> svg.Way:
    first = definition.process[0].step if definition.process else ""
    match name:
        case "dossiers.submitted":
            return svg.Way(first, way.taken)
        case "dossiers.received":
            return _left(way, first, "pass", data["step"])
        case "dossiers.passed_on":
            return _left(way, data["before"], data["action"], data["step"])
        case "dossiers.supplement_asked" if way.here != first:  # before reception no step of the process asks
            return _left(way, way.here, "ask_more", way.here)
        case "dossiers.decided":
            return _left(way, way.here, "pass" if data["granted"] else "refuse", data["step"])
        case "dossiers.handed_over":
            return _left(way, way.here, "hand_over", "")
        case _ if name in LEFT_THE_PROCESS:
            return svg.Way("", way.taken)
    return way


def _left(way: svg.Way, step: str, action: str, to: str) -> svg.Way:
    return svg.Way(to, {**way.taken, (step, action): way.taken.get((step, action), 0) + 1})
