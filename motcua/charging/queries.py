"""What a dossier owes and what it would owe; every read says what it costs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.base import ledger
from motcua.base.ledger import Row
from motcua.base.models import Fact
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import OPEN, State
from motcua.fees.rules import Quote
from motcua.payments import queries as payments
from motcua.payments.models import Bill
from motcua.payments.queries import owed
from motcua.payments.states import BillState
from motcua.people.models import Agency
from motcua.people.queries import province_of, with_predecessors

__all__ = [
    "bills_of",
    "corrected_since",
    "no_work_done",
    "owed",
    "paid",
    "quote",
    "refunds_due",
    "taken_back",
    "told",
    "waiting_for_council",
]
WITHOUT_RESULT = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED})


def quote(dossier: Dossier) -> Quote:
    """What the pinned edition asks for this dossier, nothing written; what is not known stands in ``unknown``.

    Three queries at most.
    """
    agency: UUID = Standing.objects.values_list("agency_id", flat=True).get(pk=dossier.pk)
    return dossiers.quote(dossier, agency)


def bills_of(dossier: Dossier) -> list[Bill]:
    """The bills of a dossier, oldest first. One query."""
    return payments.bills_of(dossier.stream)


def waiting_for_council(agency: UUID, procedure: str) -> list[UUID]:
    """The open dossiers of a procedure without a bill at an agency, or anywhere in a province if it is one."""
    found = Standing.objects.filter(state__in=sorted(OPEN), dossier__edition__procedure__code=procedure)
    places = {row.id for row in Agency.objects.filter(level="province", id=agency)}
    ids = found.order_by("dossier").values_list("pk", "agency_id")
    below = {place: province_of(place) for place in {place for _pk, place in ids}} if places else {}
    near = [pk for pk, place in ids if place == agency or below.get(place) == agency]
    billed = set(
        Bill.objects.filter(reference__in=[f"dossier:{pk}" for pk in near]).values_list("reference", flat=True)
    )
    return [pk for pk in near if f"dossier:{pk}" not in billed]


def told(dossier: Dossier) -> list[Row]:
    """The facts of a dossier's bills, oldest first. One query where there is no bill, else two."""
    streams = [bill.stream for bill in bills_of(dossier)]
    facts = Fact.objects.filter(stream__in=streams).order_by("at", "seq") if streams else ()
    return [ledger.read(fact) for fact in facts]


def paid(dossier: Dossier) -> list[tuple[int, str]]:
    """Everything that was paid for a dossier, in đồng, with its receipt; what was paid before there were bills is told
    by the facts alone. Two queries."""
    bills = [bill for bill in bills_of(dossier) if bill.state == "paid"]
    facts = [fact.data for fact in dossiers.history(dossier) if fact.name == "dossiers.payment_confirmed"]
    known = {bill.receipt for bill in bills}
    earlier = [(data["amount_vnd"], data["receipt"]) for data in facts if data["receipt"] not in {*known, ""}]
    return [*earlier, *((bill.total_vnd, bill.receipt or "") for bill in bills)]


def corrected_since(reference: str, at: datetime) -> bool:
    """Whether a correction of a dossier's answers took effect since then. One query."""
    in_effect = Q(name="corrections.corrected", data__effective=True) | Q(
        name="corrections.decided", data__accepted=True
    )
    return Fact.objects.filter(in_effect, stream=reference, at__gte=at).exists()


def taken_back(bills: Sequence[Bill]) -> set[UUID]:
    """Those of the bills that a person cancelled: they are not asked for again. One query at most."""
    streams = {bill.stream: bill.id for bill in bills if bill.state == BillState.CANCELLED}
    told = Fact.objects.filter(stream__in=streams, name="payments.cancelled").exclude(actor="system")
    return {streams[stream] for stream in told.values_list("stream", flat=True)} if streams else set()


def no_work_done(standing: Standing) -> bool:
    """Whether the dossier ended before anybody received it: then what was paid is for nothing."""
    return standing.state in WITHOUT_RESULT and standing.received_at is None


def open_of_ended(most: int = 200) -> list[str]:
    """The ids of dossiers that ended without a result and still ask for money, none of unknown outcome. Two queries."""
    found = Bill.objects.filter(state="open", reference__startswith="dossier:").exclude(attempts__state="unknown")
    asked = {reference.partition(":")[2] for reference in found.values_list("reference", flat=True)}
    ended = Standing.objects.filter(state__in=sorted(WITHOUT_RESULT), pk__in=asked)
    return [str(pk) for pk in ended.order_by("pk").values_list("pk", flat=True)[:most]]


def refunds_due(agency: UUID) -> list[Bill]:
    """The paid bills of an agency of which a head is to decide whether they go back, oldest first. One query."""
    due = Bill.objects.filter(agency__in=with_predecessors(agency), state="paid").exclude(refund_due="")
    return list(due.exclude(attempts__state="refunding").order_by("paid_at"))
