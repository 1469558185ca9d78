"""Every read of results worth a name."""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.ledger import Row
from motcua.base.models import Fact
from motcua.base.text import clean, fold
from motcua.base.wires import provider
from motcua.people.models import Agency, Membership, Officer, Organisation, Post
from motcua.people.queries import heirs, with_predecessors
from motcua.people.rules import check_tax_code, names_organisation
from motcua.results.models import Result, SignatureAsked
from motcua.results.states import EXPIRED, MAY_SIGN, READERS, State
from motcua.signing.ports import Keys

PAGE = 50
WAITING = 200


@dataclass(frozen=True)
class Search:
    """What a page of the registry shows; empty is all. ``state`` may be `EXPIRED`. ``after``: the last row seen."""

    text: str = ""
    state: str = ""
    after: UUID | None = None


def in_force(result: Result, on: date) -> bool:
    """Whether the result gives on the day ``on`` what it says: granted, with its document, neither suspended nor ended
    nor expired. One whose last day is unknown counts while nobody took it back; ``validity_known`` tells that apart.
    """
    there = result.granted and result.file_id is not None
    return there and result.valid_from <= on and result.state_on(on) == State.ISSUED


def verified(number: str, check_code: str) -> Result:
    """The result with this number and the check code of its QR; raises `NotFound` ``result_not_verified`` otherwise.

    A wrong code and an unknown number get the same answer, so that numbers can't be tried out.
    """
    asked = Result.objects.select_related("agency", "file", "replaced_by")
    found = asked.filter(number=number.strip()[:80]).first()
    if found is None or not hmac.compare_digest(found.check_code, check_code.strip().upper()[:20]):
        raise NotFound("result_not_verified")
    return found


def results_of(holder: UUID | str) -> list[Result]:
    """Results handed over to a citizen, or to an organisation that he or she represents today, newest first; at most
    200. One query."""
    theirs = Membership.objects.filter(citizen=holder).values("organisation")
    mine = Q(holder=holder, holder_organisation=None) | Q(holder_organisation__in=theirs)
    found = Result.objects.select_related("agency").filter(mine, handed_over_at__isnull=False)
    return list(found.order_by("-issued_at")[:200])


def result_for(reference: str) -> Result | None:
    """The result that answers ``reference``, if it was issued."""
    return Result.objects.select_related("agency", "replaced_by").filter(reference=reference).first()


def by_id(result_id: UUID | str) -> Result:
    """The result for making its document; raises `NotFound`."""
    found = Result.objects.select_related("agency", "signer__account").filter(pk=result_id).first()
    if found is None:
        raise NotFound("result_unknown")
    return found


def by_file(sha256: str) -> Result | None:
    """The result whose document is this file, byte for byte. One query."""
    return Result.objects.select_related("agency", "replaced_by").filter(file=sha256).first()


def represented(filer: UUID | None, number: str) -> UUID | None:
    """The organisation with this tax code, if ``filer`` may act for it: then a result is the organisation's."""
    try:
        code = check_tax_code(number) if names_organisation(number) else ""
    except Invalid:
        return None
    found = Organisation.objects.filter(tax_code=code, memberships__citizen=filer) if filer else None
    return found.values_list("id", flat=True).first() if found is not None else None


def registered(by: Actor, search: Search, *, on: date) -> list[Result]:
    """One page of what the actor's agency and those it took over from issued, newest first. Two queries and one for each
    storey of predecessors; one row more than `PAGE` when there is a next page. Raises `Forbidden` ``wrong_role``."""
    by.must_have(READERS)
    found = Result.objects.select_related("agency", "replaced_by").filter(agency__in=with_predecessors(by.agency))
    found = _in_state(found, search.state, on)
    if text := clean(search.text.replace("\x00", "")):
        found = found.filter(Q(number__istartswith=text) | Q(holder_folded__contains=fold(text)))
    if last := Result.objects.filter(pk=search.after).first() if search.after else None:
        found = found.filter(Q(issued_at__lt=last.issued_at) | Q(issued_at=last.issued_at, pk__lt=last.pk))
    return list(found.defer("content").order_by("-issued_at", "-id")[: PAGE + 1])


def _in_state(found: QuerySet[Result], state: str, on: date) -> QuerySet[Result]:
    running = Q(state__in=[State.ISSUED, State.SUSPENDED])
    if state == EXPIRED:
        return found.filter(running, valid_until__lt=on)
    if state in set(State):
        found = found.filter(state=state)
        return found.filter(~running | Q(valid_until=None) | Q(valid_until__gte=on))
    return found


def at_registry(result_id: UUID, by: Actor) -> Result:
    """One result of the actor's agency, or of one it took over. Raises `Forbidden` ``wrong_role``, `NotFound`
    ``result_unknown``."""
    by.must_have(READERS)
    found = Result.objects.select_related("agency", "file", "replaced_by", "signer").filter(pk=result_id).first()
    if found is None or not issued_here(found.agency, by):
        raise NotFound("result_unknown")
    return found


def asked_of(by: Actor, chosen: Collection[UUID] | None = None) -> list[SignatureAsked]:
    """What the officer is asked to sign at this post, oldest first, at most `WAITING`: a result of an agency is signed
    from a post there, or at an agency that took over from it, by nobody who has left. One query for what is one's own.
    """
    if by.kind != "officer":
        return []
    mine = SignatureAsked.objects.filter(officer=by.id).select_related("result__agency").defer("result__content")
    found = mine if chosen is None else mine.filter(pk__in=chosen)
    return [each for each in found.order_by("asked_at", "pk")[:WAITING] if issued_here(each.result.agency, by)]


def issued_here(agency: Agency, by: Actor) -> bool:
    """Whether what ``agency`` issued is the actor's agency's own by now. No query for one that nobody took over."""
    return any(str(each.id) == by.agency for each in heirs(agency))


def waiting_at(by: Actor) -> list[SignatureAsked]:
    """What waits for a signature at the actor's agency, whoever's: oldest first, at most `WAITING`; nothing for who does
    not read the registry. Two queries and one for each storey of predecessors."""
    if not by.roles & READERS:
        return []
    found = SignatureAsked.objects.filter(result__agency__in=with_predecessors(by.agency))
    found = found.select_related("result__agency", "officer").defer("result__content")
    return list(found.order_by("asked_at", "pk")[:WAITING])


def who_may_sign(agency: UUID | str, *, on: date) -> list[Officer]:
    """Who answers on a day for what the agency issues and has a key, by name. One query."""
    held = Post.objects.valid(on).filter(agency=agency, role__in=MAY_SIGN, officer__account__is_active=True)
    found = Officer.objects.filter(id__in=held.values("officer")).select_related("account")
    return sorted((each for each in found if has_key(each.account.login)), key=lambda each: fold(each.full_name))


def has_key(login: str) -> bool:
    """Whether who signs in like this signs in person; a key out of reach is one too."""
    try:
        return provider(Keys).of_person(login) is not None
    except Refused:
        return True


def being_made(by: Actor) -> int:
    """How many results the officer decided whose document is just being made. One query."""
    unmade = Q(file=None, asked=None, state__in=[State.ISSUED, State.SUSPENDED])
    mine = Result.objects.filter(unmade, signer=by.id) if by.kind == "officer" else Result.objects.none()
    return mine.count()


def count_waiting(by: Actor) -> int:
    """How many results wait for the officer's signature at this post. One query for what is one's own."""
    if by.kind != "officer":
        return 0
    asked = SignatureAsked.objects.filter(officer=by.id).values_list("result__agency").annotate(Count("pk"))
    counted = {str(agency): many for agency, many in asked}
    here = counted.pop(by.agency, 0)
    others = Agency.objects.filter(pk__in=counted) if counted else []
    return here + sum(counted[str(agency.id)] for agency in others if issued_here(agency, by))


def looked_at(asked: Iterable[SignatureAsked], by: Actor) -> set[UUID]:
    """Which of these documents the actor has looked at as they are now, by the recorded looks. One query."""
    streams = {look_stream(each, by): each.pk for each in asked}
    found = Fact.objects.filter(stream__in=list(streams), seq=1).values_list("stream", flat=True)
    return {streams[stream] for stream in found}


def look_stream(asked: SignatureAsked, by: Actor) -> str:
    """The stream that holds that somebody looked at exactly this document."""
    return f"look-result:{asked.pk}:{by.ref}:{asked.prepared_id[:16]}"


def history(result: Result) -> list[Row]:
    """All facts of a result, oldest first. One query."""
    return ledger.facts_of(result.stream)
