"""An edition made in small steps: begun, revised, sent to review, sent back, thrown away."""

from datetime import datetime

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Forbidden, Invalid, Refused
from motcua.base.text import clean
from motcua.catalogue.actions.publishing import new_draft, stream
from motcua.catalogue.definition import Definition, parse, plain
from motcua.catalogue.events import EditionDiscarded, EditionRevised, EditionSent, EditionSentBack
from motcua.catalogue.models import Edition
from motcua.catalogue.rules import changed_fields, content_hash, publish_problems, same, storage_problems
from motcua.catalogue.states import EDITION, IN_REVIEW

MOST_REASON = 2000


@transaction.atomic
def begin(definition: Definition, *, by: Actor, at: datetime) -> Edition:
    """A new draft that somebody will go on with; it may be unsound. Effects: as `publishing.draft`.

    Raises `Forbidden` ``wrong_role``, `Invalid` ``edition_unstorable``.
    """
    _allowed("revise", EDITION.start, by)
    _storable(definition)
    return new_draft(definition, by=by, at=at)


@transaction.atomic
def revise(edition: Edition, definition: Definition, *, by: Actor, at: datetime, seen: str) -> Edition:
    """Let a draft say something else; it may be unsound until it is sent. Effects: one fact, none where nothing changed.

    ``seen`` is the content hash of what the page showed. Raises `Conflict` ``edition_changed_meanwhile`` when somebody
    else wrote since, `Refused` ``edition_wrong_state``, `Forbidden`, `Invalid` ``edition_unstorable``.
    """
    edition = _locked(edition, "revise", by, seen)
    _storable(definition, edition)
    if same(definition, parse(edition.definition)):
        return edition
    changed = changed_fields(edition.definition, definition)
    edition.definition, edition.content_hash = plain(definition), content_hash(definition)
    edition.in_force_from, edition.in_force_until = definition.in_force.from_, definition.in_force.until
    edition.changed_at, edition.changed_by = at, by.name
    edition.save()
    code = edition.procedure.code
    event = EditionRevised(code, str(edition.id), edition.number, edition.content_hash, changed)
    ledger.append(stream(code), [event], by=by, at=at)
    return edition


@transaction.atomic
def send(edition: Edition, *, by: Actor, at: datetime, seen: str) -> Edition:
    """Ask for review: from now on nobody changes it. Effects: one fact.

    Raises as `revise`, and `Invalid` ``edition_problems`` while it could not be published.
    """
    edition = _locked(edition, "send", by, seen)
    code = edition.procedure.code
    if problems := publish_problems(parse(edition.definition)):
        raise Invalid("edition_problems", procedure=code, problems=problems)
    edition.state, edition.note = IN_REVIEW, ""
    edition.changed_at, edition.changed_by = at, by.name
    edition.save(update_fields=["state", "note", "changed_at", "changed_by"])
    event = EditionSent(code, str(edition.id), edition.number, edition.content_hash)
    ledger.append(stream(code), [event], by=by, at=at)
    return edition


@transaction.atomic
def send_back(edition: Edition, reason: str, *, by: Actor, at: datetime) -> Edition:
    """Back to its author with a ``reason``. Effects: one fact.

    Raises `Refused` ``edition_wrong_state``, `Forbidden`, `Invalid` ``review_reason_missing``, ``reason_too_long``.
    """
    edition = _locked(edition, "send_back", by)
    reason = clean(reason)
    if not reason:
        raise Invalid("review_reason_missing")
    if len(reason) > MOST_REASON:
        raise Invalid("reason_too_long", limit=MOST_REASON)
    edition.state, edition.note = EDITION.start, reason
    edition.changed_at, edition.changed_by = at, by.name
    edition.save(update_fields=["state", "note", "changed_at", "changed_by"])
    event = EditionSentBack(edition.procedure.code, str(edition.id), edition.number, reason)
    ledger.append(stream(edition.procedure.code), [event], by=by, at=at)
    return edition


@transaction.atomic
def discard(edition: Edition, *, by: Actor, at: datetime, seen: str) -> None:
    """Throw a draft away. Effects: its row is gone, one fact stays. Raises as `revise`."""
    edition = _locked(edition, "revise", by, seen)
    code = edition.procedure.code
    event = EditionDiscarded(code, str(edition.id), edition.number, edition.content_hash)
    ledger.append(stream(code), [event], by=by, at=at)
    edition.delete()


def _locked(edition: Edition, verb: str, by: Actor, seen: str | None = None) -> Edition:
    """The edition as it stands now, locked, after role, state and what was seen of it were checked."""
    found = Edition.objects.select_for_update(of=("self",)).select_related("procedure").filter(id=edition.id).first()
    if found is None:
        raise Conflict("edition_gone")
    _allowed(verb, found.state, by)
    if seen is not None and seen != found.content_hash:
        raise Conflict("edition_changed_meanwhile", who=found.changed_by, when=found.changed_at)
    return found


def _allowed(verb: str, state: str, by: Actor) -> None:
    try:
        EDITION.check(verb, state, by)
    except Forbidden:
        raise
    except Refused:
        raise Refused("edition_wrong_state", verb=verb, state=state) from None


def _storable(definition: Definition, edition: Edition | None = None) -> None:
    """A draft may be unsound, but it can be written down, and it stays a draft of the same procedure."""
    problems = storage_problems(definition)
    if edition is not None and definition.procedure != edition.procedure.code:
        problems.append(f"procedure: is {edition.procedure.code!r} and stays it")
    if problems:
        raise Invalid("edition_unstorable", problems=problems)
