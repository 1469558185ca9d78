"""Many at once, for tests: threads that all begin at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from motcua.base.errors import Refused


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Each act on its own connection, all begun at the same moment; what each gave or the code of its refusal."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(20)
            return act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(one, acts))
