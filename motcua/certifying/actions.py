"""Every write to a copy: taken in, compared, certified, refused, cancelled, handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.base import files, ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import StoredFile
from motcua.base.text import clean, fold
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.certifying import documents, events, rules
from motcua.certifying.models import Copy, Scan
from motcua.certifying.ports import Scans
from motcua.certifying.states import GROUNDS, MACHINE, State
from motcua.payments.actions import ask_refund, make_bill
from motcua.payments.actions import cancel as cancel_bill
from motcua.payments.actions.billing import Owed
from motcua.payments.models import Bill
from motcua.people.models import Agency, Citizen, Officer
from motcua.people.rules import check_identity_number
from motcua.people.states import DECLARED
from motcua.results import actions as results
from motcua.results.rules import UNLIMITED
from motcua.vault.states import CERTIFIED_COPY, COPY_OF

KIND = TEMPLATE = CERTIFIED_COPY
BOOK_READERS = frozenset({"reception", "clerk", "head", "approver"})


@dataclass(frozen=True)
class Request:
    """What is asked at the counter. ``id`` is the same however often it is sent; ``presenter`` is the citizen whose
    card was seen, ``scans`` are the hashes of kept files in their order."""

    id: UUID
    original: rules.Original
    scans: Sequence[str]
    presenter_name: str
    presenter_identity: str = ""
    presenter: UUID | None = None


def take(request: Request, *, by: Actor, at: datetime) -> Copy:
    """Take a request in at the actor's agency; sent twice it is one. The scans are tried out before anything is held.

    Raises `Forbidden` ``agency_not_certifying``, `NotFound` ``copy_unknown`` for the id of another agency's copy, and
    `Invalid` ``presenter_missing``, ``presenter_unproven``, ``identity_number_…``, ``scan_…`` or as `rules.checked`;
    nothing is written then.
    """
    by.must_have({"reception"})
    if not Agency.objects.filter(pk=by.agency, level__in=rules.CERTIFIES).exists():
        raise Forbidden("agency_not_certifying")
    if known := _known(request.id, by):
        return known
    copy, scans = _made(request, by, at), _scans(request.scans)
    copy.pages = sum(pages for _, pages in scans)
    if copy.pages > rules.MAX_PAGES:
        raise Invalid("scan_too_long", limit=rules.MAX_PAGES)
    try:
        return _put_down(copy, scans, by, at)
    except IntegrityError as clash:  # the same page, sent twice at once
        if "certifying_copy_pkey" in str(clash) and (known := _known(request.id, by)):
            return known
        raise


@transaction.atomic
def _put_down(copy: Copy, scans: list[tuple[StoredFile, int]], by: Actor, at: datetime) -> Copy:
    copy.save(force_insert=True)
    Scan.objects.bulk_create(
        Scan(copy=copy, place=place, file=file, pages=pages) for place, (file, pages) in enumerate(scans, 1)
    )
    told = events.Taken(str(copy.agency_id), copy.pages, tuple(file.sha256 for file, _ in scans))
    ledger.append(copy.stream, [told], by=by, at=at, after=ledger.NOTHING)
    return copy


@transaction.atomic
def compare(copy_id: UUID, *, by: Actor, at: datetime) -> Copy:
    """State that the scan agrees with the original. Effects: the bill for it. Raises `Forbidden`, `Refused`
    ``wrong_state``."""
    copy = _moving(copy_id, "compare", by)
    bill = make_bill(Owed(copy.stream, copy.agency_id, "final", rules.fee_lines(copy.pages)), by=by, at=at)
    told = events.Compared(rules.STATEMENT, bill.total_vnd)
    return _record(copy, told, by, at, state=State.COMPARED, compared_at=at, compared_by_id=UUID(by.id))


@transaction.atomic
def certify(copy_id: UUID, *, by: Actor, at: datetime) -> Copy:
    """Certify a compared copy: the next number in the book of the year, and the result with its document to come.

    Numbers run per agency and local year without a gap: one that is not committed was never given. Raises `Forbidden`,
    `Refused` ``wrong_state``.
    """
    copy, year = _moving(copy_id, "certify", by), local(at).year
    number = numbering.next_number(f"copies:{copy.agency_id}:{year}")
    signer = Officer.objects.get(pk=by.id)
    issued = results.Issue(
        reference=copy.stream,
        kind=KIND,
        title=COPY_OF + copy.title,
        template=TEMPLATE,
        agency=copy.agency_id,
        holder=copy.presenter_id,
        holder_name=copy.presenter_name,
        content=documents.content_of(copy, number, year, signer),
        validity=UNLIMITED,
        signer=signer.id,
    )
    result = results.issue(issued, by=by, at=at)
    told = events.Certified(number, rules.book_name(year), result.number)
    ended = {"ended_at": at, "ended_by_id": signer.id}
    return _record(copy, told, by, at, state=State.CERTIFIED, year=year, number=number, result=result, **ended)


@transaction.atomic
def refuse(copy_id: UUID, ground: str, note: str = "", *, by: Actor, at: datetime) -> Copy:
    """Refuse for a ground of the law (``states.GROUNDS``). Effects: takes no number; an open bill is cancelled, what was
    paid goes back. Raises `Forbidden`, `Invalid` ``ground_unknown``, ``reason_too_long``, `Refused` ``wrong_state``."""
    copy = _moving(copy_id, "refuse", by)
    if ground not in GROUNDS:
        raise Invalid("ground_unknown")
    said = _written(note)
    _drop_bill(copy, GROUNDS[ground][0], by=by, at=at)
    return _end(copy, events.Refused(ground, said), State.REFUSED, by, at, ground=ground, note=said)


@transaction.atomic
def cancel(copy_id: UUID, reason: str, *, by: Actor, at: datetime) -> Copy:
    """Drop a request that was made by mistake or is no longer wanted. Effects and errors as `refuse`; `Refused`
    ``reason_missing``."""
    copy, why = _moving(copy_id, "cancel", by), _written(reason)
    if not why:
        raise Refused("reason_missing")
    _drop_bill(copy, why, by=by, at=at)
    return _end(copy, events.Cancelled(why), State.CANCELLED, by, at, note=why)


@transaction.atomic
def hand_over(copy_id: UUID, *, by: Actor, at: datetime) -> Copy:
    """Give the certified copy to who presented the original. Effects: it shows in that person's account.

    Raises `Forbidden`, `Refused` ``wrong_state``, ``copy_not_paid``, ``copy_handed_over``, ``result_not_ready``.
    """
    copy = _moving(copy_id, "hand_over", by)
    if copy.result is None or copy.result.handed_over_at:
        raise Refused("copy_handed_over", number=copy.number)
    if owed := Bill.objects.filter(reference=copy.stream, state="open").first():
        raise Refused("copy_not_paid", bill=owed.number)
    copy.result = results.hand_over(copy.stream, by=by, at=at)
    return copy


def look(copy: Copy, purpose: str, *, by: Actor, at: datetime) -> None:
    """Record that ``by`` opened the scan; one fact per reader, copy and day."""
    stream = f"look:citizen:{copy.presenter_id or 'none'}:copy:{copy.id}:{by.ref}:{local(at):%y%m%d}"
    told = events.Looked(str(copy.id), str(copy.presenter_id or ""), by.agency, purpose)
    ledger.append_once(stream, told, by=by, at=at)


def take_book(year: int, lines: int, *, by: Actor, at: datetime) -> None:
    """Record that the book of a year was taken out as a file. Raises `Forbidden`."""
    by.must_have(BOOK_READERS)
    ledger.append(f"copies:{by.agency}:{year}", [events.BookTaken(by.agency, year, lines)], by=by, at=at)


def _known(copy_id: UUID, by: Actor) -> Copy | None:
    """The copy that has this id already. Raises `NotFound` ``copy_unknown`` for another agency's."""
    found = Copy.objects.filter(pk=copy_id).first()
    if found and str(found.agency_id) != by.agency:
        raise NotFound("copy_unknown")
    return found


def _made(request: Request, by: Actor, at: datetime) -> Copy:
    original, name = rules.checked(request.original, local(at).date()), clean(request.presenter_name)
    if not name:
        raise Invalid("presenter_missing")
    if len(name) > rules.MAX_TEXT:
        raise Invalid("original_too_long", limit=rules.MAX_TEXT)
    identity = request.presenter_identity and check_identity_number(request.presenter_identity).number
    presenter = _presenter(request.presenter, identity)
    name = presenter.full_name if presenter else name
    return Copy(
        id=request.id,
        agency_id=by.agency,
        presenter=presenter,
        presenter_name=name,
        presenter_identity=identity,
        title=original.title,
        original_number=original.number,
        issued_by=original.issued_by,
        issued_on=original.issued_on,
        folded=fold(" ".join([original.title, original.number, name, identity])),
        taken_at=at,
        taken_by_id=UUID(by.id),
    )


def _presenter(citizen: UUID | None, identity: str) -> Citizen | None:
    """Whose account the copy goes to: verified, and with the number on the card, or nobody's."""
    if citizen is None:
        return None
    found = (
        Citizen.objects.filter(pk=citizen, identity_number=identity or None).exclude(verification=DECLARED).first()
    )
    if found is None:
        raise Invalid("presenter_unproven")
    return found


def _scans(hashes: Sequence[str]) -> list[tuple[StoredFile, int]]:
    """The kept files in their order, each with its pages. Raises `Invalid` ``scan_empty``, ``scan_…``."""
    kept = StoredFile.objects.in_bulk(set(hashes), field_name="sha256")
    if not hashes or len(kept) < len(set(hashes)):
        raise Invalid("scan_empty")
    found = []
    for each in hashes:
        with files.open_file(each) as content:
            found.append((kept[each], provider(Scans).pages(content.read(), kept[each].media_type)))
    return found


def _moving(copy_id: UUID, verb: str, by: Actor) -> Copy:
    """The copy, held until the end of the transaction, after state, role and agency were checked."""
    found = Copy.objects.select_for_update(of=("self",)).select_related("result").filter(pk=copy_id).first()
    if found is None or str(found.agency_id) != by.agency:
        raise NotFound("copy_unknown")
    MACHINE.check(verb, found.state, by)
    return found


def _record(copy: Copy, event: object, by: Actor, at: datetime, **changes: Any) -> Copy:
    for name, value in changes.items():
        setattr(copy, name, value)
    Copy.objects.filter(pk=copy.pk).update(**changes)
    ledger.append(copy.stream, [event], by=by, at=at)
    return copy


def _end(copy: Copy, event: object, state: State, by: Actor, at: datetime, **changes: Any) -> Copy:
    return _record(copy, event, by, at, state=state, ended_at=at, ended_by_id=UUID(by.id), **changes)


def _drop_bill(copy: Copy, reason: str, *, by: Actor, at: datetime) -> None:
    """Nothing is owed any more: what waits is cancelled, what was paid is asked back. Raises as `payments`."""
    for bill in Bill.objects.filter(reference=copy.stream, state__in=["open", "paid"]):
        if bill.state == "open":
            cancel_bill(bill.id, reason, by=by, at=at)
        else:
            for paid in bill.attempts.filter(state="paid"):
                ask_refund(paid.id, reason, by=by, at=at)


def _written(text: str) -> str:
    said = clean(text.replace("\x00", ""))
    if len(said) > rules.MAX_REASON:
        raise Invalid("reason_too_long", limit=rules.MAX_REASON)
    return said
