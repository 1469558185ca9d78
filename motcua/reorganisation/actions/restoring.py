"""What agencies, their codes and posts are at a moment, and the way back to it: how a re-organisation is undone."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Q

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.worktime import local
from motcua.people import events
from motcua.people.actions.agencies import WHO
from motcua.people.models import Agency, AgencyCode, Post

Rows = dict[str, dict[str, Any]]  # id → field → plain value
Picture = dict[str, Rows]
KEPT: dict[str, tuple[Any, tuple[str, ...]]] = {
    "agency": (Agency, ("code", "name", "name_en", "parent_id", "valid_until", "successor_id")),
    "code": (AgencyCode, ("agency_id", "valid_until")),
    "post": (Post, ("agency_id", "valid_until")),
}


def picture(agencies: Collection[UUID]) -> Picture:
    """These agencies, what stands under them, and all their codes and posts, in plain values. Three queries."""
    about = {"agency": Q(id__in=agencies) | Q(parent_id__in=agencies)}
    return {
        table: {
            str(row["id"]): {name: _plain(row[name]) for name in fields}
            for row in model.objects.filter(about.get(table, Q(agency_id__in=agencies))).values("id", *fields)
        }
        for table, (model, fields) in KEPT.items()
    }  # fmt: skip


@transaction.atomic
def put_back(before: Picture, after: Picture, *, by: Actor, at: datetime) -> list[str]:
    """Set what changed between two pictures back to what it was; codes and posts that came meanwhile go.

    What somebody changed again since is left alone; returns those, as ``table id field``. Effects: a fact for each
    agency that is touched.
    """
    by.must_have(WHO)
    left, touched, ours = list[str](), set[str](), before["agency"].keys()
    for table, (model, _) in KEPT.items():
        created = {
            row for row in after[table].keys() - before[table].keys() if after[table][row].get("agency_id") in ours
        }
        touched |= {after[table][row]["agency_id"] for row in created}
        model.objects.filter(id__in=created).delete()  # new agencies go last, by `remove`: dossiers still stand there
        for row, was in before[table].items():
            now = after[table].get(row, was)
            changed = [name for name in was if now[name] != was[name]]
            if changed and _set_back(model, row, _values(now, changed), _values(was, changed)):
                touched.add(row if table == "agency" else was["agency_id"])
            elif changed and not model.objects.filter(id=row, **_values(was, changed)).exists():
                left.append(f"{table} {row} {', '.join(sorted(changed))}")
    for agency in sorted(touched):
        ledger.append(f"agency:{agency}", [events.AgencyRestored(agency)], by=by, at=at)
    return left


@transaction.atomic
def remove(agency: Agency, successor: Agency, *, by: Actor, at: datetime) -> bool:
    """Take back an agency that should not have come to be: gone where nothing was done there, else ended today.

    Returns whether it is gone. Its codes lead to ``successor`` once it ended.
    """
    by.must_have(WHO)
    today = local(at).date()
    ledger.append(f"agency:{agency.id}", [events.AgencyRemoved(str(agency.id), str(successor.id))], by=by, at=at)
    Agency.objects.filter(parent=agency).update(parent=agency.parent)
    try:
        with transaction.atomic():
            Post.objects.filter(agency=agency).delete()
            AgencyCode.objects.filter(agency=agency).delete()
            agency.delete()
            return True
    except ProtectedError:
        ends = max(today, agency.valid_from)
        for dated in (AgencyCode, Post):
            dated.objects.filter(agency=agency, valid_until=None).update(valid_until=ends)
        Agency.objects.filter(id=agency.id).update(valid_until=ends, successor=successor)
        return False


def _set_back(model: Any, row: str, now: dict[str, Any], was: dict[str, Any]) -> bool:
    """Whether the row was still as the re-organisation left it, and so went back."""
    return bool(model.objects.filter(id=row, **now).update(**was))


def _values(row: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: _value(name, row[name]) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "valid_until" and value else value
