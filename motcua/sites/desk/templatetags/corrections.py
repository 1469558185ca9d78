"""The open correction of a dossier on its page at the desk: ``{% correction_request standing %}``."""

from typing import Any

from django import template

from motcua.catalogue.queries import plan
from motcua.corrections.queries import last_correction
from motcua.dossiers.models import Standing
from motcua.dossiers.states import MACHINE
from motcua.sites.frame.changes import changes

register = template.Library()


@register.inclusion_tag("desk/correction.html", takes_context=True)
def correction_request(context: dict[str, Any], standing: Standing) -> dict[str, Any]:
    """What the filer asks to change, old and new, with the two answers. One query."""
    asked = last_correction(standing.dossier)
    if asked is None or asked.decided_at or not MACHINE.open_to(standing.state, {"clerk"}):
        return {"asked": None}
    form = plan(standing.dossier.edition_id).form_definition
    found = {"asked": asked, "standing": standing, "rows": changes(form, asked.before, asked.after)}
    return {**found, "code": standing.dossier.code, "csrf_token": context.get("csrf_token")}
