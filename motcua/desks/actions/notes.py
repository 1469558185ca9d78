"""Notes inside an agency. The text stands in a row that can be taken away; the facts say only that there was one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound
from motcua.base.text import clean
from motcua.desks.events import NoteRemoved, NoteWritten
from motcua.desks.models import Note
from motcua.dossiers.models import Standing

MAX_TEXT = 2000
MOST = 100  # of one agency about one dossier


def write_note(dossier: UUID, text: str, *, by: Actor, at: datetime) -> Note:
    """Write a note about a dossier that stands at the officer's agency; only officers of that agency ever read it.

    Raises `NotFound` ``dossier_unknown``; `Invalid` ``note_missing``, ``note_too_long``, ``too_many_notes``.
    """
    said = "\n".join(clean(line) for line in text.replace("\x00", "").splitlines()).strip()
    if not said:
        raise Invalid("note_missing")
    if len(said) > MAX_TEXT:
        raise Invalid("note_too_long", limit=MAX_TEXT)
    with transaction.atomic():
        if by.kind != "officer" or not Standing.objects.filter(pk=dossier, agency=by.agency).exists():
            raise NotFound("dossier_unknown")
        if Note.objects.filter(dossier=dossier, agency=by.agency).count() >= MOST:
            raise Invalid("too_many_notes", limit=MOST)
        note = Note.objects.create(
            dossier_id=dossier, agency_id=by.agency, officer_id=by.id, text=said, written_at=at
        )
        ledger.append(f"note:{note.id}", [NoteWritten(str(dossier), by.agency)], by=by, at=at, after=ledger.NOTHING)
    return note


def remove_note(note: UUID, *, by: Actor, at: datetime) -> None:
    """Take back one's own note. Raises `NotFound` ``note_unknown``, `Forbidden` ``note_of_other``."""
    with transaction.atomic():
        found = Note.objects.select_for_update().filter(id=note, agency=by.agency).first()
        if found is None:
            raise NotFound("note_unknown")
        if str(found.officer_id) != by.id:
            raise Forbidden("note_of_other")
        ledger.append(f"note:{note}", [NoteRemoved(str(found.dossier_id), by.agency)], by=by, at=at)
        Note.objects.filter(id=note).delete()
