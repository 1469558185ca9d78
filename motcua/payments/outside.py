"""The talk with providers. What leaves the house leaves it here, before or after a transaction, never inside one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.base.wires import provider
from motcua.payments import actions, queries
from motcua.payments.actions.paying import named
from motcua.payments.models import Attempt, Reconciliation
from motcua.payments.ports import Provider, Providers, Unreachable
from motcua.payments.rules import digest
from motcua.payments.states import ON_ITS_WAY


def begin(bill_id: UUID, provider_name: str, key: str, *, back: str = "", by: Actor, at: datetime) -> Attempt:
    """Begin to pay: the attempt with its ``answer`` (where to go on, or a QR code); without an answer it is unknown.

    Asked twice with the same key, even at once, the provider hears of it once and both get its answer. ``back``: where
    it sends the payer afterwards, if it can; what is brought back proves nothing. Raises as `actions.ask`.
    """
    _learn_of_others(bill_id, key, at)
    tried = actions.ask(bill_id, provider_name, key, by=by, at=at)
    if _needs_no_telling(tried):
        return tried
    must_be_outside()
    with _alone(tried.id):
        tried = queries.attempt(tried.id)
        if _needs_no_telling(tried):  # who was here before has told it
            return tried
        try:
            answer = named(provider_name).create(queries.order_of(tried)._replace(back=back))
        except Unreachable:
            return actions.lost(tried.id, by=SYSTEM, at=at)
        actions.answered(tried.id, answer, by=SYSTEM)
        tried.answer = answer
        return tried


def _learn_of_others(bill_id: UUID, key: str, at: datetime) -> None:
    """Nobody leaves an attempt whose money may have moved: its bank is asked first, and one that is silent is waited for
    (`actions.ask` refuses with ``payment_on_its_way``)."""
    for tried in Attempt.objects.filter(bill=bill_id, state="asked").exclude(key=key).exclude(answer={}):
        learn(tried.id, at=at)


def leave(attempt_id: UUID, *, by: Actor, at: datetime) -> Attempt:
    """`actions.abandon` for who was asked to pay somewhere: the bank is asked first whether the money has moved."""
    learn(attempt_id, at=at)
    return actions.abandon(attempt_id, by=by, at=at)


def _needs_no_telling(tried: Attempt) -> bool:
    return bool(tried.answer) or tried.state != "asked"


@contextmanager
def _alone(attempt_id: UUID) -> Iterator[None]:
    """One at a time for this attempt, without a transaction; a process that is killed lets go of it."""
    named_so = [f"attempt:{attempt_id}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", named_so)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", named_so)


def hear(provider_name: str, raw: bytes, *, at: datetime) -> str:
    """Hear a message; one that leaves its outcome open makes us ask. Returns as `actions.confirm`."""
    why = actions.confirm(provider_name, raw, at=at)
    if why != "outcome_not_sealed":
        return why
    told = named(provider_name).read(raw)
    tried = Attempt.objects.get(provider=provider_name, order=told.order)
    return "" if learn(tried.id, at=at) else why


def learn(attempt_id: UUID, *, at: datetime) -> bool | None:
    """Ask the provider what became of an attempt; True when it is known now. Otherwise it is asked again later.

    "Not decided yet" is an answer: the attempt goes on waiting. No answer (None), a way to pay that is there no more, or
    an answer that disagrees or is about another order leaves it unknown.
    """
    tried = queries.attempt(attempt_id)
    must_be_outside()
    try:
        told = named(tried.provider).ask(queries.order_of(tried))
    except (Refused, Unreachable):
        known = None
    else:
        if told is None:
            actions.put_off(attempt_id, by=SYSTEM, at=at)
            return False
        known = told.order == tried.order and actions.settle_known(tried.provider, told, at=at) == ""
    if not known and Attempt.objects.filter(pk=attempt_id, state__in=ON_ITS_WAY).exists():
        actions.lost(attempt_id, by=SYSTEM, at=at)
    return known


def send_back(attempt_id: UUID, *, at: datetime) -> bool:
    """Have the provider pay back; it does so once for one order. False when it gave no answer: tried again later."""
    tried = queries.attempt(attempt_id)
    must_be_outside()
    try:
        number = named(tried.provider).refund(queries.order_of(tried))
    except Unreachable:
        return False
    actions.refunded(attempt_id, number, by=SYSTEM, at=at)
    return True


def compare(provider_name: str, day: date, *, unless: str | None = None, at: datetime) -> Reconciliation | None:
    """Fetch a day's statement and reconcile; None when its hash is the one we know. Raises `Unreachable` where there
    is no statement."""
    must_be_outside()
    told = named(provider_name).statement(day)
    return None if digest(told) == unless else actions.reconcile(provider_name, day, told, by=SYSTEM, at=at)


def known_providers() -> list[str]:
    """The names of the ways to pay."""
    return sorted(provider(Providers))


def way_named(name: str) -> Provider | None:
    """The way to pay of this name, if there is one."""
    return provider(Providers).get(name)


def ways_for(agency: str) -> list[str]:
    """The ways to pay that this agency (its code) has a contract for."""
    return [name for name, each in sorted(provider(Providers).items()) if each.payee(agency)]


def must_be_outside() -> None:
    """Raise ``RuntimeError`` inside a transaction: a slow bank would hold our locks, and an undone one our word."""
    if connection.in_atomic_block:
        raise RuntimeError("a provider is never called inside a transaction")
