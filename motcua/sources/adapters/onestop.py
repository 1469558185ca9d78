"""The definitions of a one-stop desk: a folder a procedure with its form and its workflow, three tables beside them."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import motcua.sources.adapters.onestop_form as onestop_form
import motcua.sources.adapters.onestop_process as onestop_process
from motcua.base.errors import Invalid
from motcua.base.text import clean
from motcua.catalogue.definition import Definition, Period, Text
from motcua.catalogue.ports import Defect, Record, Rejected
from motcua.sources.adapters.onestop_xml import read
from motcua.sources.ports import DeskRecord

SOURCE = "onestop"
FORM, WORKFLOW = "form_struct.xml", "workflow.xml"
# The first letters of a code are the office that answers for it; its name, without "Phòng", is the field.
OFFICES = {
    "DT": "PHONG_QUAN_LY_DO_THI",
    "KT": "PHONG_KINH_TE_HA_TANG",
    "LD": "PHONG_LAO_DONG_THUONG_BINH_XA_HOI",
    "TC": "PHONG_TAI_CHINH_KE_HOACH",
    "TN": "PHONG_TAI_NGUYEN_MOI_TRUONG",
    "TP": "PHONG_TU_PHAP",
}


class OneStop:
    """Stands behind the port ``OneStopFiles``."""

    def read(self, path: Path, known_on: date, prefix: str) -> Iterator[DeskRecord | Rejected]:
        """Every procedure below ``path`` in the order of their codes; a broken one is refused by name."""
        found = _files(path)
        if not found:
            raise Invalid("file_missing", file=str(path))
        groups, types = (_table(path, name) for name in ("groups", "record_types"))
        for code, files in sorted(found.items()):
            try:
                yield _record(f"{prefix}.{code}", code, files, _Known(groups, types.get(code, {}), known_on))
            except Invalid as refusal:
                yield Rejected(f"{prefix}.{code}", code, str(refusal))


class _Known:
    """What is known besides the two files of a procedure."""

    def __init__(self, groups: dict[str, dict[str, str]], row: dict[str, str], known_on: date) -> None:
        self.groups = {code: clean(group.get("name", "")) for code, group in groups.items()}
        self.row, self.known_on = row, known_on


def _files(path: Path) -> dict[str, dict[str, Path]]:
    """The form and the workflow of each code: ``"DT01_workflow.xml"`` is the workflow of DT01."""
    found: dict[str, dict[str, Path]] = {}
    for kind in (FORM, WORKFLOW):
        for file in sorted([path] if path.is_file() else path.rglob(f"*_{kind}")):
            if file.name.endswith(f"_{kind}"):
                found.setdefault(file.name.removesuffix(f"_{kind}"), {}).setdefault(kind, file)
    return found


def _table(path: Path, name: str) -> dict[str, dict[str, str]]:
    """A table beside the definitions, by its column ``code``; empty where it is not."""
    for folder in (path, path.parent, path.parent.parent):
        for file in sorted(folder.glob(f"*_{name}.csv")):
            try:
                with file.open(encoding="utf-8-sig", newline="") as stream:
                    return {(row.get("code") or "").strip(): row for row in csv.DictReader(stream)}
            except (OSError, UnicodeDecodeError, csv.Error) as problem:
                raise Invalid("file_unreadable", file=str(file), why=str(problem)[:300]) from problem
    return {}


def _record(procedure: str, code: str, files: dict[str, Path], known: _Known) -> DeskRecord:
    defects: list[Defect] = []
    workflow, questions = onestop_process.Workflow(), onestop_form.Questions()
    root = read(files[WORKFLOW], "process") if WORKFLOW in files else None
    if root is not None:
        defects += [Defect("code_differs", code, root.get("code", ""))] if root.get("code") != code else []
        workflow = onestop_process.read(root, known.groups, defects)
    name = _name(root, known, defects) or code
    if FORM in files:
        questions = onestop_form.read(read(files[FORM], "form"), defects)
    defects += [Defect("form_missing", code, "")] if FORM not in files else []
    defects += [Defect("process_missing", code, "")] if root is None else []
    field, agency = _office(code, known.groups)
    definition = Definition(
        procedure=procedure,
        name=Text(vi=name),
        in_force=Period(from_=known.known_on),
        field=field,
        agency=agency,
        channels={"direct": (workflow.channel,)},
        papers=tuple(questions.papers.values()),
        form=onestop_form.form_of(questions, name),
        process=workflow.steps,
        source=SOURCE,
        extra=_extra(workflow, questions, known),
    )
    return DeskRecord(
        Record(procedure, definition, tuple(defects), rank=2),
        FORM in files,
        root is not None,
        dict(questions.kinds),
        len(questions.papers),
        len(questions.switched_off),
        workflow.places,
    )


def _name(root: Any, known: _Known, defects: list[Defect]) -> str:
    own, listed = clean(root.get("name", "") if root is not None else ""), clean(known.row.get("name") or "")
    if own and listed and own != listed:
        defects.append(Defect("name_differs", own, listed))
    if own and not listed:
        defects.append(Defect("not_in_list", "name", own))
    return own or listed


def _office(code: str, groups: dict[str, str]) -> tuple[str, str]:
    office = groups.get(OFFICES.get(code.rstrip("0123456789"), ""), "")
    field = office.removeprefix("Phòng ")
    return field[:1].upper() + field[1:], office


def _extra(workflow: onestop_process.Workflow, questions: onestop_form.Questions, known: _Known) -> dict[str, Any]:
    row = {key: value for key, value in known.row.items() if key and value}
    asides = {
        "switched_off": questions.switched_off,
        "defaults": questions.defaults,
        "lists": questions.lists,
        "record_type": row,
    }
    return (workflow.kept or {}) | {key: value for key, value in asides.items() if value}
