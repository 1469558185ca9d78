"""What the document of a copy is made of, and how it looks before anybody certified it."""

from datetime import datetime
from typing import Any

from motcua.base.wires import provider
from motcua.certifying import rules
from motcua.certifying.models import Copy
from motcua.people.models import Officer
from motcua.results.letterhead import heading
from motcua.results.ports import Typesetter
from motcua.results.subscribers import scanned
from motcua.vault.states import CERTIFIED_COPY, COPY_OF


def content_of(copy: Copy, number: int, year: int, signer: Officer) -> dict[str, Any]:
    """What the document says of a copy certified by ``signer``, and which scans it is made of. One query."""
    return {
        "certification": {"number": number, "book": rules.book_name(year)},
        "original": original_told(copy),
        "pages": copy.pages,
        "scans": scans_of(copy),
        "decided_by": signer.full_name,
        "decided_as": signer.title,
    }


def original_told(copy: Copy) -> dict[str, str]:
    """What the original is, in plain values."""
    return {
        "title": copy.title,
        "number": copy.original_number,
        "issued_by": copy.issued_by,
        "issued_on": copy.issued_on.isoformat() if copy.issued_on else "",
    }


def scans_of(copy: Copy) -> list[dict[str, Any]]:
    """The scans in their order, as the sheet asks for them."""
    found = copy.scans.select_related("file")
    return [{"sha256": each.file_id, "media_type": each.file.media_type, "pages": each.pages} for each in found]


def preview(copy: Copy, *, at: datetime) -> bytes:
    """The document as it would be, without number and signer: what the approver looks at. One query and the scans."""
    data = {
        **heading(copy.agency, at),
        "title": COPY_OF + copy.title,
        "original": original_told(copy),
        "holder": copy.presenter_name,
        "pages": copy.pages,
        "scans": scans_of(copy),
    }
    return provider(Typesetter).pdf(CERTIFIED_COPY, data, scanned(data))
