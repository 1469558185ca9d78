"""What carrying out and undoing share: one at a time, the state of the row, the fact, what goes along."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Conflict
from motcua.certifying.models import Copy
from motcua.desks.models import Group, Note, SavedView, SheetRun
from motcua.drafts.models import Draft
from motcua.opinions.models import Opinion
from motcua.payments.models import Bill
from motcua.people.models import Agency
from motcua.reorganisation.models import Reorganisation

LOCK = 0x6D6F7463  # any number that nobody else locks
CHUNK = 100  # dossiers in one transaction
# What goes along with an agency that ends, beside its posts and its dossiers, which have verbs of their own.
ALONG: dict[str, Callable[[], Any]] = {
    "draft": lambda: Draft.objects.filter(filed_at=None),
    "opinion": lambda: Opinion.objects.filter(answered_at=None, withdrawn_at=None),
    "note": Note.objects.all,
    "view": SavedView.objects.all,
    "sheet": SheetRun.objects.all,
    "group": Group.objects.all,
    "bill": lambda: Bill.objects.filter(state="open"),
    "copy": lambda: Copy.objects.filter(state__in=["taken", "compared"]),  # a number stays in the book it is in
}
Told = Callable[[str, int], None]  # what was done, and how many


def quiet(_what: str, _many: int) -> None:
    """Tell nobody."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the one lock of all re-organisations; a process that is killed lets go of it.

    Raises `Conflict` ``reorganisation_running`` while another process, the worker perhaps, is at it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("reorganisation_running")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def to(row: Reorganisation, state: str, **more: Any) -> None:
    """Change the state. Raises `Conflict` ``reorganisation_running`` while another one is at work."""
    row.state = state
    for name, value in more.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=["state", *more])
    except IntegrityError:
        raise Conflict("reorganisation_running") from None


def why(row: Reorganisation) -> str:
    """The reason that each dossier keeps of its transfer."""
    return f"Sắp xếp đơn vị hành chính theo {row.decision}"


def go_along(old: Agency, new: Agency) -> Iterator[tuple[str, UUID]]:
    """Give ``new`` what ``old`` kept beside its dossiers; what ``new`` has in the same words stays where it is."""
    for kind, rows in ALONG.items():
        for thing in list(rows().filter(agency=old).values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    rows().filter(pk=thing).update(agency=new)
            except IntegrityError:
                continue
            yield kind, thing


def record(row: Reorganisation, event: object, by: Actor, at: datetime) -> None:
    """Write one fact of the re-organisation."""
    ledger.append(f"reorganisation:{row.id}", [event], by=by, at=at)
