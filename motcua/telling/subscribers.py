"""What happens because of facts about a dossier, its money and its result: notices to whom they concern."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.base.worktime import local
from motcua.dossiers.models import Dossier
from motcua.dossiers.subscribers import dossier_id
from motcua.mandates.models import Mandate
from motcua.mandates.queries import mandates_about, mandates_by_id
from motcua.notices import actions as notices
from motcua.notices.models import Follow, Notice
from motcua.notices.queries import followers
from motcua.payments.models import Bill
from motcua.telling.holding import members_of, owners
from motcua.telling.words import MANDATES, MONEY, TOLD, told, told_of_money

Referring = TypeVar("Referring", Follow, Mandate)


def tell_filers(facts: Sequence[Row]) -> None:
    """Put a notice into the inbox of each dossier's filer, of whom the filer authorised, and of who follows it.

    What was filed at the counter has no inbox; of what was filed for an organisation hears who represents it. At most
    five queries a batch, beside the notices.
    """
    streams = {fact.stream for fact in facts}
    dossiers = Dossier.objects.in_bulk({dossier_id(fact) for fact in facts})
    takers, following = by_reference(mandates_about(streams)), by_reference(followers(streams))
    members = members_of(each.organisation for each in dossiers.values())
    written: list[Notice] = []
    for fact in facts:
        dossier = dossiers.get(dossier_id(fact))
        if dossier is None:
            continue
        told_whole = owners(dossier, members, fact) + authorised(takers[fact.stream], fact)
        written += [notice(fact, dossier, citizen) for citizen in told_whole]
        written += [
            public_notice(fact, dossier, each)
            for each in following[fact.stream]
            if each.citizen_id not in told_whole and each.since <= fact.at and public(fact)
        ]
    notices.tell(written)


def tell_takers(facts: Sequence[Row]) -> None:
    """Tell who was authorised that they were, and that it is over; who laid it down knows."""
    mandates = {str(each.id): each for each in mandates_by_id([fact.stream.partition(":")[2] for fact in facts])}
    written = []
    for fact in facts:
        mandate = mandates[fact.stream.partition(":")[2]]
        if fact.actor == f"citizen:{mandate.taker_id}":
            continue
        vi, en = MANDATES[fact.name]
        giver, at = mandate.giver.full_name, fact.at
        title, title_en = vi.format(giver=giver), en.format(giver=giver)
        written.append(
            Notice(
                fact=fact.id, citizen_id=mandate.taker_id, title=title, title_en=title_en, link="/tai-khoan/", at=at
            )
        )
    notices.tell(written)


def tell_payers(facts: Sequence[Row]) -> None:
    """Tell the filer, and whom the filer authorised, what is owed, what came in and what went back. Four queries a
    batch, beside the notices; who follows hears nothing of money."""
    bills = Bill.objects.in_bulk({dossier_id(fact) for fact in facts})
    about = {fact.id: bills[dossier_id(fact)].reference for fact in facts if dossier_id(fact) in bills}
    streams = {stream for stream in about.values() if stream.startswith("dossier:")}
    dossiers = {
        each.stream: each for each in Dossier.objects.filter(pk__in=[each.partition(":")[2] for each in streams])
    }
    takers, written = by_reference(mandates_about(streams)), list[Notice]()
    members = members_of(each.organisation for each in dossiers.values())
    for fact in facts:
        dossier = dossiers.get(about.get(fact.id, ""))
        if dossier is None or told_elsewhere(fact):
            continue
        title, title_en, body = told_of_money(fact.name, dossier.code, fact.data)
        asked = owners(dossier, members, fact) + authorised(takers[dossier.stream], fact)
        link = f"/ho-so/{dossier.code}/"
        written += [
            Notice(fact=fact.id, citizen_id=who, title=title, title_en=title_en, body=body, link=link, at=fact.at)
            for who in asked
        ]
    notices.tell(written)


def told_elsewhere(fact: Row) -> bool:
    """A bill from the middle of the process is told by the dossier's fact; one of nothing is no news."""
    made = fact.name == "payments.bill_made"
    return made and (fact.data["purpose"] != "advance" or not fact.data["total_vnd"])


def by_reference(rows: Iterable[Referring]) -> defaultdict[str, list[Referring]]:
    """The rows by what they are about."""
    found: defaultdict[str, list[Referring]] = defaultdict(list)
    for each in rows:
        found[each.reference].append(each)
    return found


def authorised(mandates: Iterable[Mandate], fact: Row) -> list[UUID]:
    """Who held one of the mandates when this happened."""
    return [each.taker_id for each in mandates if held(each, fact)]


def held(mandate: Mandate, fact: Row) -> bool:
    """Whether the mandate held when this happened: told again from the facts, the same people hear of it."""
    over = mandate.revoked_at is not None and mandate.revoked_at <= fact.at
    return mandate.given_at <= fact.at and local(fact.at).date() <= mandate.until and not over


def notice(fact: Row, dossier: Dossier, citizen: UUID) -> Notice:
    """What the filer, or whom the filer authorised, is told about one fact."""
    title, title_en, body = told(fact.name, dossier.code, fact.data)
    return Notice(
        fact=fact.id,
        citizen_id=citizen,
        title=title,
        title_en=title_en,
        body=body,
        link=f"/ho-so/{dossier.code}/",
        at=fact.at,
    )


def public(fact: Row) -> bool:
    """Whether the public page of the code shows what this fact changed: the state, the date, the agency."""
    return fact.data["from"] != fact.data["to"] or fact.name in {"dossiers.extended", "dossiers.arrived_at_agency"}


def public_notice(fact: Row, dossier: Dossier, follow: Follow) -> Notice:
    """What who follows is told: that it moved, never why; it leads to the public page."""
    title, title_en, _reason = told(fact.name, dossier.code, fact.data)
    link = f"/tra-cuu/?ma={dossier.code}"
    return Notice(fact=fact.id, citizen_id=follow.citizen_id, title=title, title_en=title_en, link=link, at=fact.at)


# A notice stands once for its fact and person: replayed, what was told stays, with its mark of having been read.
TAKERS = Subscriber("telling.mandates", frozenset(MANDATES), tell_takers, lambda: None)
NOTICES = Subscriber("dossiers.notices", frozenset(TOLD), tell_filers, lambda: None)
PAYERS = Subscriber("telling.money", frozenset(MONEY), tell_payers, lambda: None)
