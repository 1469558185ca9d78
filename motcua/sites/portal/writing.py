"""A draft being written: what is done, what is wrong, what comes next. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import ngettext

from motcua import forms
from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.worktime import local
from motcua.catalogue.queries import Plan, plan
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier
from motcua.drafts import queries
from motcua.drafts.models import Draft, DraftPaper
from motcua.forms import Fault, Section, label
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor, organisations_of, prefill_sources
from motcua.sites.frame.words import Tag, language
from motcua.sites.portal.asking import View, citizen_only
from motcua.vault.queries import offers
from motcua.vault.rules import Offer

OTHER_PAPERS = "khac"


@dataclass
class Writing:
    """One draft of the person who asks, with its edition compiled. ``at`` is the moment of the request."""

    who: Citizen
    by: Actor
    draft: Draft
    plan: Plan
    at: datetime

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers that apply now; those to questions that fell away are not counted."""
        return self.plan.form.kept(self.draft.answers)

    @cached_property
    def faults(self) -> dict[str, Fault]:
        """What is wrong or missing in the answers, by input name."""
        return self.plan.form.check(self.answers)

    @cached_property
    def sections(self) -> list[Section]:
        """The pages of the form that apply."""
        return self.plan.form.open_sections(self.answers)

    @cached_property
    def papers(self) -> list[DraftPaper]:
        """The files attached so far; one query."""
        return list(DraftPaper.objects.filter(draft=self.draft).select_related("file").order_by("id"))

    @cached_property
    def offers(self) -> dict[str, list[Offer]]:
        """What the State has for papers of this draft; nothing where it is written for somebody else. One query."""
        return offers(self.vault, self.plan.definition, on=local(self.at).date()) if self.vault else {}

    @cached_property
    def vault(self) -> UUID | None:
        """Whose vault answers: one's own, or the organisation's that it is written for. At most one query."""
        return queries.vault_of(self.draft)

    @property
    def missing(self) -> list[str]:
        """Codes of required papers without a file."""
        return rules.missing_papers(self.plan.definition, {each.paper for each in self.papers})

    def faults_of(self, section: Section) -> dict[str, Fault]:
        """What is wrong on one page."""
        return section.own(self.faults)

    def tag_of(self, section: Section) -> Tag:
        """How far one page is: done, wrong, or not done yet."""
        faults = self.faults_of(section)
        if not faults and section.code in self.draft.done:
            return Tag(now_("Đã xong"), "green", "check")
        if section.code in self.draft.done or any(fault.code != "required" for fault in faults.values()):
            return Tag(now_("Có chỗ cần sửa"), "red", "alert")
        return Tag(now_("Chưa làm"), "plain", "dot")

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of filing."""
        return not self.faults and not self.missing and self.draft.agency_id is not None

    def address(self, name: str, **more: Any) -> str:
        """The address of a page of this draft."""
        return reverse(f"portal:{name}", kwargs={"draft": self.draft.id, **more})

    def after(self, section: str) -> str:
        """Where "save and continue" leads from a page: the next page that is not done, else the next task."""
        codes = [each.code for each in self.sections]
        following = codes[codes.index(section) + 1 :] if section in codes else codes
        return self.address("section", section=following[0]) if following else self.address("filing")


def writing(view: View) -> View:
    """Give the view the person's own draft; one that was filed leads to its receipt, a stranger's is unknown.

    Raises `NotFound` ``draft_unknown``.
    """

    @citizen_only
    @wraps(view)
    def answer(request: HttpRequest, who: Citizen, draft: UUID, **more: Any) -> HttpResponseBase:
        by = citizen_actor(who)
        found = queries.draft(draft, by)
        if found.filed_at:
            return redirect("portal:dossier", code=Dossier.objects.only("code").get(pk=found.id).code)
        return view(request, Writing(who, by, found, plan(found.edition_id), timezone.now()), **more)

    return answer


def section_of(writing: Writing, code: str) -> Section:
    """A page of the form that applies now. Raises `NotFound` ``not_found``."""
    found = next((each for each in writing.sections if each.code == code), None)
    if found is None:
        raise NotFound("not_found")
    return found


def known_answers(who: Citizen, form: dict[str, Any]) -> dict[str, Any]:
    """What the State knows already of the answers: of the person, and of the one organisation it stands for."""
    organisations = organisations_of(who)
    return forms.prefill(form, prefill_sources(who, organisations[0] if len(organisations) == 1 else None))


def tasks(writing: Writing) -> list[dict[str, Any]]:
    """The rows of ``<c-task-list>``: the pages of the form, where to file, the papers, the check."""
    rows = [
        _task(label_of(each), writing.tag_of(each), writing.address("section", section=each.code))
        for each in writing.sections
    ]
    filing = (
        Tag(now_("Đã xong"), "green", "check") if writing.draft.agency_id else Tag(now_("Chưa làm"), "plain", "dot")
    )
    rows.append(_task(now_("Nơi nộp và cách nhận kết quả"), filing, writing.address("filing")))
    papers = _task(now_("Giấy tờ đính kèm"), _papers_tag(writing), writing.address("papers"))
    rows.append(papers | {"hint": _known(writing)})
    check = Tag(now_("Có thể nộp"), "blue", "send") if writing.ready else Tag(now_("Chưa nộp được"), "plain", "pause")
    rows.append(_task(now_("Kiểm tra lại và nộp"), check, writing.address("review")))
    return rows


def _task(name: str, tag: Tag, href: str) -> dict[str, Any]:
    return {"label": name, "href": href, "status": tag.label, "kind": tag.kind, "icon": tag.icon}


def _known(writing: Writing) -> str:
    """How many papers need not be brought."""
    many = len(writing.offers)
    return (
        ngettext("%(n)d giấy tờ Nhà nước đã có", "%(n)d giấy tờ Nhà nước đã có", many) % {"n": many} if many else ""
    )


def _papers_tag(writing: Writing) -> Tag:
    if writing.missing:
        return Tag(now_("Còn thiếu"), "plain", "dot")
    return Tag(now_("Đã xong"), "green", "check")


def label_of(section: Section) -> str:
    """The heading of a page of the form."""
    return section.title_en if language() == "en" else section.title


def summary(
    form: dict[str, Any], section: Section, answers: dict[str, Any], change: str = ""
) -> list[dict[str, str]]:
    """The rows of ``<c-summary-list>`` for one page of the form; a list of entries is one row for each entry."""
    shown = forms.visible(form, answers)
    rows: list[dict[str, str]] = []
    for name in section.fields:
        if name in shown:
            rows += _answers(form["properties"][name], answers.get(name), change)
    return rows


def _answers(field: dict[str, Any], value: Any, change: str) -> list[dict[str, str]]:
    name = label(field, language())
    if field["type"] != "array" or not isinstance(value, list) or not value:
        return [{"label": name, "value": forms.shown(field, value, language()), "change": change}]
    return [
        {"label": f"{name} {number}", "value": "\n".join(_entry(field, entry)), "change": change}
        for number, entry in enumerate(value, 1)
    ]


def _entry(field: dict[str, Any], entry: Any) -> list[str]:
    columns = field["items"]["properties"]
    told = entry if isinstance(entry, dict) else {}
    return [
        f"{label(column, language())}: {forms.shown(column, told[name], language())}"
        for name, column in columns.items()
        if name in told
    ]
