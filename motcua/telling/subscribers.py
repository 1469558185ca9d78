"""What happens because of facts about a dossier: notices to its filer, and to who follows it."""

from collections.abc import Sequence

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.dossiers.models import Dossier
from motcua.dossiers.subscribers import dossier_id
from motcua.notices import actions as notices
from motcua.notices.models import Follow, Notice
from motcua.notices.queries import followers
from motcua.telling.words import TOLD, told


def tell_filers(facts: Sequence[Row]) -> None:
    """Put a notice into the inbox of each dossier's filer, and of who follows it; at the counter nobody has an inbox."""
    dossiers = Dossier.objects.in_bulk({dossier_id(fact) for fact in facts})
    following: dict[str, list[Follow]] = {}
    for each in followers({fact.stream for fact in facts}):
        following.setdefault(each.reference, []).append(each)
    written: list[Notice] = []
    for fact in facts:
        if (dossier := dossiers.get(dossier_id(fact))) and dossier.filed_by_id:
            written.append(notice(fact, dossier))
        written += [
            public_notice(fact, dossier, each)
            for each in following.get(fact.stream, ())
            if dossier and each.citizen_id != dossier.filed_by_id and each.since <= fact.at and public(fact)
        ]
    notices.tell(written)


def notice(fact: Row, dossier: Dossier) -> Notice:
    """What the filer is told about one fact."""
    title, title_en, body = told(fact.name, dossier.code, fact.data)
    return Notice(
        fact=fact.id,
        citizen_id=dossier.filed_by_id,
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


NOTICES = Subscriber("dossiers.notices", frozenset(TOLD), tell_filers, notices.forget_all)
