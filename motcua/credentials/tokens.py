"""A credential as a token, and what a token proves: everything is checked, and the first thing wrong is named."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from joserfc import jws
from joserfc.errors import JoseError

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.credentials import keys
from motcua.credentials.documents import CONTEXT, KIND, STATUS, credential
from motcua.results.models import Result
from motcua.results.queries import in_force
from motcua.results.states import EXPIRED, State

TYPE = "vc+jwt"
MEDIA_TYPE = "application/vc+jwt"
MOST_BYTES = 16 * 1024
COMPACT = re.compile(r"(?P<head>[\w-]+)\.[\w-]+\.[\w-]*", re.ASCII)  # RFC 7515: nothing between, nothing besides
HEADERS = {"alg", "typ", "kid", "cty"}  # nothing that could bring its own key, or that we would have to understand


@dataclass(frozen=True)
class Checked:
    """What was found. ``problem`` is empty when everything holds, else the code of the first thing that does not.

    ``claims`` is the credential, only once its signature is proven ours; ``status`` what the registry says today.
    """

    problem: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    status: str = ""

    @property
    def verified(self) -> bool:
        return not self.problem


def issue(result: Result, *, at: datetime) -> str:
    """The token of a result that is in force and in its holder's hands. Writes nothing.

    Raises `Refused` ``credential_not_ready`` before it was handed over, ``credential_not_in_force`` for one that does
    not hold today, a refusal among them.
    """
    if result.handed_over_at is None or result.file_id is None:
        raise Refused("credential_not_ready", number=result.number)
    if not in_force(result, local(at).date()):
        raise Refused("credential_not_in_force", number=result.number)
    site, key = settings.SITE_ADDRESS, keys.keys_in(settings.CREDENTIAL_KEYS)[0]
    header = {"alg": keys.ALGORITHM, "typ": TYPE, "cty": "vc", "kid": keys.kid(key, site)}
    content = orjson.dumps(credential(result, keys.did(site), site))
    return jws.serialize_compact(header, content, key, algorithms=[keys.ALGORITHM])


def check(token: str, *, at: datetime) -> Checked:
    """What ``token`` proves at the moment ``at``. Never raises for what a stranger sends. One query at most."""
    try:
        claims = _proven(token)
        _must_be_ours(claims)
        result = _result(claims)
        _must_agree(claims, result)
    except Refused as no:
        return Checked(no.code)
    return Checked(_today(claims, result, at), claims, str(result.state_on(local(at).date())))


def _today(claims: dict[str, Any], result: Result, at: datetime) -> str:
    """What is wrong on the day: its own dates, then what the registry says; empty: it holds."""
    state = result.state_on(local(at).date())
    if at < datetime.fromisoformat(claims["validFrom"]):
        return "credential_not_yet"
    if state == EXPIRED or ("validUntil" in claims and at > datetime.fromisoformat(claims["validUntil"])):
        return "credential_expired"
    if state != State.ISSUED:
        return f"credential_{state}"
    return "" if in_force(result, local(at).date()) else "credential_not_in_force"


def _proven(token: str) -> dict[str, Any]:
    """The content, once a key of ours is proven to have signed it; the header chooses neither key nor algorithm."""
    if len(token) > MOST_BYTES:
        raise Refused("credential_too_large")
    header = _header(token)
    if header.get("alg") != keys.ALGORITHM or header.get("typ") != TYPE or header.keys() - HEADERS:
        raise Refused("credential_kind_refused")
    site = settings.SITE_ADDRESS
    known = {keys.kid(each, site): each for each in keys.keys_in(settings.CREDENTIAL_KEYS)}
    if header.get("kid") not in known:
        raise Refused("credential_other_issuer")
    try:
        signed = jws.deserialize_compact(token, known[header["kid"]], algorithms=[keys.ALGORITHM])
        claims = orjson.loads(signed.payload or b"")
    except (JoseError, ValueError):
        raise Refused("credential_signature_wrong") from None
    if not isinstance(claims, dict):
        raise Refused("credential_unreadable")
    return claims


def _header(token: str) -> dict[str, Any]:
    found = COMPACT.fullmatch(token)
    try:
        head = found["head"] if found else ""
        header = orjson.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except ValueError:
        raise Refused("credential_unreadable") from None
    if not isinstance(header, dict) or not isinstance(header.get("kid"), str | None):
        raise Refused("credential_unreadable")
    return header


def _must_be_ours(claims: dict[str, Any]) -> None:
    """What our key signed is of our making, but keys live long: an older shape is told apart from a forgery."""
    issuer, status = claims.get("issuer"), claims.get("credentialStatus")
    ours = (
        (claims.get("@context") or [""])[0] == CONTEXT
        and claims.get("type") == ["VerifiableCredential", KIND]
        and isinstance(issuer, dict) and issuer.get("id") == keys.did(settings.SITE_ADDRESS)
        and isinstance(status, dict) and status.get("type") == STATUS
    )  # fmt: skip
    if not ours:
        raise Refused("credential_kind_refused")


def _result(claims: dict[str, Any]) -> Result:
    try:
        result_id = UUID(str(claims.get("id")).removeprefix("urn:uuid:"))
    except ValueError:
        raise Refused("credential_unreadable") from None
    found = Result.objects.select_related("agency").filter(pk=result_id).first()
    if found is None:
        raise Refused("credential_unknown")
    return found


def _must_agree(claims: dict[str, Any], result: Result) -> None:
    subject = claims.get("credentialSubject") or {}
    if (subject.get("resultNumber"), subject.get("documentSha256")) != (result.number, result.file_id):
        raise Refused("credential_unknown")
