"""Every read of opinions worth a name."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from motcua.base.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.opinions.models import Opinion

MOST = 200


def opinions_of(dossier: Dossier) -> list[Opinion]:
    """Everything that was asked about a dossier, oldest first, the agencies with it; one query."""
    found = Opinion.objects.select_related("agency", "officer").filter(dossier=dossier)
    return list(found.order_by("asked_at", "id"))


def open_of(agency: UUID | str) -> list[Opinion]:
    """What an agency is asked and has not answered, soonest due first; one query."""
    found = _asked(agency).filter(answered_at=None, withdrawn_at=None)
    return list(found.order_by("due_at", "id")[:MOST])


def answered_by(agency: UUID | str) -> list[Opinion]:
    """What an agency answered, newest first; one query."""
    return list(_asked(agency).filter(answered_at__isnull=False).order_by("-answered_at", "id")[:50])


def count_open(agency: UUID | str) -> int:
    """How many questions an agency has to answer; one query."""
    return Opinion.objects.filter(agency=agency, answered_at=None, withdrawn_at=None).count()


def asked_one(opinion: UUID | str, agency: UUID | str) -> Opinion:
    """One question to this agency, with its dossier; raises `NotFound` ``opinion_unknown``, also for another's."""
    try:
        return _asked(agency).get(pk=opinion)
    except (Opinion.DoesNotExist, ValidationError):
        raise NotFound("opinion_unknown") from None


def _asked(agency: UUID | str) -> "QuerySet[Opinion]":
    found = Opinion.objects.select_related("dossier", "agency", "asked_by", "officer")
    return found.defer("dossier__answers").filter(agency=agency)
