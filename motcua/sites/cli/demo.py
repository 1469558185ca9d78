"""``motcua demo``: a whole node on this machine, with people, procedures and dossiers to try; Ctrl-C stops all of it."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import yaml

from motcua.base.errors import Refused
from motcua.signing.development import PIN
from motcua.sites.cli import commands, demo_bank, dev_ca

NEEDS_DATABASE = False  # it starts the database itself, to know whether it has to stop it
START_SECONDS = 60
THREADS = 64  # a web process: this many people may be sending at once


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, with how many web processes."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="web processes")


def run(options: argparse.Namespace) -> int:
    """Start everything, say where it is, wait for Ctrl-C, stop everything that was started here."""
    began = time.monotonic()
    _check_port(options.port)
    address = f"http://127.0.0.1:{options.port}"
    os.environ.update(MOTCUA_DEMO="yes", MOTCUA_ADDRESS=os.environ.get("MOTCUA_ADDRESS") or address)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    started_database = commands.ready_database()
    processes: list[subprocess.Popen[bytes]] = []
    try:
        prepare()
        let_sign()
        bank = _bank(processes, address)
        web = _web(options)
        processes += [web, _worker()]
        _wait_for(address, web)
        print(welcome(address, time.monotonic() - began, bank), flush=True)
        return _watch(processes)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes, started_database)


def prepare() -> None:
    """Bring the node up to date: tables, static files, reference data, demo people and dossiers. Safe to repeat."""
    from django.core.management import call_command

    from motcua.sites.cli.demo_data import load_demo

    for what, step in (
        ("cơ sở dữ liệu", lambda: call_command("migrate", verbosity=0)),
        ("tệp tĩnh", lambda: call_command("collectstatic", verbosity=0, interactive=False)),
        ("dữ liệu trình diễn", load_demo),
    ):
        print(f"… {what}", end=" ", flush=True)
        start = time.monotonic()
        step()
        print(f"({time.monotonic() - start:.1f} s)", flush=True)


def let_sign() -> None:
    """Give the demo's agencies and approvers keys of a development authority, unless the operator named keys.

    Must be called before the processes that sign are started: they inherit the variable.
    """
    from django.conf import settings

    folder = settings.VAR / "dev-ca"
    if not os.environ.get("MOTCUA_SIGNING"):
        os.environ["MOTCUA_SIGNING"] = str(folder / "signing.yaml" if folder.exists() else dev_ca.make(folder))


def _bank(processes: list[subprocess.Popen[bytes]], address: str) -> str:
    """Start the sandbox bank, unless the operator named providers; returns where its page is, "" without one."""
    from django.conf import settings

    if (started := demo_bank.start(settings.VAR, address)) is None:
        return ""
    processes.append(started[1])
    return started[0]


def welcome(address: str, seconds: float, bank: str = "") -> str:
    """What the terminal shows when the first page can be opened."""
    from django.conf import settings

    people: dict[str, Any] = yaml.safe_load((settings.DATA / "people.yaml").read_text())
    accounts = [(each["login"], each["about"]["vi"]) for each in people["citizens"]]
    accounts += [
        (each["login"], each["title"])
        for each in people["officers"]
        if each["login"].endswith((".hoasen", "quantri"))
    ]
    told = "\n".join(f"    {login:20} {about}" for login, about in accounts)
    told_bank = f"  Ngân hàng thử nghiệm (nộp phí không mất tiền thật):  {bank}\n" if bank else ""
    return (
        f"\n  motcua đã sẵn sàng sau {seconds:.1f} giây:  {address}\n"
        f"{told_bank}\n"
        f"  Tài khoản trình diễn (mật khẩu: {people['password']}; mã PIN để ký số: {PIN}):\n{told}\n\n"
        f"  Nhấn Ctrl-C để dừng.\n"
    )


def _check_port(port: int) -> None:
    if not 0 < port < 2**16:
        raise Refused("port_impossible", port=port)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise Refused("port_in_use", port=port) from problem


def _web(options: argparse.Namespace) -> subprocess.Popen[bytes]:
    granian = Path(sys.executable).parent / "granian"
    # Many threads, so that a slow sender keeps nobody waiting; the gate lets few of them work at a time (sites/gate.py).
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(options.port), "--no-ws"]
    words += ["--workers", str(options.workers), "--blocking-threads", str(THREADS), "--log-level", "error"]
    return subprocess.Popen([str(granian), *words, "motcua.wsgi:application"], start_new_session=True)


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "motcua", "worker"], start_new_session=True)


def _wait_for(address: str, web: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=5) as page:
                if page.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise Refused("web_did_not_start", address=address)


def _watch(processes: list[subprocess.Popen[bytes]]) -> int:
    """Wait until somebody ends us; a process that dies by itself ends the demo with its code."""
    while True:
        for process in processes:
            if (code := process.poll()) is not None:
                return code or 1
        time.sleep(0.3)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stop(processes: list[subprocess.Popen[bytes]], started_database: bool) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C does not leave half of it running
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    if started_database:
        from django.conf import settings

        from motcua.base.database import stop

        stop(settings.VAR)
