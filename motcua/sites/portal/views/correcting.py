"""Correcting a filed dossier: the pages of the form once more, then what changes and why."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.catalogue.queries import Plan, plan
from motcua.corrections.models import Correction
from motcua.corrections.queries import last_correction
from motcua.dossiers.models import Standing
from motcua.dossiers.states import MACHINE, State
from motcua.drafts import actions, queries
from motcua.forms import Fault, Section, parse_post, strange_names
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.sites.frame.changes import Change, changes
from motcua.sites.frame.fields import change_rows, error_list, fields_of
from motcua.sites.frame.words import language, text_of
from motcua.sites.portal.asking import citizen_only, seen_in
from motcua.sites.portal.forms import CorrectionReason
from motcua.sites.portal.reaching import reached
from motcua.sites.portal.writing import label_of


@dataclass
class Page:
    """A correction as far as the person wrote it. ``answers`` may be wrong still."""

    by: Actor
    at: datetime
    standing: Standing
    plan: Plan
    answers: dict[str, Any]
    open: Correction | None

    @cached_property
    def kept(self) -> dict[str, Any]:
        """The answers that apply; those to questions that fell away are not counted."""
        return self.plan.form.kept(self.answers)

    @cached_property
    def faults(self) -> dict[str, Fault]:
        """What is wrong or missing, by input name."""
        return self.plan.form.check(self.kept)

    @cached_property
    def changes(self) -> list[Change]:
        """What differs from what was filed."""
        return changes(self.plan.form_definition, self.standing.dossier.answers, self.kept)

    @property
    def at_once(self) -> bool:
        """Before reception a correction is in effect at once; afterwards the agency is asked."""
        return self.standing.state in {State.SUBMITTED, State.RETURNED}

    @property
    def sections(self) -> list[Section]:
        """The pages of the form that apply."""
        return self.plan.form.open_sections(self.kept)

    def address(self, section: str = "") -> str:
        """The review, or a page of the form."""
        names = {"code": self.standing.dossier.code} | ({"section": section} if section else {})
        return reverse("portal:correct_section" if section else "portal:correct", kwargs=names)


def opened(who: Citizen, code: str) -> Page:
    """The correction of a dossier. Raises as `reached`; `Refused` ``wrong_state`` once it was decided."""
    at, by = timezone.now(), citizen_actor(who)
    standing = reached(who, code, at=at)
    MACHINE.check("correct", standing.state, by)
    last = last_correction(standing.dossier)
    waiting = last if last and last.decided_at is None else None
    answers = queries.correction_answers(standing.dossier, by)
    return Page(by, at, standing, plan(standing.dossier.edition_id), answers, waiting)


@citizen_only
def correct(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """What is changed so far and what is wrong with it; a post sends it with the reason."""
    page, status = opened(who, code), 200
    form = CorrectionReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_correction(page.standing.dossier, form.cleaned_data["reason"], by=page.by, at=page.at,
                                    seen=seen_in(request))  # fmt: skip
        except Refused as no:
            if no.status == 404:
                raise
            status = form.refuse(no)
        else:
            done = now_("Đã sửa thông tin.") if page.at_once else now_("Đã gửi yêu cầu sửa tới cơ quan.")
            messages.success(request, done)
            return redirect("portal:dossier", code=code)
    elif request.method == "POST":
        status = 422
    return render(request, "portal/correct.html", _context(page, form), status=status)


@require_POST
@citizen_only
def discard(_request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Throw away what was written; the dossier stays as it was filed."""
    page = opened(who, code)
    actions.discard_correction(page.standing.dossier, by=page.by)
    return redirect("portal:dossier", code=code)


@citizen_only
def section(request: HttpRequest, who: Citizen, code: str, section: str) -> HttpResponse:
    """One page of the form with the answers as they are; saved, right or wrong, then the review."""
    page = opened(who, code)
    definition = page.plan.form_definition
    part = next((each for each in page.sections if each.code == section), None)
    if part is None or page.open:
        raise NotFound("not_found")
    if request.method != "POST":
        return _section(request, page, part, page.answers, part.own(page.faults))
    post = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    if (changed := change_rows(definition, section, post)) is not None:
        return _section(request, page, part, part.answered(page.answers, changed), {})
    if strange := strange_names(definition, post):
        raise Invalid("form_field_unknown", names=strange)
    given = parse_post(definition, section, post)
    if faults := actions.save_correction(page.standing.dossier, section, given, by=page.by, at=page.at):
        return _section(request, page, part, part.answered(page.answers, given), faults)
    return redirect(page.address())


def _context(page: Page, form: CorrectionReason) -> dict[str, Any]:
    rows = []
    for each in page.sections:
        changed = [change for change in page.changes if change.name in each.fields]
        rows.append((label_of(each), changed, len(each.own(page.faults)), page.address(each.code)))
    return {
        "page": page, "form": form, "rows": rows, "code": page.standing.dossier.code,
        "name": text_of(page.plan.definition.name), "ready": bool(page.changes) and not page.faults,
        "waiting": changes(page.plan.form_definition, page.open.before, page.open.after) if page.open else None,
    }  # fmt: skip


def _section(
    request: HttpRequest, page: Page, part: Section, answers: dict[str, Any], faults: dict[str, Fault]
) -> HttpResponse:
    fields = fields_of(page.plan.form_definition, part.code, answers, faults, frozenset(), language())
    context = {
        "fields": fields, "errors": error_list(fields), "title": label_of(part), "back": page.address(),
        "hint": part.hint_en if language() == "en" else part.hint, "code": page.standing.dossier.code,
    }  # fmt: skip
    status = 422 if faults and request.method == "POST" else 200
    return render(request, "portal/correct_section.html", context, status=status)
