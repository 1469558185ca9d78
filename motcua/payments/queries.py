"""Every read of payments worth a name."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, Sum

from motcua.base.errors import NotFound
from motcua.base.models import Fact
from motcua.base.worktime import instant
from motcua.catalogue.definition import parse
from motcua.catalogue.models import Edition
from motcua.catalogue.states import UNPUBLISHED
from motcua.payments.models import Attempt, Bill, CouncilFee, Entry, Reconciliation, RefusedConfirmation, Till
from motcua.payments.ports import Order
from motcua.payments.states import ASKED_DAYS, BOOKED, MORE, ON_ITS_WAY
from motcua.people.models import Agency
from motcua.people.queries import province_of, with_predecessors


def bill(bill_id: UUID) -> Bill:
    """The bill. Raises `NotFound` ``bill_unknown``."""
    found = Bill.objects.select_related("agency").filter(pk=bill_id).first()
    if found is None:
        raise NotFound("bill_unknown")
    return found


def attempt(attempt_id: UUID) -> Attempt:
    """The attempt with its bill. Raises `NotFound` ``attempt_unknown``."""
    found = Attempt.objects.select_related("bill").filter(pk=attempt_id).first()
    if found is None:
        raise NotFound("attempt_unknown")
    return found


def order_of(tried: Attempt) -> Order:
    """The attempt as a provider is told of it."""
    return Order(tried.order, tried.amount_vnd, tried.payee, tried.bill.number)


def tries_of(reference: str) -> dict[UUID, list[Attempt]]:
    """Every attempt at a reference's bills, by bill, the latest first."""
    found: dict[UUID, list[Attempt]] = {}
    for tried in Attempt.objects.filter(bill__reference=reference).order_by("-asked_at", "-id"):
        found.setdefault(tried.bill_id, []).append(tried)
    return found


def owing(references: Collection[str]) -> dict[str, int]:
    """What is still to be paid for each of these, in đồng; what owes nothing is not in it. One query."""
    found = Bill.objects.filter(reference__in=references, state="open")
    return dict(found.values_list("reference").annotate(Sum("total_vnd")).order_by())


def owed(reference: str) -> int:
    """What is still to be paid for a reference, in đồng."""
    return owing([reference]).get(reference, 0)


def with_receipt(number: str) -> Bill:
    """The bill that was paid with this receipt. Raises `NotFound` ``receipt_unknown``."""
    found = Bill.objects.select_related("agency").filter(receipt=number).first()
    if found is None:
        raise NotFound("receipt_unknown")
    return found


def paying(bill: Bill) -> Attempt:
    """The attempt that paid a bill. Raises `NotFound` ``attempt_unknown``."""
    found = bill.attempts.filter(surplus=False).exclude(transaction="").first()
    if found is None:
        raise NotFound("attempt_unknown")
    return found


def bills_of(reference: str) -> list[Bill]:
    """The bills of one reference, oldest first."""
    return list(Bill.objects.select_related("agency").filter(reference=reference).order_by("created_at"))


def council_fees(agency: UUID, procedure: str, on: date) -> dict[str, int]:
    """What the council decided for this agency and procedure, in force on the day: name → đồng. The latest wins.

    What stands for the agency itself goes before what stands for its province. Two queries.
    """
    held = Q(valid_until=None) | Q(valid_until__gte=on), Q(agency=agency) | Q(agency=province_of(agency))
    rows = CouncilFee.objects.filter(*held, procedure=procedure, valid_from__lte=on).order_by("valid_from")
    told = [(row.agency_id == agency, row.name, row.amount_vnd) for row in rows]
    return {name: amount for _own, name, amount in sorted(told, key=lambda row: row[0])}


def council_fee_names(procedure: str) -> list[str]:
    """The fees that published editions of a procedure leave to the council, those of the newest edition first.

    One query.
    """
    editions = Edition.objects.filter(procedure__code=procedure).exclude(state__in=UNPUBLISHED)
    told = editions.order_by("-number").values_list("definition", flat=True)
    offers = [offer for each in told for offers in parse(each).channels.values() for offer in offers]
    return list(dict.fromkeys(fee.name for offer in offers for fee in offer.fees if fee.decided_by))


def council_fee_rows(most: int = 500) -> list[CouncilFee]:
    """Every amount that councils decided, with its agency: by procedure and fee, the latest first."""
    rows = CouncilFee.objects.select_related("agency")
    return list(rows.order_by("procedure", "name", "agency__code", "-valid_from")[:most])


def balance(account: str, **which: Any) -> int:
    """Debits less credits of an account, in đồng; ``which`` narrows the entries."""
    sums = Entry.objects.filter(account=account, **which).aggregate(debit=Sum("debit_vnd"), credit=Sum("credit_vnd"))
    return (sums["debit"] or 0) - (sums["credit"] or 0)


def balances(accounts: Collection[str] = ()) -> dict[str, int]:
    """Every account, or these as far as they have entries, with its balance in đồng. One query."""
    found = Entry.objects.filter(account__in=accounts) if accounts else Entry.objects
    rows = found.values_list("account").annotate(debit=Sum("debit_vnd"), credit=Sum("credit_vnd"))
    return {account: debit - credit for account, debit, credit in rows.order_by("account")}


def orders_named(provider_name: str, told: Collection[str]) -> dict[str, str]:
    """Our orders that a provider names, as they are or with nothing but letters and digits left: what it says → order.

    What names none of them, or two, is left out. One query.
    """
    named = Q(order__in=told) | Q(plain_order__in=told)
    found = dict(Attempt.objects.filter(named, provider=provider_name).values_list("order", "plain_order"))
    many = Counter(found.values())
    plain = {short: order for order, short in found.items() if many[short] == 1}
    ours = {said: said if said in found else plain.get(said, "") for said in told}
    return {said: order for said, order in ours.items() if order}


def unknown_since(tried: Attempt) -> datetime:
    """Since when nobody knows what became of an attempt. One query."""
    told = Fact.objects.filter(stream=tried.bill.stream, name="payments.outcome_unknown", data__order=tried.order)
    return told.aggregate(last=Max("at"))["last"] or tried.asked_at


def to_ask(at: datetime, most: int) -> dict[str, list[UUID]]:
    """Attempts whose outcome is not known and whose time to be asked again has come, by provider, so many of each; who
    has only been shown where to pay is not asked about for ever. One query."""
    waiting = Attempt.objects.filter(state__in=ON_ITS_WAY, ask_at__lte=at)
    waiting = waiting.exclude(state="asked", asked_at__lt=at - timedelta(days=ASKED_DAYS))
    found: dict[str, list[UUID]] = {}
    for name, pk in waiting.order_by("ask_at").values_list("provider", "pk"):
        found.setdefault(name, []).append(pk)
    return {name: ids[:most] for name, ids in found.items()}


def to_refund(providers: list[str], most: int) -> list[UUID]:
    """Attempts whose money these providers must still send back."""
    waiting = Attempt.objects.filter(state="refunding", provider__in=providers)
    return list(waiting.order_by("ask_at").values_list("pk", flat=True)[:most])


def paid_between(provider_name: str, start: datetime, end: datetime, payee: str = "") -> dict[str, tuple[str, int]]:
    """What our books say a provider paid in a stretch of time (to one payee): order → transaction and đồng."""
    rows = Attempt.objects.filter(provider=provider_name, answered_at__gte=start, answered_at__lt=end)
    rows = rows.filter(payee=payee) if payee else rows
    told = rows.exclude(transaction="").values_list("order", "transaction", "amount_vnd")
    return {order: (number, amount) for order, number, amount in told}


def transactions(provider_name: str, numbers: Collection[str]) -> dict[tuple[str, str], tuple[str, int]]:
    """What we know of these transactions: payee and number, for banks count by themselves → bill number and đồng."""
    rows = Attempt.objects.filter(provider=provider_name, transaction__in=numbers).exclude(transaction="")
    told = rows.values_list("payee", "transaction", "bill__number", "amount_vnd")
    return {(payee, number): (bill, vnd) for payee, number, bill, vnd in told}


def told_on_other_days(provider_name: str, day: date) -> set[str]:
    """The transactions that statements of other days told of, in comparisons made since a local day began: what a bank
    tells of in the evening is often booked the next day, and a late statement closes what was paid days ago. One query.
    """
    made = Reconciliation.objects.filter(provider=provider_name, at__gte=instant(day, 0)).exclude(day=day)
    rows = [row for each in made.values_list("rows", flat=True) for row in each]
    return {row[2] for row in rows if row[0] in BOOKED}


def taken_on(accounts: Sequence[str], day: date) -> list[Entry]:
    """What came into these tills on a local day, the latest first, each with its bill."""
    came = Entry.objects.filter(account__in=accounts, debit_vnd__gt=0, bill__isnull=False)
    came = came.filter(at__gte=instant(day, 0), at__lt=instant(day, 1440))
    return list(came.select_related("bill").order_by("-at", "-id"))


def taken_by_card(account: str, day: date) -> list[Attempt]:
    """What came into one card drawer on a local day, the oldest first. One query."""
    came = Attempt.objects.filter(
        provider="card", answered_at__gte=instant(day, 0), answered_at__lt=instant(day, 1440)
    )
    into = Entry.objects.filter(account=account, debit_vnd__gt=0).values("bill")
    return list(came.filter(bill__in=into).exclude(transaction="").order_by("answered_at", "id"))


def tills_of(agency: UUID, officer: str = "", most: int = 60) -> list[Till]:
    """The closings of tills at an agency, or of one officer there, the latest first."""
    found = Till.objects.filter(agency=agency)
    return list((found.filter(officer=officer) if officer else found).order_by("-day", "-closed_at")[:most])


def reconciliations(most: int = 60) -> list[Reconciliation]:
    """The latest comparison of each provider, payee and day, the latest days first."""
    each = ("provider", "day", "payee")
    latest = Reconciliation.objects.order_by(*each, "-at", "-id").distinct(*each)
    return list(Reconciliation.objects.filter(pk__in=latest.values("pk")).order_by("-day", "provider")[:most])


def reconciliation(row_id: UUID) -> Reconciliation:
    """One comparison. Raises `NotFound` ``not_found``."""
    found = Reconciliation.objects.filter(pk=row_id).first()
    if found is None:
        raise NotFound("not_found")
    return found


def codes_of(agency: UUID) -> list[str]:
    """The codes with which an agency's orders begin: its own, and those of agencies that went into it."""
    return list(Agency.objects.filter(id__in=with_predecessors(agency)).values_list("code", flat=True))


def refused_confirmations(codes: Collection[str], most: int = 50) -> list[RefusedConfirmation]:
    """What was not believed lately of the orders of agencies, the latest first."""
    theirs = reduce(or_, (Q(order__startswith=f"{code}-") for code in codes), Q(pk=None))
    return list(RefusedConfirmation.objects.filter(theirs).order_by("-at", "-id")[:most])


def counted_only(since: datetime) -> int:
    """How many messages about no order of ours came that were counted and not kept one by one. One query."""
    rows = RefusedConfirmation.objects.filter(order="", why=MORE, at__gte=since)
    return rows.aggregate(sum=Sum("times"))["sum"] or 0


def surpluses(agency: UUID, most: int = 100) -> list[Attempt]:
    """Money of an agency's bills that nobody waited for and that must go back, the oldest first, each with its bill."""
    found = Attempt.objects.filter(state="surplus", bill__agency__in=with_predecessors(agency)).select_related("bill")
    return list(found.order_by("answered_at", "id")[:most])


def digests_of(provider_name: str, days: Collection[date]) -> dict[date, str]:
    """By day, the hash of the provider's own statement that was compared last. One query."""
    found = Reconciliation.objects.filter(provider=provider_name, payee="", day__in=days).order_by("at", "id")
    return dict(found.values_list("day", "digest"))
