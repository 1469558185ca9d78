"""What a form definition says: its sections, its fields, and which of them apply to the answers so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, TypeVar

from motcua.forms.calculated import VALUE, value_of

ABSENT = object()
Definition = Mapping[str, Any]
Answers = Mapping[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form: a few fields that belong together, in the order they are asked."""

    code: str
    title: str
    title_en: str
    fields: tuple[str, ...]
    hint: str = ""
    hint_en: str = ""

    def answered(self, answers: Answers, given: Answers) -> dict[str, Any]:
        """All answers, with those of this page replaced by what was ``given`` on it; one not given again is gone."""
        others = {name: value for name, value in answers.items() if name not in self.fields}
        return others | {name: value for name, value in given.items() if name in self.fields}

    def own(self, faults: Mapping[str, Found]) -> dict[str, Found]:
        """Of what was found by input name (``cu_tru-0-tu_ngay``), what stands on this page."""
        return {path: found for path, found in faults.items() if path.partition("-")[0] in self.fields}


def fields(form: Definition) -> dict[str, dict[str, Any]]:
    """The fields by name, in the order a person meets them."""
    properties = form["properties"]
    return {name: properties[name] for section in form["x-sections"] for name in section["fields"]}


def sections(form: Definition) -> list[Section]:
    """The pages of the form in order."""
    return [_section(raw) for raw in form["x-sections"]]


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(
        raw["code"],
        raw["title"],
        raw.get("x-en") or raw["title"],  # only a draft lacks its English
        tuple(raw["fields"]),
        raw.get("x-hint", ""),
        raw.get("x-hint-en", ""),
    )


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON sees it: ``true`` is not 1."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(value: Any, limit: Any) -> bool:
        return _is_number(value) and _is_number(limit) and compare(value, limit)

    return test


def _filled(value: Any, _: Any) -> bool:
    return value not in ("", [], {}) or isinstance(value, bool)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": _same,
    "ne": lambda value, other: not _same(value, other),
    "lt": _ordered(lt),
    "le": _ordered(le),
    "gt": _ordered(gt),
    "ge": _ordered(ge),
    "in": lambda value, options: any(_same(value, option) for option in options),
    "filled": _filled,
}


def holds(condition: Mapping[str, Any], answers: Answers) -> bool:
    """Whether a condition ``{field, op, value}`` holds. Without an answer nothing does, not even ``ne``.

    Raises `KeyError` on an unknown operator: a definition is checked by ``problems`` before it is used.
    """
    test = OPERATORS[condition["op"]]
    value = answers.get(condition["field"])
    return value is not None and test(value, condition.get("value"))


def visible(form: Definition, answers: Answers) -> set[str]:
    """Names of the fields that apply to ``answers``. A condition on a field that does not apply fails."""
    return _walked(form, answers)[0]


def kept(form: Definition, answers: Answers) -> dict[str, Any]:
    """The answers without those to questions that no longer apply after an earlier answer was changed.

    Calculated values are made anew from the answers before them, whatever ``answers`` says.
    """
    return _walked(form, answers)[1]


def _walked(form: Definition, answers: Answers) -> tuple[set[str], dict[str, Any]]:
    """What applies and what stands there, in the order of the form: each field depends on earlier ones only."""
    shown: set[str] = set()
    found: dict[str, Any] = {}
    for name, field in fields(form).items():
        if not all(holds(condition, found) for condition in field.get("x-when", ())):
            continue
        shown.add(name)
        value = value_of(form, name, found) if VALUE in field else answers.get(name, ABSENT)
        if value is not ABSENT and not (VALUE in field and value is None):
            found[name] = value
    return shown, found
