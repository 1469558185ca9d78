"""Who read a dossier: every look at personal data is a fact."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.worktime import local
from motcua.dossiers.events import Looked


def look(dossier: UUID | str, purpose: str, *, by: Actor, at: datetime) -> None:
    """Record that ``by`` read the dossier for ``purpose``; one fact per reader, dossier and day."""
    stream = f"look:{dossier}:{by.ref}:{local(at):%y%m%d}"
    ledger.append_once(stream, Looked(str(dossier), purpose, by.agency), by=by, at=at)


def look_at_all(dossiers: Iterable[UUID], purpose: str, *, by: Actor, at: datetime) -> None:
    """Record that ``by`` read each of these, as who takes a list with people's names out of the house does."""
    with transaction.atomic():
        for dossier in dossiers:
            look(dossier, purpose, by=by, at=at)
