"""The form tried as the citizen fills it in, and as the officer reads it. Checks run, nothing is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now_

from motcua import forms
from motcua.sites.designer import process_words
from motcua.sites.designer.asking import Workbench, asked, workbench
from motcua.sites.designer.previewing import Preview, preview_of, read_answers
from motcua.sites.frame.words import language, step_name


@workbench
def preview(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """One page of the form as the citizen sees it; a post checks it. Asked by htmx, the frame alone."""
    code = asked(request, "phan", 60)
    post = _post(request)
    shown = preview_of(bench, code, post)
    if post and "_next" in request.POST and shown.passed and shown.following:
        shown = preview_of(bench, shown.following, {"_answers": [shown.kept], "_add": [" "]})
    context = {"who": bench, "bench": bench, "title": now_("Xem thử"), "preview": shown}
    template = "designer/preview_frame.html" if getattr(request, "htmx", False) else "designer/preview.html"
    return render(request, template, context, status=422 if post and shown.errors else 200)


@workbench
def officer(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The answers as the officer reads them, and the buttons of each step."""
    shown = preview_of(bench, "")
    answers: dict[str, Any] = {}
    if not shown.problems:
        answers = bench.plan.form.kept(read_answers(bench.plan.form, _post(request) or {}))
    context = {
        "who": bench, "bench": bench, "title": now_("Xem thử như cán bộ"), "preview": shown,
        "parts": _answers(shown, bench, answers), "steps": _steps(bench),
    }  # fmt: skip
    return render(request, "designer/preview_officer.html", context)


def _post(request: HttpRequest) -> dict[str, list[str]] | None:
    if request.method != "POST":
        return None
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def _answers(shown: Preview, bench: Workbench, answers: dict[str, Any]) -> list[tuple[str, list[dict[str, str]]]]:
    """Section by section the questions that apply, with what was typed in the preview."""
    if shown.problems:
        return []
    form, speech = bench.plan.form, language()
    apply = form.visible(answers)
    return [
        (section.title_en if speech == "en" else section.title,
         [{"label": forms.label(field, speech), "value": _value(field, answers.get(name), speech)}
          for name, field in form.fields.items() if name in section.fields and name in apply])
        for section in form.open_sections(answers)
    ]  # fmt: skip


def _value(field: dict[str, Any], value: Any, speech: str) -> str:
    if not isinstance(value, list):
        return forms.shown(field, value, speech)
    columns = field["items"]["properties"]
    rows = [row for row in value if isinstance(row, dict)]
    cells = [[forms.shown(columns[name], row[name], speech) for name in columns if name in row] for row in rows]
    return "\n".join(", ".join(row) for row in cells)


def _steps(bench: Workbench) -> list[dict[str, Any]]:
    """Each step with who sits there and what its buttons are called."""
    return [
        {"name": step_name(step), "role": process_words.ROLE_LABELS.get(step.role, ""), "hours": step.hours,
         "buttons": [process_words.action(step, action) for action in step.then]}
        for step in bench.definition.process
    ]  # fmt: skip
