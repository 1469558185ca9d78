"""What a signed PDF proves to a stranger: every signature checked, nothing fetched, and always an answer.

A signature counts as of the moment a trusted authority stamped it, so it stays good after its certificate expired; one
without a stamp counts as of now. What is not known is told as unknown, never as good.
"""

import asyncio
import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import DocumentSecurityStore, KeyUsageConstraints
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import cms_basic_validation, collect_timing_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from motcua.signing.certificates import context, issuer, named
from motcua.signing.ports import Trust
from motcua.signing.report import Covers, Report, Signature, Verdict

USES = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
MOST_BYTES = 60_000_000
KINDS = {"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"}
UNKNOWN = {AdESIndeterminate.TRY_LATER, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE}
WHY = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "certificate_expired",
    AdESIndeterminate.REVOKED_NO_POE: "certificate_revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "certificate_revoked",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "certificate_untrusted",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "algorithm_weak",
    AdESFailure.FORMAT_FAILURE: "signature_unreadable",
}


def verify(pdf: bytes, trust: Trust, *, at: datetime) -> Report:
    """What may be said of the file at ``at``. Whatever the bytes are, there is a report; nothing is raised."""
    if len(pdf) > MOST_BYTES:
        return Report(Verdict.UNKNOWN, problems=("too_large",))
    if b"%PDF-" not in pdf[:1024]:
        return Report(Verdict.NOT_A_PDF, problems=("not_a_pdf",))
    try:
        return asyncio.run(_verified(pdf, trust, at))
    except (Exception, RecursionError):  # whatever a hostile file makes the library do
        return Report(Verdict.NOT_A_PDF, problems=("unreadable",))


async def _verified(pdf: bytes, trust: Trust, at: datetime) -> Report:
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        return Report(Verdict.UNKNOWN, problems=("encrypted",))
    signatures = tuple(reader.embedded_regular_signatures)
    if not signatures:
        return Report(Verdict.NOT_SIGNED, problems=("not_signed",))
    known = brought(reader, trust, at)
    found = [await _one(each, known) for each in signatures]
    return Report(overall(found), tuple(found))


@dataclass(frozen=True)
class _Known:
    """What a signature is judged by: whom we trust, what the file brings along, and what time it is."""

    trust: Trust
    others: tuple[Certificate, ...]
    crls: tuple[CertificateList, ...]
    at: datetime

    def context(self, moment: datetime, strict: bool) -> ValidationContext:
        """Certificates as of ``moment``."""
        return context(self.trust, moment, strict=strict, others=self.others, crls=self.crls)


def brought(reader: PdfFileReader, trust: Trust, at: datetime) -> _Known:
    """The certificates and lists that stand in the file (its DSS)."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return _Known(trust, (), (), at)
    crls = (CertificateList.load(each.get_object().data) for each in store.crls)
    return _Known(trust, tuple(store.load_certs()), tuple(crls), at)


async def _one(found: EmbeddedPdfSignature, known: _Known) -> Signature:
    """One signature. What can't be read of it is a problem of it, not of us."""
    try:
        told = described(found)
        if found.sig_object.get("/SubFilter") not in KINDS:
            return replace(told, problems=("kind_unknown",))
        return await _judged(found, known, told)
    except (Exception, RecursionError):
        return Signature(str(found.field_name), problems=("signature_unreadable",))


def described(found: EmbeddedPdfSignature) -> Signature:
    """What a signature says of itself; nothing of it is proven yet."""
    certificate = found.signer_cert
    signer, organisation = named(certificate)
    return Signature(
        field=str(found.field_name),
        signer=signer,
        organisation=organisation,
        issuer=issuer(certificate),
        serial=f"{certificate.serial_number:X}",
        signed_at=found.self_reported_timestamp,
    )


async def _judged(found: EmbeddedPdfSignature, known: _Known, told: Signature) -> Signature:
    """The checks, in the order in which one rests on the other: content, time, certificate, revocation."""
    found.compute_integrity_info()
    covers = covered(found)
    stamped = await _stamped(found, known)
    moment = stamped or known.at
    status = await _checked(found, known.context(moment, strict=True))
    revocation_known = status["trust_problem_indic"] not in UNKNOWN
    if not revocation_known:  # would it be trusted, if nothing was revoked?
        status = await _checked(found, known.context(moment, strict=False))
    intact = bool(status["intact"] and status["valid"])
    trusted = intact and status["trust_problem_indic"] is None and status["validation_path"] is not None
    problems = [] if intact else ["changed"]
    problems += [] if covers is not Covers.PART else ["content_added"]
    problems += [] if trusted or not intact else [WHY.get(status["trust_problem_indic"], "certificate_untrusted")]
    problems += [] if revocation_known or not trusted else ["revocation_unknown"]
    return replace(
        told,
        time_stamped_at=stamped,
        profile=profile(found, known, stamped),
        intact=intact,
        covers=covers,
        trusted=trusted,
        revocation_known=revocation_known and trusted,
        valid=not problems,
        problems=tuple(problems),
    )


async def _checked(found: EmbeddedPdfSignature, judged: ValidationContext) -> dict[str, Any]:
    """The mathematics of the signature, and the way from its certificate to a root."""
    return await cms_basic_validation(
        found.signed_data, raw_digest=found.compute_digest(), validation_context=judged, key_usage_settings=USES
    )


async def _stamped(found: EmbeddedPdfSignature, known: _Known) -> datetime | None:
    """When a trusted authority says that the signature was there; None when none says so credibly.

    Its certificate must hold now and must not have been revoked when it stamped.
    """
    told = await collect_timing_info(found.signer_info, known.context(known.at, strict=False), found.compute_digest)
    now = told.get("timestamp_validity")
    if now is None or not now.trusted or now.timestamp > known.at:
        return None
    then = await collect_timing_info(
        found.signer_info, known.context(now.timestamp, strict=True), found.compute_digest
    )
    moment: datetime = now.timestamp
    return moment if then["timestamp_validity"].trusted else None


def covered(found: EmbeddedPdfSignature) -> Covers:
    """How much of the file it speaks for, and whether what came later is only signatures."""
    if found.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Covers.WHOLE
    if found.coverage != SignatureCoverageLevel.ENTIRE_REVISION or not isinstance(found.diff_result, DiffResult):
        return Covers.PART
    if found.diff_result.modification_level == ModificationLevel.LTA_UPDATES:
        return Covers.EARLIER
    signed = {each.field_name for each in found.reader.embedded_signatures}
    return Covers.EARLIER if found.diff_result.changed_form_fields <= signed else Covers.PART


def profile(found: EmbeddedPdfSignature, known: _Known, stamped: datetime | None) -> str:
    """The PAdES profile, by what stands in the file and could be believed."""
    if stamped is None:
        return "B-B"
    if not known.crls:
        return "B-T"
    later = any(each.signed_revision > found.signed_revision for each in found.reader.embedded_timestamp_signatures)
    return "B-LTA" if later else "B-LT"


def overall(found: list[Signature]) -> Verdict:
    """The worst that was found decides."""
    problems = {problem for each in found for problem in each.problems}
    if problems & {"changed", "content_added"}:
        return Verdict.CHANGED
    if problems & {"certificate_untrusted", "certificate_revoked", "algorithm_weak"}:
        return Verdict.UNTRUSTED
    return Verdict.UNKNOWN if problems else Verdict.VALID
