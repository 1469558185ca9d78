"""A key in a PKCS#12 file. Its secret is read where it is needed, and stands in no log, no fact and no `repr`."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509 import Certificate as Issued

from motcua.base.errors import Refused
from motcua.signing.ports import Trust

HASHES: dict[str, Any] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
LONGEST = 256


@dataclass(frozen=True)
class FileKey:
    """A key that is unlocked, or the certificates of one that is not (``path`` says where it lies)."""

    certificate: Certificate
    chain: tuple[Certificate, ...]
    trust: Trust
    path: Path
    private: Any = field(default=None, repr=False)

    @property
    def locked(self) -> bool:
        """Whether it needs its secret first."""
        return self.private is None

    def under(self, trust: Trust) -> "FileKey":
        """The same key, as of what is trusted now, with certificates of its own: threads must not share them, since
        they are read bit by bit. The one that is kept is never read, only copied.
        """
        own, chain = Certificate.load(self.certificate.dump()), (Certificate.load(each.dump()) for each in self.chain)
        return replace(self, certificate=own, chain=tuple(chain), trust=trust)

    def unlock(self, pin: str) -> "FileKey":
        """The key with its private part, held by who asked, not by us. Raises `Refused` ``pin_wrong``."""
        return opened(self.path, pin, self.trust)

    def sign(self, data: bytes, digest: str) -> bytes:
        """RSA (PKCS#1 1.5) or ECDSA. Raises `Refused` ``key_locked``."""
        if self.private is None:
            raise Refused("key_locked")
        return signed(self.private, data, digest)


def signed(private: Any, data: bytes, digest: str) -> bytes:
    """The bare signature of a private key in memory."""
    algorithm = HASHES[digest]()
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(data, padding.PKCS1v15(), algorithm)
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return private.sign(data, ec.ECDSA(algorithm))
    raise Refused("key_unavailable")


def opened(path: Path, secret: str, trust: Trust) -> FileKey:
    """The key of a file. Raises `Refused` ``pin_wrong`` for another secret, ``key_unavailable`` for no such file."""
    if "\x00" in secret or len(secret) > LONGEST:  # the library panics at the one, and works long on the other
        raise Refused("pin_wrong")
    try:
        private, own, chain = pkcs12.load_key_and_certificates(path.read_bytes(), secret.encode())
    except OSError as problem:
        raise Refused("key_unavailable") from problem
    except ValueError as problem:
        raise Refused("pin_wrong") from problem
    if private is None or own is None:
        raise Refused("key_unavailable")
    return FileKey(plain(own), tuple(map(plain, chain)), trust, path, private)


def plain(certificate: Issued) -> Certificate:
    """The same certificate as the PDF library reads it."""
    return Certificate.load(certificate.public_bytes(Encoding.DER))
