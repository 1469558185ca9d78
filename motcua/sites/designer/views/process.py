"""The process of an edition: its picture, its steps in order, its hours against the limit; BPMN out and in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from motcua.base.errors import Invalid, NotFound
from motcua.base.text import clean
from motcua.catalogue.definition import Step
from motcua.designs import processes
from motcua.diagrams import bpmn
from motcua.diagrams.bpmn.graph import MOST_BYTES
from motcua.sites.designer import process_words as words
from motcua.sites.designer.asking import Workbench, workbench
from motcua.sites.designer.process_forms import AddStep, UploadedProcess
from motcua.sites.designer.process_problems import problems
from motcua.sites.designer.words import problems_of


@workbench
def process(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The picture beside the list of steps."""
    return page(request, bench)


def page(request: HttpRequest, bench: Workbench, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of the process, with the forms as they were typed."""
    steps = bench.definition.process
    context = {
        "who": bench, "bench": bench, "title": now_("Quy trình"), "definition": bench.definition,
        "rows": [words.row(step, bench.definition) for step in steps], "sums": words.sums(bench.definition),
        "problems": problems(problems_of("process", bench.problems), bench.definition),
        "adding": forms.get("adding") or AddStep(steps), "upload": forms.get("upload") or UploadedProcess(),
    }  # fmt: skip
    return render(request, "designer/process.html", context, status=status)


@require_POST
@workbench
def add(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """Put a step in after another one, then go on to its page."""
    form = AddStep(bench.definition.process, request.POST)
    if not form.is_valid():
        return page(request, bench, status=422, adding=form)
    given = form.cleaned_data
    if bench.definition.process:
        steps, new = processes.add_step(bench.definition.process, given["after"], clean(given["name"]), given["role"])
    else:
        new = Step(processes.free_code((), given["name"]), clean(given["name"]), given["role"], 1, {}, "receive")
        steps = (new,)
    bench.revise(replace(bench.definition, process=steps), request)
    return redirect(bench.address("step", code=new.step))


@require_POST
@workbench
def move(request: HttpRequest, bench: Workbench, code: str) -> HttpResponse:
    """One place up or down the list."""
    places = -1 if request.POST.get("places") == "-1" else 1
    steps = processes.move_step(bench.definition.process, code, places)
    bench.revise(replace(bench.definition, process=steps), request)
    return redirect(bench.address("process"))


@workbench
def remove(request: HttpRequest, bench: Workbench, code: str) -> HttpResponse:
    """Ask what should stand in where others lead to the step, then remove it."""
    steps = bench.definition.process
    gone = processes.at(steps, code)
    if request.method == "POST":
        left = processes.remove_step(steps, code, instead=request.POST.get("instead", ""))
        bench.revise(replace(bench.definition, process=left), request)
        messages.success(request, now_("Đã xoá bước “%(name)s”.") % {"name": gone.name})
        return redirect(bench.address("process"))
    others = [(step.step, words.name(step)) for step in steps if step is not gone]
    onward = gone.exit("pass")
    context = {
        "who": bench, "bench": bench, "title": now_("Xoá bước"), "step": gone, "others": others,
        "leading": [words.name(step) for step in processes.leading_to(steps, code) if step is not gone],
        "onward": onward.to if onward else "",
    }  # fmt: skip
    return render(request, "designer/step_remove.html", context)


@workbench
def bpmn_file(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The process as a BPMN 2.0 file; posted, a file takes the place of the process."""
    if request.method != "POST":
        if not bench.definition.process:
            raise NotFound("process_missing", procedure=bench.definition.procedure)
        answer = HttpResponse(bpmn.export(bench.definition), content_type="application/xml")
        answer["Content-Disposition"] = f'attachment; filename="{bench.definition.procedure}.bpmn"'
        return answer
    form = UploadedProcess(request.POST, request.FILES)
    if form.is_valid():
        try:
            steps = bpmn.read(form.cleaned_data["file"].read(MOST_BYTES + 1))
        except Invalid as no:
            return page(request, bench, status=form.refuse(no), upload=form)
        bench.revise(replace(bench.definition, process=steps), request)
        messages.success(request, now_("Đã nạp quy trình từ tệp BPMN."))
        return redirect(bench.address("process"))
    return page(request, bench, status=422, upload=form)
