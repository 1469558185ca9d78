"""What a dossier owes and what it would owe; every read says what it costs."""

from uuid import UUID

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
from motcua.people.models import Agency
from motcua.people.queries import province_of

__all__ = ["bills_of", "no_work_done", "owed", "paid", "quote", "refunds_due", "told", "waiting_for_council"]
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


def no_work_done(standing: Standing) -> bool:
    """Whether the dossier ended before anybody received it: then what was paid is for nothing."""
    return standing.state in WITHOUT_RESULT and standing.received_at is None


def refunds_due(agency: UUID) -> list[Bill]:
    """The paid bills of an agency for dossiers that nobody worked on and of which no head decided yet, oldest first. Two
    queries."""
    ended = Standing.objects.filter(agency=agency, state__in=sorted(WITHOUT_RESULT), received_at=None)
    streams = [f"dossier:{pk}" for pk in ended.values_list("pk", flat=True)]
    paid = Bill.objects.filter(reference__in=streams, state="paid").exclude(attempts__state="refunding")
    return list(paid.order_by("paid_at"))
