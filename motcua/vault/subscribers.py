"""What comes into a vault by itself: results handed over, papers that an officer accepted.

Ids follow from what they name, so reading the same facts again changes nothing: a replay needs no emptying, and what
was shared or used stays what it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.base.models import Fact
from motcua.base.text import words
from motcua.catalogue.queries import plan
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.results.models import Result
from motcua.vault.models import Item, Version, item_id
from motcua.vault.states import CERTIFIED_COPY, COPY, PAPER, RESULT

OTHER = "khac"  # the code of files that stand for no paper of the edition


def keep(facts: Sequence[Row]) -> None:
    """Put what these facts tell of into the vaults it belongs to, and let go of what ended without a grant."""
    handed = {_id(fact): fact.at for fact in facts if fact.name == "results.handed_over"}
    accepted: dict[UUID, list[datetime]] = defaultdict(list)
    for fact in facts:
        if fact.name == "dossiers.received" or fact.data.get("granted"):  # a refusal accepts nothing
            accepted[_id(fact)].append(fact.at)
    keep_results(handed)
    keep_papers(accepted)
    let_go({_id(fact) for fact in facts if fact.name in ENDS or fact.data.get("granted") is False})  # a refusal too


def keep_results(handed: dict[UUID, datetime]) -> None:
    """The results with these ids, each for who holds it; one that belongs to nobody here is in no vault."""
    for result in Result.objects.filter(id__in=handed).order_by("issued_at", "id").defer("content"):
        if holder := _holder_of(result):
            kind = COPY if result.kind == CERTIFIED_COPY else RESULT
            item = _item(holder, kind, f"{kind}:{result.id}", result.title)
            _write(item, Version(source=result.stream, result=result, number=result.number,
                                 agency_id=result.agency_id, at=handed[result.id]))  # fmt: skip


def keep_papers(accepted: dict[UUID, list[datetime]]) -> None:
    """The papers that lay in these dossiers when an officer received or granted them, for who filed for himself, or for
    the organisation that the filer represented.

    What was filed for somebody else is no business of the filer's vault, and what a filer says of somebody else must
    not fill a stranger's. What was taken from a vault is there already.
    """
    ours = Q(dossier__on_behalf_of={}) | Q(dossier__on_behalf_of__has_key="organisation")
    found = DossierPaper.objects.filter(ours, dossier__in=accepted, source="")
    found = found.exclude(dossier__filed_by=None).select_related("dossier__standing")
    compared = _compared(accepted)
    for paper in found.order_by("added_at", "id").defer("dossier__answers"):
        if at := next((each for each in accepted[paper.dossier_id] if paper.added_at <= each), None):
            dossier = paper.dossier
            item = _item(_owner_of(dossier), PAPER, *_named(paper))
            _write(item, Version(source=f"paper:{paper.id}", file_id=paper.file_id, number=dossier.code,
                                 label=paper.label, agency_id=dossier.standing.agency_id, at=at, vouched_at=at,
                                 compared=(dossier.id, paper.paper) in compared and _at_filing(paper)))  # fmt: skip


def let_go(dossiers: Iterable[UUID]) -> None:
    """What was accepted only with these dossiers, which ended without what was asked for, is vouched for by nobody; what
    was compared with its original at the counter stays what it is (docs/vault.md)."""
    papers = DossierPaper.objects.filter(dossier__in=dossiers, source="").values_list("id", flat=True)
    Version.objects.filter(source__in=[f"paper:{each}" for each in papers]).update(vouched_at=None)


def _compared(dossiers: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Of these dossiers, the papers whose original was counted at the counter when they were filed."""
    told = Fact.objects.filter(name="desks.papers_counted", stream__in=[f"papers:{each}" for each in dossiers])
    return {
        (UUID(fact["dossier"]), paper)
        for fact in told.values_list("data", flat=True)
        for paper, originals, *_ in (count.split(":") for count in fact["counts"]) if int(originals)
    }  # fmt: skip


def _at_filing(paper: DossierPaper) -> bool:
    """Whether an officer scanned it when the dossier was taken in on paper."""
    return paper.dossier.channel != "online" and paper.added_at == paper.dossier.submitted_at


def _named(paper: DossierPaper) -> tuple[str, str]:
    """The key and title of a paper: the same name is the same paper, whichever procedure asked for it."""
    names: Iterable[tuple[str, str]] = (
        (each.code, each.name) for each in plan(paper.dossier.edition_id).definition.papers
    )
    name = dict(names).get(paper.paper, "")
    return (f"paper:{'-'.join(words(name))}", name) if name else (f"file:{paper.id}", "Giấy tờ khác")


def _holder_of(result: Result) -> dict[str, UUID | None]:
    """An organisation's result is the organisation's, not of the person who filed for it."""
    if result.holder_organisation_id:
        return {"organisation_id": result.holder_organisation_id}
    return {"citizen_id": result.holder_id} if result.holder_id else {}


def _owner_of(dossier: Dossier) -> dict[str, UUID | None]:
    whose = dossier.organisation
    return {"organisation_id": whose} if whose else {"citizen_id": dossier.filed_by_id}


def _item(holder: dict[str, UUID | None], kind: str, key: str, title: str) -> Item:
    whose = next(iter(holder.values()))
    assert whose is not None  # whoever calls has looked
    return Item(id=item_id(whose, key), kind=kind, key=key, title=title, **holder)


def _write(item: Item, version: Version) -> None:
    Item.objects.bulk_create([item], ignore_conflicts=True)
    version.id, version.item_id = item_id(item.id, version.source), item.id
    Version.objects.bulk_create([version], ignore_conflicts=True)


def _id(fact: Row) -> UUID:
    return UUID(fact.stream.partition(":")[2])


ENDS = frozenset({"dossiers.withdrawn", "dossiers.stopped", "dossiers.refused_to_receive"})
FACTS = frozenset({"results.handed_over", "dossiers.received", "dossiers.decided"}) | ENDS
KEPT = Subscriber("vault.kept", FACTS, keep, lambda: None, batch=100)
