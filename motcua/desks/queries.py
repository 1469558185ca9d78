"""Every read of the desks worth a name."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.models import Fact
from motcua.base.worktime import local
from motcua.desks.models import Group, Member, Note, PaperCount, Queue, SavedView, SheetFault, SheetRun, Ticket
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import PAGE, standing_by_code, taken_in_by

EARLIER = 5


def looked_at(dossiers: Collection[UUID], by: Actor, *, at: datetime) -> set[UUID]:
    """Which of the dossiers the officer opened on the day of ``at``, by the facts of `look`. One query."""
    streams = {f"look:{each}:{by.ref}:{local(at):%y%m%d}": each for each in dossiers}
    found = Fact.objects.filter(stream__in=list(streams), seq=1).values_list("stream", flat=True)
    return {streams[stream] for stream in found}


def standings(dossiers: Collection[UUID], by: Actor) -> dict[UUID, Standing]:
    """Where these dossiers stand, those of the actor's agency alone, as the worklist loads them. One query."""
    rows = Standing.objects.filter(dossier__in=dossiers, agency=by.agency)
    rows = rows.select_related("dossier__edition", "officer", "agency")
    return {row.pk: row for row in rows.defer("tip", "dossier__answers", "dossier__edition__definition")}


def views_of(by: Actor) -> list[SavedView]:
    """The saved worklists of an officer at one agency, and those shared with a role held there, by name. One query."""
    theirs = Q(officer=by.id) | Q(role__in=sorted(by.roles))
    return list(SavedView.objects.filter(theirs, agency=by.agency).order_by("name", "id"))


def notes_of(dossier: UUID, by: Actor) -> list[Note]:
    """What the officers of the actor's agency wrote about a dossier, oldest first. One query."""
    found = Note.objects.filter(dossier=dossier, agency=by.agency).select_related("officer")
    return list(found.order_by("written_at", "id"))


def noted(dossiers: Collection[UUID], by: Actor) -> dict[UUID, int]:
    """Which of the dossiers the actor's agency wrote notes about, and how many. One query."""
    found = Note.objects.filter(dossier__in=dossiers, agency=by.agency).values_list("dossier", flat=True)
    counted: dict[UUID, int] = {}
    for dossier in found:
        counted[dossier] = counted.get(dossier, 0) + 1
    return counted


def earlier(identity_number: str, procedure: str, by: Actor) -> list[Standing]:
    """The last five dossiers that this person filed with the actor's agency for a procedure, newest first. One query."""
    found = Standing.objects.filter(agency=by.agency, dossier__owner_identity=identity_number)
    found = found.filter(dossier__edition__procedure__code=procedure).select_related("dossier")
    return list(found.order_by("-dossier_id")[:EARLIER])


def counts_of(dossier: UUID) -> list[PaperCount]:
    """What was counted at the counter, in the order it was written. One query."""
    return list(PaperCount.objects.filter(dossier=dossier).order_by("id"))


def named(codes: Collection[str], by: Actor) -> dict[str, UUID]:
    """The dossiers with these codes that the actor's agency has or took in; others are left out. One query."""
    ours = Standing.objects.filter(Q(agency=by.agency) | Q(counter=by.agency), dossier__code__in=codes)
    return dict(ours.values_list("dossier__code", "pk"))


def group_of(dossier: UUID, by: Actor) -> Group | None:
    """The group of a dossier, when it is one of the actor's agency. One query."""
    return Group.objects.filter(members__dossier=dossier, agency=by.agency).first()


def group_by_code(code: str, by: Actor) -> Group:
    """A group of the actor's agency. Raises `NotFound` ``group_unknown``."""
    found = Group.objects.filter(code=code.strip().upper()[:60], agency=by.agency).first()
    if found is None:
        raise NotFound("group_unknown")
    return found


def in_group(code: str) -> QuerySet[Any, Any]:
    """The dossiers of a group as a subquery for a worklist, which shows those of one's own agency alone. No query."""
    return Member.objects.filter(group__code=code.strip().upper()[:60]).values("dossier")


def groups(by: Actor) -> list[Group]:
    """The last hundred groups of the agency, newest first, each with ``many``. One query."""
    found = Group.objects.filter(agency=by.agency).annotate(many=Count("members"))
    return list(found.order_by("-made_at", "-id")[:100])


def members(group: Group) -> list[Standing]:
    """The dossiers of a group, as they were filed. One query."""
    found = Standing.objects.filter(dossier__membership__group=group)
    found = found.select_related("dossier__edition", "officer", "agency")
    found = found.defer("tip", "dossier__answers", "dossier__edition__definition")
    return list(found.order_by("dossier_id"))


def queues(agency: UUID | str) -> list[Queue]:
    """The queues of an agency by letter. One query."""
    return list(Queue.objects.filter(agency=agency).order_by("letter"))


def waiting(agency: UUID | str, day: date) -> dict[UUID, int]:
    """How many wait in each queue on a day; a queue where nobody waits is left out. One query."""
    there = Ticket.objects.filter(agency=agency, day=day, state="waiting").values_list("queue")
    return dict(there.annotate(many=Count("pk")).order_by())


def present(by: Actor, day: date) -> Ticket | None:
    """Whom the officer has called and not yet let go. One query."""
    called = Ticket.objects.filter(agency=by.agency, officer=by.id, day=day, state="called")
    return called.select_related("queue").first()


def skipped(agency: UUID | str, day: date) -> list[Ticket]:
    """Numbers that were called and did not come, the last first, ten at most. One query."""
    found = Ticket.objects.filter(agency=agency, day=day, state="skipped").select_related("queue")
    return list(found.order_by("-ended_at")[:10])


def called(agency: UUID | str, day: date) -> list[Ticket]:
    """Who is at the counters now, called last on top, twelve at most. One query."""
    found = Ticket.objects.filter(agency=agency, day=day, state="called").select_related("queue")
    return list(found.order_by("-called_at")[:12])


def mean_wait(agency: UUID | str, day: date) -> timedelta | None:
    """How long people waited on a day until they were called first; None when nobody was called. One query."""
    there = Ticket.objects.filter(agency=agency, day=day, first_called_at__isnull=False)
    mean: timedelta | None = there.aggregate(mean=Avg(F("first_called_at") - F("given_at")))["mean"]
    return mean


def runs_of(by: Actor, limit: int = 20) -> list[SheetRun]:
    """The sheets sent to the actor's agency, newest first, without their files. One query."""
    found = SheetRun.objects.filter(agency=by.agency).select_related("officer", "edition__procedure")
    return list(found.defer("edition__definition").order_by("-sent_at")[:limit])


def run_at(run: UUID, by: Actor) -> SheetRun:
    """One sheet sent to the actor's agency. Raises `NotFound` ``sheet_unknown``. One query."""
    found = SheetRun.objects.filter(id=run, agency=by.agency).select_related("officer", "edition__procedure")
    run_found = found.defer("edition__definition").first()
    if run_found is None:
        raise NotFound("sheet_unknown")
    return run_found


def faults_of(run: SheetRun, *, after: int = 0, limit: int | None = None) -> list[SheetFault]:
    """The rows that did not go in, by number, those behind row ``after``. One query."""
    return list(SheetFault.objects.filter(run=run, row__gt=after).order_by("row")[:limit])


def at_counter(code: str, by: Actor) -> Standing:
    """The dossier that this reception took in for another agency; raises `NotFound` ``dossier_unknown``."""
    found = standing_by_code(code.replace("\x00", ""))
    if not taken_in_by(found, by):
        raise NotFound("dossier_unknown")
    return found


def taken_in(by: Actor, *, before: UUID | None = None) -> list[Standing]:
    """What this counter, or one that went up into it, took in for other agencies, newest first; one more than `PAGE`
    when there is a next page.

    ``before`` is the id of the last dossier seen. One query.
    """
    found = Standing.objects.filter(Q(counter=by.agency) | Q(counter__successor=by.agency))
    found = found.filter(dossier__lt=before) if before else found
    found = found.select_related("dossier__edition", "agency").defer(
        "tip", "dossier__answers", "dossier__edition__definition"
    )
    return list(found.order_by("-dossier_id")[: PAGE + 1])
