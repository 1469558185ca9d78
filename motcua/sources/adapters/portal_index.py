"""Rows of the national portal's index of procedures: little is known, and it is said."""

from datetime import date
from typing import Any

from motcua.catalogue.definition import Definition, Period, Text
from motcua.catalogue.ports import Record
from motcua.sources.adapters.cells import Notes
from motcua.sources.adapters.lists import levels_of


def recognises(raw: Any) -> bool:
    """True for an index row."""
    return isinstance(raw, dict) and {"ma_tthc", "ten_tthc"} <= raw.keys()


def record(raw: dict[str, Any], known_on: date) -> Record:
    """One procedure of which only the name, field, level and agency are known; it never replaces anything fuller."""
    notes = Notes()
    text = {key: notes.tidy(value, key) for key, value in raw.items()}
    notes.add("index_row_only", "record", text["ma_tthc"])
    notes.cut(text)
    definition = Definition(
        procedure=text["ma_tthc"],
        name=Text(text["ten_tthc"]),
        in_force=Period(known_on),
        field=text.get("linh_vuc", ""),
        levels=levels_of(text.get("cap_thuc_hien", ""), notes),
        levels_text=text.get("cap_thuc_hien", ""),
        kind=text.get("loai_tthc", ""),
        agency=text.get("co_quan_thuc_hien", ""),
        source="portal-index",
        extra={"portal_id": text.get("id", "")},
    )
    return Record(definition.procedure, definition, tuple(notes.found), rank=0)
