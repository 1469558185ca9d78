"""Work between reception and decision: who has the file, and to which step it goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue.definition import Step
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin
from motcua.dossiers.events import Assigned, PassedOn
from motcua.dossiers.models import Standing
from motcua.people.models import Post


def assign(dossier: UUID | str, officer: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Give the step to one officer of this agency who has its role. Anyone of that role may take it; a head may give it.

    Raises `Refused` ``officer_not_in_role``, `Forbidden` ``wrong_step_role``.
    """
    with transaction.atomic():
        moving = begin(dossier, "assign", by=by, at=at, seen=seen)
        standing = moving.standing
        rules.must_lead(by, standing.role)
        posts = Post.objects.valid(local(at).date())
        if not posts.filter(officer_id=officer, agency=standing.agency_id, role=standing.role).exists():
            raise Refused("officer_not_in_role", role=standing.role)
        return moving.record(Assigned(standing.step, str(officer)), officer_id=officer)


def pass_on(
    dossier: UUID | str, action: str, *, by: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Standing:
    """Take an exit of the step the dossier stands at: to another step of the process, forward or back.

    A step that finds the request must be refused hands it to the step that decides, with that proposal. Supplements
    and decisions are verbs of their own. Raises `Refused` ``no_such_action``, ``guard_not_met``, ``held_by_other``,
    ``not_a_step``; `Forbidden` ``wrong_step_role``.
    """
    with transaction.atomic():
        moving = begin(dossier, "pass_on", by=by, at=at, seen=seen)
        rules.must_hold(by, moving.standing.role, str(moving.standing.officer_id or ""))
        step = _next_step(moving, action)
        office = calendar_for(moving.standing.agency.code)
        return moving.record(
            PassedOn(step.step, moving.standing.step, action, clean(note)[: rules.MAX_REASON]),
            step=step.step,
            role=step.role,
            officer_id=None,
            step_due_at=office.add_working_minutes(at, round(step.hours * 60)),
        )


def _next_step(moving: Moving, action: str) -> Step:
    definition = moving.plan.definition
    here = rules.step_of(definition, moving.standing.step)
    to = rules.exit_of(here, action, moving.dossier.answers).to
    if here.does == "decide" and action != "return":
        raise Refused("not_a_step", action=action)
    if to == "decide_refusal":
        return rules.step_that(definition, "decide")
    if to in {"supplement", "end"}:
        raise Refused("not_a_step", action=action)
    return rules.step_of(definition, to)
