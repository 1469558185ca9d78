"""The parts of a bench as a task list, each with what is still wrong in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.catalogue.queries import runs_of
from motcua.catalogue.rules import broken_runs
from motcua.sites.designer.asking import Workbench
from motcua.sites.designer.words import PART_NAMES, problems_of
from motcua.sites.frame.words import Tag


@dataclass(frozen=True)
class Task:
    """One row: ``page`` is the name of its address; ``told`` says in a line what the edition has there."""

    part: str
    page: str
    label: Promise | str
    told: Callable[[Workbench], str]


def _limits(bench: Workbench) -> str:
    channels = bench.definition.channels
    fees = sum(len(channel.fees) for each in channels.values() for channel in each)
    return now_("%(channels)d cách nộp, %(fees)d khoản phí") % {"channels": len(channels), "fees": fees}


def _questions(bench: Workbench) -> str:
    if bench.definition.form is None:
        return now_("Chưa có tờ khai riêng: dùng đơn đề nghị chung")
    form = bench.definition.form
    many = {"sections": len(form.get("x-sections", [])), "fields": len(form.get("properties", {}))}
    return now_("%(sections)d phần, %(fields)d câu hỏi") % many


def _papers(bench: Workbench) -> str:
    many = len(bench.definition.papers)
    return ngettext("%(many)d giấy tờ", "%(many)d giấy tờ", many) % {"many": many}


def _steps(bench: Workbench) -> str:
    many = len(bench.definition.process)
    return ngettext("%(many)d bước", "%(many)d bước", many) % {"many": many}


def _results(bench: Workbench) -> str:
    many = len(bench.definition.results)
    return ngettext("%(many)d kết quả", "%(many)d kết quả", many) % {"many": many}


TASKS = (
    Task("head", "head", PART_NAMES["head"], lambda bench: bench.definition.field),
    Task("terms", "terms", PART_NAMES["terms"], _limits),
    Task("papers", "papers", PART_NAMES["papers"], _papers),
    Task("form", "form", PART_NAMES["form"], _questions),
    Task("process", "process", PART_NAMES["process"], _steps),
    Task("results", "results", PART_NAMES["results"], _results),
    Task("runs", "runs", PART_NAMES["runs"], lambda _bench: now_("Chạy thử quy trình và các hồ sơ mẫu đã ghi")),
)
LOOKS = (
    Task("", "preview", _("Xem thử"), lambda _bench: now_("Như người dân và như cán bộ sẽ thấy")),
    Task("", "differences", _("Khác biệt"), lambda _bench: now_("So với phiên bản trước, bằng lời")),
    Task("", "review", _("Gửi duyệt và công bố"), lambda _bench: ""),
)


def rows(bench: Workbench, tasks: tuple[Task, ...] = TASKS) -> list[dict[str, Any]]:
    """The rows of ``<c-task-list>``; a page that is not there yet is a row without a link."""
    return [_row(bench, task) for task in tasks]


def _row(bench: Workbench, task: Task) -> dict[str, Any]:
    try:
        href = bench.address(task.page)
    except NoReverseMatch:
        href = ""
    tag = _tag(bench, task)
    return {"label": task.label, "href": href, "hint": task.told(bench), "status": tag.label, "kind": tag.kind,
            "icon": tag.icon}  # fmt: skip


def _tag(bench: Workbench, task: Task) -> Tag:
    wrong = len(
        problems_of(task.part, bench.problems) if task.part else bench.problems if task.page == "review" else []
    )
    if task.part == "runs" and (many := _broken(bench)):
        return Tag(now_("Bài kiểm thử đi khác đường: %(many)d") % {"many": many}, "red", "alert")
    if wrong:
        words = ngettext("%(many)d chỗ cần sửa", "%(many)d chỗ cần sửa", wrong) % {"many": wrong}
        return Tag(words, "red", "alert")
    if task.page == "review":
        return Tag(now_("Có thể gửi duyệt"), "blue", "send")
    return Tag(now_("Đạt"), "green", "check") if task.part else Tag(now_("Xem"), "plain", "right")


def _broken(bench: Workbench) -> int:
    """How many recorded tests this edition would fail. One query."""
    kept = runs_of([bench.definition.procedure])[bench.definition.procedure]
    return len(list(broken_runs(bench.definition, [*bench.definition.tests, *kept])))
