"""What signing needs from outside: keys, whom to trust, who stamps the time, and who draws."""

from dataclasses import dataclass
from typing import Protocol

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate


class TimeStamps(Protocol):
    """A time-stamp authority (RFC 3161)."""

    def answer(self, request: bytes) -> bytes:
        """The response to a request, both DER. Raises `Refused` ``time_stamp_unavailable``."""


@dataclass(frozen=True)
class Trust:
    """Which roots count, what is known of revoked certificates (no list: unknown), who stamps our signatures."""

    roots: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()
    crls: tuple[CertificateList, ...] = ()
    time_stamps: TimeStamps | None = None


class Key(Protocol):
    """A private key that is used, never seen. A person's is locked: `unlock` gives one that signs, kept by nobody."""

    @property
    def certificate(self) -> Certificate: ...
    @property
    def chain(self) -> tuple[Certificate, ...]: ...
    @property
    def trust(self) -> Trust: ...
    @property
    def locked(self) -> bool: ...

    def unlock(self, pin: str) -> "Key":
        """A key that signs. Raises `Refused` ``pin_wrong``, ``pin_blocked``, ``key_unavailable``."""

    def sign(self, data: bytes, digest: str) -> bytes:
        """The bare signature of ``data``, hashed by ``digest``. Raises `Refused` ``signing_…``, ``key_…``."""


class Keys(Protocol):
    """Whose keys this node may use: an agency's is ready to sign, a person's is locked; and what counts at verifying."""

    def of_agency(self, code: str) -> Key | None: ...
    def of_person(self, login: str) -> Key | None: ...
    def trust(self) -> Trust: ...


class Drawing(Protocol):
    """Makes a PDF from a template."""

    def pdf(self, template: str, data: dict[str, object]) -> bytes: ...
