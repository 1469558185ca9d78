"""A key in a token (PKCS#11): a USB token of a person, an HSM of an agency. The key never leaves it.

A token knows one login at a time for the whole process: whoever comes second would be let in without a PIN. So every
use logs in by its own PIN and out again, one after the other.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pkcs11
from asn1crypto.x509 import Certificate
from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_ecdsa_signature

from motcua.base.errors import Refused
from motcua.signing.ports import Trust

RSA = {
    "sha256": pkcs11.Mechanism.SHA256_RSA_PKCS,
    "sha384": pkcs11.Mechanism.SHA384_RSA_PKCS,
    "sha512": pkcs11.Mechanism.SHA512_RSA_PKCS,
}
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class TokenKey:
    """The key ``label`` of the token ``token``, through the library ``module``."""

    certificate: Certificate
    chain: tuple[Certificate, ...]
    trust: Trust
    module: str
    token: str
    label: str
    pin: str | None = field(default=None, repr=False)

    @property
    def locked(self) -> bool:
        """Whether it needs its PIN first."""
        return self.pin is None

    def unlock(self, pin: str) -> "TokenKey":
        """The key with its PIN, tried once. Raises `Refused` ``pin_wrong``, ``pin_blocked``, ``key_unavailable``."""
        opened = replace(self, pin=pin)
        with opened._private():
            return opened

    def sign(self, data: bytes, digest: str) -> bytes:
        """RSA (PKCS#1 1.5) or ECDSA, made in the token."""
        if self.pin is None:
            raise Refused("key_locked")
        with self._private() as private:
            if private.key_type == pkcs11.KeyType.RSA:
                return bytes(private.sign(data, mechanism=RSA[digest]))
            hashed = hashlib.new(digest, data).digest()
            return bytes(encode_ecdsa_signature(private.sign(hashed, mechanism=pkcs11.Mechanism.ECDSA)))

    @contextmanager
    def _private(self) -> Iterator[Any]:
        try:
            with ONE_AT_A_TIME:
                token = library(self.module).get_token(token_label=self.token)
                with token.open(user_pin=self.pin) as session:
                    yield session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self.label)
        except (PinIncorrect, PinLenRange) as problem:
            raise Refused("pin_wrong") from problem
        except PinLocked as problem:
            raise Refused("pin_blocked") from problem
        except PKCS11Error as problem:
            raise Refused("key_unavailable") from problem


@cache
def library(module: str) -> Any:
    """The library of the maker; loaded once a process, as it asks."""
    return pkcs11.lib(module)
