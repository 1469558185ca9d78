"""A form compiled once and used for every answer: the check that both the pages and the API stand on."""

import re
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Any

import jsonschema_rs

from motcua.base.errors import DefinitionError
from motcua.forms.calculated import RULES, VALUE, broken_rules, calculates
from motcua.forms.problems import problems
from motcua.forms.schema import CONTROL, PLAIN_TEXT, schema_of
from motcua.forms.sentences import sentence
from motcua.forms.shape import Answers, Definition, Section, fields, kept, sections, visible

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
FIRST_YEAR, LAST_YEAR = 1800, 2199  # a year outside is a slip of the pen: nobody lives then, no calendar counts then
NOT_PLAIN = re.compile(rf"[{CONTROL}]")


class Fault:
    """What is wrong with one answer: a stable ``code`` and the values its sentence is filled with."""

    __slots__ = ("code", "params")

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params

    def sentence(self, language: str = "vi") -> str:
        """What is wrong and how to mend it, for the person."""
        return sentence(self.code, self.params, language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and (self.code, self.params) == (other.code, other.params)

    def __hash__(self) -> int:
        return hash(self.code)

    def __repr__(self) -> str:
        return f"Fault({self.code!r}, {self.params!r})"


def is_partial_date(text: str) -> bool:
    """A year, month or day that exists: ``1990``, ``1990-05``, ``1990-05-20``; old papers know no more."""
    found = PARTIAL_DATE.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """A day that exists, ``1990-05-20``, in a year that an answer can mean."""
    return len(text) == len("1990-05-20") and is_partial_date(text)


class Form:
    """A form definition, compiled. Keep one per edition: compiling takes milliseconds, checking microseconds.

    Raises `DefinitionError` with every problem when the definition contradicts itself; a ``draft``, to look at, may
    lack its English.
    """

    def __init__(self, definition: Definition, *, draft: bool = False) -> None:
        found = problems(definition, draft=draft)
        if found:
            raise DefinitionError(found)
        self.definition = definition
        self.fields = fields(definition)
        self.sections = sections(definition)
        self.schema = schema_of(definition)
        self.calculates = calculates(definition)
        self._counts = self.calculates or bool(definition.get(RULES))
        self._validator = jsonschema_rs.Draft202012Validator(
            self.schema,
            validate_formats=True,
            formats={"date": is_date, "partial-date": is_partial_date},
            pattern_options=jsonschema_rs.RegexOptions(),
        )

    def check(self, answers: Answers) -> dict[str, Fault]:
        """What is wrong, by input name (``ten``; in a list ``cu_tru-0-tu_ngay``); empty if nothing."""
        try:
            if self._validator.is_valid(answers):
                return self._over_several(answers) if self._counts else {}
            errors = list(self._validator.iter_errors(answers))
        except (ValueError, TypeError, OverflowError):
            # Not JSON at all (a lone surrogate, a value of a foreign type): named field by field.
            return self._check_apart(answers)
        found = self._in_order(chain.from_iterable(self._faults(error) for error in errors))
        return self._over_several(answers) | found if self._counts else found

    def check_section(self, code: str, answers: Answers) -> dict[str, Fault]:
        """What is wrong on one page, given all answers so far; raises `KeyError` on an unknown code.

        What stands in fields that no longer apply is passed over: without a script they can't be hidden on the page.
        """
        return self.section(code).own(self.check(self.kept(answers)))

    def section(self, code: str) -> Section:
        """The page with this code; raises `KeyError`."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def visible(self, answers: Answers) -> set[str]:
        """Names of the fields that apply to these answers."""
        return visible(self.definition, answers)

    def kept(self, answers: Answers) -> dict[str, Any]:
        """The answers that apply: what is filed after earlier answers were changed."""
        return kept(self.definition, answers)

    def completed(self, answers: Answers) -> dict[str, Any]:
        """The answers with every calculated value made anew; what was given for one is not believed."""
        made = kept(self.definition, answers)
        given = {name: value for name, value in answers.items() if VALUE not in self.fields.get(name, {})}
        return given | {name: value for name, value in made.items() if VALUE in self.fields[name]}

    def open_sections(self, answers: Answers) -> list[Section]:
        """The pages on which at least one field applies."""
        apply = self.visible(answers)
        return [section for section in self.sections if apply.intersection(section.fields)]

    def _over_several(self, answers: Answers) -> dict[str, Fault]:
        """Faults that no field shows alone: a calculated value that is not ours, a rule that is broken."""
        sound = kept(self.definition, answers)
        found = {
            name: Fault("not_calculated")
            for name in answers
            if VALUE in self.fields.get(name, {}) and answers[name] != sound.get(name)
        }
        for rule in broken_rules(self.definition, sound):
            found.setdefault(rule["field"], Fault("rule", vi=rule["error"], en=rule["error-en"]))
        return found

    def _check_apart(self, answers: Answers) -> dict[str, Fault]:
        found: dict[str, Fault] = {}
        for name, value in answers.items():
            try:
                list(self._validator.iter_errors({name: value}))
            except (ValueError, TypeError, OverflowError):
                found[_path([str(name)])] = Fault("characters")
        return found or {"": Fault("type_object")}

    def _in_order(self, found: Any) -> dict[str, Fault]:
        """The first fault of each field, in the order of the form: the summary reads like the page."""
        first: dict[str, Fault] = {}
        for path, fault in found:
            if fault.code == "not_applicable" or path not in first:
                first[path] = fault
        order = {name: place for place, name in enumerate(self.fields)}
        return dict(sorted(first.items(), key=lambda item: order.get(item[0].partition("-")[0], len(order))))

    def _faults(self, error: Any) -> list[tuple[str, Fault]]:
        place = list(error.instance_path)
        kind = {"name": error.kind.name} | error.kind.as_dict()
        if kind["name"] == "required":
            return [(_path([*place, kind["property"]]), Fault("required"))]
        if kind["name"] == "additionalProperties":
            return [(_path([*place, name]), Fault("unknown_field")) for name in kind["unexpected"]]
        return [(_path(place), self._fault(kind, place, error.instance))]

    def _fault(self, kind: dict[str, Any], place: list[Any], value: Any) -> Fault:
        make = FAULTS.get(kind["name"], lambda _kind, _field, _value: Fault("invalid"))
        return make(kind, self._field_at(place), value)

    def _field_at(self, place: list[Any]) -> dict[str, Any]:
        names = [part for part in place if isinstance(part, str)]
        if not names:
            return {}
        field = self.fields[names[0]]
        return field["items"]["properties"][names[1]] if len(names) > 1 else field


def _path(place: list[Any]) -> str:
    return "-".join(str(part) for part in place).encode("utf-8", "replace").decode()


def _pattern(kind: dict[str, Any], field: dict[str, Any], value: Any) -> Fault:
    if kind["pattern"] != PLAIN_TEXT:
        return Fault("pattern", vi=field.get("x-error", ""), en=field.get("x-error-en", ""))
    return Fault("characters" if NOT_PLAIN.search(value) else "required")


def _format(kind: dict[str, Any], _field: dict[str, Any], value: Any) -> Fault:
    return Fault("required" if value == "" else kind["format"].replace("-", "_"))


def _too_short(kind: dict[str, Any], _field: dict[str, Any], value: Any) -> Fault:
    return Fault("too_short", limit=kind["limit"]) if value else Fault("required")


def _type(_kind: dict[str, Any], field: dict[str, Any], _value: Any) -> Fault:
    return Fault("type_" + field.get("type", "object"))


def _limit(code: str) -> Callable[[dict[str, Any], dict[str, Any], Any], Fault]:
    return lambda kind, _field, _value: Fault(code, limit=kind["limit"])


FAULTS: dict[str, Callable[[dict[str, Any], dict[str, Any], Any], Fault]] = {
    "type": _type,
    "pattern": _pattern,
    "format": _format,
    "minLength": _too_short,
    "maxLength": _limit("too_long"),
    "minimum": _limit("minimum"),
    "maximum": _limit("maximum"),
    "minItems": _limit("min_items"),
    "maxItems": _limit("max_items"),
    "enum": lambda _kind, _field, _value: Fault("not_an_option"),
    "const": lambda _kind, _field, _value: Fault("must_agree"),
    "falseSchema": lambda _kind, _field, _value: Fault("not_applicable"),
}
