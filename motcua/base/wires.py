"""Which implementation stands behind which port. Filled by ``wiring.py`` alone, read by the parts."""

from collections.abc import Callable
from typing import Any, TypeVar

Port = TypeVar("Port")


class ClockWork(dict[str, tuple[Callable[[], Any], int]]):
    """What the worker does by the clock, as the wiring lists it: name → (job, every so many seconds)."""


_bound: dict[type, Any] = {}


def bind(port: type[Port], implementation: Port) -> None:
    """Put ``implementation`` behind ``port`` for this process, in place of any earlier one."""
    _bound[port] = implementation


def provider(port: type[Port]) -> Port:
    """What stands behind ``port``. Raises ``LookupError`` when the wiring forgot it: silence is no answer."""
    try:
        found: Port = _bound[port]
    except KeyError:
        raise LookupError(f"nothing is wired behind {port.__module__}.{port.__qualname__}") from None
    return found
