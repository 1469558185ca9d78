"""Who has how much: one reading of where the open dossiers of an agency stand, and of what was done this week."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from motcua.base.actor import Actor
from motcua.base.text import fold
from motcua.desks.models import WorkDone
from motcua.dossiers.models import Standing
from motcua.dossiers.states import OPEN, PAUSED
from motcua.people.models import Post

COUNTED = ("open", "near", "overdue", "waiting")
RUNNING = Q(paused_at=None, ended_at=None)


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer holds, or what a role has that was given to nobody (``officer`` None).

    ``waiting`` are those where the citizen has the turn; they are open and neither near nor overdue.
    """

    officer: UUID | None
    name: str
    roles: tuple[str, ...]
    open: int = 0
    near: int = 0
    overdue: int = 0
    waiting: int = 0
    done: int = 0


def workload(by: Actor, *, soon: datetime, at: datetime, since: date, on: date) -> list[Load]:
    """The load of every role and officer of the actor's agency: first what nobody was given, then officers by name.

    ``soon`` as in the worklist; ``done`` counts moves from the local day ``since`` on. Who holds a post ``on``
    that day is listed with nothing too; who left and still holds files stays listed. Three queries, whatever the number.
    """
    by.must_have({"head", "approver"})
    free: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in _standing(by.agency, soon, at):
        (held[row["officer"]] if row["officer"] else free[row["role"]]).update({name: row[name] for name in COUNTED})
    recent = WorkDone.objects.filter(agency=by.agency, day__gte=since).values_list("officer")
    done = dict(recent.annotate(many=Sum("moves")))
    roles, names = _officers(by.agency, on, {*held, *done})
    return [
        *(Load(None, "", (role,), **free[role]) for role in sorted(free)),
        *(
            Load(officer, names[officer], roles.get(officer, ()), done=done.get(officer, 0), **held[officer])
            for officer in sorted(names, key=lambda officer: (fold(names[officer]), officer))
        ),
    ]


def _standing(agency: str, soon: datetime, at: datetime) -> Iterable[Mapping[str, Any]]:
    found = Standing.objects.filter(agency=agency, state__in=sorted(OPEN)).values("officer", "role").order_by()
    return found.annotate(
        open=Count("pk"),
        near=Count("pk", filter=RUNNING & Q(due_at__gte=at, due_at__lte=soon)),
        overdue=Count("pk", filter=RUNNING & Q(due_at__lt=at)),
        waiting=Count("pk", filter=Q(state__in=sorted(PAUSED))),
    )


def _officers(agency: str, on: date, also: set[UUID]) -> tuple[dict[UUID, tuple[str, ...]], dict[UUID, str]]:
    """The roles held at the agency on a day, with the names, also of ``also``, who once had a post there."""
    roles: dict[UUID, tuple[str, ...]] = {}
    names: dict[UUID, str] = {}
    posts = Post.objects.filter(agency=agency).select_related("officer").order_by("role")
    for post in posts:
        current = post.valid_from <= on and (post.valid_until is None or post.valid_until >= on)
        if current:
            roles[post.officer_id] = (*roles.get(post.officer_id, ()), post.role)
        if current or post.officer_id in also:
            names[post.officer_id] = post.officer.full_name
    return roles, names
