"""Every read of mandates worth a name."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from motcua.mandates.models import Mandate
from motcua.people.models import Citizen


def mandate_of(taker: UUID | str, giver: UUID | str, reference: str, *, on: date) -> Mandate | None:
    """The mandate by which ``taker`` acts for ``giver`` in this matter on a day, if there is one. One query."""
    found = Mandate.objects.filter(taker=taker, giver=giver, reference=reference, revoked_at=None)
    return found.filter(until__gte=on).first()


def mandates_to(taker: Citizen, *, on: date) -> list[Mandate]:
    """What others have authorised ``taker`` to do, that still holds; newest first. One query."""
    found = Mandate.objects.filter(taker=taker, revoked_at=None, until__gte=on).select_related("giver")
    return list(found.order_by("-given_at")[:100])


def mandates_in(reference: str, *, on: date) -> list[Mandate]:
    """Who is authorised in one matter on a day, newest first. One query."""
    found = Mandate.objects.filter(reference=reference, revoked_at=None, until__gte=on)
    return list(found.select_related("taker").order_by("-given_at"))


def mandates_about(references: Collection[str]) -> list[Mandate]:
    """Every mandate ever given in these matters; one query."""
    return list(Mandate.objects.filter(reference__in=references))


def mandates_by_id(ids: Collection[str]) -> list[Mandate]:
    """These mandates with who gave them; one query."""
    return list(Mandate.objects.select_related("giver").filter(id__in=ids))
