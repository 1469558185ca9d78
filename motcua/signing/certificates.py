"""Certificates: who stands in one, whether it held at a moment, and why not."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509 import load_der_x509_crl
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath

from motcua.base.errors import Refused
from motcua.signing.ports import Key, Trust
from motcua.signing.waiting import settled

USES = frozenset({"non_repudiation", "digital_signature"})  # what a certificate must be issued for


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


def must_hold(key: Key, at: datetime) -> ValidationContext:
    """See that the certificate of a key may sign at ``at``; returns what it was judged by.

    Raises `Refused` ``certificate_expired``, ``certificate_not_yet_valid``, ``certificate_revoked`` (each with ``on``),
    ``certificate_untrusted``, ``revocation_unknown``.
    """
    judged = context(key.trust, at, strict=bool(key.trust.crls), others=key.chain)
    asked = CertificateValidator(key.certificate, intermediate_certs=key.chain, validation_context=judged)
    try:
        path = settled(asked.async_validate_usage(set(USES)))
    except (PathError, ValidationError) as problem:
        raise why_not(problem) from problem
    if when := taken_back(path, key.trust.crls, at):
        raise Refused("certificate_revoked", on=when)
    return judged


def taken_back(path: ValidationPath, crls: Iterable[CertificateList], moment: datetime) -> datetime | None:
    """When a certificate of the path was revoked, if any list tells that it was by ``moment``.

    The library is content with one list that says good; lists of two days may differ, and the bad news counts.
    """
    listed = list(crls)
    told = (
        revoked_on(crl, issuer, own.serial_number)
        for issuer, own in pairwise(path.iter_certs(include_root=True))
        for crl in listed
        if crl.issuer == issuer.subject
    )
    return min((when for when in told if when and when <= moment), default=None)


def revoked_on(crl: CertificateList, issuer: Certificate, serial: int) -> datetime | None:
    """When ``serial`` was revoked, if a list tells so and really is the issuer's."""
    read = load_der_x509_crl(crl.dump())
    entry = read.get_revoked_certificate_by_serial_number(serial)
    key = load_der_public_key(issuer.public_key.dump())
    return entry.revocation_date_utc if entry and read.is_signature_valid(key) else None  # type: ignore[arg-type]


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
