"""Groups of dossiers: what was filed together is found together. A group changes nothing about its dossiers."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.desks.events import GroupMade, MembersChanged
from motcua.desks.models import Group, Member
from motcua.dossiers.models import Standing

MOST_MEMBERS = 500


@transaction.atomic
def make_group(name: str, *, by: Actor, at: datetime) -> Group:
    """An empty group of the actor's agency, numbered by day. Raises `Invalid` ``group_name_missing``."""
    by.must_have({"reception", "clerk", "head", "approver"})
    if not (said := clean(name.replace("\x00", ""))[:200]):
        raise Invalid("group_name_missing")
    day = local(at).date()
    group = Group(name=said, agency_id=by.agency, made_at=at)
    group.code = f"N-{group.agency.code}-{day:%y%m%d}-{numbering.next_number(f'group:{by.agency}:{day:%y%m%d}'):03d}"
    group.save(force_insert=True)
    ledger.append(f"group:{group.id}", [GroupMade(by.agency, group.code)], by=by, at=at)
    return group


def put_in(group: UUID, dossiers: Iterable[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """Put dossiers of the actor's agency, or taken in by it, into a group of it; returns those that were not in it.

    Raises `NotFound` ``group_unknown``, ``dossier_unknown``; `Refused` ``group_full``, ``in_another_group``.
    """
    wanted = set(dossiers)
    with transaction.atomic():
        found = _locked(group, by)
        ours = Standing.objects.filter(Q(agency=by.agency) | Q(counter=by.agency), dossier__in=wanted)
        if wanted - set(
            ours.select_for_update().values_list("pk", flat=True)
        ):  # locked: two groups ask one after another
            raise NotFound("dossier_unknown")
        held = dict(Member.objects.filter(dossier__in=wanted).values_list("dossier", "group"))
        if other := [each for each, whose in held.items() if whose != group]:
            raise Refused("in_another_group", many=len(other))
        added = sorted(wanted - held.keys())
        if Member.objects.filter(group=found).count() + len(added) > MOST_MEMBERS:
            raise Refused("group_full", limit=MOST_MEMBERS)
        Member.objects.bulk_create(Member(dossier_id=each, group=found) for each in added)
        _tell(found, added, [], by, at)
        return added


@transaction.atomic
def take_out(group: UUID, dossiers: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """Take dossiers out of a group; those not in it stay where they are. Raises `NotFound` ``group_unknown``."""
    found = _locked(group, by)
    there = Member.objects.filter(group=found, dossier__in=dossiers)
    gone = sorted(there.values_list("dossier", flat=True))
    there.delete()
    _tell(found, [], gone, by, at)


def _locked(group: UUID, by: Actor) -> Group:
    found = Group.objects.select_for_update().filter(pk=group, agency=by.agency).first()
    if found is None:
        raise NotFound("group_unknown")
    return found


def _tell(group: Group, added: list[UUID], removed: list[UUID], by: Actor, at: datetime) -> None:
    if added or removed:
        changed = MembersChanged([str(each) for each in added], [str(each) for each in removed])
        ledger.append(f"group:{group.id}", [changed], by=by, at=at)
