"""What a file proves about a result: is it ours byte for byte, what do its signatures say, what says the registry."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from threading import BoundedSemaphore

from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.wires import provider
from motcua.results.models import Result
from motcua.results.queries import by_file, verified
from motcua.signing.ports import Keys
from motcua.signing.report import Report, Verdict
from motcua.signing.verifying import verify

MOST_BYTES = 10 * 1024 * 1024
MOST_MEGABYTES = MOST_BYTES // 1024 // 1024
MOST_SECONDS = 5.0
AT_ONCE = BoundedSemaphore(1)  # whoever comes meanwhile is told so: in line they would keep all other pages waiting
HEAD = 1024  # a PDF says what it is within these bytes (ISO 32000-1, annex H)
NAMED = re.compile(rb"so=([0-9]{1,9}/[0-9]{4}/KQ-[A-Z0-9.]{1,20}) ma=([2-9A-Z]{8})")  # as base/typesetting/_page.typ


class Finding(StrEnum):
    """What may be said of a file at first glance."""

    SAME = "same"  # byte for byte what we keep
    CHANGED = "changed"  # it says it is a result of ours, and is not
    SIGNED = "signed"  # signatures that count, but no result of ours
    STRANGE = "strange"  # nothing that we know


@dataclass(frozen=True)
class Examined:
    """A file that was examined. ``result`` is the one it is, or (``CHANGED``) the one it says it is."""

    finding: Finding
    sha256: str
    report: Report
    result: Result | None


def must_be_examinable(size: int, beginning: bytes) -> None:
    """Raise `Invalid` ``verify_empty``, ``verify_too_large``, ``verify_not_pdf`` before a file is read whole."""
    if not size:
        raise Invalid("verify_empty")
    if size > MOST_BYTES:
        raise Invalid("verify_too_large", limit_mb=MOST_MEGABYTES)
    if b"%PDF-" not in beginning[:HEAD]:
        raise Invalid("verify_not_pdf")


def examine(pdf: bytes, *, at: datetime, expected: Result | None = None) -> Examined:
    """Everything that can be said of a file at ``at``; it is read and not kept. At most two queries.

    A result is named by the file's hash alone, or by number and check code together: a number can be guessed. With
    ``expected``, a file that is no other result of ours is held against that one. Raises `Refused` ``verify_busy``.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()
    if not AT_ONCE.acquire(blocking=False):
        raise Refused("verify_busy")
    try:
        report = verify(pdf, provider(Keys).trust(), at=at, within=MOST_SECONDS)
    finally:
        AT_ONCE.release()
    if (same := by_file(sha256)) is not None:
        return Examined(Finding.SAME, sha256, report, same)
    if (said := named_in(pdf) or expected) is not None:
        return Examined(Finding.CHANGED, sha256, report, said)
    signed = report.verdict in {Verdict.VALID, Verdict.UNKNOWN} and any(each.trusted for each in report.signatures)
    return Examined(Finding.SIGNED if signed else Finding.STRANGE, sha256, report, None)


def named_in(pdf: bytes) -> Result | None:
    """The result whose number and check code stand in the file's description of itself. At most one query."""
    found = NAMED.search(pdf)
    if found is None:
        return None
    try:
        return verified(found[1].decode(), found[2].decode())
    except NotFound:
        return None
