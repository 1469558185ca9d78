"""Clock work of payments. Each may run at any time, twice, or in two workers at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.payments import outside, queries
from motcua.payments.ports import Unreachable
from motcua.payments.states import BY_HAND

MOST = 200  # of a run; the rest waits for the next
DAYS = 7  # back from yesterday that a statement may come late


def ask_again(at: datetime | None = None) -> int:
    """Ask for every attempt without an answer whose time has come; returns how many are known now.

    A provider that is silent is asked no more in this run: the worker has other work; the next run goes on from there.
    """
    at, known = at or datetime.now(UTC), 0
    for waiting in queries.to_ask(at, MOST).values():
        for tried in waiting:
            told = outside.learn(tried, at=at)
            if told is None:
                break
            known += told
    return known


def send_refunds(at: datetime | None = None) -> int:
    """Have decided refunds paid back; returns how many were."""
    at = at or datetime.now(UTC)
    able = [name for name in outside.known_providers() if name not in BY_HAND]  # a person sends the others back
    waiting = queries.to_refund(able, MOST)
    return sum(_try(partial(outside.send_back, tried, at=at)) for tried in waiting)


def reconcile_lately(at: datetime | None = None) -> int:
    """Compare the last `DAYS` with every provider that gives a statement, again where a late or half-written one has
    changed since; returns how many were compared."""
    at = at or datetime.now(UTC)
    days, done = [local(at).date() - timedelta(days=number) for number in range(1, DAYS + 1)], 0
    for name in outside.known_providers():
        known = queries.digests_of(name, days)
        for day in days:
            done += _try(partial(outside.compare, name, day, unless=known.get(day), at=at))
    return done


def _try(act: Callable[[], object]) -> bool:
    try:
        return bool(act())
    except (Refused, Unreachable):
        return False
