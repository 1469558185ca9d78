"""What signing needs from outside: keys, whom to trust, and somebody who says what time it is."""

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
    """Which roots count, what is known of certificates that were taken back, and who stamps the time when we sign.

    ``crls`` empty: whether a certificate was revoked is unknown. ``time_stamps`` None: nobody stamps our signatures.
    """

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
        """The bare signature of ``data``, hashed by ``digest`` ("sha256"). Raises `Refused` ``key_locked``,
        ``key_unavailable``, ``signing_declined``, ``signing_timed_out``, ``signing_answer_invalid``."""


class Keys(Protocol):
    """Whose keys this node may use."""

    def of_agency(self, code: str) -> Key | None:
        """The key of an agency, ready to sign; None when it has none."""

    def of_person(self, login: str) -> Key | None:
        """The key of a person, locked; None when there is none."""

    def trust(self) -> Trust:
        """What counts when a file is verified."""
