"""Conditions and calculated values: one typed language, CEL, over the answers of a form. Pure.

A condition is compiled once against the types of the form's fields, so that an unknown name or a comparison of unlike
things is an error on the day it is written and not on the day somebody files. It fails closed: what is not surely true
is false. The names in it: a field (``so_trang``), a column of a list (``con.ho_ten``: its answers, a list), whether a
field was answered (``answered.so_trang``), and what the caller adds. Beyond CEL and its ``math``: ``sum(list)``.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from motcua.base.errors import DefinitionError
from motcua.forms.tokens import HINTS, Token, chains, not_understood, tokens

MOST_LETTERS = 1_000  # CEL itself bounds depth (32) and steps (10,000)
MOST_MEMBERS = 100  # of a list that stands in a condition
SCALARS = {"string": "string", "integer": "int", "number": "double", "boolean": "bool"}  # JSON Schema, CEL
ROWS = "rows"
ANSWERED = "answered."
# Names that CEL keeps for itself: a field called so can't stand in a condition.
RESERVED = frozenset({
    "as", "bool", "break", "bytes", "const", "continue", "double", "dyn", "else", "false", "for", "function", "if",
    "import", "in", "int", "let", "list", "loop", "map", "namespace", "null", "null_type", "package", "return",
    "string", "true", "type", "uint", "var", "void", "while",
})  # fmt: skip
EACH = {"all", "exists", "exists_one", "map", "filter"}  # what goes over a list
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled condition or calculated value; ``names`` are those it reads. Any thread may use it."""

    text: str
    wants: str
    names: frozenset[str]
    kinds: Mapping[str, str]
    run: Any

    def holds(self, values: Mapping[str, Any]) -> bool:
        """True only when it is surely true: an unanswered name, a fault or anything but true is False."""
        return self.value(values) is True

    def value(self, values: Mapping[str, Any]) -> Any:
        """What it gives, None when something it needs is missing or can't be counted with."""
        try:
            made = self.run.eval(data=given(values, self.names, self.kinds))
        except (RuntimeError, TypeError, ValueError, OverflowError):
            return None
        found = made.value()
        if made.type().name().lower() != self.wants:  # a fault comes back as a text of type ERROR
            return None
        return None if isinstance(found, float) and not math.isfinite(found) else found


def types_of(form: Mapping[str, Any]) -> dict[str, str]:
    """The names that a form gives to a condition, each with its type: string (a date too), int, double, bool, rows.

    A field that the form engine could not use (`forms.problems` tells) gives none.
    """
    found: dict[str, str] = {}
    for name, field in form["properties"].items():
        kind = ROWS if field.get("type") == "array" else SCALARS.get(field.get("type"))
        if kind is None or name in RESERVED:
            continue
        found |= {name: kind, ANSWERED + name: "bool"}
        columns = (field.get("items") or {}).get("properties") or {} if kind == ROWS else {}
        for column, one in columns.items():
            if one.get("type") in SCALARS:
                found[f"{name}.{column}"] = f"list<{SCALARS[one['type']]}>"
    return found


def compiled(
    text: str, form: Mapping[str, Any], extra: Mapping[str, str] = NOTHING, wants: str = "bool"
) -> Expression:
    """The expression, from a cache when it was met before. ``extra``: more names with their types.

    Raises `DefinitionError` with one short problem: what is not understood, not known, mixed, or not of type ``wants``.
    """
    return _compiled(normalize("NFC", text), tuple(sorted({**types_of(form), **extra}.items())), wants)


@lru_cache(maxsize=4096)
def _compiled(text: str, kinds: tuple[tuple[str, str], ...], wants: str) -> Expression:
    if len(text) > MOST_LETTERS:
        raise DefinitionError([f"longer than {MOST_LETTERS:,} letters"])
    known, words = dict(kinds), tokens(text)
    _bounded(words)
    try:
        run = _environment(kinds).compile(text)
    except RuntimeError as fault:
        raise _problem(str(fault), words) from None
    names = _names(words, known)
    if (gives := run.return_type().name().lower()) != wants:
        raise DefinitionError([f"gives {gives}, not {wants}"])
    return Expression(text, wants, names, known, run)


@lru_cache(maxsize=256)
def _environment(kinds: tuple[tuple[str, str], ...]) -> Any:
    from cel_expr_python import cel  # here: most that read forms meet no condition, and it takes 20 ms
    from cel_expr_python.ext import ext_math

    kind = cel.Type
    scalars = {"string": kind.STRING, "int": kind.INT, "double": kind.DOUBLE, "bool": kind.BOOL}
    known = scalars | {f"list<{name}>": kind.List(one) for name, one in scalars.items()}
    known[ROWS] = kind.List(kind.Map(kind.STRING, kind.DYN))
    adding = cel.Overload("sum_list", return_type=kind.DOUBLE, parameters=[kind.List(kind.DYN)], impl=_sum)
    return cel.NewEnv(
        variables={name: known[of] for name, of in kinds},
        functions=[cel.FunctionDecl("sum", [adding])],
        extensions=[ext_math.ExtMath()],
    )


def _sum(values: Iterable[Any]) -> float:
    return math.fsum(values)


def _bounded(words: list[Token]) -> None:
    """CEL bounds its steps; this bounds what they can pile up: no going over a list inside another, no endless list."""
    open_, members = [False], 0
    for place, word in enumerate(words):
        if word.text == "(" and word.kind == "sign":
            each = place > 1 and words[place - 1].text in EACH and words[place - 2].text == "."
            if each and any(open_):
                raise DefinitionError([f"{words[place - 1].text!r} inside another: one list at a time"])
            open_.append(each)
        elif word.text == ")" and word.kind == "sign":
            open_ = open_[:-1] or [False]
        members += word.text == "," and word.kind == "sign"
    if members > MOST_MEMBERS:
        raise DefinitionError([f"more than {MOST_MEMBERS} members of lists"])


def _names(words: list[Token], known: Mapping[str, str]) -> frozenset[str]:
    """The known names in it. Raises `DefinitionError` for a column that no list has: CEL does not know those."""
    columns = {name.partition(".")[2] for name, kind in known.items() if kind.startswith("list<")}
    found = set()
    for chain in chains(words):
        longest = next((n for n in range(len(chain.parts), 0, -1) if ".".join(chain.parts[:n]) in known), 0)
        if chain.begins and longest:
            found.add(".".join(chain.parts[:longest]))
        rest = chain.parts[max(longest, int(chain.begins)) :]
        rest = rest[:-1] if chain.called else rest
        if strange := [part for part in rest if part not in columns]:
            raise DefinitionError([f"unknown name {strange[0]!r}"])
    return frozenset(found)


def given(values: Mapping[str, Any], names: Iterable[str], kinds: Mapping[str, str]) -> dict[str, Any]:
    """The values of ``names`` as CEL takes them: whole numbers of a number field as decimals, nothing that is empty."""
    found: dict[str, Any] = {}
    for name in names:
        if name.startswith(ANSWERED):
            found[name] = values.get(name.removeprefix(ANSWERED)) not in (None, "", [])
        elif kinds[name] == ROWS:
            found[name] = [_row(row, name, kinds) for row in _rows(values, name)]
        elif kinds[name].startswith("list<"):
            of, _, column = name.partition(".")
            cells = (_cell(row.get(column), kinds[name][5:-1]) for row in _rows(values, of))
            found[name] = [cell for cell in cells if cell is not None]
        elif (cell := _cell(values.get(name), kinds[name])) is not None:
            found[name] = cell
    return found


def _rows(values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = values.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _row(row: Mapping[str, Any], of: str, kinds: Mapping[str, str]) -> dict[str, Any]:
    typed = {name: _cell(value, kinds.get(f"{of}.{name}", "")[5:-1]) for name, value in row.items()}
    return {name: cell for name, cell in typed.items() if cell is not None}


def _cell(value: Any, kind: str) -> Any:
    """The value as ``kind``; None when it is empty or of another."""
    if isinstance(value, bool | str):
        return value if value != "" and _kind(value) == kind else None
    if not isinstance(value, int | float):
        return None
    if kind == "double":
        return float(value)
    return int(value) if kind == "int" and value == int(value) else None


def _kind(value: Any) -> str:
    return {bool: "bool", str: "string", int: "int", float: "double"}.get(type(value), "")


def _problem(told: str, words: list[Token]) -> DefinitionError:
    """What CEL tells over several lines, in one that a person understands."""
    line = told.strip().splitlines()[0]
    place, message = re.findall(r"^(?:INVALID_ARGUMENT: )?(?:ERROR: <input>:-?\d+:(-?\d+): )?(.*)", line)[0]
    if "recursion" in message:
        return DefinitionError(["too deep"])
    if unknown := re.match(r"undeclared reference to '([^']*)'", message):
        return DefinitionError([f"unknown name {unknown[1]!r}"])
    if mixed := re.match(r"found no matching overload for '_?([^'_]+)_?.*' applied to '(.*)'", message):
        both = {"int", "double"} <= set(re.findall(r"\w+", mixed[2]))
        hint = "; a number is written with a point, 3.0" if both else ""
        return DefinitionError([f"{mixed[1]!r} does not take {mixed[2]}{hint}"])
    if message.startswith("Syntax error"):
        other = next((word for word in words if word.text in HINTS and word.kind == "name"), None)
        at = other or next((word for word in words if str(word.at) == place), None)
        return not_understood(at.text, at.at) if at else DefinitionError(["breaks off"])
    return DefinitionError([message.removesuffix(" [INVALID_ARGUMENT]")])
