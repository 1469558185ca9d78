"""Who looked at a person's or an organisation's data: one list of everything that is recorded of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.base import ledger
from motcua.base.ledger import Row
from motcua.base.models import Fact
from motcua.base.worktime import local
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Citizen, Officer, Organisation, Post
from motcua.people.states import DECLARED
from motcua.results.models import Result
from motcua.vault.models import Version

PAGE = 50
MOST_DOSSIERS, MOST_RESULTS = 500, 500  # of one holder, the newest, that are looked for
# One range of streams for each thing, read through the index of streams: the order inside makes sure of that (a plain
# join was read as a scan of the whole ledger). It holds where text is sorted by code points, as embedded.
RANGES = """
SELECT f.* FROM unnest(%s::text[]) AS held (begins) CROSS JOIN LATERAL (
  SELECT * FROM base_fact WHERE stream > held.begins AND stream < left(held.begins, -1) || ';'
  ORDER BY stream, seq LIMIT 5000) f
WHERE f.name = ANY(%s) AND NOT (f.actor = ANY(%s)) AND (f.at, f.id) < (%s, %s) ORDER BY f.at DESC, f.id DESC LIMIT %s
"""
Filed = tuple[str, bool]  # the code of a dossier, and whether the person filed it
UNKNOWN: Filed = ("", False)
LAST = UUID(int=2**128 - 1)


class Key(NamedTuple):
    """After which line a page begins."""

    at: datetime
    fact: UUID = LAST


@dataclass(frozen=True, slots=True)
class Look:
    """One read: when, by whom, from which agency, what for, and what of: ``dossier`` (a code) or ``title``."""

    key: Key
    kind: str  # dossier, taken, identity, result, copy, vault
    who: str
    agency: str
    purpose: str
    dossier: str
    filed: bool  # by the person: then the dossier's page is open to him or her
    title: str
    procedure: str


def looks_at_person(who: Citizen, *, before: Key, limit: int = PAGE) -> list[Look]:
    """Reads by others of the person's dossiers, results, identity and vault, newest first; one more than ``limit``
    where there is more. At most nine queries.

    A dossier is the person's who filed it, and of the person in whose name it stands once that number was proven; what
    was filed for an organisation is the organisation's.
    """
    mine = Q(filed_by=who, on_behalf_of__organisation__isnull=True)
    if who.identity_number and who.verification != DECLARED:
        mine |= Q(owner_identity=who.identity_number)
    found = Dossier.objects.filter(mine).order_by("-submitted_at").values_list("id", "code", "filed_by")
    dossiers = {dossier: (code, filer == who.id) for dossier, code, filer in found[:MOST_DOSSIERS]}
    results = _titles(Result.objects.filter(holder=who, holder_organisation=None))
    return _looks(who.id, dossiers, results, f"citizen:{who.id}", before, limit)


def looks_at_organisation(organisation: Organisation, *, before: Key, limit: int = PAGE) -> list[Look]:
    """Reads of the organisation's dossiers, results and vault by anybody, its members too. At most nine queries."""
    theirs = Dossier.objects.filter(owner_identity=organisation.tax_code)
    theirs = theirs.filter(on_behalf_of__organisation=str(organisation.id)).order_by("-submitted_at")
    dossiers = {dossier: (code, True) for dossier, code in theirs.values_list("id", "code")[:MOST_DOSSIERS]}
    results = _titles(Result.objects.filter(holder_organisation=organisation))
    return _looks(organisation.id, dossiers, results, "", before, limit)


def _titles(results: QuerySet[Result]) -> dict[UUID, str]:
    return dict(results.order_by("-issued_at").values_list("id", "title")[:MOST_RESULTS])


KINDS = {
    "dossiers.looked": "dossier",
    "printing.dossier_taken": "taken",
    "people.citizen_looked_up": "identity",
    "results.looked": "result",
    "certifying.looked": "copy",
    "vault.looked": "vault",
}


def _looks(
    holder: UUID, dossiers: dict[UUID, Filed], results: dict[UUID, str], oneself: str, before: Key, limit: int
) -> list[Look]:
    begins = [f"look-vault:{holder}:", f"look:citizen:{holder}:"]
    begins += [f"{kind}:{dossier}:" for dossier in dossiers for kind in ("look", "taken")]
    begins += [f"look-result:{result}:" for result in results]
    asked = [begins, list(KINDS), [oneself], before.at, before.fact, limit + 1]
    facts = [ledger.read(fact) for fact in Fact.objects.raw(RANGES, asked)]
    return _told(facts, {str(key): filed for key, filed in dossiers.items()}, {str(k): v for k, v in results.items()})


def _told(facts: Sequence[Row], dossiers: dict[str, Filed], results: dict[str, str]) -> list[Look]:
    officers = dict(Officer.objects.filter(id__in=_ids(facts, "officer")).values_list("id", "full_name"))
    people = dict(Citizen.objects.filter(id__in=_ids(facts, "citizen")).values_list("id", "full_name"))
    posts = list(Post.objects.filter(officer__in=officers).select_related("agency"))
    agencies = {str(post.agency_id): post.agency.name for post in posts}
    named = {fact.data.get("agency", "") for fact in facts} - {"", *agencies}
    agencies |= {str(key): name for key, name in Agency.objects.filter(id__in=named).values_list("id", "name")}
    seen = {fact.data["version"] for fact in facts if fact.data.get("version")}
    titles = {str(key): title for key, title in Version.objects.filter(id__in=seen).values_list("id", "item__title")}
    names = {str(key): name for key, name in [*officers.items(), *people.items()]}
    return [
        Look(
            key=Key(fact.at, fact.id),
            kind=KINDS[fact.name],
            who=names.get(fact.actor.partition(":")[2], ""),
            agency=agencies.get(fact.data.get("agency", ""), "") or _post_of(fact, posts),
            purpose=fact.data.get("purpose", ""),
            dossier=dossiers.get(fact.data.get("dossier", ""), UNKNOWN)[0],
            filed=dossiers.get(fact.data.get("dossier", ""), UNKNOWN)[1],
            title=titles.get(fact.data.get("version", "")) or results.get(fact.data.get("result", ""), ""),
            procedure=fact.data.get("procedure", ""),
        )
        for fact in facts
    ]


def _ids(facts: Iterable[Row], kind: str) -> set[str]:
    return {fact.actor.partition(":")[2] for fact in facts if fact.actor.startswith(f"{kind}:")}


def _post_of(fact: Row, posts: Sequence[Post]) -> str:
    """Where the officer sat on that day, for facts that do not tell; empty where nothing tells."""
    officer, day = fact.actor.partition(":")[2], local(fact.at).date()
    there = [
        post.agency.name for post in posts
        if str(post.officer_id) == officer and post.valid_from <= day <= (post.valid_until or day)
    ]  # fmt: skip
    return there[0] if there else ""
