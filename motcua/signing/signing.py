"""Sign a PDF: PAdES, as an incremental update, so that every signature before stays as it was.

With a time-stamp authority and revocation lists the signature is B-LT (ETSI EN 319 142): it proves when it was made,
and carries what is needed to believe its certificate when that has expired. Without lists B-T, without an authority B-B.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto.keys import PublicKeyInfo
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.base.errors import Invalid, Refused
from motcua.signing.certificates import USES, must_hold
from motcua.signing.looking import drawn
from motcua.signing.mending import mend
from motcua.signing.ports import Key
from motcua.signing.stamping import Stamper
from motcua.signing.waiting import settled

DIGEST = "sha256"


@dataclass(frozen=True)
class Field:
    """Where a signature stands. ``box`` is left, bottom, right, top in points from the page's lower left corner.

    Without a box it is not seen. ``page`` counts from 0, -1 is the last. ``name`` is used once in a file.
    """

    name: str
    box: tuple[int, int, int, int] | None = None
    page: int = -1
    reason: str = ""
    location: str = ""


def sign(pdf: bytes, key: Key, field: Field, *, at: datetime) -> bytes:
    """The file with one more signature, said to be made at ``at``. The file given is the beginning of what comes back.

    Raises `Refused` ``certificate_expired``, ``certificate_not_yet_valid``, ``certificate_revoked``,
    ``certificate_untrusted``, ``revocation_unknown`` (lists are set up, but none speaks for ``at``), ``key_locked``,
    ``time_stamp_unavailable``, ``time_stamp_untrusted`` and what the key raises; `Invalid` ``pdf_unreadable``,
    ``field_taken``. Then nothing was signed.
    """
    mend()
    if key.locked:
        raise Refused("key_locked")
    judged, writer = must_hold(key, at), opened(pdf, field)
    signer = _At(
        described(key, field, judged),
        _ByKey(key),
        timestamper=Stamper(key.trust.time_stamps) if key.trust.time_stamps else None,
        stamp_style=drawn(key.certificate, field.box, at) if field.box else None,
        new_field_spec=SigFieldSpec(field.name, on_page=field.page, box=field.box),
        at=at,
    )
    made = io.BytesIO()
    try:
        settled(signer.async_sign_pdf(writer, output=made))
    except OSError as problem:
        raise Refused("time_stamp_unavailable") from problem
    except (PathError, ValidationError) as problem:
        raise Refused("time_stamp_untrusted") from problem
    except (SigningError, PdfError) as problem:
        raise Invalid("pdf_unreadable") from problem
    return made.getvalue()


def opened(pdf: bytes, field: Field) -> IncrementalPdfFileWriter:
    """A writer behind the end of the file. Raises `Invalid` ``pdf_unreadable``, ``field_taken``."""
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        taken = any(each.field_name == field.name for each in writer.prev.embedded_signatures)
    except (PdfError, ValueError, KeyError, TypeError) as problem:
        raise Invalid("pdf_unreadable") from problem
    if taken:
        raise Invalid("field_taken", field=field.name)
    return writer


def described(key: Key, field: Field, judged: ValidationContext) -> PdfSignatureMetadata:
    """What the signature says of itself, and what is embedded beside it."""
    return PdfSignatureMetadata(
        field_name=field.name,
        md_algorithm=DIGEST,
        reason=field.reason or None,
        location=field.location or None,
        subfilter=SigSeedSubFilter.PADES,
        signer_key_usage=set(USES),
        validation_context=judged,
        embed_validation_info=bool(key.trust.crls and key.trust.time_stamps),
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )


class _At(PdfSigner):
    """The signer of the library, told what time it is."""

    def __init__(self, *given: Any, at: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.at = at

    def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.at
        return session


class _ByKey(Signer):
    """Lets a `Key` behind its port do the one step that needs it."""

    def __init__(self, key: Key) -> None:
        known = SimpleCertificateStore.from_certs([*key.chain, *key.trust.intermediates, *key.trust.roots])
        super().__init__(signing_cert=key.certificate, cert_registry=known)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature; a trial run gets as many bytes as it may have."""
        return bytes(longest(self.key.certificate.public_key)) if dry_run else self.key.sign(data, digest_algorithm)


def longest(public: PublicKeyInfo) -> int:
    """How many bytes a signature of this key has at most: RSA its modulus, ECDSA two numbers in DER."""
    size: int = public.byte_size
    return size if public.algorithm == "rsa" else 2 * size + 16
