"""A bill is made, waived or cancelled; what the council decided is written down."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Invalid, Refused
from motcua.base.worktime import local
from motcua.fees.rules import Line
from motcua.fees.rules import total as total_of
from motcua.payments import queries, rules
from motcua.payments.actions.books import held, must_be_ours, must_wait_for_nothing, post, tell
from motcua.payments.events import BillMade, Cancelled, CouncilFeeSet, Waived
from motcua.payments.models import Bill, CouncilFee
from motcua.payments.states import BILLS, LEADS, PURPOSES, BillState
from motcua.people.models import Agency

MAKERS = frozenset({"reception", "clerk", "head", "system"})


@dataclass(frozen=True)
class Owed:
    """What is asked of whom: ``reference`` is the caller's own name for the matter."""

    reference: str
    agency: UUID
    purpose: str
    lines: Sequence[Line]
    due: date | None = None


def make_bill(owed: Owed, *, by: Actor, at: datetime) -> Bill:
    """Ask for money: a numbered bill, its entries and its fact, in the caller's transaction where there is one.

    A bill whose every line is exempt is waived from the start. Raises `Forbidden`, `Invalid` ``bill_malformed``,
    `Conflict` ``bill_open`` while another one for the same reference and purpose waits.
    """
    by.must_have(MAKERS | LEADS)
    if by.ref != "system":
        by.must_be_at(str(owed.agency))
    if owed.purpose not in PURPOSES or not owed.reference or not owed.lines:
        raise Invalid("bill_malformed")
    agency, total = Agency.objects.get(pk=owed.agency), total_of(owed.lines)
    try:
        with transaction.atomic():
            bill = _numbered(owed, agency, total, at)
            post(bill, rules.billed(owed.lines), at=at)
            made = BillMade(bill.number, bill.reference, str(agency.id), bill.purpose, total)
            ledger.append(bill.stream, [made], by=by, at=at, after=ledger.NOTHING)
    except IntegrityError as clash:
        if "bill_open_once" in str(clash):
            raise Conflict("bill_open", reference=owed.reference) from clash
        raise
    return bill


def _numbered(owed: Owed, agency: Agency, total: int, at: datetime) -> Bill:
    year = local(at).year
    count = numbering.next_number(f"bill:{agency.code}:{year}")
    return Bill.objects.create(
        number=f"{agency.code}-{year % 100:02d}{count:06d}",
        reference=owed.reference,
        agency=agency,
        purpose=owed.purpose,
        lines=[asdict(line) for line in owed.lines],
        total_vnd=total,
        state=BillState.OPEN if total else BillState.WAIVED,
        due=owed.due,
        created_at=at,
    )


@transaction.atomic
def waive(bill_id: UUID, reason: str, *, by: Actor, at: datetime) -> Bill:
    """Ask no more, for a reason that the law gives. Raises `Refused` ``reason_missing``, ``payment_on_its_way``."""
    return _drop(bill_id, "waive", Waived(reason.strip(), 0), by=by, at=at)


@transaction.atomic
def cancel(bill_id: UUID, reason: str, *, by: Actor, at: datetime) -> Bill:
    """Take a bill back that was made by mistake or whose matter ended. Raises as `waive`.

    What an officer asked for may be taken back at the counter; what the law asks for, only by a head or the system.
    """
    return _drop(bill_id, "cancel", Cancelled(reason.strip()), by=by, at=at)


def _drop(bill_id: UUID, verb: str, event: Waived | Cancelled, *, by: Actor, at: datetime) -> Bill:
    bill = held(bill_id)
    row = BILLS.check(verb, bill.state, by)
    if by.ref != "system":
        must_be_ours(bill, by)
    if not event.reason:
        raise Refused("reason_missing")
    if bill.purpose == "advance":
        by.must_have(LEADS)
    must_wait_for_nothing(bill)
    post(bill, rules.dropped(bill.told_lines), at=at)
    bill.state = row.target
    Bill.objects.filter(pk=bill.pk).update(state=bill.state)
    told = Waived(event.reason, bill.total_vnd) if isinstance(event, Waived) else event
    tell(bill, told, by=by, at=at)
    return bill


@dataclass(frozen=True)
class Decided:
    """A council's amount for one fee of one procedure at one agency, from a day on."""

    agency: UUID
    procedure: str
    name: str
    amount_vnd: int
    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def set_council_fee(decided: Decided, *, by: Actor, at: datetime) -> CouncilFee:
    """Write down what the provincial council decided. What was written before stays: a later day takes its place.

    Raises `Forbidden`, `Invalid` ``amount_malformed``, ``period_backwards``, ``council_fees_none`` and
    ``council_fee_unknown`` for what no edition leaves to the council, `Conflict` ``council_fee_there``.
    """
    by.must_have({"administrator", "system"})
    if decided.amount_vnd < 0:
        raise Invalid("amount_malformed", amount=decided.amount_vnd)
    if decided.valid_until is not None and decided.valid_until < decided.valid_from:
        raise Invalid("period_backwards")
    names = queries.council_fee_names(decided.procedure)
    if decided.name not in names:
        told = {"procedure": decided.procedure} | ({"names": "; ".join(names)} if names else {})
        raise Invalid("council_fee_unknown" if names else "council_fees_none", **told)
    same = {"agency": decided.agency, "procedure": decided.procedure, "name": decided.name}
    if CouncilFee.objects.filter(**same, valid_from=decided.valid_from).exists():
        raise Conflict("council_fee_there")
    fee = CouncilFee.objects.create(
        agency_id=decided.agency,
        procedure=decided.procedure,
        name=decided.name,
        amount_vnd=decided.amount_vnd,
        valid_from=decided.valid_from,
        valid_until=decided.valid_until,
    )
    since, until = fee.valid_from.isoformat(), fee.valid_until.isoformat() if fee.valid_until else ""
    event = CouncilFeeSet(str(fee.agency_id), fee.procedure, fee.name, fee.amount_vnd, since, until)
    ledger.append(f"council_fee:{fee.id}", [event], by=by, at=at, after=ledger.NOTHING)
    return fee
