"""What changes, in words; sending to review, sending back, publishing, throwing away; one file out and in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import NotFound, Refused
from motcua.catalogue import actions, queries
from motcua.catalogue.definition import parse
from motcua.catalogue.models import Edition
from motcua.catalogue.states import EDITION
from motcua.designs import files
from motcua.designs.differences import differences as between
from motcua.sites.designer.asking import Administrator, Workbench, administrator_only, workbench
from motcua.sites.designer.head_forms import FileForm, SendBackForm
from motcua.sites.designer.known import must_be_known
from motcua.sites.designer.problems import all_told
from motcua.sites.designer.words import PART_NAMES, edition_tag
from motcua.sites.frame.refusals import said
from motcua.sites.frame.words import language


@workbench
def differences(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """What this edition changes against the one before it, or against ``?voi=<number>``."""
    number = request.GET.get("voi", "")
    before = queries.edition_before(bench.edition, int(number) if number.isdecimal() and len(number) < 6 else None)
    others = [each for each in queries.editions_of(bench.definition.procedure) if each.id != bench.edition.id]
    context = {"who": bench, "bench": bench, "title": now_("Khác biệt"), "before": before, "others": others,
               "parts": changes(bench, before)}  # fmt: skip
    return render(request, "designer/differences.html", context)


def changes(bench: Workbench, before: Edition | None) -> list[tuple[str, list[str]]]:
    """The lines part by part; none without an edition before."""
    if before is None:
        return []
    lines = between(parse(before.definition), bench.definition, language())
    parts = {each.part: [one.text for one in lines if one.part == each.part] for each in lines}
    return [(str(PART_NAMES[part]), texts) for part, texts in parts.items()]


@workbench
def review(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """Everything one needs to decide, and the buttons that state and role allow."""
    typed, refused = SendBackForm(None), None
    if request.method == "POST":
        typed = SendBackForm(request.POST if request.POST.get("_do") == "send_back" else None)
        try:
            return _act(request, bench)
        except Refused as no:
            refused = no
            if typed.is_bound:
                typed.is_valid()
                typed.refuse(no)
    before = queries.edition_before(bench.edition)
    context = {
        "who": bench, "bench": bench, "title": now_("Gửi duyệt và công bố"), "tag": edition_tag(bench.edition),
        "problems": all_told(bench.problems, bench.definition), "before": before, "parts": changes(bench, before),
        "typed": typed, "refused": said(refused) if refused and not typed.is_bound else None,
        "code": refused and refused.code, "verbs": verbs(bench),
    }  # fmt: skip
    return render(request, "designer/review.html", context, status=refused.status if refused else 200)


def verbs(bench: Workbench) -> set[str]:
    """What this person may do with the edition now."""
    found = {move.verb for move in EDITION.open_to(bench.edition.state, bench.by.roles)}
    return found - {"send"} if bench.problems else found


def _act(request: HttpRequest, bench: Workbench) -> HttpResponse:
    verb, seen = request.POST.get("_do", ""), request.POST.get("seen", "")
    by: dict[str, Any] = {"by": bench.by, "at": bench.at}
    if verb == "send":
        must_be_known(bench.definition)
        actions.send(bench.edition, seen=seen, **by)
        messages.success(request, now_("Đã gửi duyệt."))
    elif verb == "send_back":
        actions.send_back(bench.edition, request.POST.get("reason", ""), **by)
        messages.success(request, now_("Đã trả lại để sửa."))
    elif verb == "publish":
        actions.publish(bench.edition, **by)
        messages.success(request, now_("Đã công bố."))
    elif verb == "discard":
        actions.discard(bench.edition, seen=seen, **by)
        messages.success(request, now_("Đã bỏ bản nháp."))
        return redirect("designer:procedure", code=bench.definition.procedure)
    else:
        raise NotFound("not_found")
    return redirect(bench.address("review"))


@workbench
def file(request: HttpRequest, bench: Workbench) -> HttpResponse:  # noqa: ARG001
    """The edition as one YAML file."""
    name = f"{bench.definition.procedure}-{bench.edition.number}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = files.written(
        bench.definition, queries.runs_of([bench.definition.procedure])[bench.definition.procedure]
    )
    return HttpResponse(content, content_type="application/yaml; charset=utf-8", headers=headers)


@administrator_only
def bring_in(request: HttpRequest, who: Administrator) -> HttpResponse:
    """A file becomes a draft, whole or not at all; what is wrong in it is shown on its bench."""
    typed = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if typed.is_valid():
            try:
                content = typed.cleaned_data["file"].read(files.MOST_BYTES + 1)
                draft = actions.begin(files.read(content), by=who.by, at=who.at)
            except Refused as no:
                status = typed.refuse(no)
            else:
                messages.success(request, now_("Đã nạp tệp thành bản nháp."))
                return redirect("designer:bench", edition=draft.id)
    return render(request, "designer/bring_in.html", {"who": who, "form": typed}, status=status)
