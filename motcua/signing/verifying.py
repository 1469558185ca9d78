"""What a signed PDF proves to a stranger: every signature checked, nothing fetched, and always an answer.

A signature counts as of the moment a trusted authority stamped it, so it stays good after its certificate expired; one
without a stamp counts as of now. What is not known is told as unknown, never as good.
"""

import io
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import DocumentSecurityStore, KeyUsageConstraints
from pyhanko.sign.validation.generic_cms import cms_basic_validation, collect_timing_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from motcua.signing.certificates import USES, context, issuer, named, taken_back
from motcua.signing.deadline import TooLong, alarm
from motcua.signing.mending import mend
from motcua.signing.ports import Trust
from motcua.signing.report import Covers, Report, Signature, Verdict
from motcua.signing.waiting import settled

USAGE = KeyUsageConstraints(key_usage=set(USES))
MOST_BYTES = 60_000_000
MOST_SECONDS = 20.0
MOST_SIGNATURES = 20  # each is held against all that came after it
KINDS = {"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"}
UNKNOWN = {AdESIndeterminate.TRY_LATER, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE}
REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
WHY = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "certificate_expired",
    AdESIndeterminate.REVOKED_NO_POE: "certificate_revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "certificate_revoked",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "certificate_untrusted",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "algorithm_weak",
    AdESFailure.FORMAT_FAILURE: "signature_unreadable",
}


def verify(pdf: bytes, trust: Trust, *, at: datetime, within: float = MOST_SECONDS) -> Report:
    """What may be said of the file at ``at``, given up after ``within`` seconds. Whatever the bytes are, there is a
    report; nothing is raised."""
    mend()
    if len(pdf) > MOST_BYTES:
        return Report(Verdict.UNKNOWN, problems=("too_large",))
    if b"%PDF-" not in pdf[:1024]:
        return Report(Verdict.NOT_A_PDF, problems=("not_a_pdf",))
    try:
        return settled(_verified(pdf, trust, at), lambda: alarm(within))
    except TooLong:
        return Report(Verdict.UNKNOWN, problems=("too_complex",))
    except Exception:  # whatever a hostile file makes the library do
        return Report(Verdict.NOT_A_PDF, problems=("unreadable",))


async def _verified(pdf: bytes, trust: Trust, at: datetime) -> Report:
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        return Report(Verdict.UNKNOWN, problems=("encrypted",))
    known = brought(reader, trust, at)
    there = filled(reader)
    if there is None:
        return Report(Verdict.UNKNOWN, problems=("too_complex",))
    signatures = [each if isinstance(each, Signature) else await _one(each, known) for each in there]
    if not signatures:
        return Report(Verdict.NOT_SIGNED, problems=("not_signed",))
    return Report(overall(signatures, trust), tuple(signatures))


def filled(reader: PdfFileReader) -> list[EmbeddedPdfSignature | Signature] | None:
    """The signatures in the order they were made; one that can't be read at all stands first, as a problem.

    None: more than anybody needs, or one that stands in several fields. Such a file was made to keep us busy.
    """
    found: list[EmbeddedPdfSignature] = []
    broken: list[EmbeddedPdfSignature | Signature] = []
    there = list(islice(enumerate_sig_fields(reader, filled_status=True), MOST_SIGNATURES + 1))
    places = [value for _, value, _ in there if isinstance(value, IndirectObject)]
    if len(there) > MOST_SIGNATURES or len(set(places)) < len(places):
        return None
    for name, value, field in there:
        try:
            if value.get_object().get("/Type") != "/DocTimeStamp":
                found.append(EmbeddedPdfSignature(reader, field, name))
        except Exception:
            broken.append(Signature(str(name), problems=("signature_unreadable",)))
    return [*broken, *sorted(found, key=lambda each: each.signed_revision)]


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

    def revoked(self, path: ValidationPath, moment: datetime) -> bool:
        """Whether a certificate of the path was revoked by ``moment``, as far as anybody told."""
        return taken_back(path, (*self.trust.crls, *self.crls), moment) is not None


def brought(reader: PdfFileReader, trust: Trust, at: datetime) -> _Known:
    """The certificates and lists that stand in the file (its DSS)."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        crls = tuple(CertificateList.load(each.get_object().data) for each in store.crls)
        return _Known(trust, tuple(store.load_certs()), crls, at)
    except Exception:  # none, or one that can't be read: then nothing is brought along
        return _Known(trust, (), (), at)


async def _one(found: EmbeddedPdfSignature, known: _Known) -> Signature:
    """One signature. What can't be read of it is a problem of it, not of us."""
    told = Signature(str(found.field_name))
    try:
        told = described(found)
        if found.sig_object.get("/SubFilter") not in KINDS:
            return replace(told, problems=("kind_unknown",))
        return await _judged(found, known, told)
    except Exception:
        return replace(told, problems=("signature_unreadable",))


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
    covers = covered(found)
    stamp = await _stamped(found, known)
    judged = await _certified(found, known, stamp.at or known.at)
    problems = [
        *([] if judged.intact else ["changed"]),
        *(["content_added"] if judged.intact and covers is Covers.PART else []),
        *([judged.why] if judged.why and judged.intact else []),
        *(["revocation_unknown"] if judged.trusted and not judged.revocation_known else []),
        *(["time_stamp_unproven"] if stamp.there and not stamp.at else []),
    ]
    return replace(
        told,
        time_stamped_at=stamp.at,
        profile=profile(known, stamp.there),
        intact=judged.intact,
        covers=covers,
        trusted=judged.trusted,
        revocation_known=judged.revocation_known,
        valid=not problems,
        problems=tuple(problems),
    )


@dataclass(frozen=True)
class _Certified:
    intact: bool
    why: str  # why its certificate is not trusted; empty when it is
    revocation_known: bool

    @property
    def trusted(self) -> bool:
        return self.intact and not self.why


async def _certified(found: EmbeddedPdfSignature, known: _Known, moment: datetime) -> _Certified:
    """The mathematics of the signature, and the way from its certificate to a root as of ``moment``."""
    told = await _checked(found, known.context(moment, strict=True))
    intact = bool(told["intact"] and told["valid"])
    revocation_known = told["trust_problem_indic"] is None
    if told["trust_problem_indic"] in UNKNOWN:  # would it be trusted, if nothing was revoked?
        told = await _checked(found, known.context(moment, strict=False))
    why, path = told["trust_problem_indic"], told["validation_path"]
    if why is None and path is not None and not known.revoked(path, moment):
        return _Certified(intact, "", revocation_known)
    if why is None and path is not None:
        return _Certified(intact, "certificate_revoked", True)
    if moment < found.signer_cert.not_valid_before:
        return _Certified(intact, "certificate_not_yet_valid", False)
    return _Certified(intact, WHY.get(why, "certificate_untrusted"), why in REVOKED)


async def _checked(found: EmbeddedPdfSignature, judged: ValidationContext) -> dict[str, Any]:
    return await cms_basic_validation(
        found.signed_data, raw_digest=found.compute_digest(), validation_context=judged, key_usage_settings=USAGE
    )


@dataclass(frozen=True)
class _Stamp:
    there: bool
    at: datetime | None  # None: there is none that can be believed


async def _stamped(found: EmbeddedPdfSignature, known: _Known) -> _Stamp:
    """When a trusted authority says that the signature was there.

    Its certificate must hold now, must not have been revoked by now, and what was known of it then must be told.
    """
    now = await _told_by_stamp(found, known.context(known.at, strict=False))
    if now is None:
        return _Stamp(False, None)
    path = now.validation_path
    if not now.trusted or path is None or now.timestamp > known.at or known.revoked(path, known.at):
        return _Stamp(True, None)
    then = await _told_by_stamp(found, known.context(now.timestamp, strict=True))
    return _Stamp(True, now.timestamp if then and then.trusted else None)


async def _told_by_stamp(found: EmbeddedPdfSignature, judged: ValidationContext) -> TimestampSignatureStatus | None:
    told = await collect_timing_info(found.signer_info, judged, found.compute_digest)
    status: TimestampSignatureStatus | None = told.get("timestamp_validity")
    return status


def covered(found: EmbeddedPdfSignature) -> Covers:
    """How much of the file it speaks for, and whether what came later is only signatures."""
    try:
        found.compute_integrity_info()
    except Exception:  # what came later can't even be read
        return Covers.PART
    if found.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Covers.WHOLE
    last = found.signed_revision == found.reader.xrefs.total_revisions - 1  # then nothing may stand behind it
    if last or found.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return Covers.PART
    if not isinstance(found.diff_result, DiffResult):
        return Covers.PART
    if found.diff_result.modification_level == ModificationLevel.LTA_UPDATES:
        return Covers.EARLIER
    signed = {name for name, _, _ in enumerate_sig_fields(found.reader, filled_status=True)}
    return Covers.EARLIER if found.diff_result.changed_form_fields <= signed else Covers.PART


def profile(known: _Known, stamped: bool) -> str:
    """The PAdES profile, by what stands in the file."""
    if not stamped:
        return "B-B"
    if not known.crls:
        return "B-T"
    return "B-LT"


def overall(found: list[Signature], trust: Trust) -> Verdict:
    """The worst that was found decides. Who knows no roots knows nobody: that is no word against a signer."""
    problems = {problem for each in found for problem in each.problems}
    if problems & {"changed", "content_added"}:
        return Verdict.CHANGED
    against = {"certificate_revoked", "algorithm_weak", *(["certificate_untrusted"] if trust.roots else [])}
    if problems & against:
        return Verdict.UNTRUSTED
    return Verdict.UNKNOWN if problems else Verdict.VALID
