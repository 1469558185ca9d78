"""What was found out about a signed file, signature by signature; plain values, no judgement in words."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What may be said of the whole file. Only ``valid`` is good; ``unknown`` is not."""

    VALID = "valid"
    UNKNOWN = "unknown"
    UNTRUSTED = "untrusted"
    CHANGED = "changed"
    NOT_SIGNED = "not_signed"
    NOT_A_PDF = "not_a_pdf"


class Covers(StrEnum):
    """How much of the file a signature speaks for."""

    WHOLE = "whole"
    EARLIER = "earlier"  # later additions are only signatures and what proves them
    PART = "part"  # something else was added or left out


@dataclass(frozen=True)
class Signature:
    """One signature. ``signed_at`` is what the signer says, ``time_stamped_at`` what a trusted authority says (or None).

    ``problems`` are codes (see sites/frame/signatures.py). ``profile`` is B-B, B-T or B-LT of ETSI EN 319 142.
    """

    field: str
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    signed_at: datetime | None = None
    time_stamped_at: datetime | None = None
    profile: str = ""
    intact: bool = False
    covers: Covers = Covers.PART
    trusted: bool = False
    revocation_known: bool = False
    valid: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The verdict, the signatures in the order they were made, and the problems of the file itself."""

    verdict: Verdict
    signatures: tuple[Signature, ...] = ()
    problems: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The same for JSON: moments in ISO 8601."""
        told = asdict(self)
        for each in told["signatures"]:
            for name in ("signed_at", "time_stamped_at"):
                each[name] = each[name] and each[name].isoformat()
        return told
