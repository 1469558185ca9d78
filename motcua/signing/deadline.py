"""An end to work on what a stranger sent: Python code of a library that would go on for ever is stopped."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):
    """The time is over. Not an `Exception`, so that the library does not take it for one of its own."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise `TooLong` inside the block when it takes longer. Never behind it; works in any thread."""
    thread, held, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def ring() -> None:
        with held:
            if not over.is_set():
                throw(thread, ctypes.py_object(TooLong))

    clock = threading.Timer(seconds, ring)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        with held:
            over.set()
            throw(thread, None)  # what rang while we were leaving is called off
        clock.cancel()
