"""Undo a re-organisation; a run that was cut off goes on where it stopped."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Standing
from motcua.people.actions.agencies import WHO
from motcua.people.models import Agency
from motcua.reorganisation import events, queries
from motcua.reorganisation.actions.restoring import Picture, put_back, remove
from motcua.reorganisation.actions.running import ALONG, CHUNK, Told, alone, go_along, quiet, record, to, why
from motcua.reorganisation.models import DONE, UNDOING, UNDONE, Moved, Reorganisation
from motcua.reorganisation.plan import parse


def undo(row: Reorganisation, reason: str, *, by: Actor, at: datetime, told: Told = quiet) -> list[str]:
    """Bring everything back to how it was; returns what had to be left alone, in English.

    What ended meanwhile stays ended where it is. Raises `Refused` ``wrong_state``, ``reorganised_again``, `Conflict`
    ``reorganisation_running``, `Forbidden`.
    """
    by.must_have(WHO)
    with alone():
        row.refresh_from_db(fields=["state", "before"])
        return _undone(row, reason, by, at, told)


def _undone(row: Reorganisation, reason: str, by: Actor, at: datetime, told: Told) -> list[str]:
    if row.state not in {DONE, UNDOING}:
        raise Refused("wrong_state", verb="undo", state=row.state)
    if later := queries.later_ones(row):
        raise Refused("reorganised_again", decisions=later)
    to(row, UNDOING)
    before: Picture = {table: row.before[table] for table in ("agency", "code", "post")}
    left = put_back(before, row.before["after"], by=by, at=at)
    left += _send_back(row, reason, at, told)
    for code, successor in _created(row):
        left += _take_back(row, code, successor, reason, by, at)
    with transaction.atomic():
        to(row, UNDONE)
        many = row.moved.filter(kind="dossier").count()
        record(row, events.Undone(row.decision, many, reason), by, at)
    return left


def _send_back(row: Reorganisation, reason: str, at: datetime, told: Told) -> list[str]:
    agencies = Agency.objects.in_bulk({each.sender for each in row.moved.all()})
    left = []
    for moved in _in_turn(row):
        with transaction.atomic():
            if rows := ALONG.get(moved.kind):
                rows().filter(pk=moved.thing, agency=moved.receiver).update(agency=moved.sender)
                continue
            standing = Standing.objects.filter(pk=moved.thing).first()
            if standing is None or standing.agency_id == moved.sender:  # sent back by the run that was cut off
                continue
            if standing.agency_id != moved.receiver or standing.state not in queries.MOVING:
                left.append(f"dossier {moved.thing}: {standing.state} at another agency by now")
                continue
            dossiers.transfer(moved.thing, agencies[moved.sender], f"{why(row)}: {reason}", by=SYSTEM, at=at)
            told("←", 1)
    return left


def _in_turn(row: Reorganisation) -> Iterator[Moved]:
    return row.moved.order_by("-id").iterator(chunk_size=CHUNK)


def _created(row: Reorganisation) -> list[tuple[str, str]]:
    """The agencies that the plan made, each with the one that takes its things back."""
    new = row.before["after"]["agency"].keys() - row.before["agency"].keys()
    plan = parse(row.plan)
    codes = {row.before["after"]["agency"][each]["code"] for each in new}
    return [(code, next((e.agency for e in plan.endings if code in e.into), "")) for code in sorted(codes)]


def _take_back(row: Reorganisation, code: str, successor: str, reason: str, by: Actor, at: datetime) -> list[str]:
    made, heir = (Agency.objects.filter(code=each).first() for each in (code, successor))
    if made is None or (heir and made.successor_id == heir.id):  # taken back by the run that was cut off
        return []
    if heir is None:
        return [f"agency {code}: nobody to go back to"]
    for dossier in list(queries.open_at(made.id).values_list("dossier_id", flat=True)):  # filed there meanwhile
        dossiers.transfer(dossier, heir, f"{why(row)}: {reason}", by=SYSTEM, at=at)
    list(go_along(made, heir))
    return [] if remove(made, heir, by=by, at=at) else [f"agency {code}: ended, since things were done there"]
