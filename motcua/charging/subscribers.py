"""What happens to bills because of a dossier's facts, and to a dossier because of its bills' facts."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscriber
from motcua.base.errors import Refused
from motcua.base.ledger import Row
from motcua.charging import actions, queries
from motcua.dossiers.subscribers import dossier_id
from motcua.payments import queries as payments
from motcua.payments.models import Bill


def charge(facts: Sequence[Row]) -> None:
    """Whatever way it was filed, a dossier gets its bill; what is not known yet gets it when the council has decided."""
    for fact in facts:
        if fact.name == "dossiers.submitted":
            waiting = [dossier_id(fact)]
        else:
            waiting = queries.waiting_for_council(UUID(fact.data["agency"]), fact.data["procedure"])
        for each in waiting:
            with suppress(Refused):  # a fee that nobody knows: the desk reads why in the quote
                actions.charge(each, by=SYSTEM, at=fact.at)


def settle(facts: Sequence[Row]) -> None:
    """A dossier that waited for money goes on; one that ended meanwhile is told what becomes of the money."""
    for fact in facts:
        bill = payments.bill(dossier_id(fact))
        if not bill.reference.startswith("dossier:"):
            continue
        if bill.purpose == "final" and fact.name != "payments.payment_failed":
            with suppress(Refused):  # it waits no more: stopped, withdrawn, or told before
                actions.confirm_payment(bill, by=SYSTEM, at=fact.at)
        actions.close_bills(matter(bill), by=SYSTEM, at=fact.at)


def close(facts: Sequence[Row]) -> None:
    """What a dossier that ended without a result asked for is asked no more."""
    for fact in facts:
        actions.close_bills(dossier_id(fact), by=SYSTEM, at=fact.at)


def follow(facts: Sequence[Row]) -> None:
    """What is asked follows the answers as they were corrected, at once or when the money on its way has come."""
    for fact in facts:
        about, bill = fact.stream, None
        if about.startswith("bill:"):
            bill = payments.bill(dossier_id(fact))
            about = bill.reference
        if bill is None or (about.startswith("dossier:") and queries.corrected_since(about, bill.created_at)):
            with suppress(Refused):
                actions.follow(about.partition(":")[2], by=SYSTEM, at=fact.at)


def go_along(facts: Sequence[Row]) -> None:
    """What is still owed goes with the dossier to the agency that has it now."""
    for fact in facts:
        actions.go_along(dossier_id(fact), by=SYSTEM, at=fact.at)


def matter(bill: Bill) -> str:
    """The id of the dossier that a bill is about."""
    return bill.reference.partition(":")[2]


def keep() -> None:
    """A replay finds every bill made already: there is nothing to empty."""


CHARGED = Subscriber("charging.charged", frozenset({"dossiers.submitted", "payments.council_fee_set"}), charge, keep)
PAID = Subscriber(
    "charging.paid",
    frozenset({"payments.paid", "payments.waived", "payments.cancelled", "payments.payment_failed"}),
    settle,
    keep,
)
CORRECTED = Subscriber(
    "charging.corrected",
    frozenset(
        {
            "corrections.corrected",
            "corrections.decided",
            "payments.paid",
            "payments.payment_failed",
            "payments.refunded",
        }
    ),
    follow,
    keep,
)
MOVED = Subscriber("charging.moved", frozenset({"dossiers.arrived_at_agency"}), go_along, keep)
ENDED = Subscriber(
    "charging.ended",
    frozenset({"dossiers.refused_to_receive", "dossiers.withdrawn", "dossiers.stopped"}),
    close,
    keep,
)
