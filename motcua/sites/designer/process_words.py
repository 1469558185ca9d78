"""What the designer calls the parts of a process, and its problems in words."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import DefinitionError
from motcua.catalogue.definition import Definition, Step
from motcua.catalogue.queries import Plan
from motcua.diagrams import words
from motcua.forms import label
from motcua.forms.expressions import types_of
from motcua.processes import checking
from motcua.processes.conditions import NAMES, condition
from motcua.processes.paths import Path, Stop
from motcua.processes.runs import Broken, Run, Taken
from motcua.processes.words import in_words
from motcua.sites.frame.words import CHANNELS, english, language

Label = str | Promise
KINDS: dict[str, Label] = {
    "receive": _("Tiếp nhận (bước đầu)"),
    "work": _("Xử lý"),
    "decide": _("Quyết định (ra kết quả)"),
    "hand_over": _("Trả kết quả (bước cuối)"),
    "automatic": _("Tự động rẽ nhánh"),
}
ROLE_LABELS: dict[str, Label] = {
    "reception": _("Tiếp nhận và trả kết quả"),
    "clerk": _("Chuyên viên thụ lý"),
    "head": _("Lãnh đạo phòng"),
    "approver": _("Lãnh đạo ký duyệt"),
}
THEN_LABELS: dict[str, Label] = {
    "remind": _("nhắc người đang giữ"),
    "escalate": _("chuyển cho lãnh đạo phòng"),
    "close": _("dừng giải quyết hồ sơ"),
}
TARGETS: dict[str, Label] = {
    "supplement": _("Người nộp bổ sung"),
    "decide_refusal": _("Quyết định từ chối"),
    "end": _("Kết thúc"),
}
ACTIONS = ("pass", "return", "ask_more", "refuse", "hand_over")


def action_choices(step: Step | None) -> list[tuple[str, str]]:
    """The actions that have a name of their own, as this kind of step calls them."""
    plain = step or Step("", "", "", None, {})
    return [("", "—"), *((code, words.action(plain, code, language())) for code in ACTIONS)]


def target_choices(steps: Iterable[Step], step: Step | None) -> list[tuple[str, Label]]:
    """Where an exit of ``step`` can lead."""
    others = [(other.step, words.step_name(other, language())) for other in steps if other != step]
    return [("", "—"), *others, *TARGETS.items()]


def name(step: Step) -> str:
    """What a step is called."""
    return words.step_name(step, language())


def action(step: Step, code: str) -> str:
    """What a button of the step is called."""
    return words.action(step, code, language())


class Way(NamedTuple):
    """An exit as a line says it."""

    action: str
    to: Label
    when: str


class StepRow(NamedTuple):
    """A step as the list shows it."""

    step: Step
    name: str
    kind: Label
    role: str
    hours: str
    ways: list[Way]
    first: bool
    last: bool


def row(step: Step, definition: Definition) -> StepRow:
    """The line of a step in the list."""
    steps = definition.process
    ways = [
        Way(action(step, code), target(way.to, steps), in_words(way.when, definition.form, language()))
        for code in step.then
        if (way := step.exit(code))
    ]
    automatic = step.does == "automatic"
    return StepRow(
        step, name(step), KINDS.get(step.does, step.does), "" if automatic else words.role(step.role, language()),
        "" if automatic else words.hours(step.hours, language()), ways, step is steps[0], step is steps[-1],
    )  # fmt: skip


class Known(NamedTuple):
    """A name that a condition may use."""

    name: str
    kind: Label
    title: Label


TYPES: dict[str, Label] = {
    "string": _("chữ"), "int": _("số nguyên"), "double": _("số thập phân, viết 3.0"), "bool": _("true hoặc false"),
    "rows": _("danh sách"),
}  # fmt: skip
CIRCUMSTANCES: dict[str, Label] = {
    "dossier.channel": _("cách nộp: online, direct hoặc postal"),
    "dossier.return_by": _("cách nhận kết quả: online, counter hoặc post"),
    "dossier.on_behalf": _("nộp thay người khác"),
    "dossier.supplements": _("số lần đã yêu cầu bổ sung"),
    "opinions.open": _("số ý kiến đang chờ"),
    "opinions.agreed": _("số ý kiến đồng ý"),
    "opinions.against": _("số ý kiến không đồng ý"),
}


def condition_names(plan: Plan) -> list[Known]:
    """Every name that a condition of this edition may use, the questions of its form first."""
    form = plan.form_definition
    try:
        found = types_of(form)
    except (KeyError, TypeError):  # a draft whose form is not sound yet
        found = {}
    titles = {code: label(field, language()) for code, field in form.get("properties", {}).items() if field}
    asked = [
        Known(code, TYPES.get(kind, kind), titles.get(code, "")) for code, kind in found.items() if code in titles
    ]
    return asked + [Known(code, TYPES[kind], CIRCUMSTANCES.get(code, "")) for code, kind in NAMES.items()]


def condition_problem(text: str, plan: Plan) -> str:
    """What is wrong with a condition, as the check says it; empty where nothing is."""
    try:
        condition(text, plan.form_definition)
    except DefinitionError as error:
        return error.problems[0]
    return ""


def target(code: str, steps: Iterable[Step]) -> Label:
    """What the place is called that an exit leads to."""
    found = next((words.step_name(step, language()) for step in steps if step.step == code), None)
    return found or TARGETS.get(code, code)


class Sum(NamedTuple):
    """The hours of the process beside the limit of one way of filing. ``fits`` is None where they can't be compared."""

    channels: str
    told: str
    fits: bool | None


def sums(definition: Definition) -> list[Sum]:
    """The hours of the longest way through against each limit, as ``80 giờ / 80 giờ = 10 ngày làm việc``."""
    if not definition.process:
        return []
    total = checking.total_hours(definition.process)
    limits: dict[float | None, list[str]] = {}
    for code, channels in definition.channels.items():
        hours = [found for channel in channels if (found := channel.limit.working_hours) is not None]
        limits.setdefault(max(hours, default=None), []).append(str(CHANNELS.get(code, code)))
    return [_sum(total, limit, ", ".join(names)) for limit, names in limits.items()]


def _sum(total: float, limit: float | None, channels: str) -> Sum:
    if limit is None:
        told = now_("%(total)s giờ; thời hạn không tính bằng giờ hoặc ngày làm việc") % {"total": number(total)}
        return Sum(channels, told, None)
    told = now_("%(total)s giờ / %(limit)s giờ = %(days)s ngày làm việc") % {
        "total": number(total), "limit": number(limit), "days": number(limit / 8),
    }  # fmt: skip
    return Sum(channels, told, abs(total - limit) < 1e-6)


def number(value: float) -> str:
    """A number as the reader writes it."""
    return f"{value:g}" if english() else f"{value:g}".replace(".", ",")


BROKEN: dict[str, Label] = {
    "no_process": _("phiên bản không còn quy trình mà hồ sơ đi được"),
    "starts_elsewhere": _("hồ sơ không còn bắt đầu ở bước này"),
    "step_gone": _("bước này không còn"),
    "role_changed": _("bước này nay do vai trò khác giữ: %(about)s"),
    "action_gone": _("không còn nút “%(about)s”"),
    "condition_fails": _("điều kiện của nút “%(about)s” không đúng với câu trả lời đã ghi"),
    "earlier_exit": _("bước tự động nay rẽ theo “%(about)s”"),
    "leads_elsewhere": _("nút bấm nay dẫn đến nơi khác: %(about)s"),
    "answer_gone": _("tờ khai không còn câu hỏi “%(about)s”"),
    "answer_type": _("câu hỏi “%(about)s” nay thuộc kiểu khác"),
    "decided_otherwise": _("hồ sơ đi đến quyết định khác"),
}


def broken(found: Broken) -> str:
    """Where a recorded run leaves its way, as a sentence."""
    about = str({**ROLE_LABELS, **TARGETS, **dict(action_choices(None))}.get(found.about, found.about))
    told = str(BROKEN[found.why]) % {"about": about}
    return now_("Bước %(step)s: %(told)s.") % {"step": found.name, "told": told} if found.step else f"{told}."


class PathTold(NamedTuple):
    """A way through, as a line says it."""

    granted: bool
    hours: str
    roles: str
    when: list[str]
    way: str


def path(found: Path, definition: Definition) -> PathTold:
    """A way through in words."""
    when = [in_words(text, definition.form, language()) for text in found.when]
    roles = " → ".join(words.role(role, language()) for role in found.roles)
    return PathTold(found.granted, words.hours(found.hours, language()), roles, when, _way(found.stops, definition))


def run_way(run: Run, definition: Definition) -> str:
    """The recorded way in words; a step that is gone by its code."""
    return _way(run.moves, definition)


def _way(stops: Iterable[Stop | Taken], definition: Definition) -> str:
    steps = {step.step: step for step in definition.process}
    told = []
    for stop in stops:
        step = steps.get(stop.step)
        told.append(f"{name(step)} ({action(step, stop.action)})" if step else f"{stop.step} ({stop.action})")
    return " → ".join(told)
