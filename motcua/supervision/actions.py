"""What happens by itself when a dossier stands too long at a step: the timeouts of its edition."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.actions.deciding import stop
from motcua.dossiers.actions.moving import Moving, begin
from motcua.dossiers.models import Standing
from motcua.dossiers.states import State
from motcua.people.models import Post
from motcua.supervision.events import Escalated, Reminded

__all__ = ["time_out"]
OVERSTAYED = "Quá thời gian quy định của bước “{step}” trong quy trình của thủ tục"


def time_out(dossier: UUID | str, *, by: Actor, at: datetime) -> Standing:
    """Fire the next timeout of the step: remind, give the step to the head, or close. Each fires once in a stay.

    After the decision nothing is closed: it is reminded of instead. Raises `Refused` ``nothing_timed_out`` when none
    is due by now: somebody else was faster, or the dossier moved.
    """
    with transaction.atomic():
        moving = begin(dossier, "time_out", by=by, at=at)
        standing = moving.standing
        if standing.watch_at is None or standing.watch_at > at or standing.paused_at:
            raise Refused("nothing_timed_out")
        step = rules.step_of(moving.plan.definition, standing.step)
        timeouts = rules.timeouts_of(step)
        now, later = timeouts[standing.timeouts_fired], timeouts[standing.timeouts_fired + 1 :]
        if now.then == "close" and standing.state != State.DECIDED:
            return stop(dossier, OVERSTAYED.format(step=step.name), by=by, at=at)
        office = calendar_for(standing.agency.code)
        following = office.add_working_minutes(standing.watch_at, later[0].minutes - now.minutes) if later else None
        changes = {"watch_at": following, "timeouts_fired": standing.timeouts_fired + 1}
        if now.then == "escalate":
            role = _higher(moving)
            return moving.record(Escalated(step.step, role, now.minutes), role=role, officer_id=None, **changes)
        return moving.record(Reminded(step.step, now.minutes), **changes)


def _higher(moving: Moving) -> str:
    """The role above the one that holds the step, if the agency has somebody in it: head, else approver."""
    standing = moving.standing
    posts = Post.objects.valid(local(moving.at).date()).filter(agency=standing.agency_id)
    above = {"approver": (), "head": ("approver",)}.get(standing.role, ("head", "approver"))
    held = set(posts.filter(role__in=above).values_list("role", flat=True))
    return next((role for role in above if role in held), standing.role)
