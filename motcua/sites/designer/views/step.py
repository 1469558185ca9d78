"""One step of the process on one page: who, how long, its exits, its tasks, its opinions, its timeouts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from motcua.base.errors import Refused
from motcua.designs import processes
from motcua.sites.designer import process_words as words
from motcua.sites.designer.asking import Workbench, workbench
from motcua.sites.designer.process_forms import StepEdit
from motcua.sites.designer.process_problems import problems_of_step, sentence


@workbench
def step(request: HttpRequest, bench: Workbench, code: str) -> HttpResponse:
    """Show or change a step. What can't be read, or was changed by somebody else meanwhile, is shown again as typed."""
    steps = bench.definition.process
    found = processes.at(steps, code)
    edit = StepEdit(steps, found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, bench, edit)
    if not edit.is_valid():
        return _page(request, bench, edit, status=422)
    changed = edit.step()
    try:
        bench.revise(replace(bench.definition, process=processes.change_step(steps, code, changed)), request)
    except Refused as no:
        return _page(request, bench, edit, status=edit.head.refuse(no))
    messages.success(request, now_("Đã lưu bước “%(name)s”.") % {"name": changed.name})
    if "more" in request.POST or problems_of_step(changed.step, bench.problems, bench.definition):
        return redirect(bench.address("step", code=changed.step))
    return redirect(bench.address("process"))


def _page(request: HttpRequest, bench: Workbench, edit: StepEdit, status: int = 200) -> HttpResponse:
    asked = request.method == "POST"
    wrong = [] if asked else problems_of_step(edit.old.step, bench.problems, bench.definition)
    context = {
        "who": bench, "bench": bench, "title": words.name(edit.old), "edit": edit, "step": edit.old,
        "sums": words.sums(bench.definition), "problems": wrong, "names": words.condition_names(bench.plan),
        "tables": _tables(edit), "legend": now_("Lối ra"),
    }  # fmt: skip
    return render(request, "designer/step.html", context, status=status)


def _tables(edit: StepEdit) -> list[tuple[Any, str, str, str, bool]]:
    """The tables that most steps do without: the rows, what they are called, a hint, and whether they stand open."""
    told = (
        (edit.tasks, now_("Việc phải làm"), now_("Việc"), ""),
        (edit.opinions, now_("Lấy ý kiến đơn vị khác"), now_("Ý kiến"), ""),
        (
            edit.timeouts,
            now_("Hẹn giờ"),
            now_("Hẹn giờ"),
            now_("Hệ thống tự làm khi hồ sơ đứng ở bước này quá lâu."),
        ),
    )
    return [
        (table, title, legend, hint, bool(table.is_bound or table.initial)) for table, title, legend, hint in told
    ]


@require_POST
@workbench
def condition(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """What is wrong with a condition that is being typed, for htmx: a fragment, nothing is kept."""
    text = request.POST.get(request.headers.get("HX-Trigger-Name", "exits-0-when"), "")
    wrong = words.condition_problem(text, bench.plan) if text.strip() else ""
    context = {"asked": bool(text.strip()), "wrong": wrong, "told": sentence(wrong) if wrong else ""}
    return render(request, "designer/condition.html", context)
