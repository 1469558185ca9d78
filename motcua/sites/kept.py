"""Answers kept ready in memory: one body in three encodings, with its ETag, in a store of bounded size."""

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
    """One kept answer. ``version`` and ``until`` say how long it may be used; ``used`` is when it last was."""

    __slots__ = ("answers", "bytes", "not_modified", "tags", "until", "used", "version")

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
        tag = hashlib.sha256(body).hexdigest()[:24]
        common = [*headers, ("Cache-Control", cache), ("Vary", "Accept-Encoding")]
        self.answers: dict[str, tuple[list[tuple[str, str]], list[bytes]]] = {}
        self.not_modified: dict[str, list[tuple[str, str]]] = {}
        self.tags: dict[str, str] = {}
        for encoding, content in compressed(body).items():
            mark = f'"{tag}{"-" + encoding if encoding else ""}"'
            more = [("Content-Encoding", encoding)] if encoding else []
            length = ("Content-Length", str(len(content)))
            self.answers[encoding] = ([*common, ("ETag", mark), *more, length], [content])
            self.not_modified[encoding] = [*common, ("ETag", mark)]
            self.tags[encoding] = mark
        self.bytes = sum(len(answer[1][0]) for answer in self.answers.values()) + 2000

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer a GET or HEAD: 304 when the reader has this very body, else 200 in the best encoding he reads."""
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in self.answers:
            encoding = ""
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held is not None and (held.strip() == "*" or self.tags[encoding] in held):
            start_response("304 Not Modified", self.not_modified[encoding])
            return []
        headers, body = self.answers[encoding]
        start_response("200 OK", headers)
        return body if environ["REQUEST_METHOD"] == "GET" else []


def compressed(body: bytes) -> dict[str, bytes]:
    """The body plain, and in brotli and gzip where that is smaller."""
    found = {"": body}
    if len(body) >= SMALL:
        smaller = {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0)}
        found |= {name: content for name, content in smaller.items() if len(content) < len(body)}
    return found


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
