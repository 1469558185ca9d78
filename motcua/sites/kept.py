"""Answers kept ready in memory: a body in the encodings asked for so far, its ETag, a store of bounded size."""

import gzip
import hashlib
from collections.abc import Callable
from itertools import count
from threading import Lock
from typing import Any

import brotli

PAGE_CACHE = "public, max-age=60, stale-while-revalidate=600"
SMALL = 200  # bytes below which compressing gains nothing
_encodings: dict[str, str] = {}


def encoding_for(accepted: str) -> str:
    """``br``, ``gzip`` or ``""`` for an ``Accept-Encoding`` header (RFC 9110: ``q=0`` refuses)."""
    known = _encodings.get(accepted)
    if known is None:
        offered = {}
        for part in accepted.lower().split(","):
            name, _semicolon, quality = part.partition(";")
            offered[name.strip()] = quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
        known = next((name for name in ("br", "gzip") if offered.get(name)), "")
        if len(_encodings) < 1000:  # a crawler inventing headers must not fill the memory
            _encodings[accepted] = known
    return known


class Page:
    """One kept answer. ``version`` and ``until`` say how long it may be used; ``used`` is when it last was.

    The body is packed for an encoding when the first reader asks for it. The store counts a page half as large again
    as its plain body: both encodings of a page together take less.
    """

    __slots__ = ("_answers", "_body", "_common", "_tag", "bytes", "until", "used", "version")

    def __init__(
        self,
        body: bytes,
        headers: list[tuple[str, str]],
        *,
        version: object = None,
        until: float = float("inf"),
        cache: str = PAGE_CACHE,
    ) -> None:
        self.version, self.until, self.used = version, until, 0
        self._body, self._tag = body, hashlib.sha256(body).hexdigest()[:24]
        self._common = [*headers, ("Cache-Control", cache), ("Vary", "Accept-Encoding")]
        self._answers: dict[str, tuple[str, list[tuple[str, str]], bytes]] = {}
        self.bytes = len(body) * 3 // 2 + 2000

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer a GET or HEAD: 304 when the reader has this very body, else 200 in the best encoding he reads."""
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        tag, headers, body = self._answers.get(encoding) or self._packed(encoding)
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held is not None and (held.strip() == "*" or tag in held):
            start_response("304 Not Modified", [*self._common, ("ETag", tag)])
            return []
        start_response("200 OK", headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _packed(self, encoding: str) -> tuple[str, list[tuple[str, str]], bytes]:
        """What is sent in an encoding, kept for the next reader; plain where packing gains nothing."""
        body = min(self._body, packed(self._body, encoding), key=len)
        used = encoding if body is not self._body else ""
        tag = f'"{self._tag}{"-" + used if used else ""}"'
        more = [("Content-Encoding", used)] if used else []
        self._answers[encoding] = tag, [*self._common, ("ETag", tag), *more, ("Content-Length", str(len(body)))], body
        return self._answers[encoding]


def packed(body: bytes, encoding: str) -> bytes:
    """The body in ``br`` or ``gzip``; as it is for ``""`` and where it is small."""
    if not encoding or len(body) < SMALL:
        return body
    return brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, 6, mtime=0)


class Kept:
    """A store of pages that never holds more than ``limit`` bytes: the least recently used tenth leaves first.

    Reading takes no lock (a hot page is one dictionary look-up); writing takes one.
    """

    def __init__(self, limit: int) -> None:
        self.limit, self.bytes = limit, 0
        self._pages: dict[tuple[str, ...], Page] = {}
        self._lock, self._tick = Lock(), count(1)

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: tuple[str, ...]) -> Page | None:
        """The page, also when it is stale: whoever asks compares its version."""
        page = self._pages.get(key)
        if page is not None:
            page.used = next(self._tick)
        return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        """Keep a page; one larger than a tenth of the store is not kept."""
        if page.bytes * 10 > self.limit:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self.bytes += page.bytes - (before.bytes if before else 0)
            page.used = next(self._tick)
            self._pages[key] = page
            if self.bytes > self.limit:
                self._make_room()

    def _make_room(self) -> None:
        by_age = sorted(self._pages.items(), key=lambda item: item[1].used)
        for key, page in by_age:
            if self.bytes <= self.limit * 0.9:
                return
            del self._pages[key]
            self.bytes -= page.bytes
