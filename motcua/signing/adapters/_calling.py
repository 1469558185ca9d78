"""One request over HTTP; whoever does not answer, or sends us elsewhere, is `OSError`."""

from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

MOST_BYTES = 1_000_000


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Nobody sends our secrets to another address."""


_OPENER = build_opener(_NoRedirect)


def call(method: str, address: str, body: bytes | None, headers: Mapping[str, str], seconds: float) -> bytes:
    """What the other end answers, at most `MOST_BYTES`. Raises `OSError`, for another status than 200 too."""
    try:
        with _OPENER.open(Request(address, body, dict(headers), method=method), timeout=seconds) as answer:
            return bytes(answer.read(MOST_BYTES))
    except HTTPError as refused:
        raise OSError(f"HTTP {refused.code}") from refused
    except HTTPException as broken:
        raise OSError(type(broken).__name__) from broken
