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
from motcua.dossiers.models import RETURNS, Dossier
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.drafts.models import Draft, DraftPaper
from motcua.drafts.queries import vault_of
from motcua.filing.actions import submit
from motcua.forms import Fault
from motcua.people.models import Citizen
from motcua.people.rules import check_owner_number

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
        mine = mine_of(draft, by)
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
    """Choose where to file, how to get the result, and for whom, if it is for somebody else. Effects: for whom being
    changed, what was taken from a vault leaves the draft.

    Raises `Invalid` ``return_unknown``, ``return_address_missing``, ``on_behalf_incomplete``, ``identity_number_…``,
    ``tax_code_…``.
    """
    if return_by not in RETURNS:
        raise Invalid("return_unknown")
    told = {key: clean(on_behalf_of.get(key, ""))[:200] for key in ("name", "identity_number", "basis")}
    if any(told.values()):
        if not (told["name"] and told["basis"]):
            raise Invalid("on_behalf_incomplete")
        if told["identity_number"]:
            told["identity_number"] = check_owner_number(told["identity_number"])
    with transaction.atomic():
        mine = mine_of(draft, by)
        if return_by == "post" and not Citizen.objects.filter(pk=mine.owner_id).exclude(address="").exists():
            raise Invalid("return_address_missing")
        before = vault_of(mine)
        mine.agency_id, mine.return_by, mine.saved_at = agency, return_by, at
        mine.on_behalf_of = told if any(told.values()) else {}
        if vault_of(mine) != before:  # what one has is nothing that another can use
            DraftPaper.objects.filter(draft=mine).exclude(source="").delete()
        mine.save(update_fields=["agency", "return_by", "on_behalf_of", "saved_at"])
        return mine


def attach(
    draft: UUID | str, paper: str, chunks: Iterable[bytes], label: str, *, by: Actor, at: datetime
) -> DraftPaper:
    """Attach a file for one paper. Effects: keeps the file. Raises as `base.files.store`; ``too_many_files``."""
    mine = mine_of(draft, by, lock=False)
    if paper not in {each.code for each in plan(mine.edition_id).definition.papers} | {"khac"}:
        raise Invalid("paper_unknown", papers=[paper])
    must_have_room(mine)
    stored = files.store(chunks, at=at)
    with transaction.atomic():  # while the file came, the draft may have been filed, or have got other files
        mine = mine_of(draft, by)
        must_have_room(mine)
        found, _ = DraftPaper.objects.get_or_create(
            draft=mine,
            paper=paper,
            file=stored,
            defaults={"label": label_of(label)},
        )
    return found


def must_have_room(draft: Draft) -> None:
    """Raise `Refused` ``too_many_files`` when no other file may be attached."""
    if DraftPaper.objects.filter(draft=draft)[: MAX_FILES + 1].count() >= MAX_FILES:
        raise Refused("too_many_files", limit=MAX_FILES)


def detach(draft: UUID | str, draft_paper: UUID | str, *, by: Actor) -> None:
    """Take an attached file off the draft."""
    with transaction.atomic():
        DraftPaper.objects.filter(draft=mine_of(draft, by), pk=draft_paper).delete()


def discard_draft(draft: UUID | str, *, by: Actor) -> None:
    """Throw the draft away, with its attachments."""
    with transaction.atomic():  # what is being filed at this moment stays
        mine_of(draft, by).delete()


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
        papers=tuple(Attached(each.paper, each.file_id, each.label, each.source) for each in papers),
        return_by=draft.return_by,
        on_behalf_of=draft.on_behalf_of or None,
    )


def mine_of(draft: UUID | str, by: Actor, lock: bool = True) -> Draft:
    """The draft of ``by`` that was not filed yet. Raises `NotFound` ``draft_unknown``."""
    drafts = Draft.objects.select_for_update() if lock else Draft.objects
    found = drafts.filter(pk=draft, owner_id=by.id, filed_at=None).first()
    if found is None:
        raise NotFound("draft_unknown")
    return found


def label_of(name: str) -> str:
    """The name of a file as it is kept."""
    return clean(name.replace("\x00", ""))[-120:] or "tệp"
