"""The answer to a request for a supplement, kept file by file until it is sent."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import files
from motcua.base.actor import Actor
from motcua.base.errors import Refused
from motcua.catalogue.queries import plan
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import must_reach
from motcua.dossiers.models import Standing, Supplement
from motcua.dossiers.queries import open_supplement
from motcua.dossiers.rules import Attached
from motcua.dossiers.states import State
from motcua.drafts.actions.writing import MAX_FILES, label_of
from motcua.drafts.models import AnswerPaper
from motcua.filing.actions import supplement


def attach_answer(
    dossier: UUID | str, paper: str, chunks: Iterable[bytes], label: str, *, by: Actor, at: datetime
) -> AnswerPaper:
    """Keep a file for the answer to the open request, until the answer is sent.

    Raises as `base.files.store` and `answering`; `Invalid` ``paper_unknown``, `Refused` ``too_many_files``.
    """
    standing, asked = answering(dossier, by, at)
    rules.check_papers(plan(standing.dossier.edition_id).definition, [Attached(paper, "", "")])
    must_have_room_for_answer(asked)
    stored = files.store(chunks, at=at)
    with transaction.atomic():  # while the file came, the answer may have been sent
        _, asked = answering(dossier, by, at, lock=True)
        must_have_room_for_answer(asked)
        found, _ = AnswerPaper.objects.get_or_create(
            supplement=asked, paper=paper, file=stored, defaults={"label": label_of(label), "owner_id": by.id}
        )
    return found


def detach_answer(dossier: UUID | str, answer_paper: UUID | str, *, by: Actor, at: datetime) -> None:
    """Take a file off the answer that is being prepared."""
    with transaction.atomic():
        _, asked = answering(dossier, by, at, lock=True)
        AnswerPaper.objects.filter(supplement=asked, pk=answer_paper).delete()


def send_answer(dossier: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Answer the request with the files that were kept for it. Raises as `dossiers.actions.supplement`."""
    with transaction.atomic():
        _, asked = answering(dossier, by, at, lock=True)
        kept = AnswerPaper.objects.filter(supplement=asked)
        attached = [Attached(each.paper, each.file_id, each.label, each.source) for each in kept.order_by("id")]
        after = supplement(dossier, attached, by=by, at=at, seen=seen)
        kept.delete()
        return after


def answering(dossier: UUID | str, by: Actor, at: datetime, *, lock: bool = False) -> tuple[Standing, Supplement]:
    """The dossier and the request that ``by`` may answer.

    Raises `Refused` ``nothing_asked`` when the agency waits for nothing, and as `must_reach`.
    """
    rows = Standing.objects.select_related("dossier").filter(pk=dossier)
    if lock:  # the standing first, as every move does
        rows = rows.select_for_update(of=("self",))
    standing = must_reach(rows.first(), by, at=at, verb="supplement")
    asked = open_supplement(standing.dossier)
    if asked is None or standing.state not in {State.RETURNED, State.SUPPLEMENTING}:
        raise Refused("nothing_asked")
    return standing, asked


def must_have_room_for_answer(asked: Supplement) -> None:
    """Raise `Refused` ``too_many_files`` when no other file may be kept."""
    if AnswerPaper.objects.filter(supplement=asked)[: MAX_FILES + 1].count() >= MAX_FILES:
        raise Refused("too_many_files", limit=MAX_FILES)
