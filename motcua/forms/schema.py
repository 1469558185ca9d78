"""From a form definition to plain JSON Schema 2020-12, for checking, for the API and for other agencies."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from motcua.forms.shape import Definition, fields

CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
# Text has a visible character and no control character: PostgreSQL stores no NUL, and no person types one.
PLAIN_TEXT = rf"^[^{CONTROL}]*[^{CONTROL}\s][^{CONTROL}]*$"

TESTS: dict[str, Callable[[Any], Any]] = {
    "eq": lambda value: {"const": value},
    "ne": lambda value: {"not": {"const": value}},
    "lt": lambda value: {"type": "number", "exclusiveMaximum": value},
    "le": lambda value: {"type": "number", "maximum": value},
    "gt": lambda value: {"type": "number", "exclusiveMinimum": value},
    "ge": lambda value: {"type": "number", "minimum": value},
    "in": lambda value: {"enum": list(value)},
    "filled": lambda _: {"not": {"enum": ["", [], {}, None]}},
}


def schema_of(form: Definition) -> dict[str, Any]:
    """Plain JSON Schema 2020-12 that accepts exactly the answers the form accepts.

    A field with ``x-when`` is required (if listed in ``required``) while its conditions hold, and must be
    absent otherwise. Nothing unknown is accepted.
    """
    own = fields(form)
    required = set(form.get("required", ()))
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.get("title", ""),
        "type": "object",
        "properties": {name: _field(field) for name, field in own.items()},
        "required": [name for name in own if name in required and "x-when" not in own[name]],
        "additionalProperties": False,
    }
    rules = _conditional(own, required)
    return schema | {"allOf": rules} if rules else schema


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    """The field without its ``x-`` keys; its options as an ``enum``, checked faster than ``oneOf``."""
    plain = {key: value for key, value in field.items() if not key.startswith("x-") and key != "oneOf"}
    if "oneOf" in field:
        return plain | {"enum": [option["const"] for option in field["oneOf"]]}
    if field.get("type") == "string" and not {"pattern", "format"} & field.keys():
        return plain | {"pattern": PLAIN_TEXT}
    if field.get("type") == "array":
        return plain | {"items": _row(field["items"])}
    return plain


def _row(items: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in items["properties"].items()},
        "required": list(items.get("required", ())),
        "additionalProperties": False,
    }


def _conditional(own: Mapping[str, Mapping[str, Any]], required: set[str]) -> list[dict[str, Any]]:
    """One if-then-else for each different set of conditions, over all fields that share it."""
    groups: dict[str, list[str]] = {}
    for name, field in own.items():
        if "x-when" in field:
            groups.setdefault(json.dumps(field["x-when"], sort_keys=True), []).append(name)
    return [_rule(own[names[0]]["x-when"], names, required) for names in groups.values()]


def _rule(conditions: list[dict[str, Any]], names: list[str], required: set[str]) -> dict[str, Any]:
    needed = [name for name in names if name in required]
    rule: dict[str, Any] = {"if": {"allOf": [_test(condition) for condition in conditions]}}
    if needed:
        rule["then"] = {"required": needed}
    return rule | {"else": {"properties": dict.fromkeys(names, False)}}


def _test(condition: Mapping[str, Any]) -> dict[str, Any]:
    name = condition["field"]
    return {"required": [name], "properties": {name: TESTS[condition["op"]](condition.get("value"))}}
