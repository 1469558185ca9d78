"""Every read of drafts worth a name."""

from typing import Any
from uuid import UUID

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.corrections.rules import answers_sha256
from motcua.dossiers.models import Dossier, Supplement
from motcua.drafts.models import AnswerPaper, Correcting, Draft
from motcua.results.queries import represented


def drafts(citizen: UUID | str) -> list[Draft]:
    """What a citizen is still writing, last saved first; one query."""
    return list(Draft.objects.select_related("edition").filter(owner=citizen, filed_at=None).order_by("-saved_at"))


def draft(draft_id: UUID | str, by: Actor) -> Draft:
    """One draft of the actor, filed ones too (the page then leads to the receipt); raises `NotFound`."""
    found = Draft.objects.select_related("edition", "agency").filter(pk=draft_id, owner=by.id).first()
    if found is None:
        raise NotFound("draft_unknown")
    return found


def answer_papers(asked: Supplement) -> list[AnswerPaper]:
    """The files kept for an answer that was not sent yet, oldest first; one query."""
    return list(AnswerPaper.objects.filter(supplement=asked).select_related("file").order_by("id"))


def correction_answers(dossier: Dossier, by: Actor) -> dict[str, Any]:
    """The answers as far as ``by`` corrected them; those of the dossier where nothing was begun or they changed."""
    found = Correcting.objects.filter(dossier=dossier, owner=by.id, before_sha256=answers_sha256(dossier.answers))
    writing = found.first()
    return writing.answers if writing else dossier.answers


def vault_of(draft: Draft) -> UUID | None:
    """Whose vault answers for a draft: the writer's own, or the organisation's that it is written for while the writer
    represents it; None where it is written for somebody else. At most one query."""
    if not draft.on_behalf_of:
        return draft.owner_id
    return represented(draft.owner_id, draft.on_behalf_of["identity_number"])
