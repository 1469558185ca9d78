"""Tests run on the embedded server, or on ``DATABASE_URL``."""

from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.node import Node


@pytest.fixture(scope="session", autouse=True)
def _database_server() -> None:
    """Start the embedded server when none is named; it stays for the next run."""
    if not settings.DATABASE_URL:
        from motcua.base.database import ensure

        ensure(settings.VAR)


@pytest.fixture(scope="session")
def django_db_setup(_database_server: None, django_db_setup: None, django_db_blocker: object) -> None:
    """Tests that need real commits empty the tables behind them: there, and only there, facts may be truncated.

    Processes are killed here, never the database: its commits need not wait for the disk.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("ALTER TABLE base_fact DISABLE TRIGGER base_fact_no_truncate")
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Pages name static files by the hash of their content: collect what there is now, not what an older run left.

    One worker at a time: they share the folder, and one that collects takes files away under another's eyes.
    """
    with (Path(settings.VAR) / "collecting").open("w") as turn:
        flock(turn, LOCK_EX)
        call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture
def noon() -> datetime:
    """A working moment: Tuesday 10/11/2026, 09:00 in Hà Nội."""
    return datetime(2026, 11, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def node(db: None, noon: datetime) -> Node:
    """The demo node: its agencies, its people, and the shipped procedures that a test asks for."""
    return Node.load(noon)


@pytest.fixture
def committed_node(transactional_db: None, noon: datetime) -> Node:
    """The demo node with real commits: what subscribers read, and what several connections see."""
    return Node.load(noon)
