"""Every read of drafts worth a name."""

from uuid import UUID

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.drafts.models import Draft


def drafts(citizen: UUID | str) -> list[Draft]:
    """What a citizen is still writing, last saved first; one query."""
    return list(Draft.objects.select_related("edition").filter(owner=citizen, filed_at=None).order_by("-saved_at"))


def draft(draft_id: UUID | str, by: Actor) -> Draft:
    """One draft of the actor, filed ones too (the page then leads to the receipt); raises `NotFound`."""
    found = Draft.objects.select_related("edition", "agency").filter(pk=draft_id, owner=by.id).first()
    if found is None:
        raise NotFound("draft_unknown")
    return found
