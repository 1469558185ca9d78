"""The once-only report as pages: the whole, one paper, one register, one procedure; and two buttons."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import NotFound, Refused
from motcua.base.text import fold
from motcua.base.worktime import local
from motcua.catalogue import actions as catalogue
from motcua.catalogue.definition import parse
from motcua.catalogue.models import Edition
from motcua.catalogue.queries import catalogue_version, editions_of, newest_edition
from motcua.catalogue.states import DRAFT
from motcua.designs.starts import next_edition
from motcua.review.words import REGISTER_NAMES
from motcua.sites.designer import once_words as words
from motcua.sites.designer.asking import Administrator, administrator_only, asked, leaders_only
from motcua.sites.frame.refusals import said
from motcua.surveys import actions, queries
from motcua.surveys.models import GIVEN_UP

PAGE = 50


@leaders_only
def report(request: HttpRequest, who: Administrator) -> HttpResponse:
    """Figures, picture, the twenty papers, registers; when and from what it was made, how far a new one is."""
    return _report(request, who)


def _report(request: HttpRequest, who: Administrator, refused: Refused | None = None) -> HttpResponse:
    survey, last, version = queries.newest(), queries.last(), catalogue_version()
    context: dict[str, Any] = {
        "who": who, "survey": survey, "version": version, "refused": said(refused) if refused else None,
        "running": last if last and last.open else None, "stalled": bool(last and last.stalled(who.at)),
        "steps": last.total or 1 if last else 1,  # of nothing yet, nothing is done
        "failed": last if last and last.state == GIVEN_UP else None,
    }  # fmt: skip
    if survey:
        figures, matches = words.figures(survey.head)
        top = [row | {"qualities": words.qualities(row["matched"])} for row in survey.head["top"]]
        registers = [row | {"name": words.register_name(row["register"])} for row in survey.head["registers"]]
        context |= {"head": survey.head, "figures": figures, "matches": matches, "top": top, "registers": registers,
                    **_sums(survey.head)}  # fmt: skip
    elif not last:
        context["empty"] = not queries.procedures_in_force(who.at)
    return render(request, "designer/once.html", context, status=refused.status if refused else 200)


def _sums(head: dict[str, Any]) -> dict[str, Any]:
    """What the page says first, and the year in which dossiers were counted."""
    days = {
        name: date.fromisoformat(head["volumes_of"][key]) for name, key in (("since", "from"), ("until", "until"))
    }
    counts = {"lines": "papers", "read": "procedures", "relieved": "procedures_any"}
    said = {name: words.number(words.count(head, figure)) for name, figure in counts.items()}
    return {**days, **said, "needless": words.number(words.needless(head))}


@leaders_only
def again(request: HttpRequest, who: Administrator) -> HttpResponse:
    """Ask for the report anew; the page then shows how far it is."""
    if request.method == "POST":
        try:
            actions.ask(by=who.by, at=who.at)
        except Refused as no:
            return _report(request, who, no)
    return redirect("designer:once")


@leaders_only
def paper(request: HttpRequest, who: Administrator, key: str) -> HttpResponse:
    """One paper: who asks for it in which line, who gives it, how sure that is."""
    content = queries.whole().content
    row = next((each for each in content["papers"] if each["key"] == key), None)
    if row is None:
        raise NotFound("survey_missing")
    name = fold(row["name"])
    shown = _asking(content, row, lambda line: any(fold(match["result"]) == name for match in line["matches"]))
    givers = words.givers(row["given_by"], content["names"])
    context = {"who": who, "row": row, "shown": shown, "givers": givers, "title": row["name"],
               "qualities": words.qualities(row["matched"])}  # fmt: skip
    return render(request, "designer/once_paper.html", context)


@leaders_only
def register(request: HttpRequest, who: Administrator, code: str) -> HttpResponse:
    """One register: which lines ask for what it holds."""
    content = queries.whole().content
    row = next((each for each in content["registers"] if each["register"] == code), None)
    if row is None:
        raise NotFound("survey_missing")
    shown = _asking(content, row, lambda line: code in line["registers"])
    context = {
        "who": who,
        "row": row,
        "shown": shown,
        "title": words.register_name(code),
        "law": REGISTER_NAMES[code],
    }
    return render(request, "designer/once_paper.html", context)


def _asking(content: dict[str, Any], row: dict[str, Any], wanted: Any) -> list[dict[str, Any]]:
    """The procedures that ask, each with those of its lines that are ``wanted`` and its dossiers a year."""
    asking, volumes = set(row["asked_by"]), content["volumes"]
    return [
        {"code": each["procedure"], "name": each["name"], "field": each["field"],
         "a_year": volumes.get(each["procedure"]),
         "lines": [words.line(line, content["names"]) for line in each["lines"] if wanted(line)]}
        for each in content["procedures"] if each["procedure"] in asking
    ]  # fmt: skip


@leaders_only
def procedures(request: HttpRequest, who: Administrator) -> HttpResponse:
    """Every procedure with a needless line, found by code or name."""
    content, question, after = queries.whole().content, asked(request, "q"), asked(request, "sau", 40)
    flat = fold(question)
    found = [
        {"code": each["procedure"], "name": each["name"], "papers": each["papers"],
         "whole": sum(line["by_result"] or line["by_register"] for line in each["lines"]), "many": len(each["lines"])}
        for each in content["procedures"]
        if each["procedure"] > after and (flat in fold(each["name"]) or each["procedure"].startswith(question))
    ]  # fmt: skip
    more = found[PAGE - 1]["code"] if len(found) > PAGE else ""
    context = {"who": who, "question": question, "shown": found[:PAGE], "more": more}
    return render(request, "designer/once_procedures.html", context)


@leaders_only
def procedure(request: HttpRequest, who: Administrator, code: str) -> HttpResponse:
    """One procedure: which papers need not be asked, why, and the way to write that down."""
    content = queries.whole().content
    row = next((each for each in content["procedures"] if each["procedure"] == code), None)
    if row is None:
        raise NotFound("survey_missing")
    lines = [words.line(line, content["names"]) for line in row["lines"]]
    return render(request, "designer/once_procedure.html", {"who": who, "row": row, "lines": lines})


@administrator_only
def known(request: HttpRequest, who: Administrator, code: str, place: int) -> HttpResponse:
    """Open the line in the designer, where it can be said who has it: in a draft that is there, or a new one.

    A line that is no more leads to the papers of the draft; nothing is drafted for it (`NotFound`
    ``design_place_unknown``).
    """
    if request.method != "POST":
        return redirect("designer:once_procedure", code=code)
    newest = newest_edition(code.replace("\x00", ""))
    definition = parse(newest.definition)
    drafts = [edition.id for edition in editions_of(code) if edition.state == DRAFT]
    wanted = definition.papers[place - 1].name if 1 <= place <= len(definition.papers) else ""
    if not wanted and not drafts:
        raise NotFound("design_place_unknown", place=place)
    if drafts:
        draft = Edition.objects.get(id=drafts[0])
    else:
        draft = catalogue.begin(next_edition(definition, local(who.at).date()), by=who.by, at=who.at)
        messages.success(request, now_("Đã lập bản nháp của phiên bản %(number)d.") % {"number": draft.number})
    names = [each.name for each in parse(draft.definition).papers]
    if wanted not in names:
        return redirect("designer:papers", edition=draft.id)
    return redirect("designer:paper", edition=draft.id, place=names.index(wanted) + 1)
