"""Small worlds: the few cases in which some conditions can differ, so that all of them can be asked about each.

For every name that a condition reads: each value it is compared with, one below and one above, the options of the form,
both truths, and no answer where none is required. For comparisons that is a proof, for functions over texts and lists a
sample. What the form can't have (an answer to a question that does not apply) is no case.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from math import prod
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.forms.expressions import ANSWERED, Expression
from motcua.forms.shape import holds
from motcua.forms.tokens import chains, literals, tokens
from motcua.processes.conditions import COUNTED, NAMES, OPTIONS, condition
from motcua.processes.definition import Step
from motcua.processes.ways import exits

MOST_CASES = 20_000
MOST_ROWS = 21
ANY = -1  # every bit
Literal = str | int | float | bool


@dataclass(frozen=True, slots=True)
class World:
    """All ``cases``, each as the place of its value among the ``choices`` for each of the ``names``."""

    names: tuple[str, ...]
    choices: tuple[tuple[Any, ...], ...]
    cases: tuple[tuple[int, ...], ...]

    def values(self, case: Sequence[int]) -> dict[str, Any]:
        """The values by name; None where there is no answer."""
        return {name: those[nth] for name, those, nth in zip(self.names, self.choices, case, strict=True)}

    def truth(self, condition: Expression) -> list[bool]:
        """Whether the condition holds, for each case; asked once for each set of values that it can see."""
        seen = [place for place, name in enumerate(self.names) if name in {base(one) for one in condition.names}]
        known: dict[tuple[int, ...], bool] = {}
        found = []
        for case in self.cases:
            key = tuple(case[place] for place in seen)
            if key not in known:
                known[key] = condition.holds(self.values(case))
            found.append(known[key])
        return found


def base(name: str) -> str:
    """What must be known to give a name its value: the field of ``answered.x`` and of a column, else the name."""
    return name if name in NAMES else name.removeprefix(ANSWERED).partition(".")[0]


def world(conditions: Iterable[Expression], form: Mapping[str, Any]) -> World | None:
    """The world of these conditions; None where it has more than `MOST_CASES`."""
    compared = _compared(conditions, form)
    names = tuple(sorted(compared))
    choices = tuple(tuple(_choices(name, form, list(compared[name].values()))) for name in names)
    if prod(map(len, choices)) > MOST_CASES:
        return None
    whole = World(names, choices, ())
    everything = product(*(range(len(those)) for those in choices))
    return World(names, choices, tuple(case for case in everything if _possible(whole.values(case), form)))


def _compared(
    conditions: Iterable[Expression], form: Mapping[str, Any]
) -> dict[str, dict[tuple[type, Any], Literal]]:
    """The names that are read, with the values they are compared with; so for the questions that they depend on."""
    found: dict[str, dict[tuple[type, Any], Literal]] = {}
    for one in conditions:
        values = {(type(value), value): value for value in literals(tokens(one.text))}
        for name in one.names:
            found.setdefault(base(name), {}).update(values)
    waiting = list(found)
    while waiting:
        for rule in _field(form, waiting.pop()).get("x-when", ()):
            if rule["field"] not in found:
                waiting.append(rule["field"])
            value = rule.get("value")
            for literal in value if isinstance(value, list) else [value]:
                found.setdefault(rule["field"], {})[type(literal), literal] = literal
    return found


def _field(form: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    field: Mapping[str, Any] = form["properties"].get(name, {})
    return field


def _choices(name: str, form: Mapping[str, Any], compared: list[Literal]) -> list[Any]:
    """The values of ``name`` that can matter; None for no answer."""
    if name in OPTIONS:
        return list(OPTIONS[name])
    if name in NAMES:
        return _of_kind(_as_field(NAMES[name]), compared)
    field = _field(form, name)
    if field.get("type") == "array":
        return _lists(field, compared, name in form.get("required", ()))
    always = name in form.get("required", ()) and "x-when" not in field
    return [*([] if always else [None]), *_of_kind(field, compared)]


def _as_field(kind: str) -> Mapping[str, Any]:
    return {"type": "boolean"} if kind == "bool" else {"type": "integer", "minimum": 0}


def _of_kind(field: Mapping[str, Any], compared: list[Literal]) -> list[Any]:
    kind = field.get("type")
    if kind == "boolean":
        return [True, False]
    if kind in {"integer", "number"}:
        return _numbers(field, [one for one in compared if isinstance(one, int | float) and type(one) is not bool])
    if options := [option["const"] for option in field.get("oneOf", ())]:
        return options
    texts = [one for one in compared if isinstance(one, str)]
    return _days(texts) if field.get("format") == "date" else [*texts, *(f"{one}~" for one in texts), "!"]


def _numbers(field: Mapping[str, Any], compared: list[int | float]) -> list[int | float]:
    least, most = field.get("minimum"), field.get("maximum")
    edges = sorted({0, *compared, *(edge for edge in (least, most) if edge is not None)})
    if field["type"] == "integer":
        near = {int(edge) + step for edge in edges for step in (-1, 0, 1)}
    else:
        near = {edges[0] - 1, *edges, *((low + high) / 2 for low, high in pairwise(edges)), edges[-1] + 1}
    return sorted(one for one in near if (least is None or one >= least) and (most is None or one <= most))


def _days(texts: list[str]) -> list[str]:
    days = set()
    for text in texts:
        try:
            day = date.fromisoformat(text)
            days |= {day, day - timedelta(days=1), day + timedelta(days=1)}
        except (ValueError, OverflowError):
            continue  # compared with what is no day: always the same
    return [day.isoformat() for day in sorted(days | {date(2000, 1, 1)})]


def _lists(field: Mapping[str, Any], compared: list[Literal], required: bool) -> list[Any]:
    """No row, a row for every value of a column that can matter, and as many rows as are counted."""
    columns = {name: _of_kind(one, compared) for name, one in (field["items"].get("properties") or {}).items()}
    usual = {name: values[0] for name, values in columns.items() if values}
    rows = [usual, *({**usual, name: value} for name, values in columns.items() for value in values[1:])]
    least = max(int(field.get("minItems", 0)), 1 if required else 0)
    counts = {int(one) + step for one in compared if type(one) is int for step in (-1, 0, 1)} | {0, 1, least}
    most = min(int(field.get("maxItems", MOST_ROWS)), MOST_ROWS)
    found = [[usual] * count for count in sorted(counts) if least <= count <= most]
    return [*found, *([row] for row in rows[1:] if least <= 1)]


def _possible(values: Mapping[str, Any], form: Mapping[str, Any]) -> bool:
    """Whether a person can have filed this: no answer where the question does not apply, one where it is required."""
    for name, value in values.items():
        rules = _field(form, name).get("x-when", ())
        applies = all(values.get(rule["field"]) is not None and holds(rule, values) for rule in rules)
        if rules and not applies and value not in (None, []):
            return False
        if applies and value is None and name in form.get("required", ()):
            return False
    return True


def possible(steps: tuple[Step, ...], form: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """For each exit (step, action) the worlds in which it can be taken, as bits; two that share none exclude each other.

    A world is what does not change on the way: the answers and how it was filed. What is counted may be anything at each
    step. Where nothing can be proved (too many cases, functions, a condition that can't be read) every bit is set.
    """
    whens = {way.when for step in steps for way in exits(step).values() if way.when}
    known = {when: expression for when in whens if (expression := _comparison(when, form))}
    whole = world(known.values(), form) if known else None
    if whole is None:
        return {(step.step, action): ANY for step in steps for action in step.then}
    fixed = [place for place, name in enumerate(whole.names) if name not in COUNTED]
    numbers: dict[tuple[int, ...], int] = {}
    bits = [1 << numbers.setdefault(tuple(case[place] for place in fixed), len(numbers)) for case in whole.cases]
    truths = {when: whole.truth(expression) for when, expression in known.items()}
    return {
        (step.step, action): mask
        for step in steps
        for action, mask in zip(exits(step), _masks(step, truths, bits), strict=True)
    }


def _masks(step: Step, truths: Mapping[str, list[bool]], bits: list[int]) -> Iterator[int]:
    """The worlds of each exit of a step; an automatic step has left by the first that is open."""
    left = [False] * len(bits)
    for way in exits(step).values():
        open_ = truths.get(way.when, [True] * len(bits))
        mask = 0
        for bit, is_open, gone in zip(bits, open_, left, strict=True):
            mask |= bit if is_open and not gone else 0
        yield mask if way.when in truths or any(left) else ANY
        if step.does == "automatic" and (way.when in truths or not way.when):
            left = [one or other for one, other in zip(left, open_, strict=True)]


def _comparison(when: str, form: Mapping[str, Any]) -> Expression | None:
    """The condition if its cases prove something: it only compares, and calls or counts nothing."""
    try:
        words = tokens(when)
        found = condition(when, form)
    except DefinitionError:
        return None
    arithmetic = any(word.kind == "sign" and word.text in "+*/%" for word in words)
    return None if arithmetic or any(chain.called for chain in chains(words)) else found
