"""What the payment page shows of each bill: what is asked, how it can be paid, and how far that has got."""

from dataclasses import dataclass
from uuid import uuid4

from motcua.base.ledger import facts_of
from motcua.payments import outside, queries
from motcua.payments.models import Attempt, Bill
from motcua.payments.states import ABANDONED, ON_ITS_WAY, AttemptState
from motcua.sites.frame.fields import FieldView
from motcua.sites.frame.paying import lines_of, purpose, safe_address
from motcua.sites.portal.forms import Paying


@dataclass(frozen=True)
class Shown:
    """One bill of the page; ``tried``: the attempt on its way; ``failed``: whether the last one was declined; ``over``:
    what came though nobody waited for it, and is owed back."""

    bill: Bill
    tried: Attempt | None
    failed: bool
    over: list[Attempt]
    form: Paying
    key: str

    @property
    def title(self) -> str:
        return purpose(self.bill.purpose)

    @property
    def lines(self) -> list[dict[str, object]]:
        return lines_of(self.bill)

    @property
    def unknown(self) -> bool:
        return self.tried is not None and self.tried.state == AttemptState.UNKNOWN

    @property
    def redirect(self) -> str:
        return safe_address(self.tried.answer.get("redirect", "")) if self.tried else ""

    @property
    def ways(self) -> list[FieldView]:
        return self.form.views


def shown(reference: str, form: Paying | None = None, number: str = "") -> list[Shown]:
    """The bills of a reference, what is still to be paid first. ``form``: what was posted for the bill ``number``."""
    tries = queries.tries_of(reference)
    found = [
        _shown(each, tries.get(each.id, []), form if each.number == number else None) for each in bills(reference)
    ]
    return sorted(found, key=lambda each: each.bill.state != "open")


def _shown(bill: Bill, tries: list[Attempt], form: Paying | None) -> Shown:
    last = tries[0] if tries else None
    live = last if last and last.state in ON_ITS_WAY else None
    over = [each for each in tries if each.surplus and each.state != AttemptState.REFUNDED]
    return Shown(bill, live, _declined(bill, last), over, form or form_for(bill), f"web:{uuid4()}")


def bills(reference: str) -> list[Bill]:
    """The bills of a reference that are not taken back."""
    return [each for each in queries.bills_of(reference) if each.state != "cancelled"]


def form_for(bill: Bill, given: dict[str, str] | None = None) -> Paying:
    """The choice of a way to pay; with one way only, it is chosen."""
    return Paying(outside.ways_for(bill.agency.code), given)


def waiting(reference: str) -> list[Attempt]:
    """The attempts of which nobody knows yet how they end."""
    return [each for tries in queries.tries_of(reference).values() for each in tries if each.state in ON_ITS_WAY]


def _declined(bill: Bill, last: Attempt | None) -> bool:
    """Whether the last attempt was declined, and not left for another."""
    if last is None or last.state != AttemptState.FAILED or bill.state != "open":
        return False
    ends = [fact for fact in facts_of(bill.stream) if fact.name == "payments.payment_failed"]
    return bool(ends) and ends[-1].data["why"] != ABANDONED
