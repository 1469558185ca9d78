"""Clock work: re-organisations that were planned for a day are carried out when it comes."""

from datetime import UTC, datetime

from motcua.base.actor import SYSTEM
from motcua.base.errors import Conflict
from motcua.base.worktime import local
from motcua.reorganisation import actions
from motcua.reorganisation.models import PLANNED, RUNNING, Reorganisation


def carry_out_due() -> int:
    """Carry out what is due, and go on with what was cut off; returns how many. Safe to run at any time: what another
    process is at is left to it."""
    at, done = datetime.now(UTC), 0
    for row in Reorganisation.objects.filter(state__in=[PLANNED, RUNNING], on__lte=local(at).date()).order_by("on"):
        try:
            actions.carry_out(row, by=SYSTEM, at=at)
        except Conflict:
            break
        done += 1
    return done
