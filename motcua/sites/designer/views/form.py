"""The form designer: pages of the form as cards with their questions, and a page for each of them."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua import forms as engine
from motcua.base.errors import NotFound, Refused
from motcua.catalogue.rules import default_form
from motcua.designs import forms
from motcua.designs.questions import IN_GROUPS, KINDS
from motcua.sites.designer.asking import Workbench, asked, workbench
from motcua.sites.designer.forms import RuleForm, SectionForm
from motcua.sites.designer.previewing import preview_of
from motcua.sites.designer.problems import told
from motcua.sites.designer.question_forms import KIND_NAMES, QuestionForm, condition_words, initial_of
from motcua.sites.frame.refusals import said

Form = dict[str, Any]
MOVES: dict[str, Callable[[Form, str], Form]] = {
    "up": lambda form, name: forms.move_question(form, name, down=False),
    "down": lambda form, name: forms.move_question(form, name, down=True),
    "remove": forms.remove_question,
    "section-up": lambda form, code: forms.move_section(form, code, down=False),
    "section-down": lambda form, code: forms.move_section(form, code, down=True),
    "section-remove": forms.remove_section,
}


@workbench
def form(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The whole form beside its preview. A post moves or removes one thing, or begins a form."""
    refused, status = None, 200
    if request.method == "POST":
        try:
            _do(request, bench)
        except Refused as no:
            refused, status = no, no.status
        else:
            return redirect(f"{bench.address('form')}?{request.GET.urlencode()}")
    section = asked(request, "phan", 60)
    context = {
        "who": bench, "bench": bench, "title": now_("Tờ khai"), "form": bench.definition.form,
        "refused": refused and said(refused), "code": refused and refused.code,
        "sections": _cards(bench.definition.form) if bench.definition.form else [],
        "problems": told("form", bench), "preview": preview_of(bench, section),
    }  # fmt: skip
    return render(request, "designer/form.html", context, status=status)


def _do(request: HttpRequest, bench: Workbench) -> None:
    """One verb of the buttons: ``up:ten``, ``section-remove:phan-1``, ``begin:``, ``begin-general:``, ``drop:``."""
    verb, _, name = request.POST.get("_do", "").partition(":")
    definition = bench.definition
    if verb == "begin":
        made: Form | None = forms.empty(f"Tờ khai: {definition.name.vi}", f"Form: {definition.name.en}")
    elif verb == "begin-general":
        made = default_form(definition)
    elif verb == "drop":
        made = None
    elif verb in MOVES:
        made = MOVES[verb](form_of(bench), name)
    else:
        raise NotFound("not_found")
    write(bench, request, made)


def write(bench: Workbench, request: HttpRequest, made: Form | None) -> None:
    """Let the draft have this form. Raises as `Workbench.revise`."""
    bench.revise(msgspec.structs.replace(bench.definition, form=made), request)


def form_of(bench: Workbench) -> Form:
    """The form of the edition. Raises `NotFound` ``form_missing`` where it has none of its own."""
    if bench.definition.form is None:
        raise NotFound("design_form_missing")
    return bench.definition.form


def _cards(form: Form) -> list[dict[str, Any]]:
    """The sections with their questions, as the overview shows them."""
    properties, required = form["properties"], form.get("required", [])
    return [
        {"code": part["code"], "title": engine.label(part),
         "questions": [row for name in part["fields"] if name in properties for row in _rows(form, name, required)]}
        for part in form["x-sections"]
    ]  # fmt: skip


def _rows(form: Form, name: str, required: list[str]) -> list[dict[str, Any]]:
    field = form["properties"][name]
    rows = [_row(name, field, name in required, form["properties"])]
    if field["type"] == "array":
        items = field.get("items") or {}
        needed = items.get("required", [])
        rows += [
            _row(f"{name}-{column}", inner, column in needed, {}) for column, inner in items["properties"].items()
        ]
    return rows


def _row(path: str, field: Form, required: bool, properties: Form) -> dict[str, Any]:
    kind = forms.kind_of(field)
    return {
        "path": path, "title": engine.label(field), "kind": KIND_NAMES[kind], "required": required,
        "group": kind == "group", "column": "-" in path, "formula": field.get("x-value", ""),
        "when": [condition_words(one, properties) for one in field.get("x-when", ())],
        "prefilled": "x-prefill" in field,
    }  # fmt: skip


@workbench
def section(request: HttpRequest, bench: Workbench, code: str = "") -> HttpResponse:
    """A new page of the form, or the words of one."""
    now = next((part for part in form_of(bench)["x-sections"] if part["code"] == code), None)
    if code and now is None:
        raise NotFound("design_section_unknown", code=code[:60])
    words = {} if now is None else {"title": now["title"], "title_en": now.get("x-en", ""),
                                    "hint": now.get("x-hint", ""), "hint_en": now.get("x-hint-en", "")}  # fmt: skip
    typed = SectionForm(request.POST or None, initial=words)

    def made() -> Form:
        given = typed.cleaned_data
        form = form_of(bench)
        if not code:
            form = forms.add_section(form, given["title"], given["title_en"])
        return forms.change_section(form, code or form["x-sections"][-1]["code"], given)

    return _edit(request, bench, typed, made, now_("Phần của tờ khai"))


@workbench
def add_question(request: HttpRequest, bench: Workbench, code: str, group: str = "") -> HttpResponse:
    """First the kind, then the question. Raises `NotFound` ``design_section_unknown``."""
    form, kind = form_of(bench), asked(request, "loai", 20)
    if code not in {part["code"] for part in form["x-sections"]}:
        raise NotFound("design_section_unknown", code=code[:60])
    if kind not in (IN_GROUPS if group else KINDS):
        kinds = [(one, KIND_NAMES[one]) for one in (IN_GROUPS if group else KINDS)]
        context = {"who": bench, "bench": bench, "title": now_("Thêm câu hỏi"), "kinds": kinds}
        return render(request, "designer/kinds.html", context)
    before = {} if group else _before(form, "")
    typed = QuestionForm(request.POST or None, kind=kind, before=before, column=bool(group), new=True,
                         initial={"required": True})  # fmt: skip

    def made() -> Form:
        name = typed.cleaned_data.get("name", "").strip()
        return forms.add_question(form_of(bench), code, typed.question(), name, group)

    return _edit(request, bench, typed, made, f"{now_('Thêm câu hỏi')}: {KIND_NAMES[kind]}", code)


@workbench
def add_column(request: HttpRequest, bench: Workbench, path: str) -> HttpResponse:
    """A question inside a repeated group. Raises `NotFound` ``design_field_unknown``."""
    code = next((part["code"] for part in form_of(bench)["x-sections"] if path in part["fields"]), "")
    if not code:
        raise NotFound("design_field_unknown", name=path[:60])
    inner: Callable[..., HttpResponse] = add_question.__wrapped__.__wrapped__  # type: ignore[attr-defined]
    return inner(request, bench, code=code, group=path)


@workbench
def question(request: HttpRequest, bench: Workbench, path: str) -> HttpResponse:
    """A question there is; ``?loai=`` asks it as another kind."""
    form = form_of(bench)
    now = forms.question_at(form, path)
    kind = asked(request, "loai", 20)
    column = "-" in path
    kind = kind if kind in (IN_GROUPS if column else KINDS) else now.kind
    before = {} if column else _before(form, path)
    typed = QuestionForm(
        request.POST or None, kind=kind, before=before, column=column, initial=initial_of(now, before)
    )
    code = next((part["code"] for part in form["x-sections"] if path.partition("-")[0] in part["fields"]), "")
    kinds = [(one, KIND_NAMES[one]) for one in (IN_GROUPS if column else KINDS) if one != kind]

    def made() -> Form:
        return forms.change_question(form_of(bench), path, typed.question())

    return _edit(request, bench, typed, made, now.title, code, kinds=kinds, path=path)


def _before(form: Form, name: str) -> Form:
    properties = form["properties"]
    return {each: properties[each] for each in forms.earlier(form, name) if each in properties}


@workbench
def rules(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """Rules over several questions; an emptied row goes, an empty one at the end adds."""
    now = form_of(bench).get("x-rules", [])
    typed = RuleForm(request.POST or None, rules=now, names=_before(form_of(bench), ""))

    def made() -> Form:
        return forms.set_rules(form_of(bench), typed.rules())

    return _edit(request, bench, typed, made, now_("Quy tắc giữa các câu hỏi"))


def _edit(
    request: HttpRequest, bench: Workbench, typed: Any, made: Callable[[], Form], title: str, section: str = "",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show what may be typed; on a post write it and go back to the overview. Refused, everything typed stays."""
    status = 200
    if request.method == "POST":
        status = 422
        if typed.is_valid():
            try:
                write(bench, request, made())
            except Refused as no:
                status = typed.refuse(no)
            else:
                messages.success(request, now_("Đã lưu."))
                return redirect(f"{bench.address('form')}{f'?phan={section}' if section else ''}")
    context = {"who": bench, "bench": bench, "title": title, "typed": typed, "back": bench.address("form"), **more}
    return render(request, "designer/edit.html", context, status=status)
