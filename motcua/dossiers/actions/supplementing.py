"""Asking for a supplement (form 02) and answering it. While the citizen has the turn, our clock stands still."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Invalid
from motcua.base.worktime import local
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin, vault_for
from motcua.dossiers.events import SupplementAsked, Supplemented
from motcua.dossiers.models import DossierPaper, Standing, Supplement
from motcua.dossiers.rules import Attached, Proven
from motcua.dossiers.states import State


def ask_supplement(
    dossier: UUID | str,
    papers: Sequence[str],
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Standing:
    """Ask once and completely: which papers (codes of the edition, may be none when answers are meant) and why.

    Effects: the clock stops; a `Supplement` is open until answered, for 15 working days or as the edition says. A second
    request is lawful, and the fact says that it is one: the State counts such a dossier as late.
    """
    with transaction.atomic():
        moving = begin(dossier, "ask_supplement", by=by, at=at, seen=seen)
        _must_be_asked_here(moving, papers)
        office = calendar_for(moving.standing.agency.code)
        days = moving.plan.definition.clock.answer_working_days
        answer_by = office.add_working_days(local(at).date(), days)
        ordinal = Supplement.objects.filter(dossier=moving.dossier).count() + 1
        why = rules.reason(reason)
        Supplement.objects.create(
            dossier=moving.dossier,
            papers=list(papers),
            reason=why,
            asked_at=at,
            asked_by=by.ref,
            answer_by=answer_by,
        )
        number = moving.letter_number("02")
        asked = SupplementAsked(list(papers), why, answer_by.isoformat(), number, ordinal)
        return moving.record(asked, paused_at=at)


def supplement(
    dossier: UUID | str,
    papers: Sequence[Attached],
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    proven: Proven = rules.nothing_reused,
) -> Standing:
    """Answer the open request with files: the clock goes on, the wait added, or begins anew where the edition says so.

    ``proven`` proves papers with a source (`filing.actions.supplement` gives it); without it there are none. Raises
    `Invalid` ``papers_missing`` when a paper that was asked for is not among them.
    """
    with transaction.atomic():
        moving = begin(dossier, "supplement", by=by, at=at, seen=seen)
        asked = Supplement.objects.select_for_update().get(dossier=moving.dossier, answered_at=None)
        if missing := [code for code in asked.papers if code not in {each.paper for each in papers}]:
            raise Invalid("papers_missing", papers=missing)
        rules.check_papers(moving.plan.definition, papers)
        whose = vault_for(moving.dossier, by)
        papers = proven(papers, moving.plan.definition, whose, on=local(at).date())
        DossierPaper.objects.bulk_create(
            DossierPaper(
                dossier=moving.dossier, paper=each.paper, file_id=each.sha256, label=each.label, source=each.source,
                added_at=at,
            )
            for each in papers
        )  # fmt: skip
        Supplement.objects.filter(pk=asked.pk).update(answered_at=at)
        anew = moving.plan.definition.clock.after_supplement == "restart" and moving.standing.received_at
        changes = moving.restarted() if anew else moving.resumed()
        due = changes.get("due_at")
        told = [f"{each.paper}:{each.sha256}" for each in papers]
        sources = [each.source for each in papers] if any(each.source for each in papers) else []
        return moving.record(Supplemented(told, due.isoformat() if due else None, sources), **changes)


def _must_be_asked_here(moving: Moving, papers: Sequence[str]) -> None:
    """Before reception the counter asks; afterwards only the step whose process allows it, by who holds it."""
    rules.check_papers(moving.plan.definition, [Attached(code, "", "") for code in papers])
    if moving.standing.state == State.SUBMITTED:
        return
    rules.must_hold(moving.by, moving.standing.role, str(moving.standing.officer_id or ""))
    step = rules.step_of(moving.plan.definition, moving.standing.step)
    rules.exit_of(step, "ask_more", moving.circumstances)
