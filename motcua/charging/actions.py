"""Every write of charging: the bill of what was filed, a fee asked for in the middle, and what follows from money."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import ledger
from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.money import money
from motcua.charging import queries
from motcua.charging.events import BillWent, RefundDue, RefundOff
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import begin, locked
from motcua.dossiers.events import PaymentAsked, PaymentConfirmed
from motcua.dossiers.models import Standing
from motcua.dossiers.states import OPEN, State
from motcua.fees.definition import KINDS
from motcua.fees.rules import MOST_VND, Line, Quote, further, total
from motcua.payments import outside
from motcua.payments.actions import abandon, cancel, make_bill
from motcua.payments.actions.billing import MAKERS, Owed
from motcua.payments.models import Attempt, Bill
from motcua.payments.states import LEADS, BillState

__all__ = ["ask_payment", "begin_payment", "charge", "close_bills", "confirm_payment", "exempt", "follow", "go_along"]
ENDED = "Hồ sơ đã kết thúc mà không có kết quả"
ANY_FEE = "Phí, lệ phí"  # of an edition that names none
UNTOUCHED = "Hồ sơ kết thúc khi chưa được tiếp nhận"
AMENDED = "Thông tin đã khai được sửa nên mức thu đổi"


@transaction.atomic
def charge(dossier: UUID | str, *, by: Actor, at: datetime) -> Bill | None:
    """Make the bill of what the pinned edition asks for, once: called again it gives the bill made before.

    None where nothing is owed. A bill whose every line is exempt is waived from the start and keeps the reasons. Raises
    `Refused` ``fee_unknown`` (``fees``: name and why) where an amount is not known: that is not nothing; ``wrong_state``
    for a dossier that ended; `NotFound` ``dossier_unknown``, `Forbidden`.
    """
    by.must_have(MAKERS)
    standing = locked(dossier)
    if standing is None:
        raise NotFound("dossier_unknown")
    stream = standing.dossier.stream
    made = Bill.objects.filter(reference=stream, purpose="advance").order_by("-created_at").first()
    if made is not None:
        return made
    if standing.state in queries.WITHOUT_RESULT:
        raise Refused("wrong_state", verb="charge", state=standing.state)
    quote = dossiers.quote(standing.dossier, standing.agency_id)
    if not quote.known:
        raise Refused("fee_unknown", fees=[(each.name, each.why) for each in quote.unknown])
    if not quote.lines:
        return None
    return make_bill(Owed(stream, standing.agency_id, "advance", quote.lines), by=by, at=at)


def ask_payment(
    dossier: UUID | str,
    amount_vnd: int,
    reason: str,
    kind: str = "fee",
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Standing:
    """Ask for ``amount_vnd`` đồng in the middle of the process: a bill, and the clock stands until it is settled.

    ``kind`` is one of `fees.definition.KINDS`. Raises `Invalid` ``amount_not_positive``, ``fee_kind_unknown``.
    """
    if not 0 < amount_vnd <= MOST_VND:
        raise Invalid("amount_not_positive", amount=amount_vnd)
    if kind not in KINDS:
        raise Invalid("fee_kind_unknown", fee=kind)
    with transaction.atomic():
        moving = begin(dossier, "ask_payment", by=by, at=at, seen=seen)
        why = rules.reason(reason)
        stream, agency = moving.dossier.stream, moving.standing.agency_id
        make_bill(Owed(stream, agency, "final", [Line(why, kind, amount_vnd)]), by=by, at=at)
        return moving.record(PaymentAsked(amount_vnd, why), paused_at=at)


def begin_payment(bill: Bill, provider_name: str, key: str, *, back: str = "", by: Actor, at: datetime) -> Attempt:
    """`outside.begin`, but not for a dossier that ended without a result: its bill is about to be cancelled.

    Raises `Refused` ``wrong_state``, and as `outside.begin`.
    """
    must_be_asked(bill)
    return outside.begin(bill.id, provider_name, key, back=back, by=by, at=at)


def must_be_asked(bill: Bill) -> None:
    """Raise `Refused` ``wrong_state`` where the dossier of a bill ended without a result."""
    kind, _, dossier = bill.reference.partition(":")
    ended = Standing.objects.filter(state__in=queries.WITHOUT_RESULT)
    if kind == "dossier" and ended.filter(pk=dossier).exists():
        raise Refused("wrong_state", verb="ask", state=bill.state)


@transaction.atomic
def exempt(dossier: UUID | str, reason: str, *, by: Actor, at: datetime) -> Bill:
    """What nobody knows the amount of is not asked of this dossier, a head says why: a bill that keeps the reason, and
    asks what is known of the rest.

    Raises `Forbidden`, `NotFound` ``dossier_unknown``, `Refused` ``reason_missing``, ``wrong_state`` where there is a
    bill, where all is known, and for a dossier that ended.
    """
    by.must_have(LEADS)
    standing = locked(dossier)
    if standing is None:
        raise NotFound("dossier_unknown")
    why, quote = reason.strip(), dossiers.quote(standing.dossier, standing.agency_id)
    if not why:
        raise Refused("reason_missing")
    if standing.state not in OPEN or quote.known or queries.bills_of(standing.dossier):
        raise Refused("wrong_state", verb="exempt", state=standing.state)
    free = [Line(each.name or ANY_FEE, "fee", 0, 1, why) for each in quote.unknown]
    lines = [*quote.lines, *free]
    return make_bill(Owed(standing.dossier.stream, standing.agency_id, "advance", lines), by=by, at=at)


@transaction.atomic
def confirm_payment(bill: Bill, *, by: Actor, at: datetime) -> Standing:
    """What was asked for in the middle is paid, waived or taken back: the clock goes on from ``at``.

    Only the system does this, because of a fact of the bill. Raises `Forbidden`, `Refused` ``wrong_state``,
    ``fee_not_paid`` while the bill is open, and for one that was not asked for in the middle.
    """
    moving = begin(bill.reference.partition(":")[2], "confirm_payment", by=by, at=at)
    bill.refresh_from_db()
    if bill.purpose != "final" or bill.state == BillState.OPEN:
        raise Refused("fee_not_paid", amount_vnd=bill.total_vnd, amount=money(bill.total_vnd))
    changes = moving.resumed()
    due = changes.get("due_at")
    paid = bill.total_vnd if bill.state == BillState.PAID else 0
    event = PaymentConfirmed(paid, bill.receipt or "", due.isoformat() if due else None)
    return moving.record(event, **changes)


def close_bills(dossier: UUID | str, *, by: Actor, at: datetime) -> None:
    """A dossier ended without a result: what is open is asked no more, what was paid for no work is owed back.

    Who still looks at a QR code is waited for no more: money that comes all the same is owed back. An outcome that is
    unknown is waited for: its fact, or the job, brings us here again. Owed back is a fact; the head decides
    (docs/decisions/0061-charging.md). Raises `Forbidden`.
    """
    by.must_have({"system"})
    standing = Standing.objects.select_related("dossier").filter(pk=dossier).first()
    if standing is None or standing.state not in queries.WITHOUT_RESULT:
        return
    for bill in queries.bills_of(standing.dossier):
        if bill.state == BillState.OPEN:
            _drop(bill, at)
        elif bill.state == BillState.PAID and queries.no_work_done(standing):
            _owe_back(bill, standing, UNTOUCHED, at)


@transaction.atomic
def go_along(dossier: UUID | str, *, by: Actor, at: datetime) -> None:
    """Open bills are where their dossier is: who holds it takes the money, or waives it. Raises `Forbidden`."""
    by.must_have({"system"})
    standing = locked(dossier)
    away = queries.bills_of(standing.dossier) if standing else []
    for bill in away:
        if standing and bill.state == BillState.OPEN and bill.agency_id != standing.agency_id:
            Bill.objects.filter(pk=bill.pk).update(agency=standing.agency_id)
            went = BillWent(bill.reference, bill.number, str(standing.agency_id))
            ledger.append(bill.stream, [went], by=by, at=at)


def _drop(bill: Bill, at: datetime) -> None:
    try:
        with transaction.atomic():
            for tried in bill.attempts.filter(state="asked"):
                abandon(tried.id, by=SYSTEM, at=at)
            cancel(bill.id, ENDED, by=SYSTEM, at=at)
    except Refused as no:  # unknown, or paid in this moment: waited for
        if no.code not in {"payment_on_its_way", "wrong_state"}:
            raise


def _owe_back(bill: Bill, standing: Standing, reason: str, at: datetime) -> None:
    """Tell once that the head has something to decide, and why."""
    if bill.refund_due == reason:
        return
    Bill.objects.filter(pk=bill.pk).update(refund_due=reason)
    due = RefundDue(bill.reference, bill.number, bill.total_vnd, str(State(standing.state)), reason)
    ledger.append(bill.stream, [due], by=SYSTEM, at=at)


@transaction.atomic
def follow(dossier: UUID | str, *, by: Actor, at: datetime) -> None:
    """The answers were corrected: what is asked for them follows. Called again, nothing more happens.

    What is not paid is cancelled and asked anew; where less was paid, a further bill asks for the rest; where more was
    paid, the head is told to decide (`RefundDue`): a refund gives all of a bill back, then what is right is asked.
    What a person waived, took back or gave back for other reasons stays settled. While the new amount is not known, the
    bills stay as they are. Raises `Forbidden`, `Refused` ``payment_on_its_way``: who waits for the money calls again.
    """
    by.must_have({"system"})
    standing = locked(dossier)
    if standing is None or standing.state in queries.WITHOUT_RESULT:
        return
    quote = dossiers.quote(standing.dossier, standing.agency_id)
    bills = [bill for bill in queries.bills_of(standing.dossier) if bill.purpose == "advance"]
    if not quote.known:
        return
    settled = _settled(bills)
    covered = [line for bill in settled for line in bill.told_lines]
    asked = further(quote.lines, covered) if settled else quote.lines
    waiting = next((bill for bill in bills if bill.state == BillState.OPEN), None)
    if waiting and waiting.told_lines == asked:
        return
    if waiting:
        cancel(waiting.id, AMENDED, by=by, at=at)
    if asked:
        make_bill(Owed(standing.dossier.stream, standing.agency_id, "advance", asked), by=by, at=at)
    _decide_back([bill for bill in settled if bill.state == BillState.PAID], asked is None, quote, standing, at)


def _settled(bills: list[Bill]) -> list[Bill]:
    """The bills whose lines need not be asked for again."""
    kept = queries.taken_back(bills)
    return [
        bill
        for bill in bills
        if bill.state in {BillState.PAID, BillState.WAIVED}
        or bill.id in kept
        or (bill.state == BillState.REFUNDED and not bill.refund_due)
    ]


def _decide_back(paid: list[Bill], too_much: bool, quote: Quote, standing: Standing, at: datetime) -> None:
    """The head is to decide about the last paid bill if too much was paid, else about none."""
    for bill in paid if not too_much else paid[:-1]:
        if bill.refund_due:
            Bill.objects.filter(pk=bill.pk).update(refund_due="")
            ledger.append(bill.stream, [RefundOff(bill.reference, bill.number)], by=SYSTEM, at=at)
    if too_much and paid:
        came = money(sum(bill.total_vnd for bill in paid))
        _owe_back(paid[-1], standing, f"{AMENDED}: {came} → {money(total(quote.lines))}", at)
