"""The PDF library is asynchronous inside; we wait for it where we are."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

Result = TypeVar("Result")
Guard = Callable[[], AbstractContextManager[None]]


def settled(work: Coroutine[Any, Any, Result], within: Guard = nullcontext) -> Result:
    """What ``work`` comes to, ``within`` a guard that is entered where the work is done.

    In a thread of its own where this one already runs a loop (as in browser tests).
    """

    def done() -> Result:
        with within():
            return asyncio.run(work)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return done()
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(done).result()
