"""Signatures on results: who is asked, that it was looked at, and the signatures themselves.

A key is used outside any transaction: it may be a token or a service far away. What it signed is written at once, or
nothing is, and the result goes on waiting with the reason.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.base import files, ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.base.wires import provider
from motcua.people.models import Officer
from motcua.results import events, queries
from motcua.results.actions.guessing import one_guess
from motcua.results.actions.issuing import document, held
from motcua.results.models import Result, SignatureAsked
from motcua.results.queries import asked_of, look_stream, looked_at
from motcua.results.states import LABELS, MACHINE, State
from motcua.signing.certificates import named
from motcua.signing.ports import Key, Keys
from motcua.signing.signing import Field, sign

MOST = 200
# Why trying the next is no use: a service counts wrong codes, and a person waits for each answer that does not come.
SAME_FOR_ALL = {"pin_wrong", "pin_blocked", "signing_timed_out", "key_unavailable", "time_stamp_unavailable"}
PERSON, AGENCY = "nguoi-ky", "co-quan"  # names of the fields in the file
REASON = {PERSON: "Ký ban hành", AGENCY: "Đóng dấu của cơ quan"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one result; ``refusal`` None: it is signed. ``number`` is empty for one that is not one's own."""

    result: UUID
    number: str
    refusal: Refused | None


def ask_signature(result: Result, pdf: bytes, officer: UUID | None, *, by: Actor, at: datetime) -> None:
    """Let the document wait for the signature of ``officer``, or of the agency's certificate alone. Twice is once; for
    what was taken back meanwhile nobody is asked.

    Effects: a stored file, a row in the queue, a fact.
    """
    stored = files.keep(pdf, "application/pdf", at=at)
    with transaction.atomic():
        if held(result.pk) in MACHINE.final:
            return
        _, new = SignatureAsked.objects.get_or_create(
            result=result, defaults={"officer_id": officer, "prepared": stored, "asked_at": at}
        )
        if new:
            told = events.SignatureAsked(result.number, str(officer or ""), stored.sha256)
            ledger.append(result.stream, [told], by=by, at=at)


def look(result: UUID, *, by: Actor, at: datetime) -> bytes:
    """The document as it will be signed, for who is asked to sign it; that it was looked at is recorded.

    Raises `NotFound` ``signature_not_asked``, also for what others are asked.
    """
    asked = _asked_of(result, by)
    with files.open_file(asked.prepared_id) as content:
        pdf = content.read()
    told = events.Looked(str(result), asked.prepared_id, "signing")
    ledger.append_once(look_stream(asked, by), told, by=by, at=at)
    return pdf


def sign_chosen(results: Collection[UUID], pin: str, *, by: Actor, at: datetime) -> list[Outcome]:
    """Sign each of the results with one's own key, and with the agency's after it: each on its own, each answered for.

    Only what was looked at. Raises `Invalid` ``no_result_chosen``, ``too_many_results``; `Refused` ``no_key``,
    ``pin_wrong``, ``pin_blocked``, ``pin_blocked_for_now`` before anything is signed. The PIN is kept nowhere.
    """
    wanted = list(dict.fromkeys(results))
    if not wanted:
        raise Invalid("no_result_chosen")
    if len(wanted) > MOST:
        raise Invalid("too_many_results", limit=MOST, chosen=len(wanted))
    key = provider(Keys).of_person(login_of(by))
    if key is None:
        raise Refused("no_key")
    with one_guess(by=by, at=at) as guess:
        done = _one_after_another(wanted, key.unlock(pin), by=by, at=at)
        guess.wrong = any(each.refusal is not None and each.refusal.code == "pin_wrong" for each in done)
    return done


def seal(result: UUID, *, by: Actor, at: datetime) -> Refused | None:
    """Sign what waits for the agency's certificate alone; why it could not be done, None when it was.

    Raises `NotFound` ``signature_not_asked``.
    """
    found = SignatureAsked.objects.select_related("result__agency").filter(pk=result, officer=None).first()
    if found is None:
        raise NotFound("signature_not_asked")
    return _tried(found, None, by=by, at=at)


def has_key(by: Actor) -> bool:
    """Whether the officer signs in person what he or she decides, a key out of reach among them. One query."""
    return queries.has_key(login_of(by))


def login_of(by: Actor) -> str:
    """The login of the officer who acts; empty for anybody else."""
    if by.kind != "officer":
        return ""
    return Officer.objects.filter(pk=by.id).values_list("account__login", flat=True).first() or ""


def _one_after_another(wanted: list[UUID], key: Key, *, by: Actor, at: datetime) -> list[Outcome]:
    found = {asked.pk: asked for asked in asked_of(by, wanted)}
    seen, done, no = looked_at(found.values(), by), list[Outcome](), None
    for each in wanted:
        done.append(_signed_by(found.get(each), each, each in seen, key, by=by, at=at))
        if (no := done[-1].refusal) and no.code in SAME_FOR_ALL:
            break
    rest = wanted[len(done) :]
    return [*done, *(Outcome(each, found[each].result.number if each in found else "", no) for each in rest)]


def _asked_of(result: UUID, by: Actor) -> SignatureAsked:
    for found in asked_of(by, [result]):
        return found
    raise NotFound("signature_not_asked")


def _signed_by(
    asked: SignatureAsked | None, result: UUID, seen: bool, key: Key, *, by: Actor, at: datetime
) -> Outcome:
    if asked is None:
        return Outcome(result, "", NotFound("signature_not_asked"))
    number = asked.result.number
    if not seen:
        return Outcome(result, number, Refused("result_not_looked_at", number=number))
    return Outcome(result, number, _tried(asked, key, by=by, at=at))


def _tried(asked: SignatureAsked, person: Key | None, *, by: Actor, at: datetime) -> Refused | None:
    """Sign, and keep what was signed or why it was not; what is suspended just waits."""
    if asked.result.state != State.ISSUED:
        return Refused("result_wrong_state", number=asked.result.number, state=LABELS[State(asked.result.state)][0])
    try:
        pdf, signed = _signatures(asked, person, at)
    except Refused as no:
        _keep_refusal(asked, no, by=by, at=at)
        return no
    with transaction.atomic():
        done = _still(asked) is not None and document(asked.result, pdf, signed=signed, by=by, at=at)
    return None if done else NotFound("signature_not_asked")


def _still(asked: SignatureAsked) -> SignatureAsked | None:
    """The row, held, if the same signature is still asked: meanwhile it may be signed, or given to somebody else, or the
    result does not count any more."""
    if held(asked.pk) != State.ISSUED:
        return None
    same = SignatureAsked.objects.select_for_update().filter(pk=asked.pk, officer=asked.officer_id)
    return same.filter(prepared=asked.prepared_id).first()


def _signatures(asked: SignatureAsked, person: Key | None, at: datetime) -> tuple[bytes, list[events.Signed]]:
    """The document with the signature of the person, closed by that of the agency; raises what `sign` does."""
    agency = provider(Keys).of_agency(asked.result.agency.code)
    keys = [(name, key) for name, key in ((PERSON, person), (AGENCY, agency)) if key is not None]
    if not keys:
        raise Refused("no_key_of_agency")
    pdf = _prepared(asked)
    for name, key in keys:
        pdf = sign(pdf, key, Field(name, reason=REASON[name]), at=at)
    return pdf, [_told(asked.result.number, key) for _, key in keys]


def _prepared(asked: SignatureAsked) -> bytes:
    """The document to sign: one that a fact of its result names. Raises `Refused` ``prepared_changed``."""
    facts = Fact.objects.filter(stream=asked.result.stream, name="results.signature_asked")
    with files.open_file(asked.prepared_id) as content:
        pdf = content.read()
    if not facts.filter(data__sha256=hashlib.sha256(pdf).hexdigest()).exists():
        raise Refused("prepared_changed", number=asked.result.number)
    return pdf


def _told(number: str, key: Key) -> events.Signed:
    name, organisation = named(key.certificate)
    known = bool(key.trust.crls)
    profile = "B-B" if key.trust.time_stamps is None else "B-LT" if known else "B-T"
    return events.Signed(number, name or organisation, f"{key.certificate.serial_number:X}", profile)


def _keep_refusal(asked: SignatureAsked, no: Refused, *, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        waiting = _still(asked)
        if waiting is None:
            return
        SignatureAsked.objects.filter(pk=asked.pk).update(refusal=no.code, tried_at=at)
        if waiting.refusal != no.code:
            told = events.SignatureRefused(asked.result.number, no.code)
            ledger.append(asked.result.stream, [told], by=by, at=at)
