"""A result comes to be: numbered at the decision, documented, handed over."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.base import files, ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import NotFound, Refused
from motcua.base.text import fold
from motcua.base.worktime import local
from motcua.people.models import Agency
from motcua.results.events import Documented, HandedOver, Issued, Signed
from motcua.results.models import Result, SignatureAsked
from motcua.results.rules import SAID, said, valid_until
from motcua.results.states import State

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: read aloud and typed by hand
NOT_HANDED_OVER: dict[str, str] = {
    State.SUSPENDED: "result_suspended",
    State.REVOKED: "result_revoked",
    State.REPLACED: "result_replaced",
}


@dataclass(frozen=True)
class Issue:
    """What a result says and to whom; ``content`` fills the template.

    ``validity`` are the words of the edition, ``granted`` False is a letter that refuses, ``signer`` the id of the
    officer who decided, ``holder_organisation`` the organisation it is for.
    """

    reference: str
    kind: str
    title: str
    template: str
    agency: UUID
    holder: UUID | None
    holder_name: str
    content: dict[str, Any]
    validity: str = ""
    granted: bool = True
    signer: UUID | None = None
    holder_organisation: UUID | None = None


def issue(issued: Issue, *, by: Actor, at: datetime) -> Result:
    """Number and record a result, in the caller's transaction; its document is made afterwards by a subscriber.

    Numbers run per agency and year: ``15/2026/KQ-H99.101``. Raises ``IntegrityError`` when ``reference`` has one.
    """
    agency = Agency.objects.get(pk=issued.agency)
    first = local(at).date()
    count = numbering.next_number(f"result:{agency.code}:{first.year}")
    result = Result.objects.create(
        number=f"{count}/{first.year}/KQ-{agency.code}",
        check_code="".join(secrets.choice(ALPHABET) for _ in range(8)),
        reference=issued.reference,
        kind=issued.kind,
        title=issued.title,
        template=issued.template,
        agency=agency,
        holder_id=issued.holder,
        holder_organisation_id=issued.holder_organisation,
        holder_name=issued.holder_name,
        holder_folded=fold(issued.holder_name),
        content=issued.content,
        granted=issued.granted,
        signer_id=issued.signer,
        validity=issued.validity,
        valid_from=first,
        valid_until=valid_until(issued.validity, first),
        issued_at=at,
    )
    words = said(*(getattr(result, each) for each in SAID))
    told = Issued(result.number, result.reference, result.kind, str(agency.id), words)
    ledger.append(result.stream, [told], by=by, at=at, after=ledger.NOTHING)
    return result


def document(result: Result, pdf: bytes, *, by: Actor, at: datetime, signed: Sequence[Signed] = ()) -> bool:
    """Keep the PDF of a result by its hash, with what is told of its signatures (none: it is not signed).

    Done twice, the first document stays; returns whether this one did. Effects: a stored file, the facts, and nobody is
    waited for any more.
    """
    stored = files.keep(pdf, "application/pdf", at=at)
    names = "; ".join(each.signer for each in signed)
    with transaction.atomic():
        if not Result.objects.filter(pk=result.pk, file=None).update(file=stored, signed_by=names):
            return False
        SignatureAsked.objects.filter(pk=result.pk).delete()
        ledger.append(result.stream, [*signed, Documented(result.number, stored.sha256)], by=by, at=at)
    return True


def held(result: UUID) -> State | None:
    """The state of a result, which stays so in the caller's transaction; None: there is none. Whoever changes the queue
    of signatures holds its result first: two who did it in different orders would wait for each other.
    """
    found = Result.objects.select_for_update(no_key=True).filter(pk=result).values_list("state", flat=True).first()
    return State(found) if found else None


def hand_over(reference: str, *, by: Actor, at: datetime) -> Result:
    """Put the result of ``reference`` into its holder's hands: from now on it shows in the holder's account.

    Done twice, the first time stays. Raises `NotFound` ``result_unknown``, `Refused` ``result_not_ready`` while its
    document is being made, and as `NOT_HANDED_OVER` says for one that does not count.
    """
    found = Result.objects.select_for_update(of=("self",)).select_related("replaced_by").filter(reference=reference)
    if (result := found.first()) is None:
        raise NotFound("result_unknown")
    if result.handed_over_at is not None:
        return result
    if code := NOT_HANDED_OVER.get(result.state):
        new = result.replaced_by.number if result.replaced_by else ""
        raise Refused(code, number=result.number, reason=result.state_reason, new=new)
    if result.file_id is None:
        raise Refused("result_not_ready", number=result.number)
    result.handed_over_at = at
    Result.objects.filter(pk=result.pk).update(handed_over_at=at)
    ledger.append(result.stream, [HandedOver(result.number)], by=by, at=at)
    return result
