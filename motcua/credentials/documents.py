"""A result as a credential: what stands in it and what does not."""

from datetime import date, datetime, time
from typing import Any

from motcua.base.text import initials
from motcua.base.worktime import VIETNAM
from motcua.results.models import Result

CONTEXT = "https://www.w3.org/ns/credentials/v2"
KIND = "ResultCredential"
STATUS = "ResultRegistryStatus"
TERMS = ("resultNumber", "resultKind", "resultTitle", "agencyCode", "agencyName", "holderInitials", "documentSha256")


def credential(result: Result, issuer: str, site: str) -> dict[str, Any]:
    """The document. Of the holder only initials: an identity number is short enough that its hash gives it away.

    ``issuer`` is the node's DID, ``site`` its public address. Dates are legal days, so from their first to last second.
    """
    found: dict[str, Any] = {
        "@context": [CONTEXT, {term: f"{site}/ket-qua/#{term}" for term in (KIND, STATUS, *TERMS)}],
        "id": f"urn:uuid:{result.id}",
        "type": ["VerifiableCredential", KIND],
        "issuer": {"id": issuer, "name": result.agency.name},
        "validFrom": _moment(result.valid_from, time.min),
        "credentialSubject": {
            "resultNumber": result.number,
            "resultKind": result.kind,
            "resultTitle": result.title,
            "agencyCode": result.agency.code,
            "agencyName": result.agency.name,
            "holderInitials": initials(result.holder_name),
            "documentSha256": result.file_id,
        },
        "credentialStatus": {"id": status_address(result, site), "type": STATUS},
    }
    if result.valid_until:
        found["validUntil"] = _moment(result.valid_until, time(23, 59, 59))
    return found


def status_address(result: Result, site: str) -> str:
    """Where anybody may ask what the registry says of the result today; its id can't be guessed."""
    return f"{site}/api/ket-qua/trang-thai/{result.id}"


def _moment(day: date, clock: time) -> str:
    return datetime.combine(day, clock, tzinfo=VIETNAM).isoformat()
