"""Before Django: pages that are the same for everybody, kept ready and compressed; static files; the sign of life.

A page is kept only when its view promised to be public (``frame.public.public_page``) and the response keeps the
promise: status 200, no cookie set, no ``Vary: Cookie``. It is made from the address alone: what else the request carried
(cookies, languages, tokens) is taken away before Django sees it, so nobody can put something of his own into the page
that everybody gets.
"""

import mimetypes
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Lock
from typing import Any

from motcua.sites.kept import Kept, Page

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Answer = tuple[str, list[tuple[str, str]], bytes]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PUBLIC = re.compile(r"(?:/en)?/(?:\Z|(?:thu-tuc|su-kien|linh-vuc|co-quan|tim|tim-kiem|khung)(?:/|\Z))")
QUERY_BYTES = 300
PAGE_BYTES = 1_000_000
MAKING_SECONDS = 10  # how long a reader waits for a page that another one is having made
PRIVATE_PATHS = 10_000  # remembered paths below a public prefix that turned out not to be public
MARK = "x-public-page"
VERSION = "motcua.version"  # tells the view of a public page which state of the catalogue it is made for
DROPPED = {MARK, "content-length", "vary", "cache-control", "etag", "date", "server"}
CARRIED = (
    "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REMOTE_ADDR",
    "HTTP_HOST", "HTTP_X_FORWARDED_PROTO",
)  # fmt: skip
HASHED = re.compile(r"\.[0-9a-f]{12}\.[^./]+\Z")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


class Front:
    """A WSGI application around Django.

    ``version()`` names the state of the catalogue; it is asked at most once a second, and while it fails the pages at
    hand are served on. ``static_root`` is where ``collectstatic`` put its files. ``kept_bytes`` bounds the memory.
    """

    def __init__(
        self,
        application: Application,
        *,
        version: Callable[[], object] = lambda: 0,
        static_root: Path | None = None,
        kept_bytes: int = 64_000_000,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.kept = Kept(kept_bytes)
        self.statics = Kept(kept_bytes)
        self.static_root = static_root
        self._static_files: dict[str, Path] | None = None
        self._private: set[str] = set()
        self._making: dict[tuple[str, ...], Event] = {}
        self._lock = Lock()
        self._ask_version, self._monotonic = version, monotonic
        self._version: object = None
        self._asked_at = float("-inf")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or let Django answer."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        key = (
            environ.get("HTTP_HOST", ""),
            path,
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
        )
        now = self._monotonic()
        page = self.kept.get(key)
        if page is not None and page.until > now and page.version == self.version(now):
            if "HTTP_HX_REQUEST" not in environ:
                return page.answer(environ, start_response)
        elif path.startswith("/static/"):
            return self._static(path, environ, start_response)
        elif path == "/healthz":
            start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
            return [b"ok\n"]
        elif self._may_be_public(environ, path):
            return self._public(key, environ, start_response)
        return self.application(environ, start_response)

    def version(self, now: float) -> object:
        """The catalogue's version, at most a second old; the last one known while it can't be asked."""
        if now - self._asked_at > 1:
            self._asked_at = now
            try:
                version = self._ask_version()
            except Exception:
                version = "unknown" if self._version is None else self._version
            if version != self._version:
                self._version = version
                self._private.clear()
        return self._version

    def _may_be_public(self, environ: Environ, path: str) -> bool:
        return (
            PUBLIC.match(path) is not None
            and path not in self._private
            and len(environ.get("QUERY_STRING", "")) <= QUERY_BYTES
            and "HTTP_HX_REQUEST" not in environ
        )

    def _in_time(self, key: tuple[str, ...]) -> Page | None:
        """The page at hand, also that of an earlier version, unless its time is over."""
        page = self.kept.get(key)
        return page if page is not None and page.until > self._monotonic() else None

    def _public(self, key: tuple[str, ...], environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Make the page, or use the one that another thread is making; what is not public goes to Django as it came."""
        with self._lock:
            event = self._making.get(key)
            if event is None:
                mine = self._making[key] = Event()
        if event is not None:
            ready = self._in_time(key)
            if ready is None:
                event.wait(MAKING_SECONDS)
                ready = self._in_time(key)
            return ready.answer(environ, start_response) if ready else self.application(environ, start_response)
        try:
            page, (status, headers, body) = self._make(key, environ)
        finally:
            with self._lock:
                del self._making[key]
            mine.set()
        if page is not None:
            return page.answer(environ, start_response)
        if "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ:
            return self.application(environ, start_response)
        start_response(status, [pair for pair in headers if pair[0].lower() != MARK])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _make(self, key: tuple[str, ...], environ: Environ) -> tuple[Page | None, Answer]:
        """Ask Django once with nothing of the person in the request: the page, if it may be kept, and the answer."""
        now = self._monotonic()
        version = self.version(now)  # before the page: one that changes meanwhile makes this page stale, not wrong
        bare = {name: environ[name] for name in environ if name in CARRIED or name.startswith("wsgi.")}
        bare |= {"REQUEST_METHOD": "GET", VERSION: version}
        answer = status, headers, body = call(self.application, bare)
        seconds = self._promised(status, {name.lower(): value for name, value in headers}, body)
        if not seconds:
            if status.startswith(("200", "403")) or (status.startswith("3") and not key[2]):
                self._remember_private(key[1])
            return None, answer
        left = [(name, value) for name, value in headers if name.lower() not in DROPPED]
        page = Page(body, left, version=version, until=now + seconds)
        self.kept.put(key, page)
        return page, answer

    @staticmethod
    def _promised(status: str, headers: dict[str, str], body: bytes) -> int:
        """For how many seconds the answer may be kept: 0 when it isn't public, or broke its promise."""
        if not status.startswith("200") or "set-cookie" in headers or len(body) > PAGE_BYTES:
            return 0
        return 0 if "cookie" in headers.get("vary", "").lower() else int(headers.get(MARK, "0"))

    def _remember_private(self, path: str) -> None:
        if len(self._private) >= PRIVATE_PATHS:
            self._private.clear()
        self._private.add(path)

    def _static(self, path: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        page = self.statics.get((path,))
        if page is None:
            file = self._known_files().get(path)
            if file is None:
                start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
                return [b"404\n"]
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            kind += "; charset=utf-8" if kind.startswith("text/") else ""
            cache = "public, max-age=31536000, immutable" if HASHED.search(path) else "public, max-age=60"
            headers = [("Content-Type", kind), ("X-Content-Type-Options", "nosniff")]
            page = Page(file.read_bytes(), headers, cache=cache)
            self.statics.put((path,), page)
        return page.answer(environ, start_response)

    def _known_files(self) -> dict[str, Path]:
        """Every file that may be served, by address: what is not listed does not exist, so no path can climb out."""
        if self._static_files is None:
            self._static_files = files_below(self.static_root) if self.static_root else {}
        return self._static_files


def files_below(root: Path) -> dict[str, Path]:
    """The files below ``root`` by their address."""
    return {f"/static/{file.relative_to(root).as_posix()}": file for file in root.rglob("*") if file.is_file()}


def call(application: Application, environ: Environ) -> Answer:
    """Run a WSGI application to its end: status, headers, body."""
    answered: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> None:
        answered[:] = [status, headers]

    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return answered[0], answered[1], body
