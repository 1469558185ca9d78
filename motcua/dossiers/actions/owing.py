"""Where the law wants the fee before a move, the move waits for the money."""

from motcua.base.errors import Refused
from motcua.base.money import money
from motcua.dossiers import queries
from motcua.dossiers.actions.moving import Moving
from motcua.fees.rules import UNSAID, total
from motcua.payments.queries import bills_of


def must_be_paid_before_reception(moving: Moving) -> None:
    """Costs nothing for an edition that lets it be paid later. Raises `Refused` ``fee_not_paid``.

    A bill that is not made yet is owed like one that is; a fee that nobody knows parks nothing.
    """
    dossier = moving.dossier
    offers = moving.plan.definition.channels.get(dossier.channel, ())
    if not any(fee.due == "reception" for offer in offers for fee in offer.fees):
        return
    quote = queries.quote(dossier, moving.standing.agency_id)
    if quote.due != "reception" or not quote.total_vnd:
        return
    made = [bill for bill in bills_of(dossier.stream) if bill.purpose == "advance"]
    if not made or any(bill.state == "open" for bill in made):
        raise Refused("fee_not_paid", amount_vnd=quote.total_vnd, amount=money(quote.total_vnd))


def must_be_paid_before_result(moving: Moving) -> int:
    """What is still owed, in đồng, where the law lets it be paid later; else raises `Refused` ``fee_not_paid``.

    A bill that is not made yet is owed here too, and a fee that the edition names but nobody can tell is not nothing:
    ``fee_unknown`` until there is a bill for it, by the council's decision, by a demand, or by a head who exempts. An
    edition that says nothing of fees holds nobody up. One query where all is paid.
    """
    bills = bills_of(moving.dossier.stream)
    made = any(bill.purpose == "advance" for bill in bills)
    amount = sum(bill.total_vnd for bill in bills if bill.state == "open")
    if made and not amount:
        return 0
    quote = queries.quote(moving.dossier, moving.standing.agency_id)
    if not made:
        amount += total(quote.lines)
    if quote.due == "later":
        return amount
    if amount:
        raise Refused("fee_not_paid", amount_vnd=amount, amount=money(amount))
    unknown = [(each.name, each.why) for each in quote.unknown if each != UNSAID]
    if unknown and not bills:
        raise Refused("fee_unknown", fees=unknown)
    return 0
