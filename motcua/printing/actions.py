"""The writes of printing: that a register or a whole dossier left the house, since both are full of personal data."""

from datetime import datetime
from uuid import UUID

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden
from motcua.base.ids import new_id
from motcua.dossiers.actions import look_at_all
from motcua.printing.events import DossierTaken, RegisterTaken
from motcua.printing.queries import Book, lines_of

IN_REGISTER = "Xuất sổ theo dõi hồ sơ ra tệp"


def take_out(book: Book, kind: str, lines: int, *, by: Actor, at: datetime) -> None:
    """Record that ``by`` took a register with so many lines as ``kind`` (pdf, xlsx), and read each dossier in it.

    Raises `Forbidden` ``wrong_agency`` for another agency's book.
    """
    if by.agency != str(book.agency):
        raise Forbidden("wrong_agency")
    look_at_all(lines_of(book).values_list("dossier_id", flat=True), IN_REGISTER, by=by, at=at)
    taken = RegisterTaken(str(book.agency), book.field, book.year, book.month, kind, lines)
    ledger.append(f"register:{new_id()}", [taken], by=by, at=at, after=ledger.NOTHING)


def take_dossier(dossier: UUID, files: int, *, by: Actor, at: datetime) -> None:
    """Record that ``by``, who may see the dossier, took all of it as one file with so many files in it."""
    taken = DossierTaken(str(dossier), files)
    ledger.append(f"taken:{dossier}:{new_id()}", [taken], by=by, at=at, after=ledger.NOTHING)
