"""The door under a crowd, and when the power goes: real processes, real sockets, real kills."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.wires import provider
from motcua.dossiers.models import Dossier
from motcua.people.models import Account
from motcua.sites.api.access import ticket, token_for
from tests.node import BIRTH, Node, birth_answers, paper

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def database_url() -> str:
    """The database of this test, for other processes."""
    place = connection.settings_dict
    password = f":{quote(place['PASSWORD'])}" if place["PASSWORD"] else ""
    port = f"&port={place['PORT']}" if place["PORT"] else ""
    return f"postgresql://{place['USER']}{password}@/{place['NAME']}?host={quote(place['HOST'], safe='')}{port}"


@contextmanager
def web() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The site on a free port with two processes, killed at the end at the latest."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-ws"]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "--log-level", "warning", "motcua.wsgi:application"],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": database_url()}, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port)
        yield port, server
    finally:
        cut_off(server)


def wait_for(port: int) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            client.request("GET", "/api/v1/openapi.json")
            if client.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the site did not start")


def cut_off(server: subprocess.Popen[bytes]) -> None:
    """What a power cut does to the processes of the site: no goodbye."""
    try:
        os.killpg(server.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    server.wait(10)


def say(figures: str) -> None:
    """The figures, for whoever runs with ``-s``."""
    sys.stdout.write(f"\n{figures}\n")


class Crowd:
    """Files birth registrations over HTTP; ``acknowledged`` are the codes by filing, ``answers`` the status codes."""

    def __init__(self, node: Node) -> None:
        account = Account.objects.get(login="me.lan")
        self.token = token_for(account)
        filed = {
            "paper": "giay-chung-sinh",
            "file": ticket(paper(node.noon), account),
            "label": "giấy chứng sinh.pdf",
        }
        given = {"agency": "H99.101", "procedure": BIRTH, "answers": birth_answers(), "papers": [filed]}
        self.body = json.dumps(given).encode()
        self.acknowledged: dict[int, str] = {}
        self.answers: list[int] = []

    def file(self, port: int, number: int) -> int:
        """One filing; 0 when the connection broke."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
                   "Idempotency-Key": f"filing-{number}"}  # fmt: skip
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            client.request("POST", "/api/v1/dossiers", self.body, headers)
            answer = client.getresponse()
            read: dict[str, Any] = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0
        finally:
            client.close()
        if answer.status in {200, 201}:
            self.acknowledged[number] = read["code"]
        self.answers.append(answer.status)
        return answer.status


def check() -> dict[str, Any]:
    """What `motcua check` says, in a process of its own, once the counts were brought up to date."""
    run_until_read(provider(Subscribers))
    told = subprocess.run(
        [sys.executable, "-m", "motcua", "check", "--json"],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": database_url()}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_fifty_at_once_are_fifty_dossiers_with_fifty_numbers(committed_node: Node) -> None:
    crowd = Crowd(committed_node)
    with web() as (port, _server), ThreadPoolExecutor(50) as pool:
        began = time.monotonic()
        answers = list(pool.map(lambda number: crowd.file(port, number), range(50)))
        seconds = time.monotonic() - began
    say(f"50 at once: {len(set(crowd.acknowledged.values()))} numbers in {seconds:.1f} s")
    assert answers == [201] * 50
    assert sorted(Dossier.objects.values_list("code", flat=True)) == sorted(crowd.acknowledged.values())
    assert len(set(crowd.acknowledged.values())) == 50
    assert sorted(int(code[-4:]) for code in crowd.acknowledged.values()) == list(range(1, 51))
    assert check()["sound"] is True


def test_killed_in_the_middle_every_acknowledged_dossier_exists_once(committed_node: Node) -> None:
    crowd, asked = Crowd(committed_node), range(500)
    with web() as (port, server), ThreadPoolExecutor(20) as pool:
        sent = [pool.submit(crowd.file, port, number) for number in asked]
        while len(crowd.acknowledged) < 150:
            time.sleep(0.01)
        cut_off(server)
        broken = sum(each.result() == 0 for each in sent)
    before = dict(crowd.acknowledged)
    there = sorted(Dossier.objects.values_list("code", flat=True))
    assert broken > 0
    assert set(before.values()) <= set(there)
    assert len(there) == len(set(there))
    assert check()["sound"] is True

    with web() as (port, _server), ThreadPoolExecutor(20) as pool:  # everybody sends the same again
        again = list(pool.map(lambda number: crowd.file(port, number), asked))
    say(f"killed: {len(before)} acknowledged, {len(there)} there, {broken} broken off; all sent again: "
          f"{again.count(201)} new, {again.count(200)} known")  # fmt: skip
    assert {number: crowd.acknowledged[number] for number in before} == before
    assert (Dossier.objects.count(), again.count(200), again.count(201)) == (500, len(there), 500 - len(there))
    assert check()["sound"] is True
