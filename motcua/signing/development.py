"""A certificate authority, a time-stamp authority and keys to develop with. Nobody must trust them outside a demo.

Every subject says so. What is made is bytes; the command writes them (sites/cli/dev_ca.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

WARNING = "CHỈ DÙNG ĐỂ PHÁT TRIỂN / DEVELOPMENT ONLY"
LIFE = timedelta(days=3650)
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
            .kdf_rounds(20_000)
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
