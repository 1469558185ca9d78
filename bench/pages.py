"""Anonymous pages beside the server's own hello: ``python -m bench.pages [--seconds 3] [--rounds 5] [--path /]``.

Both run under granian with one worker and one blocking thread; the rounds alternate, the median of the ratios counts.
Needs ``wrk``; without it a small client of our own, which measures less of the server and more of itself.
"""

import argparse
import asyncio
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

CONNECTIONS = 32


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(target: str) -> Iterator[str]:
    """The address of ``target`` (module:name) under granian; stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "64", "--no-log", target]
    with subprocess.Popen(command, start_new_session=True) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def wait_for(port: int, seconds: float = 30) -> None:
    """Wait until somebody listens on ``port``; raises ``TimeoutError``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def rate(address: str, seconds: int) -> float:
    """Requests answered in a second, brotli accepted."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: br", address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in told:
            raise RuntimeError(f"{address}: {told}")
        return float(re.search(r"Requests/sec:\s*([\d.]+)", told)[1])  # type: ignore[index]
    return asyncio.run(own_rate(address, seconds))


async def own_rate(address: str, seconds: int) -> float:
    """The same without ``wrk``: keep-alive connections, each asking again as soon as it was answered."""
    host, _, path = address.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    asked = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\n\r\n".encode()
    until, answered = time.monotonic() + seconds, 0

    async def client() -> None:
        nonlocal answered
        reader, writer = await asyncio.open_connection(name, int(port))
        while time.monotonic() < until:
            writer.write(asked)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.search(rb"content-length: (\d+)", head)[1]))  # type: ignore[index]
            answered += 1
        writer.close()

    await asyncio.gather(*(client() for _connection in range(CONNECTIONS)))
    return answered / seconds


def main() -> int:
    """Print the rates and the median of their ratios; 1 when the ratio is below ``--least``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--path", default="/")
    parser.add_argument("--target", default="motcua.wsgi:application")
    parser.add_argument("--least", type=float, default=0.2)
    chosen = parser.parse_args()
    ratios = []
    with served("bench.hello:application") as floor, served(chosen.target) as ours:
        with urllib.request.urlopen(ours + chosen.path, timeout=30) as first:
            print(f"{chosen.path}: {first.status}, {len(first.read())} bytes plain")
        for number in range(1, chosen.rounds + 1):
            hello, page = rate(floor + "/", chosen.seconds), rate(ours + chosen.path, chosen.seconds)
            ratios.append(page / hello)
            print(f"round {number}: hello {hello:,.0f}/s, page {page:,.0f}/s, ratio {ratios[-1]:.2f}")
    middle = statistics.median(ratios)
    print(f"median ratio {middle:.2f} (asked: at least {chosen.least})")
    return 0 if middle >= chosen.least else 1


if __name__ == "__main__":
    sys.exit(main())
