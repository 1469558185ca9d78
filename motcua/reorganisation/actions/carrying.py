"""Order a re-organisation and carry it out. Every step may be repeated: a run that was killed is run again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Invalid, Refused
from motcua.base.worktime import local
from motcua.dossiers import actions as dossiers
from motcua.people import actions as people
from motcua.people.actions.agencies import WHO
from motcua.people.models import Agency, Post
from motcua.reorganisation import events, queries
from motcua.reorganisation.actions.restoring import picture
from motcua.reorganisation.actions.running import CHUNK, Told, alone, go_along, quiet, record, to, why
from motcua.reorganisation.models import DONE, PLANNED, RUNNING, Moved, Reorganisation
from motcua.reorganisation.plan import Ending, Plan, Unit, parse, plain, problems, receiver, unit_of


@transaction.atomic
def order(plan: Plan, *, by: Actor, at: datetime) -> Reorganisation:
    """Write the plan down, to be carried out on its day. Raises `Invalid` ``plan_problems``, `Forbidden`."""
    by.must_have(WHO)
    on = max(plan.on, local(at).date())
    if found := problems(plan, queries.known_codes(on)):
        raise Invalid("plan_problems", problems=found)
    row = Reorganisation.objects.create(on=plan.on, decision=plan.decision, plan=plain(plan), ordered_at=at)
    units, endings = [unit.code for unit in plan.units], [ending.agency for ending in plan.endings]
    record(row, events.Ordered(plan.decision, plan.on.isoformat(), units, endings), by, at)
    return row


def carry_out(row: Reorganisation, *, by: Actor, at: datetime, told: Told = quiet) -> Reorganisation:
    """Do what the plan says, or go on where an earlier run was cut off.

    Effects: agencies made, renamed and ended; posts, open dossiers, drafts moved, each with its own fact.
    Raises `Refused` ``reorganisation_not_yet``, ``wrong_state``, `Conflict` ``reorganisation_running``, `Forbidden`.
    """
    by.must_have(WHO)
    if row.on > local(at).date():
        raise Refused("reorganisation_not_yet", on=f"{row.on:%d/%m/%Y}")
    plan = parse(row.plan)
    with alone():
        row.refresh_from_db(fields=["state", "before"])
        _begin(row, plan, at)
        for unit in plan.units:
            _unit(unit, plan, by, at)
            told(unit.code, 1)
        for ending in plan.endings:
            _hand_on(row, plan, ending, by, at, told)
        return _finish(row, plan, by, at)


def _begin(row: Reorganisation, plan: Plan, at: datetime) -> None:
    if row.state not in {PLANNED, RUNNING}:
        raise Refused("wrong_state", verb="carry_out", state=row.state)
    if row.state == PLANNED:
        if found := problems(plan, queries.known_codes(local(at).date())):
            raise Invalid("plan_problems", problems=found)
        about = _ids(plan.staying.union(*({ending.agency, *ending.into} for ending in plan.endings)))
        to(row, RUNNING, before={"about": [str(each) for each in about], **picture(about)})


def _ids(codes: Iterable[str]) -> list[UUID]:
    return list(Agency.objects.filter(code__in=list(codes)).values_list("id", flat=True))


@transaction.atomic
def _unit(unit: Unit, plan: Plan, by: Actor, at: datetime) -> None:
    """Let a unit exist: make it, or give the agency that goes on its new name and code."""
    there = Agency.objects.valid(local(at).date())
    # by its new code where the run that was cut off gave it one
    known = there.filter(code=unit.present).first() or there.filter(code=unit.code).first()
    if known is None:
        people.create_agency(_new(unit, plan, there), by=by, at=at)
        return
    if known.code != unit.code:
        people.recode(known, unit.code, on=plan.on, by=by, at=at)
    named = {"name": unit.name, "name_en": unit.name_en} if unit.name else {}
    people.change_agency(known, named, by=by, at=at)


def _new(unit: Unit, plan: Plan, there: Any) -> people.NewAgency:
    """The agency to be, in what the plan does not say like the first one that goes into it."""
    parent = there.filter(code=unit.parent).first() if unit.parent else None
    like = there.filter(code=next((e.agency for e in plan.endings if unit.code in e.into), "")).first()
    new = people.NewAgency(unit.code, unit.name, unit.level, plan.on, unit.name_en, parent or (like and like.parent))
    if like is None:
        return new
    same = {name: getattr(like, name) for name in ("one_stop", "address", "phone")}
    return replace(new, fields=tuple(like.fields), **same)


def _hand_on(row: Reorganisation, plan: Plan, ending: Ending, by: Actor, at: datetime, told: Told) -> None:
    on = local(at).date()
    old = Agency.objects.valid(on).filter(code=ending.agency).first()
    if old is None:  # ended by the run that was cut off
        return
    into = {code: Agency.objects.valid(on).get(code=code) for code in ending.into}
    rest = "" if ending.agency in plan.staying else ending.into[0]
    _posts(ending, old, into, rest, by, at)
    for many in _dossiers(row, ending, old, into, rest, at):
        told(f"{ending.agency} → {', '.join(ending.into)}", many)
    if not rest:
        return
    with transaction.atomic():
        for kind, thing in go_along(old, into[rest]):
            _moved(row, kind, thing, old.id, into[rest].id)
        people.merge(old, into[rest], on=max(plan.on, on), by=by, at=at)


@transaction.atomic
def _posts(ending: Ending, old: Agency, into: dict[str, Agency], rest: str, by: Actor, at: datetime) -> None:
    on = local(at).date()
    for post in Post.objects.valid(on).filter(agency=old).select_related("officer__account"):
        unit = unit_of(ending, post.officer.account.login) or rest
        if not unit:
            continue
        held = Post.objects.filter(officer=post.officer, agency=into[unit], role=post.role, valid_until=None)
        if not held.exists():
            people.appoint(post.officer, into[unit], post.role, since=on, by=by, at=at)


def _dossiers(
    row: Reorganisation, ending: Ending, old: Agency, into: dict[str, Agency], rest: str, at: datetime
) -> Iterator[int]:
    """Send the open dossiers where the rules say, a chunk a transaction; yields how many of each chunk went."""
    columns = ["dossier_id", "dossier__code"]
    if ending.dossiers:
        columns += ["dossier__answers", "dossier__edition__procedure__field__name"]
    waiting = iter(list(queries.open_at(old.id).values(*columns)))
    while chunk := list(islice(waiting, CHUNK)):
        with transaction.atomic():
            gone = sum(_send(row, each, _unit_for(ending, each) or rest, old, into, at) for each in chunk)
        yield gone


def _unit_for(ending: Ending, each: dict[str, Any]) -> str:
    field = each.get("dossier__edition__procedure__field__name") or ""
    return receiver(ending, code=each["dossier__code"], field=field, answers=each.get("dossier__answers") or {})


def _send(
    row: Reorganisation, each: dict[str, Any], unit: str, old: Agency, into: dict[str, Agency], at: datetime
) -> int:
    if not unit:
        return 0
    dossiers.transfer(each["dossier_id"], into[unit], why(row), by=SYSTEM, at=at)
    _moved(row, "dossier", each["dossier_id"], old.id, into[unit].id)
    return 1


def _moved(row: Reorganisation, kind: str, thing: UUID, sender: UUID, receiver: UUID) -> None:
    Moved.objects.create(reorganisation=row, kind=kind, thing=thing, sender=sender, receiver=receiver)


def _finish(row: Reorganisation, plan: Plan, by: Actor, at: datetime) -> Reorganisation:
    with transaction.atomic():
        touched = {*map(UUID, row.before["about"]), *_ids(unit.code for unit in plan.units)}
        after = picture(touched)
        to(row, DONE, before={**row.before, "after": after}, done_at=at)
        kinds = list(row.moved.values_list("kind", flat=True))
        record(row, events.CarriedOut(row.decision, kinds.count("dossier"), kinds.count("draft")), by, at)
    return row
