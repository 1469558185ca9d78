"""Everything of an edition but its form and its process, changed one small verb at a time. Each gives a new definition.

Lists that repeat (limits, papers, results) are changed by their place; what can't be right is refused with its place.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from motcua.base.errors import Invalid, NotFound
from motcua.base.text import words
from motcua.catalogue.definition import CHANNELS, Channel, Clock, Definition, Paper, Period, Result
from motcua.deadlines.counting import readable_time

replace = msgspec.structs.replace
MOST = 200  # papers, results, limits of a channel


def describe(definition: Definition, period: Period, **given: Any) -> Definition:
    """Name, field, levels and whatever else stands in the head. Raises `Invalid` ``design_period``."""
    if period.until and period.until <= period.from_:
        raise Invalid("design_period", begins=period.from_, ends=period.until)
    return replace(definition, in_force=period, **given)


def set_clock(definition: Definition, clock: Clock) -> Definition:
    """How the time is counted. Raises `Invalid` ``design_time`` for what is no time of day."""
    for value in (clock.cut_off, clock.opens):
        if value is not None and not readable_time(value):
            raise Invalid("design_time", time=value)
    if not 0 < clock.answer_working_days < 1000:
        raise Invalid("design_answer_days", days=clock.answer_working_days)
    return replace(definition, clock=clock)


def add_channel(definition: Definition, kind: str) -> Definition:
    """One more way of filing, or one more limit of a way there is. Raises `Invalid` ``design_channel_unknown``."""
    if kind not in CHANNELS:
        raise Invalid("design_channel_unknown", channel=kind[:40])
    there = definition.channels.get(kind, ())
    _room(there)
    return replace(definition, channels={**definition.channels, kind: (*there, Channel())})


def change_channel(definition: Definition, kind: str, place: int, channel: Channel) -> Definition:
    """Another limit, other fees. Raises `NotFound` ``design_place_unknown``."""
    changed = _changed(definition.channels.get(kind, ()), place, channel)
    return replace(definition, channels={**definition.channels, kind: changed})


def remove_channel(definition: Definition, kind: str, place: int) -> Definition:
    """A limit goes; the last one takes its way of filing with it."""
    left = _without(definition.channels.get(kind, ()), place)
    channels = {**definition.channels, kind: left}
    return replace(definition, channels={name: each for name, each in channels.items() if each})


def add_paper(definition: Definition, paper: Paper) -> Definition:
    """One more paper; an empty code is made from its name. Raises `Invalid` ``design_paper_twice``."""
    _room(definition.papers)
    taken = {each.code for each in definition.papers}
    code = paper.code or _free("-".join(words(paper.name))[:60].strip("-") or "giay-to", taken)
    if code in taken:
        raise Invalid("design_paper_twice", code=code[:60])
    return replace(definition, papers=(*definition.papers, replace(paper, code=code)))


def change_paper(definition: Definition, place: int, paper: Paper) -> Definition:
    """A paper otherwise; its code stays, since files are filed under it."""
    old = _at(definition.papers, place)
    return replace(definition, papers=_changed(definition.papers, place, replace(paper, code=old.code)))


def move_paper(definition: Definition, place: int, down: bool) -> Definition:
    """A paper one place up or down; at the end it stays."""
    return replace(definition, papers=_moved(definition.papers, place, down))


def remove_paper(definition: Definition, place: int) -> Definition:
    """A paper goes."""
    return replace(definition, papers=_without(definition.papers, place))


def add_result(definition: Definition, result: Result) -> Definition:
    """One more kind of result."""
    _room(definition.results)
    return replace(definition, results=(*definition.results, result))


def change_result(definition: Definition, place: int, result: Result) -> Definition:
    """A kind of result otherwise."""
    return replace(definition, results=_changed(definition.results, place, result))


def remove_result(definition: Definition, place: int) -> Definition:
    """A kind of result goes."""
    return replace(definition, results=_without(definition.results, place))


def _room(items: Sequence[Any]) -> None:
    if len(items) >= MOST:
        raise Invalid("design_list_full", limit=MOST)


def _at(items: Sequence[Any], place: int) -> Any:
    if not 0 <= place < len(items):
        raise NotFound("design_place_unknown", place=place + 1)
    return items[place]


def _changed(items: Sequence[Any], place: int, item: Any) -> tuple[Any, ...]:
    _at(items, place)
    return (*items[:place], item, *items[place + 1 :])


def _without(items: Sequence[Any], place: int) -> tuple[Any, ...]:
    _at(items, place)
    return (*items[:place], *items[place + 1 :])


def _moved(items: Sequence[Any], place: int, down: bool) -> tuple[Any, ...]:
    _at(items, place)
    made, other = list(items), place + (1 if down else -1)
    if 0 <= other < len(made):
        made[place], made[other] = made[other], made[place]
    return tuple(made)


def _free(code: str, taken: set[str]) -> str:
    number, found = 2, code
    while found in taken:
        found, number = f"{code}-{number}", number + 1
    return found
