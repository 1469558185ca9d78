"""Calculated values (``x-value``) and rules over several answers (``x-rules``), both written in CEL. Pure.

A calculated value is made on the server from the answers before it and never taken from a post. A rule is judged once
everything it reads was answered; then what is not surely true is a fault at its ``field``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.forms.expressions import ANSWERED, SCALARS, Expression, compiled

VALUE, RULES = "x-value", "x-rules"
MOST_RULES = 100
RULE_KEYS = {"that", "error", "error-en", "field"}
EMPTY: tuple[Any, ...] = (None, "", [], {})


def calculates(form: Mapping[str, Any]) -> bool:
    """Whether any field of the form is calculated."""
    return any(VALUE in field for field in form["properties"].values())


def value_of(form: Mapping[str, Any], name: str, answers: Mapping[str, Any]) -> Any:
    """The calculated value of a field; None while something it needs is missing."""
    field = form["properties"][name]
    value = compiled(field[VALUE], form, wants=SCALARS[field["type"]]).value(answers)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def broken_rules(form: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rules that these answers break, in the order of the form."""
    for rule in form.get(RULES, ()):
        test = compiled(rule["that"], form)
        if _answered(test, answers) and not test.holds(answers):
            yield rule


def _answered(test: Expression, answers: Mapping[str, Any]) -> bool:
    needed = {name.partition(".")[0] for name in test.names if not name.startswith(ANSWERED)}
    return all(isinstance(answers.get(name), bool) or answers.get(name) not in EMPTY for name in needed)


def problems(form: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the formulas and the rules of a form: unknown names, unlike types, what is asked later."""
    earlier: set[str] = set()
    for section in form["x-sections"]:
        for name in section["fields"]:
            field = form["properties"].get(name, {})
            if VALUE in field:
                yield from _formula(form, name, field, earlier)
            earlier.add(name)
    yield from _rules(form)


def _formula(form: Mapping[str, Any], name: str, field: Mapping[str, Any], earlier: set[str]) -> Iterator[str]:
    if field["type"] not in SCALARS or "oneOf" in field:
        yield f"{name}: x-value gives one text, number or yes-no"
        return
    if name in form.get("required", ()):
        yield f"{name}: is calculated, nobody can be required to answer it"
    if "x-prefill" in field:
        yield f"{name}: x-value and x-prefill contradict each other"
    try:
        read = compiled(field[VALUE], form, wants=SCALARS[field["type"]]).names
    except (DefinitionError, TypeError) as problem:
        yield f"{name}: x-value: {problem}"
        return
    for other in sorted({_field(each) for each in read} - earlier):
        yield f"{name}: x-value reads {other}, which is not an earlier field"


def _field(name: str) -> str:
    return name.removeprefix(ANSWERED).partition(".")[0]


def _rules(form: Mapping[str, Any]) -> Iterator[str]:
    rules = form.get(RULES, [])
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        yield f"x-rules: not a list of at most {MOST_RULES} rules"
        return
    for number, rule in enumerate(rules, 1):
        if not isinstance(rule, Mapping) or not all(isinstance(rule.get(key), str) for key in RULE_KEYS):
            yield f"x-rules {number}: a rule has that, error, error-en and field"
            continue
        yield from _rule(form, f"x-rules {number}", rule)


def _rule(form: Mapping[str, Any], place: str, rule: Mapping[str, Any]) -> Iterator[str]:
    if not rule["error"].strip():
        yield f"{place}: no error"
    if not rule["error-en"].strip():
        yield f"{place}: no x-en"
    try:
        read = {_field(each) for each in compiled(rule["that"], form).names}
    except DefinitionError as problem:
        yield f"{place}: {problem}"
        return
    if rule["field"] not in read:
        yield f"{place}: reads no field {rule['field']!r}, so its error can't stand there"
