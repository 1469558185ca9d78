"""What must hold of all results; `motcua check` runs these."""

import hashlib
from collections.abc import Iterator

from django.db.models import F

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.base.models import Fact
from motcua.results.models import Result, SignatureAsked
from motcua.results.states import MACHINE, State

MADE = {
    "results.suspended": State.SUSPENDED,
    "results.resumed": State.ISSUED,
    "results.revoked": State.REVOKED,
    "results.replaced": State.REPLACED,
}


def check_documents() -> Iterator[str]:
    """The document of every result is there, and its hash is the one its fact names."""
    told = dict(Fact.objects.filter(name="results.documented").values_list("data__number", "data__sha256").iterator())
    for number, sha256 in Result.objects.exclude(file=None).values_list("number", "file_id").iterator():
        if told.get(number) != sha256:
            yield f"result {number}: its document is {sha256}, the ledger names {told.get(number)}"
        elif content_hash(sha256) != sha256:
            yield f"result {number}: the stored document {sha256} is missing or changed"


def check_handed_over() -> Iterator[str]:
    """Nothing was handed over without a document."""
    for number in Result.objects.filter(file=None, handed_over_at__isnull=False).values_list("number", flat=True):
        yield f"result {number} was handed over without a document"


def check_states() -> Iterator[str]:
    """The state of every result is the one its last fact of a move made."""
    told = dict(Fact.objects.filter(name__in=list(MADE)).order_by("seq").values_list("stream", "name").iterator())
    for result, number, state in Result.objects.values_list("id", "number", "state").iterator():
        expected = MADE.get(told.get(f"result:{result}", ""), State.ISSUED)
        if state != expected:
            yield f"result {number} is {state}, its facts say {expected}"


def check_waiting() -> Iterator[str]:
    """Nothing waits for a signature that has its document or was taken back; nobody else is asked than who signs it."""
    asked = SignatureAsked.objects.select_related("result")
    for each in asked.exclude(result__file=None):
        yield f"result {each.result.number} has its document and still waits for a signature"
    for each in asked.filter(result__state__in=MACHINE.final):
        yield f"result {each.result.number} is {each.result.state} and still waits for a signature"
    for each in asked.exclude(officer=None).exclude(officer=F("result__signer")):
        yield f"result {each.result.number} waits for somebody who is not its signer"


def check_signatures() -> Iterator[str]:
    """A result says of its signatures what the ledger says."""
    facts = Fact.objects.filter(name="results.signed").order_by("stream", "seq")
    told: dict[str, list[str]] = {}
    for stream, signer in facts.values_list("stream", "data__signer").iterator():
        told.setdefault(stream, []).append(signer)
    for result, number, names in Result.objects.values_list("id", "number", "signed_by").iterator():
        expected = "; ".join(told.get(f"result:{result}", []))
        if names != expected:
            yield f"result {number} is signed by {names!r}, the ledger names {expected!r}"


def content_hash(sha256: str) -> str:
    """The hash of what the storage really holds under ``sha256``; empty when it holds nothing."""
    try:
        with files.open_file(sha256) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except NotFound:
        return ""
