"""Procedures in the platform's own format: one YAML file each, exactly the fields of `Definition`."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from motcua.base.errors import Invalid
from motcua.catalogue.definition import parse
from motcua.catalogue.ports import Record

SOURCE = "own"


def recognises(raw: Any) -> bool:
    """True for an object that names a procedure and says from when it is in force."""
    return isinstance(raw, dict) and {"procedure", "name", "in_force"} <= raw.keys()


def record(raw: dict[str, Any], _: date) -> Record:
    """One procedure, which says itself from when it holds.

    Raises `Invalid` ``definition_malformed`` with the place; an unknown field is a malformed one.
    """
    try:
        definition = parse({"source": SOURCE, **raw})
    except msgspec.ValidationError as problem:
        raise Invalid("definition_malformed", why=str(problem)) from problem
    return Record(definition.procedure, definition, rank=2, dated=True)


def with_form(raw: Any, file: Path) -> Any:
    """``raw`` with the form it names by file put in its place, from the same folder or ``../forms``.

    Raises `Invalid` ``form_missing`` when there is no such file, or the name is not a plain one.
    """
    name = raw.get("form") if isinstance(raw, dict) else None
    if not isinstance(name, str):
        return raw
    places = [file.parent / name, file.parent.parent / "forms" / name]
    found = next((place for place in places if Path(name).name == name and place.is_file()), None)
    if not found:
        raise Invalid("form_missing", file=str(file), form=name)
    try:
        return {**raw, "form": msgspec.json.decode(found.read_bytes())}
    except msgspec.DecodeError as problem:
        raise Invalid("file_unreadable", file=str(found), why=str(problem)) from problem
