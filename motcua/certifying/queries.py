"""Every read of copies worth a name."""

from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.base.errors import NotFound
from motcua.base.text import fold
from motcua.certifying.models import Copy
from motcua.payments.models import Bill

PAGE, MOST_WAITING, MOST_IN_EXCEL = 50, 200, 20_000


def waiting(agency: UUID | str) -> list[Copy]:
    """What is to be compared or certified, longest waiting first; one query."""
    return list(_of(agency).filter(state__in=["taken", "compared"]).order_by("taken_at", "id")[:MOST_WAITING])


def to_hand_over(agency: UUID | str) -> list[Copy]:
    """What is certified and not yet in its presenter's hands, oldest first; one query."""
    found = _of(agency).filter(state="certified", result__handed_over_at=None)
    return list(found.order_by("ended_at", "id")[:MOST_WAITING])


def ended_lately(agency: UUID | str) -> list[Copy]:
    """The last ten that were refused, cancelled or handed over; one query."""
    ended = Q(state__in=["refused", "cancelled"]) | Q(state="certified", result__handed_over_at__isnull=False)
    return list(_of(agency).filter(ended, ended_at__isnull=False).order_by("-ended_at", "id")[:10])


def next_compared(agency: UUID | str) -> Copy | None:
    """What the approver takes up next: the longest compared."""
    return _of(agency).filter(state="compared").order_by("taken_at", "id").first()


def copy_at(copy_id: UUID, agency: UUID | str) -> Copy:
    """One copy of this agency, with its people and its result. Raises `NotFound` ``copy_unknown``, also elsewhere's."""
    found = _of(agency).select_related("taken_by", "compared_by").filter(pk=copy_id).first()
    if found is None:
        raise NotFound("copy_unknown")
    return found


def book(agency: UUID | str, year: int, text: str = "") -> "QuerySet[Copy]":
    """The lines of a register book, newest first; ``text`` is a number, or words of title, presenter, or identity."""
    found = _of(agency).filter(year=year).order_by("-number")
    if text.isascii() and text.isdecimal() and len(text) < 9:
        return found.filter(number=int(text))
    for word in fold(text).split()[:8]:
        found = found.filter(folded__contains=word)
    return found


def years(agency: UUID | str) -> list[int]:
    """The years in which this agency has a book, newest first."""
    found = Copy.objects.filter(agency=agency, year__isnull=False).order_by("-year").distinct()
    return [year for year in found.values_list("year", flat=True) if year]


def bills_for(copies: list[Copy]) -> dict[str, Bill]:
    """The bill of each copy by its reference, the last one where there are several; one query."""
    made = Bill.objects.filter(reference__in=[each.stream for each in copies]).order_by("created_at")
    return {bill.reference: bill for bill in made}


def _of(agency: UUID | str) -> "QuerySet[Copy]":
    return Copy.objects.select_related("agency", "result", "ended_by").filter(agency=agency)
