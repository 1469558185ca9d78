"""May an edition be published, may a dossier be filed on it, what is its term."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from typing import Any

import orjson

from motcua import forms
from motcua.catalogue.definition import (
    CHANNELS,
    LEVELS,
    ONLINE,
    RESULT_TEMPLATES,
    SUBJECTS,
    Clock,
    Definition,
    Limit,
    Paper,
    plain,
)
from motcua.deadlines.counting import CutOff, Term, readable_time
from motcua.fees import rules as fees
from motcua.processes import checking
from motcua.processes.runs import Broken, Run, replay

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{1,39}")
MOST_BYTES = 2_000_000  # of one definition; the longest of the national portal has a tenth of that


def publish_problems(definition: Definition) -> list[str]:
    """Why this definition may not be published; empty when it may. Each problem names its place, in English."""
    return [*_content_problems(definition, draft=False), *process_problems(definition)]


def process_problems(definition: Definition) -> list[str]:
    """Why this process may not be published; empty for a sound one, and for an edition that only informs."""
    found = checking.problems(definition.process, form_of(definition))
    return found if found or not definition.process else [*_hour_problems(definition)]


def broken_runs(definition: Definition, runs: Iterable[Run]) -> Iterator[tuple[Run, list[Broken]]]:
    """The recorded runs that can't go their way through this edition, each with where it leaves the way."""
    form = form_of(definition)
    for run in runs:
        if broken := replay(run, definition.process, form):
            yield run, broken


def draft_problems(definition: Definition) -> list[str]:
    """Why this definition can't even be worked on; a draft may lack English and a sound process."""
    return _content_problems(definition, draft=True)


def storage_problems(definition: Definition) -> list[str]:
    """Why this definition can't even be written down as a draft that somebody will go on with."""
    found = list(_storage_problems(definition))
    if not CODE.fullmatch(definition.procedure):
        found.append(f"procedure: {definition.procedure[:40]!r} is no code")
    until = definition.in_force.until
    if until and until <= definition.in_force.from_:
        found.append("in_force: ends before it begins")
    return found


def _content_problems(definition: Definition, draft: bool) -> list[str]:
    found = [
        *storage_problems(definition),
        *_head_problems(definition),
        *_channel_problems(definition),
        *_paper_problems(definition.papers),
    ]
    if definition.form is not None:
        found += [f"form: {problem}" for problem in forms.problems(definition.form, draft=draft)]
    return found


def _storage_problems(definition: Definition) -> Iterator[str]:
    try:
        content = orjson.dumps(plain(definition))
    except (TypeError, orjson.JSONEncodeError):
        yield "text: holds half characters"
        return
    if b"\\u0000" in content:
        yield "text: holds a NUL character"
    if len(content) > MOST_BYTES:
        yield f"text: longer than {MOST_BYTES:,} bytes"


def _head_problems(definition: Definition) -> Iterator[str]:
    if not definition.name.vi.strip():
        yield "name: empty"
    known = ("", *RESULT_TEMPLATES)
    yield from (
        f"results: no template {kind.template!r}" for kind in definition.results if kind.template not in known
    )
    yield from (f"levels: {level!r} unknown" for level in definition.levels if level not in LEVELS)
    yield from (f"subjects: {subject!r} unknown" for subject in definition.subjects if subject not in SUBJECTS)
    if definition.online is not None and definition.online not in ONLINE:
        yield f"online: {definition.online!r} unknown"
    if any(not result.name.strip() for result in definition.results):
        yield "results: one has no name"


def _channel_problems(definition: Definition) -> Iterator[str]:
    form = form_of(definition)
    for code, channels in definition.channels.items():
        if code not in CHANNELS:
            yield f"channels: {code!r} unknown"
        for channel in channels:
            yield from (f"channels.{code}: {problem}" for problem in _limit_problems(channel.limit))
            yield from (f"channels.{code}: {problem}" for problem in fees.problems(channel.fees, form))


def _limit_problems(limit: Limit) -> Iterator[str]:
    given = [limit.hours, limit.working_days, limit.days, limit.months]
    numbers = [value for value in given if value is not None]
    if len(numbers) > 1:
        yield "more than one limit in one"
    if any(not 0 < value < 10_000 for value in numbers):
        yield "a limit is not a positive number"
    if limit.if_after is not None and not readable_time(limit.if_after):
        yield f"if_after {limit.if_after!r} is no time of day"
    if (limit.if_after is None) != (limit.then is None) or limit.then not in {None, "next_working_day"}:
        yield "if_after and then: next_working_day belong together"
    if limit.if_after and limit.working_hours is None:
        yield "if_after needs a limit in working time"


def _paper_problems(papers: tuple[Paper, ...]) -> Iterator[str]:
    codes = [paper.code for paper in papers]
    yield from (f"papers: {code!r} twice" for code in sorted({code for code in codes if codes.count(code) > 1}))
    for paper in papers:
        if not paper.name.strip():
            yield f"papers.{paper.code}: no name"
        if any(count is not None and not 0 <= count < 1000 for count in (paper.originals, paper.copies)):
            yield f"papers.{paper.code}: counts out of bounds"


def _hour_problems(definition: Definition) -> Iterator[str]:
    """Steps with hours add up to the limit; with one of no limit among them they may not pass it."""
    total = checking.total_hours(definition.process)
    held = [step.hours for step in definition.process if step.does != "automatic"]
    for code, channels in definition.channels.items():
        limits = [hours for channel in channels if (hours := channel.limit.working_hours) is not None]
        if not limits:
            continue
        if all(hours is None for hours in held):
            yield f"process: no step says its hours, the limit of channel {code} is {max(limits):g}"
        elif total - max(limits) > 1e-6 or (None not in held and abs(max(limits) - total) > 1e-6):
            yield f"process: its hours are {total:g}, the limit of channel {code} is {max(limits):g}"


def content_hash(definition: Definition, dated: bool = True, ordered: bool = True) -> str:
    """SHA-256 of the JSON as it is stored; without ``dated`` the day, which the source did not say, is left out.

    The order of keys counts: it is the order of columns and of buttons. Without ``ordered`` it does not: editions were
    hashed so before they were stored as written.
    """
    option = 0 if ordered else orjson.OPT_SORT_KEYS
    return hashlib.sha256(orjson.dumps(_content(definition, dated), option=option)).hexdigest()


def same(one: Definition, other: Definition) -> bool:
    """Whether two definitions say the same in the same order: that of questions, of ways to file, of buttons."""
    return one == other and _order(one) == _order(other)


def _order(definition: Definition) -> list[Any]:
    buttons = [list(step.then) for step in definition.process]
    return [_questions(definition.form), list(definition.channels), buttons]


def _questions(form: Any) -> list[Any]:
    if not isinstance(form, dict):
        return []
    return [list(form.get("properties", ())), *(_questions(form[key]) for key in sorted(form))]


def changed_fields(old: Mapping[str, Any], new: Definition, dated: bool = True) -> tuple[str, ...]:
    """The fields that differ between a stored definition (plain values) and a new one, in alphabetical order."""
    now, then = _content(new, dated), orjson.loads(orjson.dumps(old))
    names = (then.keys() | now.keys()) - (set() if dated else {"in_force"})
    return tuple(sorted(name for name in names if orjson.dumps(then.get(name)) != orjson.dumps(now.get(name))))


def _content(definition: Definition, dated: bool) -> dict[str, Any]:
    content: dict[str, Any] = orjson.loads(orjson.dumps(plain(definition)))
    if not dated:
        content.pop("in_force", None)
    return content


def can_be_filed(definition: Definition, channel: str = "") -> bool:
    """True when dossiers may be filed here, through ``channel`` where one is given. See `filing_obstacle`."""
    return not filing_obstacle(definition, channel)


def filing_obstacle(definition: Definition, channel: str = "") -> str:
    """Why no dossier can be filed: a refusal code, or empty.

    An edition read from another portal has no process: it informs. Online filing needs an online channel and a level
    of service above "information" (Nghị định 42/2022/NĐ-CP Article 11).
    """
    if not definition.process:
        return "procedure_information_only"
    if channel and channel not in definition.channels:
        return "channel_not_offered"
    if channel == "online" and definition.online == "information":
        return "procedure_information_only"
    return ""


def term_of(limit: Limit) -> Term | None:
    """The limit as `deadlines.counting` counts it; None where the law's time is not known: then nothing is promised."""
    if not limit.known:
        return None
    return Term(limit.hours, limit.working_days, limit.days, limit.months, limit.if_after)


def cut_off_of(clock: Clock) -> CutOff:
    """What counts as received on the next working day, as `deadlines.counting` takes it."""
    hour = time.fromisoformat
    return CutOff(
        hour(clock.cut_off) if clock.cut_off else None, clock.last_hour, hour(clock.opens) if clock.opens else None
    )


def form_of(definition: Definition) -> dict[str, Any]:
    """The form of an edition, or the request form for a procedure without one."""
    return default_form(definition) if definition.form is None else definition.form


def default_form(definition: Definition) -> dict[str, Any]:
    """The request form for a procedure that has a process but no form of its own."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Đơn đề nghị: {definition.name.vi}",
        "x-en": f"Request: {definition.name.en or definition.name.vi}",
        "type": "object",
        "properties": DEFAULT_FIELDS,
        "required": ["ho_ten", "so_dinh_danh", "dien_thoai", "dia_chi", "noi_dung"],
        "x-sections": [
            {
                "code": "nguoi-de-nghi",
                "title": "Người đề nghị",
                "x-en": "The applicant",
                "fields": list(DEFAULT_FIELDS)[:5],
            },
            {
                "code": "noi-dung",
                "title": "Nội dung đề nghị",
                "x-en": "The request",
                "fields": ["noi_dung", "ghi_chu"],
            },
        ],
    }


def _text(title: str, english: str, longest: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "x-en": english, "minLength": 1, "maxLength": longest, **more}


def _number(title: str, english: str, pattern: str, source: str, error: tuple[str, str]) -> dict[str, Any]:
    words = {"x-error": error[0], "x-error-en": error[1], "x-prefill": source}
    return _text(title, english, 20, pattern=pattern, **words)


DEFAULT_FIELDS: dict[str, Any] = {
    "ho_ten": _text("Họ, chữ đệm, tên", "Full name", 100, **{"x-prefill": "citizen.full_name"}),
    "so_dinh_danh": _number(
        "Số định danh cá nhân",
        "Identity number",
        "^[0-9]{12}$",
        "citizen.identity_number",
        ("Số định danh cá nhân gồm 12 chữ số.", "An identity number has 12 digits."),
    ),
    "dien_thoai": _number(
        "Số điện thoại",
        "Telephone",
        "^[0-9+ ]{8,20}$",
        "citizen.phone",
        ("Viết số điện thoại bằng chữ số, ví dụ 0912 345 678.", "Write the number in figures, such as 0912 345 678."),
    ),
    "thu_dien_tu": _text("Thư điện tử", "E-mail", 200, format="email", **{"x-prefill": "citizen.email"}),
    "dia_chi": _text("Nơi cư trú", "Place of residence", 300, **{"x-prefill": "citizen.address"}),
    "noi_dung": _text("Nội dung đề nghị", "What is requested", 4000, **{"x-widget": "textarea"}),
    "ghi_chu": _text("Ghi chú", "Remarks", 1000, **{"x-widget": "textarea"}),
}
