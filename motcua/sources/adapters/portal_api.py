"""Procedures as the national portal's own interface gives them: whole records, typed and coded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from motcua.catalogue.definition import Channel, Definition, Fee, Limit, Paper, Period, Result, Text
from motcua.catalogue.ports import Record
from motcua.sources.adapters.cells import Notes
from motcua.sources.adapters.lists import law_of, subjects_of
from motcua.sources.adapters.paper_table import with_codes

CHANNELS = {"ONLINE": "online", "DIRECT": "direct", "POSTAL": "postal"}
UNITS = {"WORKING_DAY": "working_days", "DAY": "days", "HOUR": "hours", "MONTH": "months"}
FEE_KINDS = {"FEE": "fee", "CHARGE": "charge"}
LEVELS = {"isMinistry": "ministry", "isProvince": "province", "isWard": "commune", "isOtherAgency": "other"}


def recognises(raw: Any) -> bool:
    """True for a whole record."""
    return isinstance(raw, dict) and {"code", "executionMethods"} <= raw.keys()


def record(raw: dict[str, Any], known_on: date) -> Record:
    """One procedure; it says itself from when it holds where it was published by a proposal."""
    notes = Notes()
    published = _day(raw.get("procedureProposal", {}).get("publicationDate"))
    sequence = "\n".join(notes.tidy(step.get("description"), "sequence") for step in raw.get("executionSteps", []))
    subjects = ", ".join(_names(raw.get("subjectTypesDetails")))
    definition = Definition(
        procedure=notes.tidy(raw["code"], "code"),
        name=Text(notes.tidy(raw["name"], "name")),
        in_force=Period(published or known_on),
        field=", ".join(_names(raw.get("categoriesDetails"))),
        decision=raw.get("decisionNo") or raw.get("procedureProposal", {}).get("proposalNumber") or "",
        levels=tuple(level for key, level in LEVELS.items() if raw.get(key)),
        kind=raw.get("formalityType") or "",
        agency=notes.tidy(raw.get("executingAgencies"), "agency"),
        authority=notes.tidy(raw.get("authorizedAgencies"), "authority"),
        coordinating=notes.tidy(raw.get("coordinatingAgencies"), "coordinating"),
        ministry=notes.tidy(raw.get("departmentPromulgateName"), "ministry"),
        subjects=subjects_of(subjects, notes),
        subjects_text=subjects,
        online=_online(raw),
        law=_laws(raw.get("legalBasisesDetails", []), notes),
        sequence=sequence,
        conditions=notes.tidy(raw.get("requirementsAndConditions"), "conditions"),
        cases=tuple(dict.fromkeys(filter(None, _names(raw.get("executionCases"))))),
        channels=_channels(raw.get("executionMethods", []), notes),
        papers=_papers(raw.get("executionCases", []), notes),
        results=tuple(Result(found["name"], found.get("code") or "") for found in raw.get("resultsDetails", [])),
        source="portal-api",
        extra={"portal_id": raw.get("id", ""), "cases": raw.get("cases", [])},
    )
    notes.cut({"sequence": sequence, **{paper.code: paper.name for paper in definition.papers}})
    return Record(definition.procedure, definition, tuple(notes.found), dated=published is not None)


def _names(rows: list[dict[str, Any]] | None) -> list[str]:
    return [row.get("name") or "" for row in rows or []]


def _day(milliseconds: int | None) -> date | None:
    """The local day of an instant in milliseconds since 1970."""
    if milliseconds is None:
        return None
    return (datetime.fromtimestamp(milliseconds / 1000, UTC) + timedelta(hours=7)).date()


def _online(raw: dict[str, Any]) -> str | None:
    """Nghị định 42/2022/NĐ-CP Article 11: full where everything can be done online, partial where it is only filed."""
    if raw.get("isFullProcess"):
        return "full"
    methods = {method.get("submissionMethod") for method in raw.get("executionMethods", [])}
    return "partial" if "ONLINE" in methods else "information"


def _channels(methods: list[dict[str, Any]], notes: Notes) -> dict[str, tuple[Channel, ...]]:
    found: dict[str, list[Channel]] = {}
    for method in methods:
        code = CHANNELS.get(method.get("submissionMethod") or "")
        if not code:
            notes.add("channel_unknown", "channels", str(method.get("submissionMethod")))
            continue
        fees = tuple(_fee(fee, notes) for fee in method.get("fees") or [])
        found.setdefault(code, []).append(Channel(_limit(method, notes), fees, method.get("description") or ""))
    return {code: tuple(channels) for code, channels in found.items()}


def _limit(method: dict[str, Any], notes: Notes) -> Limit:
    time, unit = method.get("processingTime"), method.get("processingTimeUnit")
    text = f"{'' if time is None else time} {unit or ''}".strip()
    if not isinstance(time, int | float) or time <= 0 or unit not in UNITS:
        notes.add("limit_missing" if time is None else "limit_without_unit", "channels", text)
        return Limit(text=text)
    limit: Limit = msgspec.convert({UNITS[unit]: time, "text": text}, Limit)
    return limit


def _fee(fee: dict[str, Any], notes: Notes) -> Fee:
    value = fee.get("value")
    amount = int(value) if isinstance(value, int | float) and value >= 0 and not value % 1 else None
    if amount is None or fee.get("currency") not in {None, "VND"}:
        notes.add("fee_without_amount", "channels", str(fee))
        amount = None
    return Fee(fee.get("name") or "", FEE_KINDS.get(fee.get("type") or "", ""), amount)


def _papers(cases: list[dict[str, Any]], notes: Notes) -> tuple[Paper, ...]:
    papers = []
    for case in cases:
        for part in case.get("profileComponents", []):
            files = ", ".join(file.get("fileName") or "" for file in part.get("attachments") or [])
            name = notes.tidy(part.get("name"), "papers")
            counts = part.get("originalQty"), part.get("copyQty")
            papers.append(Paper("", name, *counts, bool(part.get("required")), case.get("name") or "", note=files))
    return with_codes(papers)


def _laws(rows: list[dict[str, Any]], notes: Notes) -> tuple[str, ...]:
    codes = [law_of(row.get("code") or "", row.get("name") or "", notes) for row in rows]
    return tuple(dict.fromkeys(filter(None, codes)))
