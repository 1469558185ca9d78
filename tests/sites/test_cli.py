"""The commands, run as a person runs them: in a process of their own."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from motcua.dossiers import actions
from tests.node import Node

ROOT = Path(__file__).resolve().parents[2]


def motcua(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "motcua", *words],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def url(name: str) -> str:
    """The address of a database on the server that the tests use."""
    place = connection.settings_dict
    password = f":{quote(place['PASSWORD'])}" if place["PASSWORD"] else ""
    port = f"&port={place['PORT']}" if place["PORT"] else ""
    return f"postgresql://{place['USER']}{password}@/{name}?host={quote(place['HOST'], safe='')}{port}"


@pytest.fixture
def copied(committed_node: Node) -> Iterator[str]:
    """A copy of a database in which one dossier was taken from filing to decision."""
    standing = committed_node.received()
    at = committed_node.noon + timedelta(hours=2)
    actions.pass_on(standing.dossier_id, "pass", by=committed_node.clerk, at=at)
    name = f"{connection.settings_dict['NAME']}_copy"
    original = connection.settings_dict["NAME"]
    connection.close()  # a database with open connections can't be copied
    connection.close_pool()  # type: ignore[attr-defined]
    with psycopg.connect(url("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [original])
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    yield url(name)
    with psycopg.connect(url("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_check_is_content_with_a_sound_node_and_names_the_fact_in_which_one_byte_was_flipped(copied: str) -> None:
    motcua("worker", "--once", DATABASE_URL=copied)
    sound = motcua("check", "--json", DATABASE_URL=copied)
    assert json.loads(sound.stdout)["sound"] is True, sound.stdout
    assert sound.returncode == 0

    with psycopg.connect(copied, autocommit=True) as database:
        row = database.execute("SELECT id FROM base_fact WHERE name = 'dossiers.received'").fetchone()
        assert row
        database.execute("ALTER TABLE base_fact DISABLE TRIGGER base_fact_no_change")
        database.execute(
            "UPDATE base_fact SET data ="
            " overlay(data::text placing '9' from position('2026' in data::text) for 1)::jsonb WHERE id = %s",
            row,
        )
    broken = motcua("check", "--json", DATABASE_URL=copied)
    found = json.loads(broken.stdout)
    assert broken.returncode == 1
    assert found["sound"] is False
    (finding,) = found["checks"]["base.check_chain"]
    assert str(row[0]) in finding
    assert "dossiers.received" in finding


@pytest.mark.slow
def test_a_tail_cut_off_the_ledger_is_found_by_the_dossier_that_remembers_its_end(copied: str) -> None:
    with psycopg.connect(copied, autocommit=True) as database:
        database.execute("ALTER TABLE base_fact DISABLE TRIGGER base_fact_no_change")
        database.execute("DELETE FROM base_fact WHERE name = 'dossiers.passed_on'")
    found = json.loads(motcua("check", "--json", DATABASE_URL=copied).stdout)["checks"]
    assert len(found["dossiers.check_tips"]) == 1
    assert "the ledger at 3" in found["dossiers.check_tips"][0]


def test_a_database_server_that_is_not_there_is_one_clear_line() -> None:
    done = motcua("check", DATABASE_URL="postgresql://nobody@127.0.0.1:1/motcua")
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [done.stderr.strip()]
    assert "127.0.0.1:1/motcua" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["0", "-1", "99999"])
def test_a_port_that_cannot_be_is_one_clear_line(port: str) -> None:
    done = motcua("demo", "--port", port)
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [f"Không có cổng {port}. Hãy chọn một số từ 1 đến 65535."],
    )


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = motcua("demo", "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_command_says_what_there_is() -> None:
    done = motcua()
    assert done.returncode == 2
    assert "calendar" in done.stdout
