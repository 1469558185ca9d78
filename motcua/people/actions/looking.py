"""Looking up a citizen by number: for the counter only, and never without a trace."""

from datetime import datetime

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.worktime import local
from motcua.people import events, rules
from motcua.people.models import Citizen


@transaction.atomic
def look_up_citizen(number: str, purpose: str, *, by: Actor, at: datetime) -> Citizen | None:
    """The citizen registered with this identity number, None when nobody is. Every look is a fact, a miss too.

    Stream ``look:citizen:<citizen or none>:<officer>:<day>``. Raises `Forbidden` ``wrong_role``, `Invalid`
    ``identity_number_…``.
    """
    by.must_have({"reception"})
    wanted = rules.check_identity_number(number).number
    found = Citizen.objects.filter(identity_number=wanted).first()
    stream = f"look:citizen:{found.id if found else 'none'}:{by.ref}:{local(at):%y%m%d}"
    looked = events.CitizenLookedUp(str(found.id) if found else "", by.agency, purpose)
    ledger.append(stream, [looked], by=by, at=at)
    return found
