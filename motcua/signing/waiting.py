"""The PDF library is asynchronous inside; we wait for it where we are."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def settled(work: Coroutine[Any, Any, Result]) -> Result:
    """What ``work`` comes to. In a thread of its own where this one already runs a loop (as in browser tests)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, work).result()
