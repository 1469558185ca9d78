"""A key at a remote signing service, in the shape of the NEAC (docs/decisions/0070): we send a hash, the person says yes
on a device of their own, the service sends a signature. It is used only when it fits the certificate and the hash.
"""

import base64
import hashlib
import json
import time
from dataclasses import dataclass, field, replace
from typing import Any

from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_public_key

from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.signing.adapters._calling import call
from motcua.signing.adapters.pkcs12 import HASHES
from motcua.signing.ports import Trust

ANSWER_SECONDS = 15.0


@dataclass(frozen=True)
class Service:
    """Where it is, who we are to it, and how long a person may take to say yes."""

    url: str
    ca_name: str
    secret: str = field(repr=False)
    wait_seconds: float = 120
    ask_seconds: float = 1


@dataclass(frozen=True)
class RemoteKey:
    """The key of ``user`` at a service. ``code`` is what the person types here, if the service wants one."""

    certificate: Certificate
    chain: tuple[Certificate, ...]
    trust: Trust
    service: Service
    user: str
    code: str | None = field(default=None, repr=False)

    @property
    def locked(self) -> bool:
        """Whether nobody said yet that this person wants to sign."""
        return self.code is None

    def unlock(self, pin: str) -> "RemoteKey":
        """The key; whether the code is right the service says when it signs."""
        return replace(self, code=pin)

    def sign(self, data: bytes, digest: str) -> bytes:
        """Ask for a signature and wait for the person.

        Raises `Refused` ``key_locked``, ``pin_wrong``, ``signing_declined``, ``signing_timed_out``,
        ``signing_answer_invalid``, ``key_unavailable``.
        """
        if self.code is None:
            raise Refused("key_locked")
        hashed = hashlib.new(digest, data).digest()
        order = self._order(hashed, digest)
        told = self._waited(self._asked("POST", "/sign", order), order["transaction_id"])
        signature = found(told, order["sign_files"][0]["doc_id"])
        if not fits(self.certificate, signature, hashed, digest):
            raise Refused("signing_answer_invalid")
        return signature

    def _order(self, hashed: bytes, digest: str) -> dict[str, Any]:
        file = {"doc_id": str(new_id()), "file_name": f"{hashed.hex()[:16]}.pdf", "hash_algorithm": digest,
                "file_base64": base64.b64encode(hashed).decode()}  # fmt: skip
        return {"user_id": self.user, "ca_name": self.service.ca_name, "transaction_id": str(new_id()),
                "cert_data": base64.b64encode(self.certificate.dump()).decode(), "otp": self.code,
                "serial_number": f"{self.certificate.serial_number:X}", "sign_files": [file]}  # fmt: skip

    def _waited(self, told: dict[str, Any], transaction: str) -> dict[str, Any]:
        until = time.monotonic() + self.service.wait_seconds
        while told.get("status") == "waiting":
            if time.monotonic() >= until:
                raise Refused("signing_timed_out")
            time.sleep(self.service.ask_seconds)
            told = self._asked("GET", f"/transactions/{transaction}")
        if told.get("status") != "signed" or told.get("transaction_id") != transaction:
            raise Refused(REFUSALS.get(str(told.get("status")), "signing_answer_invalid"))
        return told

    def _asked(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.service.secret}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        try:
            told = json.loads(call(method, self.service.url + path, content, headers, ANSWER_SECONDS))
        except (ValueError, RecursionError) as problem:
            raise Refused("signing_answer_invalid") from problem
        except OSError as problem:
            raise Refused("key_unavailable") from problem
        return told if isinstance(told, dict) else {}


REFUSALS = {"declined": "signing_declined", "wrong_code": "pin_wrong", "blocked": "pin_blocked"}


def found(told: dict[str, Any], document: str) -> bytes:
    """The signature of our document in an answer. Raises `Refused` ``signing_answer_invalid``."""
    try:
        (mine,) = (each for each in told["sign_files"] if each["doc_id"] == document)
        return base64.b64decode(mine["signature"], validate=True)
    except (KeyError, TypeError, ValueError) as problem:
        raise Refused("signing_answer_invalid") from problem


def fits(certificate: Certificate, signature: bytes, hashed: bytes, digest: str) -> bool:
    """Whether a signature of this hash was made by the key of this certificate."""
    public, algorithm = load_der_public_key(certificate.public_key.dump()), Prehashed(HASHES[digest]())
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, hashed, padding.PKCS1v15(), algorithm)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, hashed, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True
