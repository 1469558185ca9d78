"""What a correction changes, in words: the question, what stood there, what is to stand there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.forms import label, shown
from motcua.sites.frame.words import language


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs; empty is not answered."""

    name: str
    label: str
    before: str
    after: str


def changes(form: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every answer that differs, in the order of the form."""
    fields: Mapping[str, Any] = form["properties"]
    return [
        Change(name, label(field, language()), told(field, before.get(name)), told(field, after.get(name)))
        for name, field in fields.items()
        if before.get(name) != after.get(name)
    ]


def labels_of(form: Mapping[str, Any], names: Iterable[str]) -> str:
    """The questions with these names, as a list in one line; names that the form does not have are left out."""
    fields = form["properties"]
    return ", ".join(label(fields[name], language()) for name in names if name in fields)


def told(field: Mapping[str, Any], value: Any) -> str:
    """An answer in words; a list of people or things a line each."""
    if field.get("type") != "array" or not isinstance(value, list) or "properties" not in field.get("items", {}):
        return shown(field, value, language()) if value is not None else ""
    columns = field["items"]["properties"]
    return "\n".join(
        f"{number}. " + ", ".join(shown(columns[key], row[key], language()) for key in columns if key in row)
        for number, row in enumerate(value, 1)
        if isinstance(row, dict)
    )
