"""What the printed forms read beside the facts of one dossier: names of officers, and the lines of the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from motcua.base import ledger
from motcua.base.ledger import Row
from motcua.base.models import Fact
from motcua.base.worktime import Calendar, instant
from motcua.catalogue.models import Edition, Field
from motcua.catalogue.queries import plan
from motcua.deadlines.stretches import Stretch, stretches
from motcua.dossiers.models import Dossier, Standing
from motcua.people.models import Officer

PAGE = 50


@dataclass(frozen=True, slots=True)
class Book:
    """A register: what an agency received in one field (its slug) in one year of the office, or in a month of it."""

    agency: UUID
    field: str
    year: int
    month: int = 0

    @property
    def begins(self) -> datetime:
        """The first moment of the book."""
        return _first_of(self.year, self.month or 1)

    @property
    def ends(self) -> datetime:
        """The first moment after the book."""
        if not self.month or self.month == 12:
            return _first_of(self.year + 1, 1)
        return _first_of(self.year, self.month + 1)


class Key(NamedTuple):
    """Where a line stands in a register."""

    received_at: datetime
    dossier: UUID


GIVEN_TO = {"dossiers.assigned", "results.signature_given"}  # facts that name an officer beside who acted


def names_of(facts: Sequence[Row]) -> dict[str, str]:
    """Names of the officers in the facts, by ``"officer:<id>"``; one query."""
    acting = {fact.actor.partition(":")[2] for fact in facts if fact.actor.startswith("officer:")}
    assigned = {fact.data["officer"] for fact in facts if fact.name in GIVEN_TO}
    absent = {fact.data["for"] for fact in facts if "for" in fact.data}  # in whose place somebody acted
    found = Officer.objects.filter(id__in=acting | assigned | absent).values_list("id", "full_name")
    return {f"officer:{officer}": name for officer, name in found} | {"system": "Hệ thống"}


def looks_at(dossier: Dossier) -> list[Row]:
    """Who read the dossier on which day, newest first, at most 200; one query over a range of streams.

    The range holds where the database sorts text by code points, as the embedded server does.
    """
    stream = f"look:{dossier.id}"
    found = Fact.objects.filter(stream__gt=f"{stream}:", stream__lt=f"{stream};", name="dossiers.looked")
    return [ledger.read(fact) for fact in found.order_by("-at")[:200]]


def hands_of(standing: Standing, facts: Sequence[Row], office: Calendar, now: datetime) -> list[Stretch]:
    """Who had the dossier when, up to ``now``, by the clock of its agency (``office``) and of its edition. No query."""
    edition = plan(standing.dossier.edition_id)
    restarts = edition.definition.clock.after_supplement == "restart"
    return stretches(facts, edition.steps, office, now, restarts)


def books(agency: UUID, year: int) -> list[tuple[Field, int]]:
    """The fields in which the agency received dossiers that year, each with how many, largest first; two queries."""
    whole = Book(agency, "", year)
    received = _received(whole).values_list("dossier__edition__procedure__field")
    counted = dict(received.annotate(many=Count("pk")).order_by())
    fields = Field.objects.in_bulk([code for code in counted if code])
    return sorted(((fields[code], counted[code]) for code in fields), key=lambda row: (-row[1], row[0].name))


def entries(book: Book, *, after: Key | None = None, limit: int = PAGE) -> list[Standing]:
    """The lines of a register, oldest reception first; ``handed_over`` (when) and ``how`` stand beside each. One query.

    ``after`` is the key of the last line seen. Answers and definitions are not loaded.
    """
    handed = Fact.objects.filter(
        stream=Concat(Value("dossier:"), Cast(OuterRef("dossier_id"), TextField())), name="dossiers.handed_over"
    )
    found = lines_of(book).filter(_behind(after)) if after else lines_of(book)
    found = found.select_related("dossier__edition", "dossier__filed_by", "agency")
    found = found.defer("tip", "dossier__answers", "dossier__edition__definition")
    found = found.annotate(
        handed_over=Subquery(handed.values("at")[:1]), how=Subquery(handed.values("data__how")[:1])
    )
    return list(found.order_by("received_at", "dossier_id")[:limit])


def lines_before(book: Book, first: Key) -> int:
    """How many lines of the whole year stand before this one, so that a line has one number in every part; one query."""
    whole = Book(book.agency, book.field, book.year)
    return lines_of(whole).exclude(_behind(first)).exclude(dossier=first.dossier).count()


def lines_of(book: Book) -> QuerySet[Standing]:
    """What stands in a book, in no order; no query yet."""
    editions = Edition.objects.filter(procedure__field=book.field)
    return _received(book).filter(dossier__edition__in=editions)


def _received(book: Book) -> QuerySet[Standing]:
    return Standing.objects.filter(agency=book.agency, received_at__gte=book.begins, received_at__lt=book.ends)


def _behind(key: Key) -> Q:
    later = Q(received_at__gt=key.received_at)
    return later | Q(received_at=key.received_at, dossier_id__gt=key.dossier)


def _first_of(year: int, month: int) -> datetime:
    return instant(date(year, month, 1), 0)
