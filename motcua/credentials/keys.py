"""The keys of this node as an issuer: a JWK set in a file that its owner alone reads; the first signs, all verify.

To change the key, put a new one first; to take trust from an old one, remove it. Without a file one is made, once.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

CURVE, ALGORITHM = "P-256", "ES256"  # what wallets read


@lru_cache(maxsize=8)
def _read(path: Path, changed_at: int) -> tuple[ECKey, ...]:  # noqa: ARG001 - read again when the file changes
    try:
        found = tuple(ECKey.import_key(each) for each in orjson.loads(path.read_bytes())["keys"])
    except (JoseError, KeyError, TypeError) as fault:
        raise ValueError(f"{path}: is no JWK set of private keys on {CURVE}") from fault
    if not found or any(key.curve_name != CURVE or not key.is_private for key in found):
        raise ValueError(f"{path}: needs private keys on {CURVE}")
    return found


def keys_in(path: Path) -> tuple[ECKey, ...]:
    """The keys in ``path``, made there where nothing is. Two processes at once end with the same keys.

    Raises ``OSError`` and ``ValueError`` when the file can't be read: then nothing is signed and nothing verified.
    """
    if not path.exists():
        _make(path)
    return _read(path, path.stat().st_mtime_ns)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(orjson.dumps({"keys": [ECKey.generate_key(CURVE, private=True).as_dict(private=True)]}))
    try:
        os.link(mine, path)  # whole or not at all; who comes second keeps what is there
    except FileExistsError:
        pass
    finally:
        mine.unlink()


def did(site: str) -> str:
    """``https://dichvucong.example.vn`` → ``did:web:dichvucong.example.vn``; a port is written ``%3A8000``."""
    return f"did:web:{quote(urlsplit(site).netloc, safe='')}"


def kid(key: ECKey, site: str) -> str:
    """The name of a key: the DID and the key's thumbprint (RFC 7638)."""
    return f"{did(site)}#{key.thumbprint()}"


def public(key: ECKey, site: str) -> dict[str, Any]:
    """The public half as a JWK."""
    return {**key.as_dict(private=False), "kid": kid(key, site), "alg": ALGORITHM, "use": "sig"}


def key_set(path: Path, site: str) -> dict[str, Any]:
    """What stands at ``/.well-known/jwks.json``."""
    return {"keys": [public(key, site) for key in keys_in(path)]}


def did_document(path: Path, site: str) -> dict[str, Any]:
    """What stands at ``/.well-known/did.json``."""
    methods = [
        {"id": kid(key, site), "type": "JsonWebKey", "controller": did(site), "publicKeyJwk": public(key, site)}
        for key in keys_in(path)
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did(site),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
