"""The worker goes on: one job that breaks takes nothing from the others."""

import argparse
import logging
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from motcua.base.wires import ClockWork, bind, provider
from motcua.sites.cli import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[str]]:
    """What the clock work did, of three jobs whose first one breaks."""
    usual, done = provider(ClockWork), list[str]()

    def broken() -> None:
        done.append("broken")
        raise KeyError("rows")

    jobs = {"ask the bank": broken, "seal": lambda: done.append("seal"), "survey": lambda: done.append("survey")}
    bind(ClockWork, ClockWork({name: (job, 60) for name, job in jobs.items()}))
    yield done
    bind(ClockWork, usual)


def test_a_job_that_breaks_is_told_and_the_others_are_done(done: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert worker.run(argparse.Namespace(once=True)) == 0
    assert done == ["broken", "seal", "survey"]
    assert [each.getMessage() for each in caplog.records] == [
        "clock work failed, its turn comes again in 60 s: ask the bank"
    ]


def test_a_database_that_is_away_is_waited_for_and_not_told_as_a_broken_job(
    monkeypatch: pytest.MonkeyPatch, done: list[str]
) -> None:
    away = iter([OperationalError("gone")])

    def seal() -> None:
        for problem in away:
            raise problem
        done.append("seal")

    bind(ClockWork, ClockWork({"seal": (seal, 0)}))
    monkeypatch.setattr(worker, "close_old_connections", lambda: done.append("closed"))
    monkeypatch.setattr(worker.Event, "wait", lambda *_: True)
    assert worker.run(argparse.Namespace(once=True)) == 0
    assert done == ["closed"]
