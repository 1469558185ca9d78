"""Every write of charging: the bill of what was filed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import NotFound, Refused
from motcua.dossiers import queries as dossiers
from motcua.dossiers.actions.moving import locked
from motcua.payments.actions import make_bill
from motcua.payments.actions.billing import MAKERS, Owed
from motcua.payments.models import Bill


@transaction.atomic
def charge(dossier: UUID | str, *, by: Actor, at: datetime) -> Bill | None:
    """Make the bill of what the pinned edition asks for, once: called again it gives the bill made before.

    None where nothing is owed. A bill whose every line is exempt is waived from the start and keeps the reasons. Raises
    `Refused` ``fee_unknown`` (``fees``: name and why) where an amount is not known: that is not nothing; `NotFound`
    ``dossier_unknown``, `Forbidden`.
    """
    by.must_have(MAKERS)
    standing = locked(dossier)
    if standing is None:
        raise NotFound("dossier_unknown")
    stream = standing.dossier.stream
    made = Bill.objects.filter(reference=stream, purpose="advance").order_by("-created_at").first()
    if made is not None:
        return made
    quote = dossiers.quote(standing.dossier, standing.agency_id)
    if not quote.known:
        raise Refused("fee_unknown", fees=[(each.name, each.why) for each in quote.unknown])
    if not quote.lines:
        return None
    return make_bill(Owed(stream, standing.agency_id, "advance", quote.lines), by=by, at=at)
