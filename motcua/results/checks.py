"""What must hold of all results; `motcua check` runs these."""

import hashlib
from collections.abc import Iterator

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.base.models import Fact
from motcua.results.models import Result


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


def content_hash(sha256: str) -> str:
    """The hash of what the storage really holds under ``sha256``; empty when it holds nothing."""
    try:
        with files.open_file(sha256) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except NotFound:
        return ""
