"""The floor of a page: what the server itself can answer when the application does nothing."""

from collections.abc import Callable
from typing import Any

BODY = b"Xin ch\xc3\xa0o"
HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Hello, and nothing else."""
    start_response("200 OK", HEADERS)
    return [BODY]
