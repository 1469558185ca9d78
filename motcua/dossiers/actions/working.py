"""Work between reception and decision: who has the file, and to which step it goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue.definition import Step
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin, entering, must_be_ready
from motcua.dossiers.events import Assigned, PassedOn, TaskDone
from motcua.dossiers.models import Standing, StepTask
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
        standing = moving.standing
        rules.must_hold(by, standing.role, str(standing.officer_id or ""))
        here = rules.step_of(moving.plan.definition, standing.step)
        step = _next_step(moving, here, action)
        if action not in rules.NOT_FORWARD:
            must_be_ready(moving, here)
        changes, gone = entering(moving, step)
        passed = PassedOn(step.step, here.step, action, clean(note)[: rules.MAX_REASON])
        return moving.record(passed, *gone, **changes)


def do_task(dossier: UUID | str, task: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Tick off a piece of work of the step; when the dossier comes back to the step, it is asked for again.

    Raises `Refused` ``task_unknown``, ``task_done``, `Forbidden` ``wrong_step_role``.
    """
    with transaction.atomic():
        moving = begin(dossier, "do_task", by=by, at=at, seen=seen)
        standing = moving.standing
        rules.must_hold(by, standing.role, str(standing.officer_id or ""))
        step = rules.step_of(moving.plan.definition, standing.step)
        if task not in {each.task for each in step.tasks}:
            raise Refused("task_unknown", step=step.name, task=task)
        stay = {"dossier": moving.dossier, "step": step.step, "task": task, "since": standing.stay}
        if StepTask.objects.filter(**stay).exists():
            raise Refused("task_done")
        StepTask.objects.create(**stay, at=at, by=by.ref)
        return moving.record(TaskDone(step.step, task))


def _next_step(moving: Moving, here: Step, action: str) -> Step:
    rules.exit_of(here, action, moving.circumstances)
    if here.does == "decide" and action != "return":
        raise Refused("not_a_step", action=action)
    return rules.target_of(moving.plan.definition, here, action)
