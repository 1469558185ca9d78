"""Signing beside pyHanko's own: ``python -m bench.signing [--acts 40] [--files 1000] [--json]``. Needs no database.

Both sign the same result with the same key, the same time-stamps and the same lists, as B-LT. The floor is pyHanko as
its manual has it, nothing checked before and nothing drawn. Verifying shows its progress; the floor is pyHanko's
validation of the same files.
"""

import argparse
import io
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tqdm import tqdm

from bench.node import Claim, tell

AT = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)


def signed_by(authority: Any) -> Any:
    """A key of the authority, with its list and its time-stamps."""
    from asn1crypto.crl import CertificateList

    from motcua.signing.adapters.pkcs12 import FileKey, plain
    from motcua.signing.adapters.time_stamps import OwnTimeStamps
    from motcua.signing.ports import Trust

    def key(made: Any) -> Any:
        return FileKey(plain(made.certificate), (), Trust(), Path("nowhere"), made.private)

    crl = CertificateList.load(authority.revoked(AT - timedelta(days=1)))
    stamps = OwnTimeStamps(key(authority.stamper()), lambda: AT)
    trust = Trust((plain(authority.root.certificate),), (), (crl,), stamps)
    return replace(key(authority.signer("Người ký", "Cơ quan")), trust=trust)


def bare(pdf: bytes, key: Any) -> bytes:
    """One signature by pyHanko alone."""
    from asn1crypto.keys import PrivateKeyInfo
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from motcua.signing.stamping import Stamper

    der = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    known = ValidationContext(trust_roots=list(key.trust.roots), crls=list(key.trust.crls), moment=AT,
                              revocation_mode="require")  # fmt: skip
    signer = SimpleSigner(
        key.certificate, PrivateKeyInfo.load(der), SimpleCertificateStore.from_certs(key.trust.roots)
    )
    told = PdfSignatureMetadata("NguoiKy", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
                                validation_context=known, embed_validation_info=True)  # fmt: skip
    out = io.BytesIO()
    sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), told, signer, Stamper(key.trust.time_stamps), output=out)
    return out.getvalue()


def bare_verified(pdf: bytes, key: Any) -> bool:
    """One file by pyHanko alone."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (one,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    known = ValidationContext(trust_roots=list(key.trust.roots), crls=list(key.trust.crls), moment=AT,
                              revocation_mode="require", retroactive_revinfo=True)  # fmt: skip
    return bool(validate_pdf_signature(one, known).bottom_line)


def rate(act: Any, acts: int) -> float:
    """Acts a second of CPU of this process."""
    begun = time.process_time()
    for _ in range(acts):
        act()
    return acts / (time.process_time() - begun)


def signing_claim(pdf: bytes, key: Any, acts: int) -> Claim:
    """Our rate beside theirs, in turns."""
    from motcua.signing.signing import Field, sign

    def ours() -> float:
        return rate(lambda: sign(pdf, key, Field("NguoiKy"), at=AT), acts)

    def theirs() -> float:
        return rate(lambda: bare(pdf, key), acts)

    ours(), theirs()
    rounds = sorted(((ours(), theirs()) for _ in range(5)), key=lambda pair: pair[0] / pair[1])
    mine, other = rounds[2]
    return Claim("sign a result B-LT, of pyHanko's own", f"{mine:.0f}/s CPU", f"{other:.0f}/s CPU", mine / other, 0.7)


def verifying_claim(pdf: bytes, key: Any, count: int, acts: int) -> Claim:
    """So many files verified, each signed by itself, and what pyHanko alone needs for one."""
    from motcua.signing.report import Verdict
    from motcua.signing.signing import Field, sign
    from motcua.signing.verifying import verify

    files = [sign(pdf, key, Field("NguoiKy"), at=AT) for _ in tqdm(range(min(count, 50)), "sign", unit="file")]
    begun = time.process_time()
    for number in tqdm(range(count), "verify", unit="file"):
        if verify(files[number % len(files)], key.trust, at=AT).verdict is not Verdict.VALID:
            raise RuntimeError("a good file is not valid")
    mine = count / (time.process_time() - begun)
    if not bare_verified(files[0], key):
        raise RuntimeError("pyHanko does not agree")
    other = rate(lambda: bare_verified(files[0], key), acts)
    return Claim(f"verify {count:,} results", f"{mine:.0f}/s CPU", f"{other:.0f}/s CPU", mine / other, 0.5)


def main() -> int:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=40)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import logging

    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    from motcua.base.adapters.typesetting import Typst
    from motcua.signing.development import Authority

    key = signed_by(Authority(AT - timedelta(days=365)))
    pdf = Typst().pdf("ket-qua", {"number": "12/GCN", "issued_at": AT.isoformat()})
    claims = [signing_claim(pdf, key, options.acts), verifying_claim(pdf, key, options.files, options.acts)]
    return tell(claims, options.json)


if __name__ == "__main__":
    sys.exit(main())
