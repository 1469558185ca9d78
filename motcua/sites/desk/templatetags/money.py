"""The bills on the page of a dossier: ``{% load money %}{% bills standing desk %}``."""

from typing import Any

from django import template

from motcua.dossiers.models import Standing
from motcua.dossiers.queries import quote
from motcua.dossiers.states import OPEN
from motcua.payments.states import LEADS
from motcua.sites.desk.asking import Desk
from motcua.sites.desk.money import rows_of
from motcua.sites.frame.paying import unknown_words

register = template.Library()


@register.inclusion_tag("desk/bills.html", takes_context=True)
def bills(context: dict[str, Any], standing: Standing, desk: Desk) -> dict[str, Any]:
    """Each bill with its lines, its attempts and what the officer may do; without one, why it is not known what is
    asked. Two queries, four without a bill where a council decides."""
    rows = rows_of(standing, desk.by)
    return {
        "rows": rows,
        "unknown": [] if rows else unknown_words(quote(standing.dossier, standing.agency_id)),
        "may_exempt": standing.state in OPEN and bool(desk.by.roles & LEADS),
        "code": standing.dossier.code,
        "csrf_token": context.get("csrf_token"),
    }
