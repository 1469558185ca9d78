"""Clock work: re-organisations that were planned for a day are carried out when it comes."""

from datetime import UTC, datetime

from motcua.base.actor import SYSTEM
from motcua.base.worktime import local
from motcua.reorganisation import actions
from motcua.reorganisation.models import PLANNED, RUNNING, Reorganisation


def carry_out_due() -> int:
    """Carry out what is due, and go on with what was cut off; returns how many. Safe to run at any time."""
    at = datetime.now(UTC)
    due = Reorganisation.objects.filter(state__in=[PLANNED, RUNNING], on__lte=local(at).date()).order_by("on")
    return len([actions.carry_out(row, by=SYSTEM, at=at) for row in due])
