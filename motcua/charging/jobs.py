"""Clock work of charging. It may run at any time, twice, or in two workers at once."""

from datetime import UTC, datetime

from motcua.base.actor import SYSTEM
from motcua.charging import actions, queries


def close_ended(at: datetime | None = None) -> int:
    """Close what ended dossiers still ask for, where a bank has said meanwhile that nobody has paid; returns how many.

    A provider's "nothing yet" is no fact, so no subscriber hears of it.
    """
    waiting = queries.open_of_ended()
    for dossier in waiting:
        actions.close_bills(dossier, by=SYSTEM, at=at or datetime.now(UTC))
    return len(waiting)
