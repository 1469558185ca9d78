"""Queue tickets of one day. Rows only, no facts: a ticket names nobody and decides nothing about anybody, it lives for
hours, and what follows from it (a filing, a look) is a fact of its own.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base import numbering
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.desks.models import Queue, Ticket

SETS_UP = frozenset({"reception", "head", "approver", "administrator"})
COUNTER = frozenset({"reception"})
MOST_QUEUES = 12
LETTERS = "ABCDEGHKLMNPRSTUVXY"  # none that is taken for a digit or for another letter when called out


@transaction.atomic
def open_queue(name: str, *, by: Actor) -> Queue:
    """A queue with the next free letter. Raises `Invalid` ``queue_name_missing``, `Refused` ``too_many_queues``."""
    by.must_have(SETS_UP)
    if not (said := clean(name.replace("\x00", ""))[:100]):
        raise Invalid("queue_name_missing")
    taken = set(Queue.objects.select_for_update().filter(agency=by.agency).values_list("letter", flat=True))
    free = [letter for letter in LETTERS if letter not in taken]
    if not free or len(taken) >= MOST_QUEUES:
        raise Refused("too_many_queues", limit=MOST_QUEUES)
    try:
        with transaction.atomic():
            return Queue.objects.create(agency_id=by.agency, letter=free[0], name=said)
    except IntegrityError:
        raise Conflict("acted_first") from None


def set_open(queue: UUID, is_open: bool, *, by: Actor) -> None:
    """Give tickets of this queue, or no more; those given are still called. Raises `NotFound` ``queue_unknown``."""
    by.must_have(SETS_UP)
    if not Queue.objects.filter(pk=queue, agency=by.agency).update(open=is_open):
        raise NotFound("queue_unknown")


@transaction.atomic
def give_ticket(queue: UUID, *, by: Actor, at: datetime) -> Ticket:
    """The next number of a queue today. Effects: one step of its counter. Raises `NotFound` ``queue_unknown``."""
    by.must_have(SETS_UP)
    found = Queue.objects.filter(pk=queue, agency=by.agency, open=True).first()
    if found is None:
        raise NotFound("queue_unknown")
    day = local(at).date()
    number = numbering.next_number(f"ticket:{found.id}:{day:%y%m%d}")
    return Ticket.objects.create(agency_id=by.agency, queue=found, day=day, number=number, given_at=at)


def call_next(counter: str, queues: frozenset[UUID], *, seen: UUID | None, by: Actor, at: datetime) -> Ticket | None:
    """Call who has waited longest in ``queues`` (none named: in all) to ``counter``; None when nobody waits.

    Whom the officer had called before counts as served; ``seen`` is that ticket as the page showed it, so that a page
    sent twice does not send a person away. Two officers at the same moment call two people. Raises `Conflict`
    ``acted_first``, `Invalid` ``counter_name_missing``.
    """
    by.must_have(COUNTER)
    if not (place := clean(counter.replace("\x00", ""))[:40]):
        raise Invalid("counter_name_missing")
    day = local(at).date()
    with transaction.atomic():
        present = Ticket.objects.select_for_update().filter(agency=by.agency, officer=by.id, day=day, state="called")
        before = present.first()
        if (before.id if before else None) != seen:
            raise Conflict("acted_first")
        present.update(state="served", ended_at=at)
        waiting = Ticket.objects.filter(agency=by.agency, day=day, state="waiting").order_by("given_at", "id")
        waiting = waiting.filter(queue__in=queues) if queues else waiting
        found = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("queue").first()
        return _call(found, place, by, at) if found else None


def recall(ticket: UUID, counter: str, *, by: Actor, at: datetime) -> Ticket:
    """Call again: one's own present ticket, or one that was skipped while the officer has nobody else.

    Raises `NotFound` ``ticket_unknown``, `Conflict` ``acted_first``, `Refused` ``ticket_open``.
    """
    by.must_have(COUNTER)
    with transaction.atomic():
        found = _mine(ticket, by, at)
        if found.state not in {"called", "skipped"} or (found.state == "called" and str(found.officer_id) != by.id):
            raise Conflict("acted_first")
        return _call(found, clean(counter)[:40] or found.counter, by, at)


def skip(ticket: UUID, *, by: Actor, at: datetime) -> Ticket:
    """Nobody came. The number can be called again. Raises as `recall`."""
    return _end(ticket, "skipped", by=by, at=at)


def done(ticket: UUID, *, by: Actor, at: datetime) -> Ticket:
    """The person was served. Raises as `recall`."""
    return _end(ticket, "served", by=by, at=at)


def serve(ticket: UUID, *, by: Actor, at: datetime) -> None:
    """The filing for which the ticket was called is made: served, if it was still open; no word if not."""
    Ticket.objects.filter(pk=ticket, agency=by.agency, officer=by.id, state="called").update(
        state="served", ended_at=at
    )


def _end(ticket: UUID, state: str, *, by: Actor, at: datetime) -> Ticket:
    by.must_have(COUNTER)
    with transaction.atomic():
        found = _mine(ticket, by, at)
        if found.state != "called":
            raise Conflict("acted_first")
        if str(found.officer_id) != by.id:
            raise Forbidden("ticket_of_another")
        found.state, found.ended_at = state, at
        found.save(update_fields=["state", "ended_at"])
        return found


def _call(found: Ticket, place: str, by: Actor, at: datetime) -> Ticket:
    found.state, found.officer_id, found.counter, found.called_at = "called", UUID(by.id), place, at
    found.first_called_at, found.ended_at = found.first_called_at or at, None
    try:
        with transaction.atomic():
            found.save(update_fields=["state", "officer", "counter", "called_at", "first_called_at", "ended_at"])
    except IntegrityError:  # the officer has somebody else at the counter
        raise Refused("ticket_open") from None
    return found


def _mine(ticket: UUID, by: Actor, at: datetime) -> Ticket:
    """A ticket of today at the actor's agency, locked."""
    today = Ticket.objects.select_for_update(of=("self",)).select_related("queue")
    found = today.filter(pk=ticket, agency=by.agency, day=local(at).date()).first()
    if found is None:
        raise NotFound("ticket_unknown")
    return found
