"""A certificate authority, a time-stamp authority and keys to develop with. Nobody must trust them outside a demo.

Every subject says so. `write` makes a folder that `MOTCUA_SIGNING` may point into; `motcua dev-ca` calls it.
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

WARNING = "CHỈ DÙNG ĐỂ PHÁT TRIỂN / DEVELOPMENT ONLY"
LIFE = timedelta(days=3650)
OLD = timedelta(days=365)  # it is a year old when it is made: what was decided earlier can be signed too
PIN = "246810"  # opens every person's key in development
ROUNDS = 2_048  # the secrets are random, or known to everybody: more would only be slower
Private = ec.EllipticCurvePrivateKey
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Made:
    """A certificate with its key."""

    certificate: x509.Certificate
    private: Private

    def pem(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, secret: str, chain: tuple[x509.Certificate, ...] = ()) -> bytes:
        """Both, under a secret."""
        lock = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(ROUNDS)
            .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
            .hmac_hash(hashes.SHA256())
            .build(secret.encode())
        )
        return pkcs12.serialize_key_and_certificates(b"motcua", self.private, self.certificate, chain, lock)


class Authority:
    """A root that issues and takes back; ``since`` is when it came to be."""

    def __init__(self, since: datetime) -> None:
        self.since = since
        self.root = self._root()
        self.taken_back: list[tuple[int, datetime]] = []

    def signer(self, name: str, organisation: str, span: Span | None = None) -> Made:
        """A certificate to sign documents with."""
        usage = _usage(digital_signature=True, content_commitment=True)
        return self._issued(named(name, organisation), usage, None, span)

    def stamper(self, span: Span | None = None) -> Made:
        """A certificate to stamp the time with."""
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return self._issued(named("Dấu thời gian", "motcua"), _usage(digital_signature=True), purpose, span)

    def take_back(self, made: Made, at: datetime) -> None:
        """Revoke; the next list tells."""
        self.taken_back.append((made.certificate.serial_number, at))

    def revoked(self, at: datetime, life: timedelta = LIFE) -> bytes:
        """The list of what was taken back, as of ``at``, DER."""
        subject = self.root.certificate.subject
        told = x509.CertificateRevocationListBuilder().issuer_name(subject).last_update(at).next_update(at + life)
        told = told.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        told = told.add_extension(self._identifier(), critical=False)
        for serial, when in self.taken_back:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            told = told.add_revoked_certificate(entry)
        return told.sign(self.root.private, hashes.SHA256()).public_bytes(Encoding.DER)

    def _root(self) -> Made:
        private = ec.generate_private_key(ec.SECP256R1())
        name = named("Gốc chứng thực", "motcua")
        told = self._begun(name, name, private, (self.since, self.since + 2 * LIFE))
        told = told.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        told = told.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        return Made(told.sign(private, hashes.SHA256()), private)

    def _issued(
        self, subject: x509.Name, usage: x509.KeyUsage, purpose: x509.ExtendedKeyUsage | None, span: Span | None
    ) -> Made:
        private = ec.generate_private_key(ec.SECP256R1())
        span = span or (self.since, self.since + LIFE)
        told = self._begun(subject, self.root.certificate.subject, private, span)
        told = told.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        told = told.add_extension(usage, critical=True).add_extension(self._identifier(), critical=False)
        if purpose:
            told = told.add_extension(purpose, critical=True)
        return Made(told.sign(self.root.private, hashes.SHA256()), private)

    def _begun(self, subject: x509.Name, issuer: x509.Name, private: Private, span: Span) -> x509.CertificateBuilder:
        told = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(private.public_key())
        told = told.serial_number(x509.random_serial_number()).not_valid_before(span[0]).not_valid_after(span[1])
        return told.add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)

    def _identifier(self) -> x509.AuthorityKeyIdentifier:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.private.public_key())


def named(name: str, organisation: str) -> x509.Name:
    """A subject that nobody takes for a real one. A name has at most 64 letters (RFC 5280)."""
    parts = ((NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATIONAL_UNIT_NAME, WARNING),
             (NameOID.ORGANIZATION_NAME, organisation[:64]), (NameOID.COMMON_NAME, name[:64]))  # fmt: skip
    return x509.Name([x509.NameAttribute(kind, said) for kind, said in parts])


def _usage(**asked: bool) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{each: asked.get(each, False) for each in names})


SIGNING = """# Made by motcua dev-ca. For development only: nobody must trust these certificates.
trust: {roots: [root.pem], crls: [root.crl]}
time_stamps: {pkcs12: tsa.p12, secret_file: tsa.secret}
agencies: {"*": {pkcs12: "agencies/{name}.p12", secret_file: agencies.secret}}
people: {"*": {pkcs12: "people/{name}.p12"}}
"""


def write(folder: Path, agencies: dict[str, str], people: dict[str, tuple[str, str]], *, at: datetime) -> Path:
    """Make everything in ``folder``, readable by its owner alone; returns its signing.yaml.

    ``agencies`` are code → name, ``people`` login → (name, organisation). Raises `FileExistsError`: nothing is
    overwritten, not even in part.
    """
    if folder.exists():
        raise FileExistsError(folder)
    making = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        for name, content in files(agencies, people, at).items():
            kept(making / name, content)
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder / "signing.yaml"


def files(agencies: dict[str, str], people: dict[str, tuple[str, str]], at: datetime) -> dict[str, bytes]:
    """Every file of the folder, by its name."""
    authority, root_secret, agency_secret = Authority(at - OLD), secrets.token_urlsafe(), secrets.token_urlsafe()
    made = {
        "signing.yaml": SIGNING.encode(),
        "root.pem": authority.root.pem(),
        "root.crl": authority.revoked(at - OLD),
        "root.p12": authority.root.pkcs12(root_secret),
        "root.secret": root_secret.encode(),
        "tsa.p12": authority.stamper().pkcs12(root_secret),
        "tsa.secret": root_secret.encode(),
        "agencies.secret": agency_secret.encode(),
    }
    for code, name in agencies.items():
        made[f"agencies/{code}.p12"] = authority.signer(name, name).pkcs12(agency_secret)
    for login, (name, organisation) in people.items():
        one = authority.signer(name, organisation)
        made |= {f"people/{login}.p12": one.pkcs12(PIN), f"people/{login}.pem": one.pem()}
    return made


def kept(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, in folders of the same kind."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
