"""An open dossier goes to another agency; its clock goes on as it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin, moved
from motcua.dossiers.events import ArrivedAtAgency, LeftAgency
from motcua.dossiers.models import Standing
from motcua.people.models import Agency, Post
from motcua.people.queries import must_exist


def transfer(
    dossier: UUID | str, to: Agency, reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Hand an open dossier to the agency ``to``: state, step and every date stay as they are.

    The officer who held it keeps it where he has the role at ``to`` as well. Two facts, so that the counts of both
    agencies are right. Raises `Refused` ``same_agency``, ``agency_not_competent`` (a re-organisation, done by the
    system, may: it moves what there is), `NotFound` ``agency_closed``.
    """
    with transaction.atomic():
        moving = begin(dossier, "transfer", by=by, at=at, seen=seen)
        standing, why = moving.standing, rules.reason(reason)
        if standing.agency_id == to.id:
            raise Refused("same_agency", agency=to.name)
        must_exist(to, on=local(at).date())
        if by.kind != "system" and not rules.competent(to.level, to.fields, moving.plan.definition):
            raise Refused("agency_not_competent", agency=to.name)
        return _handed(moving, to, why)


def _handed(moving: Moving, to: Agency, why: str) -> Standing:
    standing = moving.standing
    sender, due = standing.agency, standing.due_at.isoformat() if standing.due_at else None
    kept = Post.objects.valid(local(moving.at).date()).filter(
        agency=to, role=standing.role, officer=standing.officer_id
    )
    led = (
        (LeftAgency(str(to.id), to.name, why), moved(standing.state, "", str(sender.id))),
        (ArrivedAtAgency(str(sender.id), sender.name, due, why), moved("", standing.state, str(to.id))),
    )
    keeps = standing.officer_id if standing.officer_id and kept.exists() else None
    return moving.write(led, agency=to, officer_id=keeps)
