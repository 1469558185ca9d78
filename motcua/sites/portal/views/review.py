"""Check the answers, and file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.base.errors import Invalid
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import quote
from motcua.drafts import actions
from motcua.drafts.models import DraftPaper
from motcua.forms import Section, label
from motcua.sites.frame.paying import quote_rows
from motcua.sites.frame.words import language, source_words, text_of
from motcua.sites.portal.uploading import paper_names
from motcua.sites.portal.words import RETURNS
from motcua.sites.portal.writing import Writing, label_of, summary, writing
from motcua.vault.actions import confirm

SHOWN_IN_PLACE = {"answers_invalid", "papers_missing", "agency_not_chosen"}


@writing
def review(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Every answer with a way to change it."""
    return _page(request, writing)


@require_POST
@writing
def file(request: HttpRequest, writing: Writing) -> HttpResponse:
    """File the draft, then show the receipt. What is still wrong is shown on the review page."""
    sources = [each.source for each in writing.papers]
    confirm(sources, writing.vault, writing.plan.definition, by=writing.by, at=writing.at)
    try:
        dossier = actions.file_draft(writing.draft.id, by=writing.by, at=writing.at)
    except Invalid as no:
        if no.code not in SHOWN_IN_PLACE:
            raise
        return _page(request, writing, status=no.status)
    return redirect("portal:dossier", code=dossier.code)


def _page(request: HttpRequest, writing: Writing, status: int = 200) -> HttpResponse:
    form = writing.plan.form_definition
    parts = [
        {
            "anchor": f"phan-{each.code}",
            "title": label_of(each),
            "rows": summary(
                form, each, writing.answers, writing.address("section", section=each.code) + "?ve=kiem-tra"
            ),
        }
        for each in writing.sections
    ]
    parts += [_filing(writing), _papers(writing), _fees(writing)]
    context = {"writing": writing, "name": text_of(writing.plan.definition.name), "parts": parts}
    return render(request, "portal/review.html", context | {"errors": _errors(writing)}, status=status)


def _filing(writing: Writing) -> dict[str, Any]:
    draft, change = writing.draft, writing.address("filing")
    rows = [
        {"label": now_("Cơ quan nhận hồ sơ"), "value": draft.agency.name if draft.agency else "", "change": change},
        {"label": now_("Cách nhận kết quả"), "value": str(RETURNS[draft.return_by]), "change": change},
    ]
    if behalf := draft.on_behalf_of:
        told = "\n".join(filter(None, (behalf["name"], behalf["identity_number"], behalf["basis"])))
        rows.append({"label": now_("Nộp thay cho"), "value": told, "change": change})
    return {"anchor": "phan-noi-nop", "title": now_("Nơi nộp và cách nhận kết quả"), "rows": rows}


def _papers(writing: Writing) -> dict[str, Any]:
    names, change = paper_names(writing.plan.definition), writing.address("papers")
    wanted = [*writing.missing, *(each.paper for each in writing.papers)]
    rows = [
        {
            "label": names.get(code, code),
            "value": "\n".join(_told(each) for each in writing.papers if each.paper == code),
            "change": change,
        }
        for code in names
        if code in wanted
    ]
    return {"anchor": "phan-giay-to", "title": now_("Giấy tờ đính kèm"), "rows": rows}


def _fees(writing: Writing) -> dict[str, Any]:
    """What is asked for these answers if they are filed now, at the agency that was chosen."""
    draft = writing.draft
    filed = Dossier(edition_id=draft.edition_id, channel="online", answers=writing.answers, submitted_at=writing.at)
    rows = quote_rows(quote(filed, draft.agency_id))
    return {"anchor": "phan-le-phi", "title": now_("Phí, lệ phí"), "rows": rows}


def _told(paper: DraftPaper) -> str:
    """The name of a file, and that the State had it."""
    mark = source_words(paper.source)
    return f"{paper.label} — {mark}" if mark else paper.label


def _errors(writing: Writing) -> list[tuple[str, str]]:
    """What stands in the way of filing, each leading to its part of the page; questions left open are counted."""
    found: list[tuple[str, str]] = []
    for section in writing.sections:
        faults = writing.faults_of(section)
        anchor, left = f"phan-{section.code}", sum(fault.code == "required" for fault in faults.values())
        if left:
            words = ngettext("%(n)d mục chưa được trả lời", "%(n)d mục chưa được trả lời", left) % {"n": left}
            found.append((anchor, f"{label_of(section)}: {words}."))
        told = [(path, fault) for path, fault in faults.items() if fault.code != "required"]
        found += [(anchor, f"{_asked(writing, section, path)}: {fault.sentence(language())}") for path, fault in told]
    if writing.draft.agency_id is None:
        found.append(("phan-noi-nop", now_("Chưa chọn cơ quan nhận hồ sơ.")))
    names = paper_names(writing.plan.definition)
    return found + [
        ("phan-giay-to", now_("Còn thiếu: %(paper)s") % {"paper": names[code]}) for code in writing.missing
    ]


def _asked(writing: Writing, section: Section, path: str) -> str:
    """The words of the question that a fault is about; in a list, with the number of the entry."""
    name, *inner = path.split("-")
    field = writing.plan.form_definition["properties"].get(name)
    if field is None:
        return label_of(section)
    words = label(field, language())
    if len(inner) < 2:
        return words
    column = field["items"]["properties"].get(inner[1], {})
    return f"{words} {int(inner[0]) + 1}, {label(column, language())}"
