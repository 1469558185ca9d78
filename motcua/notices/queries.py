"""Every read of notices worth a name."""

from uuid import UUID

from motcua.notices.models import Notice


def inbox(citizen: UUID | str, limit: int = 100) -> list[Notice]:
    """The newest notices of a citizen."""
    return list(Notice.objects.filter(citizen=citizen).order_by("-at")[:limit])


def unread(citizen: UUID | str) -> int:
    """How many are new, counted up to 100."""
    return Notice.objects.filter(citizen=citizen, read_at=None)[:100].count()
