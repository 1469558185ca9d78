"""Certificates: who stands in one, whether it held at a moment, and why not."""

from collections.abc import Iterable
from datetime import datetime

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    RevokedError,
)

from motcua.base.errors import Refused
from motcua.signing.ports import Trust


def context(
    trust: Trust,
    moment: datetime,
    *,
    strict: bool,
    others: Iterable[Certificate] = (),
    crls: Iterable[CertificateList] = (),
) -> ValidationContext:
    """How certificates are judged as of ``moment``, from what is known here alone: nothing is fetched.

    ``strict``: every certificate below a root must be covered by a revocation list that speaks for that moment.
    ``others`` and ``crls`` are what a file brings along; they are believed as far as a root vouches for them.
    """
    return ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=[*trust.intermediates, *others],
        crls=[*trust.crls, *crls],
        ocsps=[],
        moment=moment,
        revocation_mode="require" if strict else "soft-fail",
        retroactive_revinfo=True,
        allow_fetching=False,
    )


def why_not(problem: BaseException) -> Refused:
    """The refusal that says why a certificate can't sign now."""
    match problem:
        case ExpiredError():
            return Refused("certificate_expired", on=problem.expired_dt)
        case NotYetValidError():
            return Refused("certificate_not_yet_valid", on=problem.valid_from)
        case RevokedError():
            return Refused("certificate_revoked", on=problem.revocation_dt)
        case InsufficientRevinfoError():
            return Refused("revocation_unknown")
    return Refused("certificate_untrusted")


def named(certificate: Certificate) -> tuple[str, str]:
    """The name and the organisation that a certificate was issued to."""
    subject = certificate.subject.native
    return said(subject.get("common_name")), said(subject.get("organization_name"))


def issuer(certificate: Certificate) -> str:
    """Who issued it, as it is called."""
    told = certificate.issuer.native
    return said(told.get("common_name") or told.get("organization_name"))


def said(value: object) -> str:
    """One text of a name; several are joined."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
