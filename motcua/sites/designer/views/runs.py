"""Trying a process: every way through it, and the recorded runs of real dossiers, replayed on this edition."""

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from motcua.base.errors import DefinitionError, NotFound, Refused
from motcua.base.text import clean
from motcua.catalogue import actions
from motcua.catalogue.models import RecordedRun
from motcua.processes.paths import Path, never_taken, paths
from motcua.processes.runs import Run, hours_of, replay
from motcua.sites.designer import process_words as words
from motcua.sites.designer.asking import Workbench, workbench
from motcua.sites.designer.process_forms import RecordRun, RetireRun
from motcua.trials.recorded import keep_run

MOST_PATHS = 60
FEW = 8  # ways that are shown at once; more are folded


@workbench
def runs(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The ways through, and the tests."""
    return page(request, bench, RecordRun())


def page(request: HttpRequest, bench: Workbench, form: RecordRun, status: int = 200) -> HttpResponse:
    """The page, with the form as it was typed."""
    ways = _ways(bench)
    steps = {step.step: step for step in bench.definition.process}
    kept = RecordedRun.objects.filter(procedure=bench.edition.procedure, retired_at=None).order_by("id")
    context = {
        "who": bench, "bench": bench, "title": now_("Chạy thử"), "form": form,
        "ways": [words.path(way, bench.definition) for way in ways[:MOST_PATHS]], "more": len(ways) > MOST_PATHS,
        "few": len(ways) <= FEW,
        "never": [(words.name(steps[step]), words.action(steps[step], action)) for step, action in _never(bench, ways)],
        "recorded": [_told(bench, msgspec.convert(each.content, Run), each) for each in kept],
        "brought": [_told(bench, run) for run in bench.definition.tests],
        "retired": RecordedRun.objects.filter(procedure=bench.edition.procedure).exclude(retired_at=None),
    }  # fmt: skip
    return render(request, "designer/runs.html", context, status=status)


def _ways(bench: Workbench) -> list[Path]:
    try:
        return paths(bench.definition.process, bench.plan.form_definition, MOST_PATHS + 1)
    except DefinitionError:
        return []


def _never(bench: Workbench, ways: list[Path]) -> list[tuple[str, str]]:
    """The exits that no way takes; none are told where not all ways are there."""
    return never_taken(bench.definition.process, ways) if 0 < len(ways) <= MOST_PATHS else []


def _told(bench: Workbench, run: Run, kept: RecordedRun | None = None) -> dict[str, Any]:
    """A test as the page shows it: its way, its hours then and now, and where this edition leaves the way."""
    steps = bench.definition.process
    now = hours_of(run, steps)
    return {
        "run": run, "kept": kept, "way": words.run_way(run, bench.definition),
        "then": None if run.hours is None else words.number(run.hours),
        "now": None if now is None else words.number(now),
        "broken": [words.broken(each) for each in replay(run, steps, bench.plan.form_definition)],
    }  # fmt: skip


@require_POST
@workbench
def record(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """Keep the way of a finished dossier as a test."""
    form = RecordRun(request.POST)
    if not form.is_valid():
        return page(request, bench, form, status=422)
    code, name = form.cleaned_data["code"], clean(form.cleaned_data["name"])
    try:
        keep_run(code, bench.definition.procedure, name, by=bench.by, at=bench.at)
    except Refused as no:
        return page(request, bench, form, status=form.refuse(no))
    messages.success(request, now_("Đã ghi bài kiểm thử “%(name)s”.") % {"name": name})
    return redirect(bench.address("runs"))


@workbench
def retire(request: HttpRequest, bench: Workbench, run: UUID) -> HttpResponse:
    """Let a recorded test go, with the reason."""
    kept = RecordedRun.objects.filter(id=run, procedure=bench.edition.procedure, retired_at=None).first()
    if kept is None:
        raise NotFound("run_unknown")
    form, status = RetireRun(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            actions.retire_run(kept.id, form.cleaned_data["reason"], by=bench.by, at=bench.at)
            messages.success(request, now_("Đã cho nghỉ bài kiểm thử “%(name)s”.") % {"name": kept.name})
            return redirect(bench.address("runs"))
    context = {"who": bench, "bench": bench, "title": now_("Cho nghỉ bài kiểm thử"), "form": form, "kept": kept}
    return render(request, "designer/run_retire.html", context, status=status)


@require_POST
@workbench
def drop(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """Take a test that the draft brought along out of the draft."""
    name = request.POST.get("run", "")
    left = tuple(run for run in bench.definition.tests if run.name != name)
    bench.revise(replace(bench.definition, tests=left), request)
    messages.success(request, now_("Đã bỏ bài kiểm thử khỏi bản nháp."))
    return redirect(bench.address("runs"))
