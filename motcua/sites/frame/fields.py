"""Form fields as plain values: what a page shows for one field of a form file, or of a Django form.

A form file is JSON Schema 2020-12 with ``x-`` keys (see docs/adding.md). `fields_of` makes the fields of one section;
the component ``<c-field :view="field" />`` draws any of them. Works without JavaScript.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, HiddenInput, PasswordInput, Textarea
from django.forms.widgets import ChoiceWidget
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.forms import Fault, holds, kept, label, parse_post, visible
from motcua.forms import shown as shown_answer

RADIOS_AT_MOST = 5  # more choices than this become a list to open
ROW = re.compile(r"([a-z0-9_]+)-([0-9]{1,3})-[a-z0-9_]+\Z")
AUTOCOMPLETE = {  # WCAG 2.2, 1.3.5: the purpose of a field about the person themselves
    "citizen.full_name": "name", "citizen.phone": "tel", "citizen.email": "email", "citizen.birth_date": "bday",
    "citizen.address": "street-address", "organisation.name": "organization",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose from."""

    value: str
    label: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as the page shows it.

    ``widget`` is text, textarea, select, radios, checks, check, file, rows, shown (calculated, nobody types it) or
    hidden. ``value`` is what stands in the box, also when it is wrong. ``attributes`` go on the input. ``rows``
    (repeated groups) hold the fields of each row.
    ``when`` is ``"field=value"`` while the question depends on another one of the same page, else empty.
    """

    name: str
    label: str
    widget: str = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = True
    prefilled: bool = False
    choices: tuple[Choice, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple["FieldView", ...], ...] = ()
    may_add: bool = False
    may_remove: bool = False
    when: str = ""

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of hint, error and origin, for ``aria-describedby``."""
        parts = (("hint", self.hint), ("error", self.error), ("origin", self.prefilled))
        return " ".join(f"{self.id}-{part}" for part, there in parts if there)

    @property
    def options(self) -> SafeString:
        """The choices as the options of a select; made here, since a long list costs a template loop milliseconds."""
        marks = {True: mark_safe(" selected"), False: ""}
        told = ((each.value, marks[each.chosen], each.label) for each in self.choices)
        return format_html_join("", '<option value="{}"{}>{}</option>', told)

    @property
    def grouped(self) -> bool:
        """Whether the label is the legend of a group of inputs."""
        return self.widget in {"radios", "checks", "rows"}

    @property
    def anchor(self) -> str:
        """Where the error summary leads: the first input of the field."""
        return f"{self.id}-0" if self.widget in {"radios", "checks"} else self.id


@dataclass(frozen=True, slots=True)
class Page:
    """What the fields of one page have in common."""

    form: Mapping[str, Any]
    fields: frozenset[str]
    visible: frozenset[str]
    errors: Mapping[str, str]
    prefilled: frozenset[str]
    language: str


def fields_of(
    form: Mapping[str, Any],
    section_code: str,
    answers: Mapping[str, Any],
    errors: Mapping[str, Fault | str] | None = None,
    prefilled: frozenset[str] | set[str] = frozenset(),
    language: str = "vi",
) -> list[FieldView]:
    """The fields of a section in their order.

    ``answers`` may hold values that are wrong; they are shown again. ``errors`` are what ``Form.check`` returned (by
    input name, in a row ``cu_tru-0-tu_ngay``), or sentences. A field that depends on an answer given on an earlier page
    is left out while the condition does not hold. Raises ``KeyError`` for an unknown section.
    """
    names = next((part["fields"] for part in form["x-sections"] if part["code"] == section_code), None)
    if names is None:
        raise KeyError(section_code)
    sound = kept(form, answers)
    answers = {
        **answers,
        **{name: sound.get(name) for name, field in form["properties"].items() if "x-value" in field},
    }
    told = {
        name: fault if isinstance(fault, str) else fault.sentence(language) for name, fault in (errors or {}).items()
    }
    page = Page(form, frozenset(names), frozenset(visible(form, answers)), told, frozenset(prefilled), language)
    required = set(form.get("required", ()))
    return [
        _view(page, name, form["properties"][name], answers.get(name), name in required)
        for name in names
        if _stands(form["properties"][name], page, answers)
    ]


def section_title(form: Mapping[str, Any], section_code: str, language: str = "vi") -> str:
    """The heading of a section."""
    section = next(part for part in form["x-sections"] if part["code"] == section_code)
    return label(section, language)


def heading(text: str) -> str:
    """A label in front of a sentence about it: a question keeps its mark, anything else ends in a colon."""
    text = text.rstrip(" .:")
    return text if text.endswith("?") else f"{text}:"


def error_list(fields: Iterable[FieldView], place: str = "") -> list[tuple[str, str]]:
    """``(anchor, "label: sentence")`` for the error summary, in the order of the page, rows included."""
    found = []
    for field in fields:
        if field.error:
            found.append((field.anchor, f"{place}{heading(field.label)} {field.error}"))
        for number, row in enumerate(field.rows, 1):
            found += error_list(row, f"{place}{field.label} {number}, ")
    return found


def change_rows(form: Mapping[str, Any], section_code: str, post: Mapping[str, list[str]]) -> dict[str, Any] | None:
    """The answers after a pressed "add a row" (``_add=cu_tru``) or "remove" (``_remove=cu_tru-1``) button.

    None when neither was pressed. Otherwise the page is shown again with these answers, and nothing is checked.
    """
    add, remove = (post.get(key, [""])[-1] for key in ("_add", "_remove"))
    if not add and not remove:
        return None
    name = add or remove.rpartition("-")[0]
    left = {key: values for key, values in post.items() if not (remove and key.startswith(remove + "-"))}
    answers = parse_post(form, section_code, left)
    if form["properties"].get(name, {}).get("type") == "array":
        numbers = {found[2] for key in left if (found := ROW.match(key)) and found[1] == name}
        rows = answers.get(name, [])
        answers[name] = rows + [{}] * (len(numbers) + bool(add) - len(rows))
    return answers


def views_of(form: BaseForm, prefilled: frozenset[str] = frozenset()) -> list[FieldView]:
    """The fields of a Django form, drawn by the same component."""
    return [_bound_view(field, field.name in prefilled) for field in form]


def _view(
    page: Page, name: str, schema: Mapping[str, Any], value: Any, required: bool, prefix: str = ""
) -> FieldView:
    full = prefix + name
    widget = _widget(schema)
    return FieldView(
        name=full,
        label=label(schema, page.language),
        widget=widget,
        value=shown_answer(schema, value, page.language) if widget in {"text", "textarea", "shown"} else "",
        hint=_hint(schema, page.language),
        error=page.errors.get(full, ""),
        required=required or widget == "shown",
        prefilled=full in page.prefilled,
        choices=_choices(schema, value, page.language),
        attributes=_attributes(schema) if widget in {"text", "textarea"} else (),
        when=_when(schema, page),
        **(_rows(page, full, schema, value) if widget == "rows" else {}),
    )


def _rows(page: Page, name: str, schema: Mapping[str, Any], value: Any) -> dict[str, Any]:
    items, least = schema["items"], max(1, schema.get("minItems", 0))
    given = [row if isinstance(row, dict) else {} for row in value] if isinstance(value, list) else []
    given += [{}] * (least - len(given))
    required = set(items.get("required", ()))
    rows = tuple(
        tuple(
            _view(page, part, inner, row.get(part), part in required, f"{name}-{number}-")
            for part, inner in items["properties"].items()
        )
        for number, row in enumerate(given)
    )
    return {
        "rows": rows,
        "may_add": len(given) < schema.get("maxItems", 20),
        "may_remove": len(given) > least,
    }


def _widget(schema: Mapping[str, Any]) -> str:
    if "x-value" in schema:
        return "shown"
    if "x-widget" in schema:
        return {"checkbox": "check", "money": "text"}.get(schema["x-widget"], schema["x-widget"])
    if schema.get("type") == "array":
        return "rows" if "properties" in schema.get("items", {}) else "checks"
    if schema.get("type") == "boolean":
        return "radios"
    if "oneOf" in schema:
        return "radios" if len(schema["oneOf"]) <= RADIOS_AT_MOST else "select"
    return "text"


def _choices(schema: Mapping[str, Any], value: Any, language: str) -> tuple[Choice, ...]:
    if schema.get("type") == "boolean":
        words = ((True, _("Có")), (False, _("Không")))
        return tuple(Choice("true" if one else "false", word, value is one) for one, word in words)
    options = schema.get("oneOf") or schema.get("items", {}).get("oneOf") or ()
    chosen = value if isinstance(value, list) else [value]
    return tuple(
        Choice(str(one["const"]), label(one, language), one["const"] in chosen, one.get("x-hint", ""))
        for one in options
    )


def _attributes(schema: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Type, keyboard, width and purpose. No ``maxlength``: the check says what is too long, the box cuts nothing off."""
    kinds = {
        "date": {"inputmode": "numeric", "class": "date"},
        "partial-date": {"inputmode": "numeric", "class": "date"},
        "email": {"type": "email", "autocomplete": "email", "spellcheck": "false"},
    }
    found = dict(kinds.get(schema.get("format", ""), {}))
    if schema.get("type") in {"integer", "number"}:
        found = {"inputmode": "numeric" if schema["type"] == "integer" else "decimal", "class": "number"}
    elif re.fullmatch(r"\^?(\\d|\[0-9\])\S*", schema.get("pattern", "")):
        found |= {"inputmode": "numeric", "class": "number"}
    elif schema.get("maxLength", 999) <= 20:
        found.setdefault("class", "short")
    if purpose := AUTOCOMPLETE.get(schema.get("x-prefill", "")):
        found["autocomplete"] = purpose
    return tuple(found.items())


def _hint(schema: Mapping[str, Any], language: str) -> str:
    given = schema.get("x-hint-en", "") if language == "en" else schema.get("x-hint", "")
    if not given and schema.get("format") == "date":
        return _("Ngày/tháng/năm, ví dụ 27/03/2024")
    if not given and schema.get("format") == "partial-date":
        return _("Ngày/tháng/năm, hoặc chỉ tháng/năm, hoặc chỉ năm")
    return str(given)


def _when(schema: Mapping[str, Any], page: Page) -> str:
    """The one condition the small script can follow: equality with an answer of the same page."""
    conditions = schema.get("x-when", ())
    if len(conditions) != 1 or conditions[0]["op"] != "eq" or conditions[0]["field"] not in page.fields:
        return ""
    value = conditions[0]["value"]
    return f"{conditions[0]['field']}={str(value).lower() if isinstance(value, bool) else value}"


def _stands(schema: Mapping[str, Any], page: Page, answers: Mapping[str, Any]) -> bool:
    """Whether a field is on the page: conditions on the same page can't be known yet, so they do not hide it."""
    outside = [one for one in schema.get("x-when", ()) if one["field"] not in page.fields]
    return all(one["field"] in page.visible and holds(one, answers) for one in outside)


def _bound_choices(field: BoundField) -> tuple[Choice, ...]:
    value = field.value()
    chosen = set(map(str, value)) if isinstance(value, list | tuple) else {str(value)}
    offered = getattr(field.field, "choices", ())
    return tuple(Choice(str(one), str(words), str(one) in chosen) for one, words in offered if one not in ("", None))


def _bound_view(field: BoundField, prefilled: bool) -> FieldView:
    widget = field.field.widget
    kinds = ((HiddenInput, "hidden"), (Textarea, "textarea"), (CheckboxInput, "check"), (FileInput, "file"))
    kind = next((name for shape, name in kinds if isinstance(widget, shape)), "text")
    choices = _bound_choices(field)
    if isinstance(widget, ChoiceWidget):
        many = "checks" if widget.allow_multiple_selected else "radios"
        kind = many if widget.allow_multiple_selected or len(choices) <= RADIOS_AT_MOST else "select"
    value = field.value()
    attributes = {key: str(item) for key, item in widget.attrs.items() if key != "checked"}
    if kind == "text":
        attributes.setdefault("type", getattr(widget, "input_type", "text"))
    return FieldView(
        name=field.html_name,
        label=str(field.label),
        widget=kind,
        value="" if value is None or isinstance(widget, PasswordInput) else str(value),
        hint=str(field.help_text),
        error=" ".join(map(str, field.errors)),
        required=field.field.required,
        prefilled=prefilled,
        choices=choices or ((Choice("on", str(field.label), bool(value)),) if kind == "check" else ()),
        attributes=tuple(attributes.items()),
    )
