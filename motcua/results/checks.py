"""What must hold of all results; `motcua check` runs these."""

import hashlib
from collections.abc import Iterator

from django.db.models import F

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.base.mirrors import Mirror, differences
from motcua.base.models import Fact
from motcua.results.models import Result, SignatureAsked
from motcua.results.rules import SAID
from motcua.results.states import MACHINE, State

WORDS = " || E'\\n' || ".join(f"coalesce({each}::text, '')" for each in SAID)
STATE = "CASE split_part(name, '.', 2) {} END".format(
    " ".join(f"WHEN '{verb}' THEN '{state}'" for verb, state in {
        "issued": State.ISSUED, "suspended": State.SUSPENDED, "resumed": State.ISSUED, "revoked": State.REVOKED,
        "replaced": State.REPLACED,
    }.items())
)  # fmt: skip
RESULTS = Mirror(
    "result", "results_result", "'result:' || id",
    "results.issued results.suspended results.resumed results.revoked results.replaced results.signed"
    " results.documented results.handed_over",
    "number reference kind",
    {
        "agency": ("agency_id", "data->>'agency'"),
        "what it promises": (f"encode(sha256(convert_to({WORDS}, 'UTF8')), 'hex')",
                             "CASE name WHEN 'results.issued' THEN data->>'sha256' END"),
        "state": ("state", STATE),
        "signed by": ("signed_by", "coalesce(string_agg(data->>'signer', '; ' ORDER BY seq), '')"),
        "document": ("file_id", "CASE name WHEN 'results.documented' THEN data->>'sha256' END"),
        "handed over": ("handed_over_at", "coalesce(max(at) FILTER (WHERE name = 'results.handed_over')::text, '')"),
    },
)  # fmt: skip
PREPARED = Mirror(
    "signature of", "results_signatureasked", "'result:' || result_id",
    "results.signature_asked", "",
    {"document": ("prepared_id", "data->>'sha256'"), "officer": ("coalesce(officer_id::text, '')", "data->>'officer'")},
    ended="results.signature_given results.documented results.revoked results.replaced",
)  # fmt: skip


def check_facts() -> Iterator[str]:
    """Every result, and every document that waits for a signature, is what its facts say."""
    yield from differences(RESULTS, PREPARED)


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


def check_waiting() -> Iterator[str]:
    """Nothing waits for a signature that has its document or was taken back; nobody else is asked than who signs it."""
    asked = SignatureAsked.objects.select_related("result")
    for each in asked.exclude(result__file=None):
        yield f"result {each.result.number} has its document and still waits for a signature"
    for each in asked.filter(result__state__in=MACHINE.final):
        yield f"result {each.result.number} is {each.result.state} and still waits for a signature"
    for each in asked.exclude(officer=None).exclude(officer=F("result__signer")):
        yield f"result {each.result.number} waits for somebody who is not its signer"


def content_hash(sha256: str) -> str:
    """The hash of what the storage really holds under ``sha256``; empty when it holds nothing."""
    try:
        with files.open_file(sha256) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except NotFound:
        return ""
