"""An attempt to pay online, before and while nobody knows how it ends. Nothing here leaves the house."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Refused
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.payments.actions.books import held, must_be_ours, tell
from motcua.payments.events import OutcomeUnknown, PaymentAsked, PaymentFailed
from motcua.payments.models import Attempt, Bill
from motcua.payments.ports import Provider, Providers
from motcua.payments.queries import unknown_since
from motcua.payments.states import ABANDONED, ATTEMPTS, BILLS, ON_ITS_WAY, UNKNOWN_DAYS, AttemptState

WAITS_MINUTES = (1, 2, 5, 10, 30, 60)  # until an attempt without an answer is asked for again; then every hour


def named(name: str) -> Provider:
    """The provider of this name. Raises `Refused` ``provider_unknown``."""
    found = provider(Providers).get(name)
    if found is None:
        raise Refused("provider_unknown", provider=name)
    return found


def ask(bill_id: UUID, provider_name: str, key: str, *, by: Actor, at: datetime) -> Attempt:
    """Begin to pay a bill at a provider; who calls then tells the provider, outside of any transaction.

    ``key`` makes the request safe to repeat: the same key and bill give the same attempt, the same key for anything
    else `Conflict` ``key_reused``. Raises `Refused` ``wrong_state``, ``provider_unknown``, ``payee_unknown``,
    ``payment_on_its_way``.
    """
    try:
        with transaction.atomic():
            return _asked(bill_id, provider_name, key, by, at)
    except IntegrityError as clash:  # the same key for two bills in the same moment
        if "payments_attempt_key" in str(clash):
            raise Conflict("key_reused") from clash
        raise


def _asked(bill_id: UUID, provider_name: str, key: str, by: Actor, at: datetime) -> Attempt:
    bill = held(bill_id)
    body = hashlib.sha256(f"{bill.id}|{provider_name}|{bill.total_vnd}|{by.ref}".encode()).hexdigest()
    earlier = Attempt.objects.filter(key=key).first()
    if earlier is not None:
        if earlier.body_hash != body:
            raise Conflict("key_reused")
        return earlier
    BILLS.check("ask", bill.state, by)
    if by.kind == "officer":
        must_be_ours(bill, by)
    payee = named(provider_name).payee(bill.agency.code)
    if not payee:
        raise Refused("payee_unknown", provider=provider_name)
    _leave_others(bill, by, at)
    tried = new_attempt(bill, provider_name, payee, key, body, at)
    tell(bill, PaymentAsked(tried.order, provider_name, tried.amount_vnd), by=by, at=at)
    return tried


def _leave_others(bill: Bill, by: Actor, at: datetime) -> None:
    """One attempt at a time: who begins anew leaves the one that still waits for the payer. One whose outcome is
    unknown may be money that has moved, and is waited for (`Refused` ``payment_on_its_way``)."""
    for tried in Attempt.objects.filter(bill=bill, state__in=ON_ITS_WAY):
        if tried.state != AttemptState.ASKED:
            raise Refused("payment_on_its_way", number=bill.number)
        _end(tried, bill, ATTEMPTS.check("abandon", tried.state, by).target, ABANDONED, by=by, at=at)


def new_attempt(
    bill: Bill, provider_name: str, payee: str, key: str, body: str, at: datetime, amount_vnd: int | None = None
) -> Attempt:
    """A new try to pay a bill (all of it where nothing else is said); who calls holds the bill."""
    count = Attempt.objects.filter(bill=bill).count() + 1
    return Attempt.objects.create(
        bill=bill,
        provider=provider_name,
        order=f"{bill.number}-{count:02d}",
        payee=payee,
        amount_vnd=bill.total_vnd if amount_vnd is None else amount_vnd,
        state=AttemptState.ASKED,
        key=key,
        body_hash=body,
        asked_at=at,
        ask_at=at + timedelta(minutes=WAITS_MINUTES[0]),
    )


def answered(attempt_id: UUID, answer: dict[str, str], *, by: Actor) -> None:
    """Keep where the provider sends the payer: an address or a QR payload. Raises `Forbidden`."""
    by.must_have({"system"})
    Attempt.objects.filter(pk=attempt_id).update(answer=answer)


@transaction.atomic
def lost(attempt_id: UUID, *, by: Actor, at: datetime) -> Attempt:
    """No answer came: it is asked for again, ever more slowly, until it is known. The first time is a fact."""
    tried, bill = held_attempt(attempt_id)
    was, row = tried.state, ATTEMPTS.check("lose", tried.state, by)
    _ask_later(tried, at, state=row.target)
    if was != row.target:
        tell(bill, OutcomeUnknown(tried.order), by=by, at=at)
    tried.refresh_from_db()
    return tried


def _ask_later(tried: Attempt, at: datetime, **changes: str) -> None:
    wait = WAITS_MINUTES[min(tried.asked_again, len(WAITS_MINUTES) - 1)]
    Attempt.objects.filter(pk=tried.pk).update(
        asked_again=tried.asked_again + 1, ask_at=at + timedelta(minutes=wait), **changes
    )


@transaction.atomic
def put_off(attempt_id: UUID, *, by: Actor, at: datetime) -> None:
    """The provider says that nothing is decided: wait, and ask again later, unless that time is still to come."""
    tried, _bill = held_attempt(attempt_id)
    if tried.state not in ON_ITS_WAY:
        return
    state = ATTEMPTS.check("wait", tried.state, by).target
    if tried.ask_at is not None and tried.ask_at <= at:
        _ask_later(tried, at, state=state)
    else:
        Attempt.objects.filter(pk=tried.pk).update(state=state)


@transaction.atomic
def abandon(attempt_id: UUID, *, by: Actor, at: datetime) -> Attempt:
    """The payer goes another way: nobody waits for this attempt, and money that still comes counts all the same.

    Raises `Refused` ``wrong_state``: an unknown outcome may be money that has moved, nobody goes on from there.
    """
    tried, bill = held_attempt(attempt_id)
    row = ATTEMPTS.check("abandon", tried.state, by)
    if by.kind == "officer":
        must_be_ours(bill, by)
    _end(tried, bill, row.target, ABANDONED, by=by, at=at)
    return tried


@transaction.atomic
def give_up(attempt_id: UUID, reason: str, *, by: Actor, at: datetime) -> Attempt:
    """A person says that no money moved, after `UNKNOWN_DAYS` in which nobody answered; what still comes counts all the
    same. Raises `Forbidden`, `Refused` ``wrong_state``, ``reason_missing``, ``payment_may_come``."""
    tried, bill = held_attempt(attempt_id)
    row = ATTEMPTS.check("give_up", tried.state, by)
    must_be_ours(bill, by)
    if not reason.strip():
        raise Refused("reason_missing")
    if at < (since := unknown_since(tried)) + timedelta(days=UNKNOWN_DAYS):
        raise Refused("payment_may_come", since=f"{local(since):%d/%m/%Y %H:%M}", days=UNKNOWN_DAYS)
    _end(tried, bill, row.target, reason.strip(), by=by, at=at)
    return tried


@transaction.atomic
def failed(attempt_id: UUID, why: str, *, by: Actor, at: datetime) -> Attempt:
    """The provider declined: no money moved, the bill stays open. Raises `Refused` ``wrong_state``."""
    tried, bill = held_attempt(attempt_id)
    fail(tried, bill, why, by=by, at=at)
    return tried


def fail(tried: Attempt, bill: Bill, why: str, *, by: Actor, at: datetime) -> None:
    """`failed` for who holds the bill already."""
    _end(tried, bill, ATTEMPTS.check("fail", tried.state, by).target, why, by=by, at=at)


def _end(tried: Attempt, bill: Bill, state: str, why: str, *, by: Actor, at: datetime) -> None:
    tried.state = state
    Attempt.objects.filter(pk=tried.pk).update(state=tried.state, answered_at=at, ask_at=None)
    tell(bill, PaymentFailed(tried.order, why), by=by, at=at)


def held_attempt(attempt_id: UUID) -> tuple[Attempt, Bill]:
    """An attempt as it is once its bill is held: the bill's lock guards both."""
    bill = held(Attempt.objects.values_list("bill_id", flat=True).get(pk=attempt_id))
    return Attempt.objects.get(pk=attempt_id), bill
