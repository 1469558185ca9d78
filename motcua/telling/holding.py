"""Who holds a result is told what became of it; and who hears of what belongs to an organisation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.dossiers.models import Dossier
from motcua.notices import actions as notices
from motcua.notices.models import Notice
from motcua.people.models import Membership
from motcua.results.models import Result
from motcua.telling.words import RESULTS, told_of_result

Members = defaultdict[UUID, list[Membership]]


def members_of(organisations: Iterable[UUID | None]) -> Members:
    """Who represents each of these organisations today. One query, none for no organisation."""
    found: Members = defaultdict(list)
    wanted = set(organisations) - {None}
    for each in Membership.objects.filter(organisation__in=wanted) if wanted else ():
        found[each.organisation_id].append(each)
    return found


def represented_by(members: Members, organisation: UUID, fact: Row) -> list[UUID]:
    """Who of them represented the organisation already when this happened: told again from the facts, nobody new hears
    of it. Ids are ordered in time."""
    return [each.citizen_id for each in members[organisation] if each.id < fact.id]


def owners(dossier: Dossier, members: Members, fact: Row) -> list[UUID]:
    """Whose dossier it is: its filer, or who represents the organisation that it was filed for."""
    theirs = dossier.organisation
    return represented_by(members, theirs, fact) if theirs else [dossier.filed_by_id] if dossier.filed_by_id else []


def tell_holders(facts: Sequence[Row]) -> None:
    """Tell who holds a result what became of it; of an organisation's, who represents it. Three queries a batch, beside
    the notices."""
    results = Result.objects.defer("content").in_bulk({UUID(fact.stream.partition(":")[2]) for fact in facts})
    members, codes = members_of(its.holder_organisation_id for its in results.values()), codes_of(results.values())
    written = []
    for fact in facts:
        its = results[UUID(fact.stream.partition(":")[2])]
        title, title_en, body = told_of_result(fact.name, its.title, fact.data)
        theirs = its.holder_organisation_id
        whom = represented_by(members, theirs, fact) if theirs else [its.holder_id]
        link = f"/ho-so/{codes[its.reference]}/" if its.reference in codes else "/tai-khoan/"
        written += [
            Notice(fact=fact.id, citizen_id=who, title=title, title_en=title_en, body=body, link=link, at=fact.at)
            for who in whom
            if who
        ]
    notices.tell(written)


def codes_of(results: Iterable[Result]) -> dict[str, str]:
    """The codes of the dossiers that these results answer, by reference. One query."""
    ids = [each.reference.partition(":")[2] for each in results if each.reference.startswith("dossier:")]
    return {f"dossier:{key}": code for key, code in Dossier.objects.filter(pk__in=ids).values_list("id", "code")}


HOLDERS = Subscriber("telling.results", frozenset(RESULTS), tell_holders, lambda: None)
