"""Every read of notices worth a name."""

from collections.abc import Collection
from uuid import UUID

from motcua.notices.models import Follow, Notice


def inbox(citizen: UUID | str, limit: int = 100) -> list[Notice]:
    """The newest notices of a citizen."""
    return list(Notice.objects.filter(citizen=citizen).order_by("-at")[:limit])


def unread(citizen: UUID | str) -> int:
    """How many are new, counted up to 100."""
    return Notice.objects.filter(citizen=citizen, read_at=None)[:100].count()


def followed(citizen: UUID | str) -> list[str]:
    """The references a citizen follows, last chosen first."""
    return list(Follow.objects.filter(citizen=citizen).order_by("-since").values_list("reference", flat=True))


def followers(references: Collection[str]) -> list[Follow]:
    """Who follows any of these; one query."""
    return list(Follow.objects.filter(reference__in=references))
