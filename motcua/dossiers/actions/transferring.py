"""An open dossier goes to another agency; its clock goes on as it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.base.ledger import Tip
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
    standing, stream, by, at = moving.standing, moving.dossier.stream, moving.by, moving.at
    sender = standing.agency
    left = LeftAgency(str(to.id), to.name, why)
    tip = Tip(standing.seq, bytes(standing.tip))
    gone = ledger.append(stream, [left], by=by, at=at, after=tip, also=moved(standing.state, "", str(sender.id)))[-1]
    due = standing.due_at.isoformat() if standing.due_at else None
    arrived = ArrivedAtAgency(str(sender.id), sender.name, due, why)
    also = moved("", standing.state, str(to.id))
    row = ledger.append(stream, [arrived], by=by, at=at, after=Tip(gone.seq, gone.hash), also=also)[-1]
    kept = Post.objects.valid(local(at).date()).filter(officer=standing.officer_id, agency=to, role=standing.role)
    if standing.officer_id and not kept.exists():
        standing.officer_id = None
    standing.agency, standing.seq, standing.tip = to, row.seq, row.hash
    standing.save(update_fields=["agency", "officer", "seq", "tip"])
    return standing
