"""A confirmation counts only when all of it agrees; anything else is written down as refused and changes nothing."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from motcua.base import ledger, numbering
from motcua.base.actor import SYSTEM, Actor
from motcua.base.ids import new_id
from motcua.base.rows import columns, first_row
from motcua.base.worktime import local
from motcua.payments import rules
from motcua.payments.actions.books import hold, post, tell
from motcua.payments.actions.paying import fail, named, new_attempt
from motcua.payments.events import ConfirmationRefused, Paid, SurplusReceived
from motcua.payments.models import Attempt, Bill, RefusedConfirmation
from motcua.payments.ports import Confirmed, Rejected
from motcua.payments.queries import order_of
from motcua.payments.states import ATTEMPTS, BILLS, FEW, MORE, VND, AttemptState, BillState
from motcua.people.models import Agency

OPEN_ENDED = frozenset({AttemptState.ASKED, AttemptState.UNKNOWN, AttemptState.FAILED})
# The bill first, as every other verb holds it; the attempt too, so that it is read as it is once the bill is held.
HOLD = f"""
SELECT {columns(Bill, Agency, Attempt)} FROM payments_bill
JOIN people_agency ON people_agency.id = payments_bill.agency_id
JOIN payments_attempt ON payments_attempt.bill_id = payments_bill.id
WHERE payments_attempt.provider = %s AND payments_attempt."order" = %s FOR UPDATE OF payments_bill, payments_attempt
"""
SETTLED = """
WITH attempt AS (
  UPDATE payments_attempt SET state = %s, transaction = %s, answered_at = %s, ask_at = NULL WHERE id = %s
)
UPDATE payments_bill SET state = %s, receipt = %s, paid_at = %s WHERE id = %s
"""


def confirm(provider_name: str, raw: bytes, *, at: datetime) -> str:
    """Hear what a provider's message says. Returns "" when it counted, otherwise why it was refused.

    Effects when it counts: the attempt is paid (or failed), the bill paid with a receipt, entries and a fact. When it
    does not: a `RefusedConfirmation` (`_refused`); the books stay as they were. Raises `Refused` ``provider_unknown``.
    """
    told = named(provider_name).read(raw)
    if isinstance(told, Rejected):
        return _refused(provider_name, told.order, told.reason, raw, at)
    why = settle_known(provider_name, told, at=at)
    return _refused(provider_name, told.order, why, raw, at) if why else ""


def settle_known(provider_name: str, told: Confirmed, *, at: datetime) -> str:
    """Count what is known of an order, from a confirmation, an answer or a statement. Returns why not, "" if counted.

    What agrees with the order but comes for a bill that no longer waits is a surplus: true money, owed back.
    """
    try:
        with transaction.atomic():
            return _settled(provider_name, told, at)
    except IntegrityError as clash:  # the same transfer, told of two orders
        if "attempt_transaction_once" in str(clash):
            return "transaction_of_another_order"
        raise


def _settled(provider_name: str, told: Confirmed, at: datetime) -> str:
    found = first_row(HOLD, [provider_name, told.order], Bill, Agency, Attempt)
    if found is None:
        return "order_unknown"
    bill, bill.agency, tried = found
    tried.bill = bill
    known = tried.transaction or ("" if tried.state in OPEN_ENDED else tried.state)
    why = rules.disagreement(told, order_of(tried), known)
    if not why:
        _count(bill, tried, told, at)
    return why


def _count(bill: Bill, tried: Attempt, told: Confirmed, at: datetime) -> None:
    if not told.succeeded:
        if tried.state != AttemptState.FAILED:
            fail(tried, bill, "declined", by=SYSTEM, at=at)
    elif bill.state == BillState.OPEN:
        settle(bill, tried, told.transaction, f"money:{tried.provider}", by=SYSTEM, at=at)
    else:
        _exceed(bill, tried, told.transaction, at)


@transaction.atomic
def book_beside(provider_name: str, told: Confirmed, *, at: datetime) -> bool:
    """Book what a statement says has come for an order beside its payment, as owed back; False where nothing has.

    A second transfer by one QR code, or another amount than was asked, is true money on the payee's account. A
    statement read twice books it once.
    """
    found = first_row(HOLD, [provider_name, told.order], Bill, Agency, Attempt)
    if found is None or not told.transaction or told.amount_vnd < 1:
        return False
    bill, bill.agency, tried = found
    same = Attempt.objects.filter(provider=provider_name, payee=tried.payee, transaction=told.transaction)
    if (told.payee, told.currency) != (tried.payee, VND) or same.exists():
        return False
    beside = new_attempt(bill, provider_name, tried.payee, f"beside:{new_id()}", "", at, told.amount_vnd)
    _exceed(bill, beside, told.transaction, at)
    return True


def settle(bill: Bill, tried: Attempt, number: str, money: str, *, by: Actor, at: datetime) -> None:
    """The bill is paid by this attempt: its states, its receipt, its entries, one fact. The caller holds the bill."""
    row = ATTEMPTS.check("settle", tried.state, by)
    bill.state = BILLS.row("settle", bill.state).target
    year = local(at).year
    count = numbering.next_number(f"receipt:{bill.agency.code}:{year}")
    bill.receipt, bill.paid_at = f"{count:07d}/{year}/BL-{bill.agency.code}", at
    with connection.cursor() as cursor:
        attempt = (row.target, number, at, tried.pk)
        cursor.execute(SETTLED, [*attempt, bill.state, bill.receipt, at, bill.pk])
    post(bill, rules.settled(money, tried.amount_vnd), at=at)
    paid = Paid(
        tried.order, tried.provider, number, tried.amount_vnd, bill.receipt, bill.reference, bill.purpose
    )  # fmt: skip
    tell(bill, paid, by=by, at=at)


def _exceed(bill: Bill, tried: Attempt, number: str, at: datetime) -> None:
    row = ATTEMPTS.check("exceed", tried.state, SYSTEM)
    Attempt.objects.filter(pk=tried.pk).update(
        state=row.target, surplus=True, transaction=number, answered_at=at, ask_at=None
    )
    post(bill, rules.exceeded(f"money:{tried.provider}", tried.amount_vnd), at=at)
    tell(bill, SurplusReceived(tried.order, tried.provider, number, tried.amount_vnd), by=SYSTEM, at=at)


@transaction.atomic
def _refused(provider_name: str, order: str, why: str, raw: bytes, at: datetime) -> str:
    """Write down what was not believed, each with a fact: the first `FEW` of a kind one by one, a stranger's flood as
    one row that counts. What is truly sealed comes here only for orders of ours, and each has its own kinds."""
    kept = order.replace("\x00", "")[:60]
    if not Attempt.objects.filter(provider=provider_name, order=kept).exists():
        slot, about = f"{provider_name} {at:%Y-%m-%dT%H:%M}", ""
    else:
        slot, about = f"{provider_name} {kept} {why} {local(at).date()}", kept
    hold(f"refused:{slot}")
    there = RefusedConfirmation.objects.filter(slot=slot)
    many = there.count()
    if many > FEW:
        there.filter(why=MORE).update(times=F("times") + 1)
        return why
    row = RefusedConfirmation(
        provider=provider_name, order=kept, why=why, raw=rules.without_secrets(raw), at=at, slot=slot
    )
    if many == FEW:
        row.order, row.why, row.raw = about, MORE, ""
    row.save()
    told = ConfirmationRefused(provider_name, row.order, row.why)
    ledger.append(f"confirmation:{row.id}", [told], by=SYSTEM, at=at, after=ledger.NOTHING)
    return why
