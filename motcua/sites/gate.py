"""Before Django: what somebody sends is read whole first, by one of many threads; few requests are worked on at a time.

On a slow line a photograph takes minutes to arrive. Whoever waits for it must not keep others from being served, so
reading happens outside the gate and working inside. Reading it whole has two more uses: a request cut off half-way is
never taken for a short one, and who sent too much still gets our answer instead of a broken connection.
"""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024
CUT_OFF = "Yêu cầu bị ngắt giữa chừng, hãy gửi lại. / The request was cut off, please send it again.\n".encode()


class Gate:
    """A WSGI application around ``application``.

    At most ``at_once`` requests are inside; more only fight for the interpreter. ``leave()`` is called on the way out,
    before the answer is sent: a slow reader of a large file must not keep a connection to the database. A request that
    says it is longer than ``most_bytes`` goes on unread: Django refuses it by its length.
    """

    def __init__(
        self,
        application: Application,
        *,
        most_bytes: int,
        at_once: int = 2,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        self.application, self.most_bytes, self.leave = application, most_bytes, leave
        self._inside = BoundedSemaphore(at_once)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer, or 400 for a request whose end never came."""
        length = said_length(environ)
        if 0 < length <= self.most_bytes:
            body = read(environ["wsgi.input"], length)
            if body is None:
                start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
                return [CUT_OFF]
            environ["wsgi.input"] = body
        with self._inside:
            try:
                return self.application(environ, start_response)
            finally:
                self.leave()


def said_length(environ: Environ) -> int:
    """How long the request says its body is; 0 when it doesn't say."""
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def read(source: Any, length: int) -> IO[bytes] | None:
    """The whole body, in memory or in a file that is gone when closed; None when it ends too early."""
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever reads it closes it
    try:
        while length and (piece := source.read(min(PIECE, length))):
            length -= len(piece)
            body.write(piece)
    except OSError:
        pass  # the line is dead: what is missing shows in the length
    if length:
        body.close()
        return None
    body.seek(0)
    return body
