"""Every address of the house that takes a code or an id, and a ward in which there is one of everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from motcua.base.ids import new_id
from motcua.catalogue.models import Edition, RecordedRun
from motcua.desks.models import Group, Note, Queue, SavedView, SheetRun, Ticket
from motcua.dossiers import queries as dossiers
from motcua.drafts.actions import start_draft
from motcua.fees.rules import Line
from motcua.mandates.models import Mandate
from motcua.opinions.models import Opinion
from motcua.payments.actions import make_bill
from motcua.payments.actions.billing import Owed
from motcua.payments.models import Reconciliation
from motcua.people.models import Agency, Citizen, Officer, Substitution
from motcua.results.actions import hand_over
from motcua.vault.models import Item, Share, Version
from tests.certifying.copies import certified
from tests.node import BIRTH, DAY, Node
from tests.results.decided import HOUR, documented


@dataclass(frozen=True)
class Address:
    """One pattern: its name with its face ("desk:copy"), how it is put together, and what kind each place is."""

    name: str
    route: str
    places: dict[str, str]

    def at(self, values: dict[str, Any]) -> str:
        """The address with ``values`` in its places, as a browser would send it: nothing is checked here."""
        path = "/" + self.route
        for place in self.places:
            head, _, rest = path.partition("<")
            _, _, tail = rest.partition(">")
            path = f"{head}{values[place]}{tail}"
        return path


def addresses() -> list[Address]:
    """Those with at least one place to fill in."""
    return list(_walked(get_resolver(), "", "", {}))


def _walked(here: URLResolver, face: str, route: str, kinds: dict[str, str]) -> Iterator[Address]:
    for each in here.url_patterns:
        part = "" if isinstance(each.pattern, LocalePrefixPattern) else str(each.pattern)
        known = kinds | {place: type(kind).__name__ for place, kind in each.pattern.converters.items()}
        if isinstance(each, URLResolver):
            yield from _walked(each, each.namespace or face, route + part, known)
        elif isinstance(each, URLPattern) and known:
            yield Address(f"{face}:{each.name}", route + part, known)


def made(kind: type[Model], /, **values: Any) -> UUID:
    """The id of a new row."""
    return kind.objects.create(id=new_id(), **values).pk  # type: ignore[attr-defined]


def everything_of(node: Node) -> dict[str, Any]:
    """What ward Hoa Sen and the mother have, by the name of the place or, where that says too little, of the address."""
    ward, noon = node.agency, node.noon
    dossier = node.submitted()
    lan, officer = Citizen.objects.get(pk=node.mother.id), Officer.objects.get(pk=node.clerk.id)
    result = documented(node, reference=dossier.stream)
    hand_over(result.reference, by=node.reception, at=noon)
    paper = dossiers.papers_of(dossier)[0]
    copy = certified(node, presenter=lan.id, presenter_identity=lan.identity_number)
    published = Edition.objects.get(procedure__code=BIRTH, state="published")
    bill = make_bill(
        Owed(dossier.stream, ward.id, "advance", (Line("Lệ phí", "fee", 8_000),)), by=node.reception, at=noon
    )
    queue = Queue.objects.create(agency=ward, letter="A", name="Hộ tịch")
    item = made(Item, citizen=lan, kind="result", key="k", title="Giấy khai sinh")
    version = made(Version, item_id=item, source=f"result:{result.id}", result=result, number=result.number, at=noon)
    until = DAY + timedelta(days=5)
    sheet = {"agency": ward, "officer": officer, "edition": published, "file_id": paper.file_id, "receive": False}
    taker = Citizen.objects.get(account__login="ong.tu")
    return {
        "code": dossier.code,
        "dossier": dossier.code,
        "paper": paper.id,
        "copy": copy.id,
        "place": 1,
        "slug": "nhan",
        "number": bill.number,
        "result": result.id,
        "edition": published.id,
        "draft": start_draft(published.id, {}, by=node.mother, at=noon).id,
        "section": "nguoi-yeu-cau",
        "view": made(SavedView, agency=ward, officer=officer, name="Của tôi", query="", role=""),
        "note": made(Note, dossier=dossier, agency=ward, officer=officer, text="Gọi lại", written_at=noon),
        "run": made(SheetRun, **sheet, name="a.xlsx", next_row=1, last_row=1, sent_at=noon),
        "ticket": made(Ticket, agency=ward, queue=queue, day=DAY, number=1, given_at=noon),
        "group": Group.objects.create(code="N-1", name="Nhóm", agency=ward, made_at=noon).code,
        "opinion": made(
            Opinion,
            dossier=dossier,
            title="Hỏi",
            question="?",
            asked_by=ward,
            asked_at=noon,
            due_at=noon + HOUR,
            agency=Agency.objects.get(code="H99.102"),
        ),
        "absence": made(
            Substitution,
            absent=officer,
            substitute_id=node.reception.id,
            agency=ward,
            valid_from=DAY,
            valid_until=until,
            reason="Nghỉ phép",
        ),
        "item": item,
        "version": version,
        "share": made(
            Share,
            version_id=version,
            given_by=lan,
            identity_number=taker.identity_number,
            purpose="Vay",
            given_at=noon,
            until=until,
        ),
        "mandate": made(
            Mandate, giver=lan, taker=taker, reference=dossier.stream, basis="Giấy", given_at=noon, until=until
        ),
        "row": made(Reconciliation, provider="sandbox", day=DAY, rows=[], at=noon),
        "recorded": made(
            RecordedRun,
            procedure=published.procedure,
            name="r",
            content={},
            recorded_at=noon,
            recorded_by="x",
            retired_at=noon,
            retired_because="y",
        ),
        "procedure": BIRTH,
        "event": "sinh-con",
        "field": "ho-tich",
        "step": "tham-tra",
        "path": "ho_ten",
        "kind": "excel",
        "form": "01",
        "fact": 1,
        "provider": "sandbox",
        "agency": ward.code,
        "key": "giay-chung-sinh",
        "copy_slug": "tra",
        "bill_slug": "mien",
        "result_slug": "thu-hoi",
    }


# Where the name of a place says too little: the address and the place, and which of the values stands there.
ELSEWHERE = {
    "api:procedure:code": "procedure", "api:agencies:code": "procedure", "portal:event:code": "event",
    "portal:field:code": "field", "portal:procedure:code": "procedure", "designer:procedure:code": "procedure",
    "designer:next_edition:code": "procedure", "designer:once_procedure:code": "procedure",
    "designer:once_known:code": "procedure", "desk:group:code": "group", "desk:group_out:code": "group",
    "designer:section:code": "section", "designer:question_new:code": "section", "designer:step:code": "step",
    "designer:step_move:code": "step", "designer:step_remove:code": "step", "designer:run_retire:run": "recorded",
    "desk:copy_act:slug": "copy_slug", "desk:bill_act:slug": "bill_slug", "desk:registered_change:slug": "result_slug",
}  # fmt: skip


def values_for(address: Address, known: dict[str, Any]) -> dict[str, Any]:
    """What stands in its places when everything is there."""
    return {place: known[ELSEWHERE.get(f"{address.name}:{place}", place)] for place in address.places}
