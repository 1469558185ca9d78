"""Every read of opinions worth a name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F

from motcua.base.errors import NotFound
from motcua.opinions.models import Opinion

MOST = 200


def opinions_of(reference: str) -> list[Opinion]:
    """Everything that was asked about ``reference``, oldest first, the agencies with it; one query."""
    found = Opinion.objects.select_related("agency", "officer").filter(reference=reference)
    return list(found.order_by("asked_at", "id"))


def asked_of(agency: UUID | str, *, answered: bool = False) -> list[Opinion]:
    """What an agency is asked and has not answered, soonest due first; or what it answered, newest first. One query."""
    found = Opinion.objects.select_related("agency", "asked_by", "officer").filter(agency=agency, withdrawn_at=None)
    if answered:
        return list(found.filter(answered_at__isnull=False).order_by("-answered_at")[:MOST])
    return list(found.filter(answered_at=None).order_by("due_at", "id")[:MOST])


def asked_one(opinion: UUID | str, agency: UUID | str) -> Opinion:
    """One question to this agency; raises `NotFound` ``opinion_unknown``, also for another agency's."""
    try:
        return Opinion.objects.select_related("agency", "asked_by", "officer").get(pk=opinion, agency=agency)
    except (Opinion.DoesNotExist, ValidationError):
        raise NotFound("opinion_unknown") from None


def waited_for(reference: str, at: datetime) -> list[str]:
    """The names of the agencies whose answer is not there and not overdue either; one query."""
    found = Opinion.objects.filter(reference=reference, answered_at=None, withdrawn_at=None, due_at__gte=at)
    return list(found.order_by("due_at").values_list("agency__name", flat=True))


def voices(reference: str) -> tuple[int, int]:
    """How many agreed and how many did not; one query."""
    said: Sequence[bool] = list(
        Opinion.objects.filter(reference=reference, answered_at__isnull=False).values_list("agrees", flat=True)
    )
    return sum(said), len(said) - sum(said)


def late(opinion: Opinion, at: datetime) -> bool:
    """Whether the answer came after its appointment, or has not come by now. No query."""
    return opinion.due_at < (opinion.answered_at or opinion.withdrawn_at or at)


def count_open(agency: UUID | str) -> int:
    """How many questions an agency has to answer; one query."""
    return Opinion.objects.filter(agency=agency, answered_at=None, withdrawn_at=None).order_by(F("due_at")).count()
