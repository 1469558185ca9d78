"""The list of procedures with their drafts, one procedure with its editions, and how a new draft begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import Conflict, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue import actions, queries
from motcua.catalogue.definition import Text, parse
from motcua.catalogue.models import Edition, Procedure
from motcua.catalogue.states import DRAFT, IN_REVIEW
from motcua.designs.starts import minimal
from motcua.designs.starts import next_edition as following
from motcua.sites.designer.asking import Administrator, administrator_only, asked
from motcua.sites.designer.forms import NewProcedure
from motcua.sites.designer.words import edition_tag

PAGE = 50
FILTERS = {"nhap": DRAFT, "duyet": IN_REVIEW}


@administrator_only
def procedures(request: HttpRequest, who: Administrator) -> HttpResponse:
    """Procedures by name, code or the drafts they have; drafts in hand on top, with who wrote last and when."""
    question, wanted, after = asked(request, "q"), asked(request, "loc", 20), asked(request, "sau", 400)
    found = queries.designed(question, FILTERS.get(wanted, ""), after=after, size=PAGE + 1)
    more = found[PAGE - 1].folded_name if len(found) > PAGE else ""
    context = {
        "who": who, "question": question, "wanted": wanted if wanted in FILTERS else "", "procedures": found[:PAGE],
        "more": more, "drafts": [(edition, edition_tag(edition)) for edition in queries.drafts()] if not after else [],
    }  # fmt: skip
    return render(request, "designer/procedures.html", context)


@administrator_only
def procedure(request: HttpRequest, who: Administrator, code: str) -> HttpResponse:
    """The editions of one procedure, newest first."""
    found = Procedure.objects.filter(code=code.replace("\x00", "")).first()
    if found is None:
        raise NotFound("procedure_unknown", procedure=code[:40])
    editions = [(edition, edition_tag(edition)) for edition in queries.editions_of(found.code)]
    return render(request, "designer/procedure.html", {"who": who, "procedure": found, "editions": editions})


@administrator_only
def new(request: HttpRequest, who: Administrator) -> HttpResponse:
    """A procedure from nothing: a draft that could be published as it stands, to be changed."""
    form = NewProcedure(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                edition = _begin_new(form.cleaned_data, who)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã lập bản nháp."))
                return redirect("designer:bench", edition=edition.id)
    return render(request, "designer/new.html", {"who": who, "form": form}, status=status)


def _begin_new(given: dict[str, Any], who: Administrator) -> Edition:
    """Begin a procedure whose code nobody uses. Raises `Conflict` ``procedure_exists``, and as `actions.begin`."""
    code = clean(given["code"])
    if known := Procedure.objects.filter(code=code, editions__isnull=False).first():
        raise Conflict("procedure_exists", procedure=code, name=known.name)
    name = Text(clean(given["name"]), clean(given["name_en"]))
    return actions.begin(minimal(code, name, local(who.at).date()), by=who.by, at=who.at)


@administrator_only
def next_edition(request: HttpRequest, who: Administrator, code: str) -> HttpResponse:
    """Begin the next edition from the newest one that was published, or from the one named."""
    if request.method != "POST":
        return redirect("designer:procedure", code=code)
    edition = queries.newest_edition(code.replace("\x00", ""))
    definition = following(parse(edition.definition), local(who.at).date())
    draft = actions.begin(definition, by=who.by, at=who.at)
    messages.success(request, now_("Đã lập bản nháp của phiên bản %(number)d.") % {"number": draft.number})
    return redirect("designer:bench", edition=draft.id)
