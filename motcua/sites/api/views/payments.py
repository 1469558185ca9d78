"""Fees of a dossier: its bills, and beginning to pay one. Whether money came is known from the provider alone."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from motcua.base.errors import NotFound
from motcua.charging.actions import begin_payment
from motcua.dossiers.actions.moving import must_reach
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import standing_by_code
from motcua.payments import outside, queries
from motcua.payments.models import Attempt, Bill
from motcua.sites.api import asked
from motcua.sites.api.access import Caller
from motcua.sites.api.describing import operation, signed_in
from motcua.sites.api.problems import Denied
from motcua.sites.api.reading import body
from motcua.sites.api.service import answer

router = signed_in("payments")
PAYMENT = UUID("3b1c1f0e-6a0b-4c58-8a57-7d3a1a3b9c52")  # the name space of payments that a program named itself


class LineShown(Struct, frozen=True):
    """One fee: ``kind`` is fee or charge; an exempt line says why and asks nothing."""

    name: str
    kind: str
    amount_vnd: int
    quantity: int
    total_vnd: int
    exempt_reason: str


class BillShown(Struct, frozen=True):
    """What is asked. ``state``: open, paid, waived, refunded, cancelled; ``providers``: how it can be paid now."""

    number: str
    purpose: str
    state: str
    total_vnd: int
    currency: str
    lines: list[LineShown]
    due: date | None
    receipt: str | None
    paid_at: datetime | None
    providers: list[str]


class BillList(Struct, frozen=True):
    """The bills of a dossier, oldest first."""

    items: list[BillShown]


class PaymentShown(Struct, frozen=True):
    """One try to pay. ``state``: asked, unknown, failed, paid, surplus, refunding, refunded. ``answer``: where the payer
    goes on (``redirect``), or what is scanned (``qr``) and typed."""

    order: str
    bill: str
    provider: str
    amount_vnd: int
    state: str
    answer: dict[str, str]


class BeginPayment(asked.Asked, kw_only=True):
    """Which bill (its number), by which of its ``providers``."""

    bill: asked.Word
    provider: asked.Word


@operation(router, "GET", "/dossiers/{code}/bills", BillList, headers=("X-Agency",))
def bills(request: HttpRequest, code: str) -> HttpResponse:
    """The bills of a dossier you may see; ``paid`` means that the money was confirmed."""
    standing = reached(request, code)
    return answer(BillList([shown(each) for each in queries.bills_of(standing.dossier.stream)]))


@operation(router, "GET", "/dossiers/{code}/bills/{number}", BillShown, headers=("X-Agency",))
def bill(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One bill."""
    return answer(shown(bill_of(reached(request, code), number)))


@operation(router, "POST", "/dossiers/{code}/payments", PaymentShown, status=201, takes=BeginPayment,
           headers=("X-Agency", "Idempotency-Key"))  # fmt: skip
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to pay. Sent again with the same key and body: the same payment, status 200; with another body: 409."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    key, given = key_for(request, caller), body(request, BeginPayment)
    owed = bill_of(reached(request, code), given.bill)
    tried = begin_payment(owed, given.provider, key, by=caller.actor, at=caller.at)
    return answer(payment(tried, owed), 200 if tried.asked_at != caller.at else 201)


def key_for(request: HttpRequest, caller: Caller) -> str:
    """The payment that the caller calls so. Raises `Denied` ``idempotency_key_missing`` (400)."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 0 < len(key) <= 200:
        raise Denied(400, "idempotency_key_missing")
    return f"api:{uuid5(PAYMENT, f'{caller.actor.ref} {key}')}"


def reached(request: HttpRequest, code: str) -> Standing:
    """The dossier, for who may see it. Raises `NotFound` ``dossier_unknown``."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    standing = standing_by_code(code)
    must_reach(standing, caller.actor, at=caller.at)
    return standing


def bill_of(standing: Standing, number: str) -> Bill:
    """The bill of this dossier. Raises `NotFound` ``bill_unknown``, also for another dossier's."""
    found = next((each for each in queries.bills_of(standing.dossier.stream) if each.number == number), None)
    if found is None:
        raise NotFound("bill_unknown")
    return found


def shown(owed: Bill) -> BillShown:
    """A bill as it goes out."""
    lines = [
        LineShown(each.name, each.kind, each.amount_vnd, each.quantity, each.total_vnd, each.exempt_reason)
        for each in owed.told_lines
    ]
    ways = outside.ways_for(owed.agency.code) if owed.state == "open" else []
    return BillShown(
        owed.number, owed.purpose, owed.state, owed.total_vnd, owed.currency, lines, owed.due, owed.receipt,
        owed.paid_at, ways,
    )  # fmt: skip


def payment(tried: Attempt, owed: Bill) -> PaymentShown:
    """A try to pay as it goes out."""
    return PaymentShown(tried.order, owed.number, tried.provider, tried.amount_vnd, tried.state, tried.answer)
