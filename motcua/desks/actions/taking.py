"""That a worklist left the house as a file: it is full of personal data."""

from collections.abc import Collection
from datetime import datetime

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.ids import new_id
from motcua.desks.events import ListTaken


def take_list(filters: Collection[str], lines: int, *, by: Actor, at: datetime) -> None:
    """Record that ``by`` took so many lines of the list; ``filters``: the names of those set, not what was searched."""
    taken = ListTaken(by.agency, sorted(filters), lines)
    ledger.append(f"list:{new_id()}", [taken], by=by, at=at, after=ledger.NOTHING)
