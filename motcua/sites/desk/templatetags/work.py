"""The work of a step on the page of a dossier: ``{% load work %}{% step_work standing desk history %}``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template

from motcua.base.ledger import Row
from motcua.catalogue.queries import plan
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import queries
from motcua.dossiers.models import Standing
from motcua.opinions.models import Opinion
from motcua.opinions.queries import opinions_of
from motcua.sites.desk.asking import Desk
from motcua.sites.desk.opinions import ANSWERS, due_tag
from motcua.sites.frame.words import language

register = template.Library()


@register.inclusion_tag("desk/work.html", takes_context=True)
def step_work(context: dict[str, Any], standing: Standing, desk: Desk, history: Sequence[Row]) -> dict[str, Any]:
    """The pieces of work with a button for each, the opinions, and a word before a second supplement is asked for.

    One query where opinions were asked, none else.
    """
    open_now = {each.row.verb for each in queries.offered(standing, desk.by) if each.refusal is None}
    names = [fact.name for fact in history]
    return {
        "standing": standing, "code": standing.dossier.code, "csrf_token": context.get("csrf_token"),
        "tasks": tasks_of(standing, history), "may_do": "do_task" in open_now, "may_ask": "ask_opinion" in open_now,
        "opinions": opinions(standing, desk.at) if "opinions.asked" in names else [],
        "asked_before": "ask_supplement" in open_now and "dossiers.supplement_asked" in names,
    }  # fmt: skip


def tasks_of(standing: Standing, history: Sequence[Row]) -> list[dict[str, Any]]:
    """The tasks of the step, each with when it was done since the dossier came here. No query."""
    step, since = plan(standing.dossier.edition_id).steps.get(standing.step), standing.stay
    if step is None or since is None or not standing.step:
        return []
    here = [fact for fact in history if fact.name == "dossiers.task_done" and fact.at >= since]
    done = {fact.data["task"]: fact.at for fact in here if fact.data["step"] == step.step}
    return [
        {"task": each.task, "required": each.required, "done": done.get(each.task),
         "name": each.name_en if language() == "en" and each.name_en else each.name}
        for each in step.tasks
    ]  # fmt: skip


def opinions(standing: Standing, at: datetime) -> list[dict[str, Any]]:
    """What was asked about the dossier, as the page shows it. One query, and one for each that was asked."""
    return [
        {"opinion": each, "tag": due_tag(each, calendar_for(each.agency.code), at), "said": said(each),
         "open": not (each.answered_at or each.withdrawn_at)}
        for each in opinions_of(standing.dossier)
    ]  # fmt: skip


def said(opinion: Opinion) -> str:
    """The answer in a word; empty before it."""
    return "" if opinion.agrees is None else str(ANSWERS["yes" if opinion.agrees else "no"])
