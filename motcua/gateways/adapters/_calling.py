"""One request over HTTP, JSON both ways; everything that goes wrong is `Unreachable`."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from motcua.payments.ports import Unreachable

WAIT_SECONDS = 3
MOST_BYTES = 5_000_000
MOST_TOLD = 20_000  # bytes of one message that somebody sends us
NO_HEADERS: Mapping[str, str] = {}


def call(method: str, address: str, body: Any = None, headers: Mapping[str, str] = NO_HEADERS) -> dict[str, Any]:
    """The object that the other end answers with. Raises `Unreachable`; waits `WAIT_SECONDS` at most."""
    content = None if body is None else json.dumps(body).encode()
    request = Request(address, content, {"Content-Type": "application/json", **headers}, method=method)
    try:
        with urlopen(request, timeout=WAIT_SECONDS) as answer:
            found = json.loads(answer.read(MOST_BYTES))
    except HTTPError as refused:
        raise Unreachable(f"HTTP {refused.code}") from refused
    except (OSError, ValueError, RecursionError, HTTPException) as broken:
        raise Unreachable(type(broken).__name__) from broken
    if not isinstance(found, dict):
        raise Unreachable("not an object")
    return found


def message(raw: bytes) -> dict[str, Any] | None:
    """The object that a message holds; None where it is none, can't be read or is longer than `MOST_TOLD`."""
    try:
        said = json.loads(raw) if len(raw) <= MOST_TOLD else None
        json.dumps(said, ensure_ascii=False).encode()  # half a character can't be sealed, nor kept
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def fields(raw: bytes, texts: tuple[str, ...]) -> dict[str, str] | None:
    """The named texts of a JSON message, or None where one is missing, is no text, is long or holds a zero byte."""
    said = message(raw)
    if said is None:
        return None
    found = {name: said.get(name) for name in texts}
    whole = all(isinstance(value, str) and len(value) <= 500 and "\x00" not in value for value in found.values())
    return {name: str(value) for name, value in found.items()} if whole else None


def address_in(told: Any) -> dict[str, str]:
    """Where the payer goes on. Raises `Unreachable` where the answer does not say: whether it began is not known."""
    if not isinstance(told, str) or not told:
        raise Unreachable("no address")
    return {"redirect": told}
