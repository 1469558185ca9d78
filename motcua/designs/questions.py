"""A question of a form as the designer holds it, and how it is written as a field of the form engine and read back."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from motcua.base.errors import Invalid

MOST_OPTIONS = 1000
LONG, SHORT, ROWS = 4000, 200, 20
IDENTITY, PHONE = "^[0-9]{12}$", "^[0-9+ ]{8,20}$"
IDENTITY_WORDS = ("Số định danh cá nhân gồm 12 chữ số.", "An identity number has 12 digits.")
PHONE_WORDS = (
    "Viết số điện thoại bằng chữ số, ví dụ 0912 345 678.",
    "Write the number in figures, such as 0912 345 678.",
)
# The kinds that an administrator chooses from, in the order of the page.
KINDS = (
    "text", "long_text", "choice", "yes_no", "agree", "date", "partial_date", "whole", "number", "money", "email",
    "phone", "identity", "group",
)  # fmt: skip
IN_GROUPS = tuple(kind for kind in KINDS if kind != "group")
CALCULATED = frozenset({"text", "whole", "number", "money", "yes_no", "date"})  # kinds that a formula may give


class Option(msgspec.Struct, frozen=True):
    """One answer to choose from; ``value`` is what is kept."""

    value: str
    title: str
    title_en: str = ""


class Question(msgspec.Struct, frozen=True):
    """A question as one value. ``least`` and ``most`` are letters of a text, the bounds of a number, rows of a group.

    ``when``: conditions ``{field, op, value}``, all of which must hold. ``formula``: CEL; then nobody is asked.
    """

    kind: str
    title: str
    title_en: str = ""
    hint: str = ""
    hint_en: str = ""
    required: bool = True
    least: float | None = None
    most: float | None = None
    pattern: str = ""
    error: str = ""
    error_en: str = ""
    options: tuple[Option, ...] = ()
    prefill: str = ""
    when: tuple[dict[str, Any], ...] = ()
    formula: str = ""


def question_of(field: Mapping[str, Any], required: bool) -> Question:
    """The question that a field of a form asks."""
    bounds = BOUNDS.get(field.get("type", ""), ("", ""))
    options = [Option(one["const"], one.get("title", ""), one.get("x-en", "")) for one in field.get("oneOf", ())]
    return Question(
        kind_of(field), field.get("title", ""), field.get("x-en", ""), field.get("x-hint", ""),
        field.get("x-hint-en", ""), required, field.get(bounds[0]), field.get(bounds[1]), field.get("pattern", ""),
        field.get("x-error", ""), field.get("x-error-en", ""), tuple(options), field.get("x-prefill", ""),
        tuple(field.get("x-when", ())), field.get("x-value", ""),
    )  # fmt: skip


def kind_of(field: Mapping[str, Any]) -> str:
    """Which kind a field is."""
    found = next((kind for kind, test in TESTS if test(field)), "text")
    return found


def field_of(question: Question, old: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The field that asks this question; what the designer does not know of an ``old`` one stays as it was.

    Raises `Invalid` ``design_*`` for a question that contradicts itself.
    """
    if question.kind not in KINDS:
        raise Invalid("design_kind_unknown", kind=question.kind)
    _check(question)
    kept = {key: value for key, value in (old or {}).items() if key not in WRITTEN}
    if question.kind in {"choice", "yes_no"} and (old or {}).get("x-widget") in {"radios", "select"}:
        kept["x-widget"] = old["x-widget"]  # type: ignore[index]
    words = {
        "title": question.title, "x-en": question.title_en, "x-hint": question.hint, "x-hint-en": question.hint_en,
        "x-error": question.error, "x-error-en": question.error_en, "x-prefill": question.prefill,
        "x-when": [dict(one) for one in question.when], "x-value": question.formula,
    }  # fmt: skip
    made = SHAPES[question.kind](question) | {key: value for key, value in words.items() if value}
    return {**made, **kept}


def _check(question: Question) -> None:
    if not question.title.strip():
        raise Invalid("design_title_missing")
    if question.kind == "choice" and not 1 <= len(question.options) <= MOST_OPTIONS:
        raise Invalid("design_options_many", many=len(question.options), limit=MOST_OPTIONS)
    values = [option.value for option in question.options]
    if twice := sorted({value for value in values if values.count(value) > 1}):
        raise Invalid("design_option_twice", options=twice)
    if question.least is not None and question.most is not None and question.least > question.most:
        raise Invalid("design_bounds", least=question.least, most=question.most)
    if question.formula and question.kind not in CALCULATED:
        raise Invalid("design_formula_kind")


def _whole(value: float | None, otherwise: int | None) -> int | None:
    return otherwise if value is None else int(value)


def _text(question: Question) -> dict[str, Any]:
    least = {"minLength": int(question.least)} if question.least else {}
    found = {"type": "string", **least, "maxLength": _whole(question.most, SHORT)}
    return found | ({"pattern": question.pattern} if question.pattern else {})


def _long(question: Question) -> dict[str, Any]:
    return _text(msgspec.structs.replace(question, most=question.most or LONG)) | {"x-widget": "textarea"}


def _numeric(kind: str) -> Callable[[Question], dict[str, Any]]:
    def made(question: Question) -> dict[str, Any]:
        bounds = {"minimum": question.least, "maximum": question.most}
        whole = {key: _plain(value) for key, value in bounds.items() if value is not None}
        return {"type": kind, **whole}

    return made


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _money(question: Question) -> dict[str, Any]:
    least = 0 if question.least is None else question.least
    return _numeric("integer")(msgspec.structs.replace(question, least=least)) | {"x-widget": "money"}


def _choice(question: Question) -> dict[str, Any]:
    options = [
        {"const": one.value, "title": one.title} | ({"x-en": one.title_en} if one.title_en else {})
        for one in question.options
    ]
    return {"type": "string", "oneOf": options}


def _fixed(pattern: str, longest: int) -> Callable[[Question], dict[str, Any]]:
    def made(question: Question) -> dict[str, Any]:
        least = {"minLength": int(question.least)} if question.least else {}
        return {"type": "string", **least, "maxLength": _whole(question.most, longest), "pattern": pattern}

    return made


def _group(question: Question) -> dict[str, Any]:
    least = {"minItems": int(question.least)} if question.least else {}
    return {"type": "array", **least, "maxItems": _whole(question.most, ROWS),
            "items": {"type": "object", "properties": {}, "required": []}}  # fmt: skip


def _format(name: str, **more: Any) -> Callable[[Question], dict[str, Any]]:
    return lambda _question: {"type": "string", "format": name, **more}


SHAPES: dict[str, Callable[[Question], dict[str, Any]]] = {
    "text": _text,
    "long_text": _long,
    "choice": _choice,
    "yes_no": lambda _question: {"type": "boolean"},
    "agree": lambda _question: {"type": "boolean", "const": True, "x-widget": "checkbox"},
    "date": _format("date"),
    "partial_date": _format("partial-date"),
    "whole": _numeric("integer"),
    "number": _numeric("number"),
    "money": _money,
    "email": lambda question: {"type": "string", "format": "email", "maxLength": _whole(question.most, SHORT)},
    "phone": _fixed(PHONE, 20),
    "identity": _fixed(IDENTITY, 12),
    "group": _group,
}
BOUNDS = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}
TESTS: tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...] = (
    ("group", lambda field: field.get("type") == "array"),
    ("agree", lambda field: field.get("type") == "boolean" and field.get("const") is True),
    ("yes_no", lambda field: field.get("type") == "boolean"),
    ("money", lambda field: field.get("x-widget") == "money"),
    ("whole", lambda field: field.get("type") == "integer"),
    ("number", lambda field: field.get("type") == "number"),
    ("choice", lambda field: bool(field.get("oneOf"))),
    ("date", lambda field: field.get("format") == "date"),
    ("partial_date", lambda field: field.get("format") == "partial-date"),
    ("email", lambda field: field.get("format") == "email"),
    ("identity", lambda field: field.get("pattern") == IDENTITY),
    ("phone", lambda field: field.get("pattern") == PHONE),
    ("long_text", lambda field: field.get("x-widget") == "textarea"),
)
# Keys that a question writes; others of an old field (where it came from) are kept.
WRITTEN = frozenset({
    "type", "format", "pattern", "oneOf", "const", "title", "x-en", "x-hint", "x-hint-en", "x-error", "x-error-en",
    "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "x-prefill", "x-when", "x-value", "x-widget",
})  # fmt: skip
