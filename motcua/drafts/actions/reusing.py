"""What the State has already, attached to what a person writes: the person decides, the vault proves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid
from motcua.base.worktime import local
from motcua.catalogue.definition import Definition, Paper
from motcua.catalogue.queries import plan
from motcua.dossiers.actions.moving import vault_for
from motcua.drafts.actions.answers import answering, must_have_room_for_answer
from motcua.drafts.actions.writing import label_of, mine_of, must_have_room
from motcua.drafts.models import AnswerPaper, Draft, DraftPaper
from motcua.drafts.queries import vault_of
from motcua.vault.queries import must_prove


def reuse(draft: UUID | str, paper: str, item: UUID, *, by: Actor, at: datetime) -> DraftPaper:
    """Attach what the vault has for a paper. ``item`` is an `Offer`'s.

    The vault is the writer's own, or the organisation's that it is written for. Raises `Refused` as
    `vault.queries.must_prove`; ``too_many_files``; `Invalid` ``paper_unknown``; `Forbidden` ``vault_of_another``.
    """
    mine = mine_of(draft, by, lock=False)
    asked = _paper(plan(mine.edition_id).definition, paper)
    found = must_prove(item, asked, _vault(mine), on=local(at).date())
    with transaction.atomic():  # filed, or written for somebody else meanwhile, it takes no more
        mine = mine_of(draft, by)
        _vault(mine)
        must_have_room(mine)
        kept, _ = DraftPaper.objects.update_or_create(
            draft=mine,
            paper=paper,
            file_id=found.sha256,
            defaults={"label": label_of(found.label), "source": found.source},
        )
        return kept


def reuse_answer(dossier: UUID | str, paper: str, item: UUID, *, by: Actor, at: datetime) -> AnswerPaper:
    """The same for the answer to the open request; only the filer, whose vault it is, or who represents whose it is.

    Raises as `reuse` and `answering`.
    """
    standing, asked = answering(dossier, by, at)
    whose = vault_for(standing.dossier, by)
    if whose is None or (standing.dossier.organisation is None and str(whose) != by.id):
        raise Forbidden("vault_of_another")
    wanted = _paper(plan(standing.dossier.edition_id).definition, paper)
    found = must_prove(item, wanted, whose, on=local(at).date())
    with transaction.atomic():  # while the vault was asked, the answer may have been sent
        _, asked = answering(dossier, by, at, lock=True)
        must_have_room_for_answer(asked)
        kept, _ = AnswerPaper.objects.update_or_create(
            supplement=asked,
            paper=paper,
            file_id=found.sha256,
            defaults={"label": label_of(found.label), "source": found.source, "owner_id": by.id},
        )
        return kept


def _vault(draft: Draft) -> UUID:
    """Whose vault answers for a draft. Raises `Forbidden` ``vault_of_another``."""
    if (whose := vault_of(draft)) is None:
        raise Forbidden("vault_of_another")
    return whose


def _paper(definition: Definition, code: str) -> Paper:
    found = next((paper for paper in definition.papers if paper.code == code), None)
    if found is None:
        raise Invalid("paper_unknown", papers=[code])
    return found
