"""The page of one procedure: everything a person needs to know before beginning, and the one way to begin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.catalogue import queries
from motcua.sites.frame.public import public_page
from motcua.sites.frame.refusals import said
from motcua.sites.frame.words import LEVELS, SUBJECTS, english, step_name, text_of
from motcua.sites.portal.asking import today
from motcua.sites.portal.uploading import counted
from motcua.sites.portal.views.finding import online_words
from motcua.sites.portal.words import listed, offers


@public_page
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """The edition in force today. Two queries. Raises `NotFound` ``procedure_unknown``, ``edition_not_in_force``."""
    page = queries.procedure_page(code, today())
    definition = page.plan.definition
    obstacle = page.plan.obstacle("online")
    field = page.procedure.field
    context = {
        "page": page,
        "definition": definition,
        "name": text_of(definition.name),
        "field_name": ((english() and field.name_en) or field.name) if field else definition.field,
        "who": definition.agency or listed(definition.levels, LEVELS) or now_("Chưa rõ"),
        "subjects": listed(definition.subjects, SUBJECTS) or definition.subjects_text,
        "online": online_words(definition.online),
        "offers": offers(definition),
        "papers": [(paper, counted(paper)) for paper in definition.papers],
        "steps": [step_name(step) for step in definition.process],
        "obstacle": said(Refused(obstacle, procedure=code)) if obstacle else None,
    }
    return render(request, "portal/procedure.html", context)
