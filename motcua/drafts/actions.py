"""What a person writes before filing. Drafts are the person's own: no facts, no officer sees them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.base import files
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.catalogue.queries import plan
from motcua.corrections.actions import correct
from motcua.corrections.rules import answers_sha256
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import must_reach
from motcua.dossiers.actions.supplementing import supplement
from motcua.dossiers.models import RETURNS, Dossier, Standing, Supplement
from motcua.dossiers.queries import open_supplement
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.dossiers.states import State
from motcua.drafts.models import AnswerPaper, Correcting, Draft, DraftPaper
from motcua.filing.actions import submit
from motcua.forms import Fault
from motcua.people.models import Citizen
from motcua.people.rules import check_identity_number

MAX_DRAFTS = 50
MAX_FILES = 40


def start_draft(edition: UUID, answers: dict[str, Any], *, by: Actor, at: datetime) -> Draft:
    """Begin to write; ``answers`` are what is known already.

    Raises `Refused` as `Plan.obstacle` says, ``too_many_drafts``.
    """
    by.must_have({"citizen"})
    if obstacle := plan(edition).obstacle("online"):
        raise Refused(obstacle, procedure=plan(edition).code)
    if Draft.objects.filter(owner=by.id, filed_at=None)[: MAX_DRAFTS + 1].count() >= MAX_DRAFTS:
        raise Refused("too_many_drafts", limit=MAX_DRAFTS)
    return Draft.objects.create(owner_id=by.id, edition_id=edition, answers=answers, saved_at=at)


def save_section(
    draft: UUID | str, section: str, answers: dict[str, Any], *, by: Actor, at: datetime
) -> dict[str, Fault]:
    """Keep the answers of one page, right or wrong, and return what is wrong with them: nothing typed is lost."""
    with transaction.atomic():
        mine = _mine(draft, by)
        form = plan(mine.edition_id).form
        mine.answers = form.section(section).answered(mine.answers, answers)
        faults = form.check_section(section, mine.answers)
        mine.done = sorted({*mine.done, section} if not faults else {*mine.done} - {section})
        mine.saved_at = at
        mine.save(update_fields=["answers", "done", "saved_at"])
        return faults


def set_filing(
    draft: UUID | str,
    *,
    by: Actor,
    at: datetime,
    agency: UUID | str,
    return_by: str,
    on_behalf_of: dict[str, str],
) -> Draft:
    """Choose where to file, how to get the result, and for whom, if it is for somebody else.

    Raises `Invalid` ``return_unknown``, ``return_address_missing``, ``on_behalf_incomplete``, ``identity_number_…``.
    """
    if return_by not in RETURNS:
        raise Invalid("return_unknown")
    told = {key: clean(on_behalf_of.get(key, ""))[:200] for key in ("name", "identity_number", "basis")}
    if any(told.values()):
        if not (told["name"] and told["basis"]):
            raise Invalid("on_behalf_incomplete")
        if told["identity_number"]:
            told["identity_number"] = check_identity_number(told["identity_number"]).number
    with transaction.atomic():
        mine = _mine(draft, by)
        if return_by == "post" and not Citizen.objects.filter(pk=mine.owner_id).exclude(address="").exists():
            raise Invalid("return_address_missing")
        mine.agency_id, mine.return_by, mine.saved_at = agency, return_by, at
        mine.on_behalf_of = told if any(told.values()) else {}
        mine.save(update_fields=["agency", "return_by", "on_behalf_of", "saved_at"])
        return mine


def attach(
    draft: UUID | str, paper: str, chunks: Iterable[bytes], label: str, *, by: Actor, at: datetime
) -> DraftPaper:
    """Attach a file for one paper. Effects: keeps the file. Raises as `base.files.store`; ``too_many_files``."""
    mine = _mine(draft, by, lock=False)
    if paper not in {each.code for each in plan(mine.edition_id).definition.papers} | {"khac"}:
        raise Invalid("paper_unknown", papers=[paper])
    _must_have_room(mine)
    stored = files.store(chunks, at=at)
    with transaction.atomic():  # while the file came, the draft may have been filed, or have got other files
        mine = _mine(draft, by)
        _must_have_room(mine)
        found, _ = DraftPaper.objects.get_or_create(
            draft=mine,
            paper=paper,
            file=stored,
            defaults={"label": _label(label)},
        )
    return found


def _must_have_room(draft: Draft) -> None:
    if DraftPaper.objects.filter(draft=draft)[: MAX_FILES + 1].count() >= MAX_FILES:
        raise Refused("too_many_files", limit=MAX_FILES)


def detach(draft: UUID | str, draft_paper: UUID | str, *, by: Actor) -> None:
    """Take an attached file off the draft."""
    with transaction.atomic():
        DraftPaper.objects.filter(draft=_mine(draft, by), pk=draft_paper).delete()


def discard_draft(draft: UUID | str, *, by: Actor) -> None:
    """Throw the draft away, with its attachments."""
    with transaction.atomic():  # what is being filed at this moment stays
        _mine(draft, by).delete()


def file_draft(draft: UUID | str, *, by: Actor, at: datetime) -> Dossier:
    """File what was written. Filed twice, it is one dossier. Raises as `submit`; ``agency_not_chosen``."""
    with transaction.atomic():
        mine = Draft.objects.select_for_update().filter(pk=draft, owner_id=by.id).first()
        if mine is None:
            raise NotFound("draft_unknown")
        if mine.filed_at:
            return Dossier.objects.get(pk=mine.id)
        if mine.agency_id is None:
            raise Invalid("agency_not_chosen")
        dossier = submit(_filing(mine), by=by, at=at)
        DraftPaper.objects.filter(draft=mine).delete()
        mine.answers, mine.on_behalf_of, mine.filed_at = {}, {}, at
        mine.save(update_fields=["answers", "on_behalf_of", "filed_at"])
        return dossier


def _filing(draft: Draft) -> Filing:
    citizen = Citizen.objects.get(pk=draft.owner_id)
    owner = Owner(citizen.full_name, citizen.identity_number or "", citizen.phone)
    if draft.on_behalf_of:
        owner = Owner(draft.on_behalf_of["name"], draft.on_behalf_of["identity_number"], citizen.phone)
    papers = DraftPaper.objects.filter(draft=draft).order_by("id")
    return Filing(
        id=draft.id,
        edition=draft.edition_id,
        agency=draft.agency_id,  # type: ignore[arg-type]  # checked by the caller
        channel="online",
        owner=owner,
        answers=plan(draft.edition_id).form.kept(draft.answers),
        papers=tuple(Attached(each.paper, each.file_id, each.label) for each in papers),
        return_by=draft.return_by,
        on_behalf_of=draft.on_behalf_of or None,
    )


def _mine(draft: UUID | str, by: Actor, lock: bool = True) -> Draft:
    drafts = Draft.objects.select_for_update() if lock else Draft.objects
    found = drafts.filter(pk=draft, owner_id=by.id, filed_at=None).first()
    if found is None:
        raise NotFound("draft_unknown")
    return found


def attach_answer(
    dossier: UUID | str, paper: str, chunks: Iterable[bytes], label: str, *, by: Actor, at: datetime
) -> AnswerPaper:
    """Keep a file for the answer to the open request, until the answer is sent.

    Raises as `base.files.store` and `answering`; `Invalid` ``paper_unknown``, `Refused` ``too_many_files``.
    """
    standing, asked = answering(dossier, by, at)
    rules.check_papers(plan(standing.dossier.edition_id).definition, [Attached(paper, "", "")])
    _must_have_room_for_answer(asked)
    stored = files.store(chunks, at=at)
    with transaction.atomic():  # while the file came, the answer may have been sent
        _, asked = answering(dossier, by, at, lock=True)
        _must_have_room_for_answer(asked)
        found, _ = AnswerPaper.objects.get_or_create(
            supplement=asked, paper=paper, file=stored, defaults={"label": _label(label), "owner_id": by.id}
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
        attached = [Attached(each.paper, each.file_id, each.label) for each in kept.order_by("id")]
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


def save_correction(
    dossier: Dossier, section: str, answers: dict[str, Any], *, by: Actor, at: datetime
) -> dict[str, Fault]:
    """Keep the answers of one page of a correction, right or wrong, and return what is wrong with them."""
    with transaction.atomic():
        writing = correcting(dossier, by=by, at=at)
        form = plan(dossier.edition_id).form
        writing.answers = form.section(section).answered(writing.answers, answers)
        writing.saved_at = at
        writing.save()
        return form.check_section(section, writing.answers)


def correcting(dossier: Dossier, *, by: Actor, at: datetime) -> Correcting:
    """The correction that ``by`` writes, begun when there is none; anew where the answers were changed meanwhile."""
    by.must_have({"citizen"})
    now = answers_sha256(dossier.answers)
    found, _ = Correcting.objects.select_for_update().get_or_create(
        dossier=dossier,
        owner_id=by.id,
        defaults={"answers": dossier.answers, "before_sha256": now, "saved_at": at},
    )
    if found.before_sha256 != now:
        found.answers, found.before_sha256, found.saved_at = dossier.answers, now, at
        found.save()
    return found


def discard_correction(dossier: Dossier, *, by: Actor) -> None:
    """Throw away what was written of a correction."""
    Correcting.objects.filter(dossier=dossier, owner=by.id).delete()


def send_correction(dossier: Dossier, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Send the correction that was written. Raises as `corrections.actions.correct`."""
    with transaction.atomic():
        after = correct(dossier.id, correcting(dossier, by=by, at=at).answers, reason, by=by, at=at, seen=seen)
        discard_correction(dossier, by=by)
        return after


def _must_have_room_for_answer(asked: Supplement) -> None:
    if AnswerPaper.objects.filter(supplement=asked)[: MAX_FILES + 1].count() >= MAX_FILES:
        raise Refused("too_many_files", limit=MAX_FILES)


def _label(name: str) -> str:
    return clean(name.replace("\x00", ""))[-120:] or "tệp"
