"""How the sandbox bank seals what it says: HMAC-SHA-256 with a key per payee. Pure; both ends use it."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any


def key_of(secret: str, payee: str) -> bytes:
    """The key that seals what is said of one payee: who has one can't speak for another."""
    return hmac.digest(secret.encode(), payee.encode(), "sha256")


def seal(secret: str, said: Mapping[str, Any]) -> str:
    """The seal over every field but the signature itself."""
    parts = (said["order"], said["amount"], said["currency"], said["payee"], said["transaction"], said["state"])
    return hmac.new(key_of(secret, said["payee"]), "|".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()
