"""What a plan would touch, and what re-organisations there were."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.base.errors import NotFound
from motcua.dossiers.models import Standing
from motcua.dossiers.states import OPEN, State
from motcua.drafts.models import Draft
from motcua.people.models import Agency, Post
from motcua.reorganisation.models import Reorganisation
from motcua.reorganisation.plan import Ending, Plan

MOVING = sorted(OPEN | {State.HANDED_OVER})  # what has ended stays where it was done


@dataclass(frozen=True)
class Touched:
    """What an agency gives away: posts, drafts, and open dossiers by state. ``doubts`` are in English."""

    agency: str
    name: str
    into: tuple[str, ...]
    ends: bool
    posts: int
    drafts: int
    dossiers: dict[str, int]
    doubts: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def known_codes(on: date) -> dict[str, bool]:
    """Every agency's code, True while it exists on the day. One query."""
    rows = Agency.objects.values_list("code", "valid_from", "valid_until")
    found: dict[str, bool] = {}
    for code, since, until in rows:
        found[code] = found.get(code, False) or (since <= on and (until is None or until >= on))
    return found


def survey(plan: Plan, on: date) -> list[Touched]:
    """What the plan takes from each agency, in its order; four queries whatever its size."""
    there = {agency.code: agency for agency in Agency.objects.valid(on)}
    ids = [there[ending.agency].id for ending in plan.endings if ending.agency in there]
    posts: dict[UUID, list[str]] = {}
    logins = Post.objects.valid(on).filter(agency__in=ids).values_list("agency", "officer__account__login")
    for agency, login in logins:
        posts.setdefault(agency, []).append(login)
    drafts = Counter(Draft.objects.filter(agency__in=ids, filed_at=None).values_list("agency", flat=True))
    states: dict[UUID, Counter[str]] = {}
    for agency, state in Standing.objects.filter(agency__in=ids, state__in=MOVING).values_list("agency", "state"):
        states.setdefault(agency, Counter())[state] += 1
    return [
        Touched(
            ending.agency, there[ending.agency].name, ending.into, ending.agency in plan.ended,
            len(posts.get(there[ending.agency].id, [])), drafts[there[ending.agency].id],
            dict(states.get(there[ending.agency].id, {})),
            list(_doubts(ending, posts.get(there[ending.agency].id, []))),
        )
        for ending in plan.endings if ending.agency in there
    ]  # fmt: skip


def _doubts(ending: Ending, logins: list[str]) -> Iterator[str]:
    named = {login for group in ending.officers.values() for login in group}
    yield from (f"{login} holds no post there" for login in sorted(named - set(logins)))
    if len(ending.into) > 1 and not ending.dossiers:
        yield f"no rule shares the dossiers: all go to {ending.into[0]}"
    if len(ending.into) > 1 and not ending.officers:
        yield f"no officer is named: all go to {ending.into[0]}"


def open_at(agency: UUID) -> "QuerySet[Standing]":
    """The dossiers an agency still has to do with, in the order of their ids."""
    return Standing.objects.filter(agency=agency, state__in=MOVING).order_by("dossier_id")


def reorganisation(key: str) -> Reorganisation:
    """One re-organisation by its id or the beginning of it. Raises `NotFound` ``reorganisation_unknown``."""
    found = [each for each in Reorganisation.objects.all() if str(each.id).startswith(key.lower())] if key else []
    if len(found) != 1:
        raise NotFound("reorganisation_unknown", key=key[:40])
    return found[0]


def later_ones(done: Reorganisation) -> list[str]:
    """Decisions carried out since that touch the same agencies: they must be undone first."""
    codes = _codes(done)
    since = Reorganisation.objects.filter(
        ~Q(id=done.id), ~Q(state__in=["planned", "undone"]), done_at__gte=done.done_at
    )
    return [each.decision for each in since if codes & _codes(each)]


def _codes(row: Reorganisation) -> set[str]:
    units = {code for unit in row.plan.get("units", []) for code in (unit["code"], unit.get("was", "")) if code}
    return units | {ending["agency"] for ending in row.plan.get("endings", [])}
