"""Draft, publish and expire one edition."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Invalid
from motcua.base.text import fold, slug
from motcua.base.worktime import local
from motcua.catalogue.actions.recording import must_pass
from motcua.catalogue.definition import Definition, parse, plain
from motcua.catalogue.events import EditionDrafted, EditionExpired, EditionPublished
from motcua.catalogue.models import CatalogueVersion, Edition, Field, Procedure
from motcua.catalogue.queries import in_force
from motcua.catalogue.rules import can_be_filed, changed_fields, content_hash, draft_problems, publish_problems
from motcua.catalogue.states import EDITION, EXPIRED, PUBLISHED


@transaction.atomic
def draft(definition: Definition, *, by: Actor, at: datetime, unfinished: bool = False) -> Edition:
    """Write down a new edition that nobody sees yet. Effects: makes the procedure where its code is new; one fact.

    Raises `Invalid` ``edition_problems`` when the definition could not be published; an ``unfinished`` one may lack
    what publishing will ask for: its English, and a process whose steps and hours are sound.
    """
    EDITION.check("revise", EDITION.start, by)
    if problems := (draft_problems if unfinished else publish_problems)(definition):
        raise Invalid("edition_problems", procedure=definition.procedure, problems=problems)
    return new_draft(definition, by=by, at=at)


def new_draft(definition: Definition, *, by: Actor, at: datetime) -> Edition:
    """The row of a new draft under the next number of its procedure, and its fact; whoever calls has checked."""
    procedure, _ = Procedure.objects.get_or_create(code=definition.procedure, defaults=head(definition, None))
    Procedure.objects.select_for_update().get(id=procedure.id)
    newest = procedure.editions.order_by("-number").values_list("number", flat=True).first() or 0
    edition = Edition.objects.create(
        procedure=procedure,
        number=newest + 1,
        in_force_from=definition.in_force.from_,
        in_force_until=definition.in_force.until,
        definition=plain(definition),
        content_hash=content_hash(definition),
        source=definition.source,
        rank=2,
        changed_at=at,
        changed_by=by.name,
    )
    event = EditionDrafted(procedure.code, str(edition.id), edition.number, edition.content_hash)
    ledger.append(stream(procedure.code), [event], by=by, at=at)
    return edition


@transaction.atomic
def publish(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """Bring a draft into force from its day on; the edition before it ends there. Frozen from now on.

    Effects: the catalogue's version moves, one fact for each edition touched. Raises `Refused` ``wrong_state``,
    `Forbidden`, `Invalid` ``edition_problems``, `Conflict` ``edition_overlaps`` with one that begins later.
    """
    procedure = Procedure.objects.select_for_update().get(id=edition.procedure_id)
    edition = Edition.objects.select_for_update().get(id=edition.id)
    EDITION.check("publish", edition.state, by)
    definition = parse(edition.definition)
    if problems := publish_problems(definition):
        raise Invalid("edition_problems", procedure=procedure.code, problems=problems)
    must_pass(definition)
    ended = _end_before(procedure, edition.in_force_from, by=by, at=at)
    edition.state, edition.published_at = PUBLISHED, at
    edition.save(update_fields=["state", "published_at"])
    old = ended.definition if ended else {}
    changed = changed_fields(old, definition) if ended else ()
    event = EditionPublished(
        procedure.code,
        str(edition.id),
        edition.number,
        edition.in_force_from,
        edition.content_hash,
        edition.source,
        changed,
    )
    ledger.append(stream(procedure.code), [event], by=by, at=at)
    refresh(procedure, local(at).date())
    bump()
    return edition


def _end_before(procedure: Procedure, day: date, *, by: Actor, at: datetime) -> Edition | None:
    """End the edition that a new one replaces from ``day`` on; the replaced one, if any."""
    published = procedure.editions.filter(state=PUBLISHED).order_by("-in_force_from")
    if later := published.filter(in_force_from__gt=day).first():
        raise Conflict("edition_overlaps", procedure=procedure.code, begins=later.in_force_from.isoformat())
    replaced = published.first()
    if replaced and (replaced.in_force_until is None or replaced.in_force_until > day):
        _end(replaced, procedure.code, day, by=by, at=at)
    return replaced


@transaction.atomic
def expire(edition: Edition, until: date, *, by: Actor, at: datetime) -> Edition:
    """End a published edition: from ``until`` on the procedure has none. Effects: version, one fact.

    Raises `Refused` ``wrong_state``, `Forbidden`, `Invalid` ``until_before_start``.
    """
    procedure = Procedure.objects.select_for_update().get(id=edition.procedure_id)
    edition = Edition.objects.select_for_update().get(id=edition.id)
    EDITION.check("expire", edition.state, by)
    if until < edition.in_force_from:
        raise Invalid("until_before_start", procedure=procedure.code, begins=edition.in_force_from.isoformat())
    _end(edition, procedure.code, until, by=by, at=at)
    refresh(procedure, local(at).date())
    bump()
    return edition


def _end(edition: Edition, code: str, until: date, *, by: Actor, at: datetime) -> None:
    edition.in_force_until = until
    if until <= local(at).date():
        edition.state = EXPIRED
    edition.save(update_fields=["in_force_until", "state"])
    event = EditionExpired(code, str(edition.id), edition.number, until)
    ledger.append(stream(code), [event], by=by, at=at)


@transaction.atomic
def take_effect(on: date) -> int:
    """Bring lists up to date with editions that begin or end by ``on``; how many procedures. For the daily job."""
    ended = Edition.objects.filter(state=PUBLISHED, in_force_until__lte=on)
    begun = Edition.objects.filter(state=PUBLISHED, in_force_from__lte=on, procedure__listed=False)
    procedures = list(Procedure.objects.filter(editions__in=ended.union(begun).values("id")).distinct())
    ended.update(state=EXPIRED)
    for procedure in procedures:
        refresh(procedure, on)
    if procedures:
        bump()
    return len(procedures)


def refresh(procedure: Procedure, on: date) -> None:
    """Repeat the edition in force on the procedure's own row, for lists; not listed when there is none."""
    edition = in_force(on).filter(procedure=procedure).first()
    if edition is None:
        Procedure.objects.filter(id=procedure.id).update(listed=False, fileable=False)
        return
    definition = parse(edition.definition)
    Procedure.objects.filter(id=procedure.id).update(**head(definition, field_of(definition)), listed=True)


def field_of(definition: Definition) -> Field | None:
    """The field a definition names, made where it is new."""
    if not slug(definition.field):
        return None
    defaults = {"name": definition.field, "ministry": definition.ministry}
    return Field.objects.get_or_create(code=slug(definition.field)[:120], defaults=defaults)[0]


def head(definition: Definition, field: Field | None) -> dict[str, Any]:
    """The columns of a procedure's row that repeat its definition."""
    return {
        "name": definition.name.vi,
        "name_en": definition.name.en,
        "folded_name": fold(definition.name.vi),
        "field": field,
        "ministry": definition.ministry,
        "agency": definition.agency,
        "online": definition.online or "",
        "levels": list(definition.levels),
        "subjects": list(definition.subjects),
        "life_events": list(definition.life_events),
        "fileable": can_be_filed(definition),
    }


def stream(code: str) -> str:
    """The ledger's stream of a procedure."""
    return f"procedure:{code}"


def bump() -> None:
    """Move the catalogue's version: caches of pages and of the search index notice."""
    if not CatalogueVersion.objects.filter(id=1).update(value=F("value") + 1):
        CatalogueVersion.objects.create(value=1)
