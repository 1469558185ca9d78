"""``motcua worker``: reads the ledger for every subscriber and does the clock work, until it is told to stop."""

import argparse
import logging
import signal
import time
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections

from motcua.base.cursors import Subscribers, advance
from motcua.base.wires import ClockWork, provider

log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` reads what is there and ends."""
    parser.add_argument("--once", action="store_true", help="read what is there, then end")


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; a lost database is waited for, a failing fact parked by its cursor.

    Clock work that fails is logged and has its next turn as if it had not.
    """
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    last = dict.fromkeys(provider(ClockWork), float("-inf"))
    while not stopping.is_set():
        try:
            read = sum(advance(subscriber) for subscriber in provider(Subscribers))
            _clock_work(last)
        except (OperationalError, InterfaceError) as problem:
            log.warning("database does not answer, waiting: %s", problem)
            close_old_connections()
            read = 0
            stopping.wait(2)
        if not read:
            if options.once:
                break
            stopping.wait(PAUSE_SECONDS)
    return 0


def _clock_work(last: dict[str, float]) -> None:
    now = time.monotonic()
    for name, (job, every_seconds) in provider(ClockWork).items():
        if now - last[name] >= every_seconds:
            last[name] = now
            try:
                job()
            except (OperationalError, InterfaceError):
                raise
            except Exception:  # one broken job, or what a provider sent, stops no other
                log.exception("clock work failed, its turn comes again in %s s: %s", every_seconds, name)
