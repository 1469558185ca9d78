"""What a new edition changes, in words that a person who decides can read: Vietnamese or English. Pure.

One difference is one line: where it is, what it was, what it becomes. Nothing that differs is passed over: what has no
words of its own is told by the name of its field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from motcua.base.money import money
from motcua.catalogue.definition import (
    CHANNELS,
    LEVELS,
    ONLINE,
    ROLES,
    SUBJECTS,
    Channel,
    Clock,
    Definition,
    Fee,
    Limit,
    Paper,
    Result,
    Step,
    plain,
)
from motcua.designs.form_differences import form_changes
from motcua.designs.wording import NONE, Words, arrow, number, sides

EN_CHANNELS = {"direct": "in person", "online": "online", "postal": "by post"}
EN_LEVELS = {"ministry": "ministry", "province": "province", "commune": "commune", "other": "other agency"}
EN_ONLINE = {"information": "information only", "partial": "partly online", "full": "wholly online"}
EN_ROLES = {"reception": "reception", "clerk": "clerk", "head": "head of department", "approver": "approver"}
# Fields told as plain texts or lists, with what they are called.
PLAIN = {
    "field": ("Lĩnh vực", "Field"),
    "decision": ("Quyết định công bố", "Decision"),
    "agency": ("Cơ quan thực hiện", "Agency"),
    "authority": ("Cơ quan có thẩm quyền", "Authority"),
    "coordinating": ("Cơ quan phối hợp", "Coordinating agency"),
    "ministry": ("Bộ quản lý", "Ministry"),
    "law": ("Căn cứ pháp lý", "Law"),
    "conditions": ("Yêu cầu, điều kiện", "Conditions"),
    "sequence": ("Trình tự thực hiện", "Sequence"),
    "cases": ("Trường hợp", "Cases"),
    "kind": ("Loại thủ tục", "Kind"),
    "life_events": ("Sự kiện cuộc sống", "Life events"),
    "keywords": ("Từ khoá", "Keywords"),
    "source": ("Nguồn", "Source"),
    "levels_text": ("Cấp (nguyên văn)", "Levels (original)"),
    "subjects_text": ("Đối tượng (nguyên văn)", "Subjects (original)"),
    "extra": ("Thông tin khác của nguồn", "Other data of the source"),
    "tests": ("Hồ sơ mẫu đi kèm", "Recorded tests"),
}
TOLD = {
    "procedure",
    "name",
    "in_force",
    "levels",
    "subjects",
    "online",
    "channels",
    "papers",
    "form",
    "process",
    "clock",
    "results",
}


class Difference(NamedTuple):
    """One line: ``part`` is the page of the designer it belongs to, ``text`` says it."""

    part: str
    text: str


def differences(old: Definition, new: Definition, language: str = "vi") -> list[Difference]:
    """Everything the new edition changes, in the order of the designer's pages."""
    say = Words(language)
    parts: tuple[tuple[str, Iterator[str]], ...] = (
        ("head", _head(old, new, say)),
        ("terms", _channels(old, new, say)),
        ("terms", _clock(old.clock, new.clock, say)),
        ("papers", _papers(old.papers, new.papers, say)),
        ("form", form_changes(old.form, new.form, say)),
        ("process", _process(old.process, new.process, say)),
        ("results", _results(old.results, new.results, say)),
    )
    return [Difference(part, text) for part, texts in parts for text in texts]


def _head(old: Definition, new: Definition, say: Words) -> Iterator[str]:
    yield from sides(say("Mã thủ tục", "Code"), old.procedure, new.procedure)
    yield from sides(say("Tên thủ tục", "Name"), old.name.vi, new.name.vi)
    yield from sides(say("Tên tiếng Anh", "English name"), old.name.en, new.name.en)
    yield from sides(say("Hiệu lực", "In force"), say.period(old.in_force), say.period(new.in_force))
    yield from sides(
        say("Cấp thực hiện", "Levels"),
        say.names(old.levels, LEVELS, EN_LEVELS),
        say.names(new.levels, LEVELS, EN_LEVELS),
    )
    yield from sides(
        say("Đối tượng", "Subjects"), say.names(old.subjects, SUBJECTS, {}), say.names(new.subjects, SUBJECTS, {})
    )
    yield from sides(
        say("Mức trực tuyến", "Online"),
        say.names([old.online or ""], ONLINE, EN_ONLINE),
        say.names([new.online or ""], ONLINE, EN_ONLINE),
    )
    was, now = plain(old), plain(new)
    for name, words in PLAIN.items():
        yield from _plain(say(*words), was.get(name), now.get(name), say)
    unknown = (was.keys() | now.keys()) - TOLD - PLAIN.keys()
    yield from (
        f"{name}: {say('có thay đổi', 'changed')}" for name in sorted(unknown) if was.get(name) != now.get(name)
    )


def _plain(name: str, old: Any, new: Any, say: Words) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old or new, list | tuple) and all(isinstance(one, str) for one in [*(old or []), *(new or [])]):
        gone = [one for one in old or [] if one not in (new or [])]
        more = [one for one in new or [] if one not in (old or [])]
        yield from (f"{name}: {say('thêm', 'added')} {one}" for one in more)
        yield from (f"{name}: {say('bỏ', 'removed')} {one}" for one in gone)
        if not gone and not more:
            yield f"{name}: {say('đổi thứ tự', 'another order')}"
    elif isinstance(old or new, str) and max(len(old or ""), len(new or "")) <= 200:
        yield arrow(name, old or NONE, new or NONE)
    else:
        yield f"{name}: {say('có thay đổi', 'changed')}"


def _channels(old: Definition, new: Definition, say: Words) -> Iterator[str]:
    for kind in [*old.channels, *(kind for kind in new.channels if kind not in old.channels)]:
        name = say.name(kind, CHANNELS, EN_CHANNELS)
        was, now = old.channels.get(kind), new.channels.get(kind)
        if now is None:
            yield f"{say('Cách nộp', 'Channel')}: {say('bỏ', 'removed')} {name}"
        elif was is None:
            limits = "; ".join(_limit(channel.limit, say) for channel in now)
            yield f"{say('Cách nộp', 'Channel')}: {say('thêm', 'added')} {name} ({limits})"
        else:
            yield from _channel(name, was, now, say)


def _channel(name: str, old: Sequence[Channel], new: Sequence[Channel], say: Words) -> Iterator[str]:
    limits = [[_limit(each.limit, say) for each in channels] for channels in (old, new)]
    yield from sides(f"{say('Thời hạn', 'Limit')} ({name})", "; ".join(limits[0]), "; ".join(limits[1]))
    fees = [[_fee(fee, say) for each in channels for fee in each.fees] for channels in (old, new)]
    yield from sides(f"{say('Phí, lệ phí', 'Fees')} ({name})", "; ".join(fees[0]), "; ".join(fees[1]))
    notes = ["; ".join(each.note for each in channels if each.note) for channels in (old, new)]
    yield from sides(f"{say('Ghi chú', 'Note')} ({name})", *notes)
    if tuple(old) != tuple(new) and limits[0] == limits[1] and fees[0] == fees[1] and notes[0] == notes[1]:
        yield f"{say('Cách nộp', 'Channel')} {name}: {say('có thay đổi', 'changed')}"


def limit_words(limit: Limit, language: str = "vi") -> str:
    """A limit in words, as the differences tell it: ``5 ngày làm việc``."""
    return _limit(limit, Words(language))


def _limit(limit: Limit, say: Words) -> str:
    units: tuple[tuple[float | None, str, str], ...] = (
        (limit.hours, "giờ làm việc", "working hours"),
        (limit.working_days, "ngày làm việc", "working days"),
        (limit.days, "ngày", "days"),
        (limit.months, "tháng", "months"),
    )
    told = [f"{number(value, say)} {say(vi, en)}" for value, vi, en in units if value is not None]
    if limit.if_after:
        told.append(
            say(
                f"nhận sau {limit.if_after} thì trả ngày làm việc sau",
                f"received after {limit.if_after}: next working day",
            )
        )
    if limit.text:
        told.append(limit.text)
    return ", ".join(told) or say("không rõ thời hạn", "limit not known")


def _fee(fee: Fee, say: Words) -> str:
    kind = {"fee": say("phí", "fee"), "charge": say("lệ phí", "charge")}.get(fee.kind, "")
    amount = money(fee.amount_vnd) if fee.amount_vnd is not None else say("chưa rõ mức", "amount not known")
    decided = (
        say("Hội đồng nhân dân cấp tỉnh quyết định", "decided by the provincial council") if fee.decided_by else ""
    )
    per = f"/{fee.per}" if fee.per else ""
    until = say("trước ngày", "before")
    rows = [f"{row.text or row.when}{f' ({until} {row.until:%d/%m/%Y})' if row.until else ''}: {money(row.amount_vnd)}"
            f" [{row.when}]" for row in fee.table]  # fmt: skip
    free = [f"{say('miễn', 'exempt')}: {each.reason} [{each.when}]" for each in fee.exempt]
    due = {"reception": say("nộp trước khi tiếp nhận", "paid before reception"),
           "later": say("được nộp sau", "may be paid later")}.get(fee.due, "")  # fmt: skip
    said = " ".join(one for one in (fee.name or kind, decided or amount + per, fee.text) if one)
    return ", ".join([said, *rows, *free, *([due] if due else [])])


def _clock(old: Clock, new: Clock, say: Words) -> Iterator[str]:
    yield from sides(say("Giờ chốt nhận", "Cut-off"), old.cut_off or "", new.cut_off or "")
    yield from sides(say("Giờ bắt đầu tính", "Counted from"), old.opens or "", new.opens or "")
    if old.last_hour != new.last_hour:
        yield arrow(say("Nhận trong giờ làm việc cuối tính sang ngày sau", "Last hour counts as next day"),
                    say.yes(old.last_hour), say.yes(new.last_hour))  # fmt: skip
    kinds = {"resume": say("tính tiếp", "goes on"), "restart": say("tính lại từ đầu", "begins anew")}
    yield from sides(say("Sau khi bổ sung, thời hạn", "After a supplement the clock"),
                     *(kinds.get(clock.after_supplement, clock.after_supplement) for clock in (old, new)))  # fmt: skip
    days = say("ngày làm việc", "working days")
    yield from sides(
        say("Hạn bổ sung", "To supplement within"),
        f"{old.answer_working_days} {days}",
        f"{new.answer_working_days} {days}",
    )


def _papers(old: Sequence[Paper], new: Sequence[Paper], say: Words) -> Iterator[str]:
    def called(paper: Paper) -> str:
        return f"{paper.name} ({say('lấy từ', 'known from')} {paper.known_from})" if paper.known_from else paper.name

    was, now = ({one.code: one for one in papers} for papers in (old, new))
    yield from matched(say("Giấy tờ", "Papers"), was, now, called, _paper, say)


def _paper(paper: Paper, say: Words) -> dict[str, str]:
    unknown = say("không rõ", "not known")
    return {
        say("tên", "name"): paper.name,
        say("bản chính", "originals"): unknown if paper.originals is None else str(paper.originals),
        say("bản sao", "copies"): unknown if paper.copies is None else str(paper.copies),
        say("bắt buộc", "required"): say.yes(paper.required),
        say("chỉ xuất trình", "shown only"): say.yes(paper.show_only),
        say("trường hợp", "case"): paper.case, say("ghi chú", "note"): paper.note,
        say("lấy từ", "known from"): paper.known_from,
    }  # fmt: skip


def _results(old: Sequence[Result], new: Sequence[Result], say: Words) -> Iterator[str]:
    def key(results: Sequence[Result]) -> dict[str, Result]:
        return {one.code or f"#{place}": one for place, one in enumerate(results)}

    def parts(result: Result, say: Words) -> dict[str, str]:
        return {
            say("tên", "name"): result.name,
            say("mẫu", "template"): result.template,
            say("hiệu lực", "valid"): result.valid,
        }

    yield from matched(say("Kết quả", "Results"), key(old), key(new), lambda one: one.name, parts, say)


def _process(old: Sequence[Step], new: Sequence[Step], say: Words) -> Iterator[str]:
    what = say("Quy trình", "Process")
    names = {one.step: say(one.name, one.name_en or one.name) for one in [*old, *new]}

    def parts(step: Step, say: Words) -> dict[str, str]:
        return _step(step, names, say)

    yield from matched(what, {one.step: one for one in old}, {one.step: one for one in new},
                       lambda one: say("bước ", "step ") + names[one.step], parts, say)  # fmt: skip


def _step(step: Step, names: Mapping[str, str], say: Words) -> dict[str, str]:
    hours = (
        say("không giới hạn", "no limit")
        if step.hours is None
        else f"{number(step.hours, say)} {say('giờ', 'hours')}"
    )
    targets = {"supplement": say("người nộp bổ sung", "supplement"), "end": say("kết thúc", "end"),
               "decide_refusal": say("từ chối", "refusal"), **names}  # fmt: skip
    found = {
        say("tên", "name"): step.name, say("vai trò", "role"): say.name(step.role, ROLES, EN_ROLES),
        say("thời gian", "time"): hours, say("loại", "kind"): step.does,
    }  # fmt: skip
    for action in step.then:
        leads = step.exit(action)
        assert leads is not None
        when = f" ({say('khi', 'when')} {leads.when})" if leads.when else ""
        called = f" [{leads.name}]" if leads.name else ""
        found[f"{say('lối', 'exit')} “{action}”"] = f"→ {targets.get(leads.to, leads.to)}{when}{called}"
    found |= {f"{say('việc', 'task')} “{one.name}”": _extra(one) for one in step.tasks}
    found |= {f"{say('lấy ý kiến', 'opinion')} “{one.name}”": _extra(one) for one in step.opinions}
    found |= {f"{say('hẹn giờ', 'timeout')} “{one.then}”": _extra(one) for one in step.timeouts}
    return found


def _extra(one: Any) -> str:
    """Everything a task, opinion or timeout says beside its name."""
    shown = {"hours", "working_days", "agency", "required"}
    values = ((name, getattr(one, name)) for name in one.__struct_fields__ if name in shown)
    return ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in values
        if value not in (None, "")
    )


def matched(
    what: str, old: Mapping[str, Any], new: Mapping[str, Any], called: Callable[[Any], str],
    parts: Callable[[Any, Words], dict[str, str]], say: Words,
) -> Iterator[str]:  # fmt: skip
    """Lines about things that keep their code: added, removed, changed, put into another order."""
    yield from (f"{what}: {say('thêm', 'added')} {called(one)}" for code, one in new.items() if code not in old)
    yield from (f"{what}: {say('bỏ', 'removed')} {called(one)}" for code, one in old.items() if code not in new)
    for code, one in new.items():
        if code in old and old[code] != one:
            yield from _inside(f"{what}: {called(old[code])}", parts(old[code], say), parts(one, say), say)
    both = [[code for code in codes if code in old and code in new] for codes in (old, new)]
    if both[0] != both[1]:
        yield f"{what}: {say('đổi thứ tự', 'another order')}"


def _inside(place: str, old: Mapping[str, str], new: Mapping[str, str], say: Words) -> Iterator[str]:
    lines = list(_lines(place, old, new, say))
    yield from lines or [f"{place}: {say('có thay đổi', 'changed')}"]


def _lines(place: str, old: Mapping[str, str], new: Mapping[str, str], say: Words) -> Iterable[str]:
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield f"{place}, {say('bỏ', 'removed')} {name}"
        elif name not in old:
            yield f"{place}, {say('thêm', 'added')} {name} {new[name]}".rstrip()
        else:
            yield from sides(f"{place}, {name}", old[name], new[name])
