"""What is wrong with a form definition, said before it is published: each problem names its place."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from motcua.forms import calculated
from motcua.forms.shape import OPERATORS

PREFILL_SOURCES = frozenset(
    [f"citizen.{key}" for key in ("full_name", "identity_number", "birth_date", "gender", "phone", "email")]
    + [f"citizen.{key}" for key in ("address", "nationality", "ethnicity")]
    + [f"organisation.{key}" for key in ("name", "tax_code", "address")]
)
TYPES = {"string", "integer", "number", "boolean", "array"}
FORMATS = {"date", "email", "partial-date"}
WIDGETS = {"textarea", "radios", "select", "checkbox", "money"}
NAME = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CHECKED_KEYS = {"type", "format", "pattern", "oneOf", "const", "items"}
LIMIT_KEYS = {"minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"}
WORD_KEYS = {"title", "x-en", "x-hint", "x-hint-en", "x-error", "x-error-en"}
KNOWN_KEYS = CHECKED_KEYS | LIMIT_KEYS | WORD_KEYS | {"x-prefill", "x-when", "x-widget", "x-source", "x-value"}
ORDERED = {"lt", "le", "gt", "ge"}
NO_ENGLISH = ": no x-en"


def problems(form: Any, *, draft: bool = False) -> list[str]:
    """Every contradiction in a form definition; empty when it may be used.

    A ``draft`` may still lack its English: a form that came from elsewhere has none, and none is made up for it.
    """
    if not isinstance(form, Mapping) or not isinstance(form.get("properties"), Mapping):
        return ["form: not an object with properties"]
    if not _sections_readable(form.get("x-sections")):
        return ["x-sections: not a list of sections, each with code, title, x-en and a list of fields"]
    own = form["properties"]
    odd = [f"{name}: a field is an object with a type" for name, field in own.items() if not _field_readable(field)]
    if odd:
        return odd
    checks = (_titles, _placing, _required, _fields, _conditions)
    found = [problem for check in checks for problem in check(form)]
    found = [problem for problem in found if not (draft and problem.endswith(NO_ENGLISH))]
    # Types make sense only when every field does.
    counted = [] if found else [*calculated.problems(form)]
    return found + [problem for problem in counted if not (draft and problem.endswith(NO_ENGLISH))]


def _sections_readable(raw: Any) -> bool:
    return (
        isinstance(raw, list)
        and bool(raw)
        and all(isinstance(one, Mapping) and isinstance(one.get("fields"), list) for one in raw)
        and all(isinstance(name, str) for one in raw for name in one["fields"])
        and all(isinstance(one.get("code"), str) and CODE.fullmatch(one["code"]) for one in raw)
    )


def _field_readable(field: Any) -> bool:
    return isinstance(field, Mapping) and isinstance(field.get("type"), str)


def _titles(form: Mapping[str, Any]) -> Iterator[str]:
    yield from _words("form", form)
    for section in form["x-sections"]:
        yield from _words(f"section {section['code']}", section)
    codes = Counter(section["code"] for section in form["x-sections"])
    yield from (f"section {code}: the code stands twice" for code, times in codes.items() if times > 1)


def _words(place: str, node: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{place}: no {key}" for key in ("title", "x-en") if not str(node.get(key) or "").strip())
    if bool(node.get("x-hint")) != bool(node.get("x-hint-en")):
        yield f"{place}: a hint in one language only"


def _placing(form: Mapping[str, Any]) -> Iterator[str]:
    """Every field stands in exactly one section, or a person would never be asked, or asked twice."""
    placed = Counter(name for section in form["x-sections"] for name in section["fields"])
    yield from (f"{name}: stands in {placed[name]} sections" for name in form["properties"] if placed[name] != 1)
    yield from (f"{name}: in a section but not a field" for name in placed if name not in form["properties"])
    yield from (f"section {one['code']}: has no field" for one in form["x-sections"] if not one["fields"])


def _required(form: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown_required("required", form, form["properties"])


def _unknown_required(place: str, node: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[str]:
    names = node.get("required", [])
    if not isinstance(names, list):
        yield f"{place}: not a list"
        return
    yield from (f"{place}: unknown field {name}" for name in names if name not in own)


def _fields(form: Mapping[str, Any]) -> Iterator[str]:
    for name, field in form["properties"].items():
        yield from _field(name, field)
        if field["type"] == "array":
            yield from _columns(name, field)


def _columns(name: str, field: Mapping[str, Any]) -> Iterator[str]:
    items = field["items"] if isinstance(field.get("items"), Mapping) else {}
    columns = items.get("properties")
    if not isinstance(columns, Mapping) or not all(_field_readable(column) for column in columns.values()):
        yield f"{name}: a list needs items with properties"
        return
    yield from _unknown_required(f"{name}: required", items, columns)
    if "maxItems" not in field:
        yield f"{name}: no maxItems"
    for column, definition in columns.items():
        yield from _field(f"{name}-{column}", definition, column)
        if definition["type"] == "array" or {"x-when", "x-prefill", "x-value"} & definition.keys():
            yield f"{name}-{column}: a column is a plain field without conditions"


def _field(place: str, field: Mapping[str, Any], name: str = "") -> Iterator[str]:
    yield from _words(place, field)
    if not NAME.fullmatch(name or place):
        yield f"{place}: a name is lower-case letters, digits and underscores"
    if field["type"] not in TYPES:
        yield f"{place}: unknown type {field['type']}"
    yield from (f"{place}: unknown key {key}" for key in field if key not in KNOWN_KEYS)
    for key, known in (("format", FORMATS), ("x-prefill", PREFILL_SOURCES), ("x-widget", WIDGETS)):
        if key in field and field[key] not in known:
            yield f"{place}: unknown {key} {field[key]}"
    yield from _options(place, field)
    yield from _bounds(place, field)


def _options(place: str, field: Mapping[str, Any]) -> Iterator[str]:
    options = field.get("oneOf", [])
    if not all(isinstance(option, Mapping) and isinstance(option.get("const"), str) for option in options):
        yield f"{place}: an option needs a const text"
        return
    for option in options:
        yield from _words(f"{place}={option['const']}", option)
    if len({option["const"] for option in options}) != len(options):
        yield f"{place}: an option stands twice"


def _bounds(place: str, field: Mapping[str, Any]) -> Iterator[str]:
    """Everything has a limit, and every pattern its own words: "wrong form" helps nobody."""
    free = field["type"] == "string" and not {"oneOf", "format"} & field.keys()
    if (free or field.get("format") == "email") and not isinstance(field.get("maxLength"), int):
        yield f"{place}: no maxLength"
    if "pattern" not in field:
        return
    if not (field.get("x-error") and field.get("x-error-en")):
        yield f"{place}: a pattern needs x-error and x-error-en"
    try:
        re.compile(field["pattern"])
    except (re.error, TypeError):
        yield f"{place}: the pattern can't be read"


def _conditions(form: Mapping[str, Any]) -> Iterator[str]:
    """A condition is about a field that was asked earlier: pages are read in order."""
    earlier: dict[str, Any] = {}
    for section in form["x-sections"]:
        for name in section["fields"]:
            field = form["properties"].get(name, {})
            yield from _when(name, field.get("x-when", []), earlier) if "x-when" in field else ()
            earlier[name] = field


def _when(name: str, conditions: Any, earlier: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(conditions, list) or not conditions:
        yield f"{name}: x-when is a list of conditions"
        return
    for condition in conditions:
        if not isinstance(condition, Mapping) or not {"field", "op"} <= condition.keys():
            yield f"{name}: a condition needs field and op"
        elif condition["field"] not in earlier:
            yield f"{name}: x-when refers to {condition['field']}, which is not an earlier field"
        elif condition["op"] not in OPERATORS:
            yield f"{name}: unknown operator {condition['op']}"
        else:
            yield from _value(name, condition, earlier[condition["field"]])


def _value(name: str, condition: Mapping[str, Any], field: Mapping[str, Any]) -> Iterator[str]:
    op, value = condition["op"], condition.get("value")
    if op == "filled":
        return
    values = value if op == "in" and isinstance(value, list) else [value]
    if op == "in" and not (isinstance(value, list) and value):
        yield f"{name}: the operator in needs a list of values"
    elif op in ORDERED and field["type"] not in ("integer", "number"):
        yield f"{name}: {op} compares numbers, {condition['field']} is not one"
    else:
        fits = FITS.get(field["type"], lambda _field, _value: False)
        yield from (f"{name}: {condition['field']} is never {one!r}" for one in values if not fits(field, one))


def _is_option(field: Mapping[str, Any], value: Any) -> bool:
    options = [option["const"] for option in field.get("oneOf", ())]
    return isinstance(value, str) and (not options or value in options)


def _is_number(_field: Mapping[str, Any], value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


FITS: dict[str, Callable[[Mapping[str, Any], Any], bool]] = {
    "string": _is_option,
    "boolean": lambda _field, value: isinstance(value, bool),
    "integer": _is_number,
    "number": _is_number,
}
