"""The demo's bank: ``motcua sandbox-bank`` as a process beside the node, and the file that makes it a way to pay."""

import os
import secrets
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import yaml

PORT = 9200  # where the bank is looked for first; any free port otherwise
AGENCIES = ("H99.101", "H99.102", "H99.103", "H99.01", "H99.02")  # of data/agencies.yaml: they have accounts
BANK = {"bank": "970436", "bank_name": "Ngân hàng trình diễn", "holder": "TÀI KHOẢN TRÌNH DIỄN"}


def start(var: Path, address: str) -> tuple[str, subprocess.Popen[bytes]] | None:
    """Start the bank and say so in ``MOTCUA_PROVIDERS``; returns where it is. None where the operator named providers.

    Must be called before the processes that pay are started: they inherit the variable.
    """
    if os.environ.get("MOTCUA_PROVIDERS"):
        return None
    port, secret = free_port(), secrets.token_urlsafe(24)
    bank = f"http://127.0.0.1:{port}"
    os.environ["MOTCUA_PROVIDERS"] = str(write(var, bank, secret))
    words = ["--port", str(port), "--callback", f"{address}/api/thanh-toan/sandbox/"]
    # The secret goes through the environment: arguments of a process can be read by everybody on the machine.
    process = subprocess.Popen(
        [sys.executable, "-m", "motcua", "sandbox-bank", *words],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"MOTCUA_SANDBOX_SECRET": secret},
    )
    return bank, process


def write(var: Path, bank: str, secret: str) -> Path:
    """The file of providers, readable by the owner alone."""
    accounts = {code: {**BANK, "number": f"9990{at:04d}"} for at, code in enumerate(AGENCIES, 1)}
    named = {
        "sandbox": {"address": bank, "secret": secret},
        "vietqr": {"statements": str(var / "statements"), "accounts": accounts},
    }
    path = var / "providers.yaml"
    var.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yaml.safe_dump(named, file, allow_unicode=True)
    return path


def free_port() -> int:
    """`PORT`, or one that the system gives when somebody has it."""
    for wanted in (PORT, 0):
        with suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", wanted))
            return int(probe.getsockname()[1])
    raise RuntimeError("no port is free")
