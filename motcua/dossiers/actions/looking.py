"""Who read a dossier: every look at personal data is a fact."""

from datetime import datetime
from uuid import UUID

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.worktime import local
from motcua.dossiers.events import Looked


def look(dossier: UUID | str, purpose: str, *, by: Actor, at: datetime) -> None:
    """Record that ``by`` read the dossier for ``purpose``; one fact per reader, dossier and day."""
    stream = f"look:{dossier}:{by.ref}:{local(at):%y%m%d}"
    ledger.append_once(stream, Looked(str(dossier), purpose), by=by, at=at)
