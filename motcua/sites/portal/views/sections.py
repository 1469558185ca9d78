"""One page of the form: a few questions that belong together, saved at every step."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import Invalid
from motcua.drafts import actions
from motcua.forms import Fault, Section, parse_post, strange_names
from motcua.sites.frame.fields import change_rows, error_list, fields_of
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import language
from motcua.sites.portal.writing import Writing, known_answers, label_of, section_of, writing


@writing
def section(request: HttpRequest, writing: Writing, section: str) -> HttpResponse:
    """Show a page of the form, or keep what was typed, right or wrong, and go on when nothing is wrong."""
    page, definition = section_of(writing, section), writing.plan.form_definition
    if request.method != "POST":
        faults = writing.faults_of(page) if "loi" in request.GET else {}
        return _page(request, writing, page, writing.draft.answers, faults)
    post = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    if (changed := change_rows(definition, section, post)) is not None:
        return _page(request, writing, page, page.answered(writing.draft.answers, changed), {})
    if strange := strange_names(definition, post):
        raise Invalid("form_field_unknown", names=strange)
    given = parse_post(definition, section, post)
    faults = actions.save_section(writing.draft.id, section, given, by=writing.by, at=writing.at)
    if getattr(request, "htmx", False):
        return HttpResponse(now_("Đã lưu lúc %(when)s") % {"when": moment(writing.at)})
    if "_later" in request.POST:
        return redirect(writing.address("draft"))
    if faults:
        return _page(request, writing, page, page.answered(writing.draft.answers, given), faults)
    return redirect(_onward(request, writing, page, given))


def _onward(request: HttpRequest, writing: Writing, page: Section, given: dict[str, Any]) -> str:
    """Back to the review where one came from it; else to the next page, by the answers just given."""
    writing.draft.answers = page.answered(writing.draft.answers, given)
    vars(writing).pop("answers", None)
    vars(writing).pop("sections", None)
    return writing.address("review") if request.GET.get("ve") == "kiem-tra" else writing.after(page.code)


def _page(
    request: HttpRequest, writing: Writing, page: Section, answers: dict[str, Any], faults: dict[str, Fault]
) -> HttpResponse:
    definition = writing.plan.form_definition
    known = known_answers(writing.who, definition)
    prefilled = {name for name in page.fields if name in known and answers.get(name) == known[name]}
    fields = fields_of(definition, page.code, answers, faults, prefilled, language())
    codes = [each.code for each in writing.sections]
    context = {
        "writing": writing,
        "title": label_of(page),
        "hint": page.hint_en if language() == "en" else page.hint,
        "fields": fields,
        "errors": error_list(fields),
        "number": codes.index(page.code) + 1,
        "total": len(codes),
    }
    return render(request, "portal/section.html", context, status=422 if faults and request.method == "POST" else 200)
