"""The node that benches run on: a database of its own beside any real one, with the demo's agencies, people, procedures.

On the server of ``DATABASE_URL`` when set, else on an embedded one in ``bench`` below the data folder.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("MOTCUA_VAR") or ROOT / "var") / "bench"


@dataclass(frozen=True)
class Claim:
    """One line of the table: what is claimed, what was measured, beside which floor, and what was asked for."""

    what: str
    ours: str
    floor: str
    measured: float
    target: float
    most: bool = False  # the target is an upper limit

    @property
    def met(self) -> bool:
        return self.measured <= self.target if self.most else self.measured >= self.target


def use(name: str, *, fresh: bool = False) -> str:
    """Make the database ``motcua_bench_<name>`` ready (``fresh``: empty it first) and set Django up on it; its URL.

    Effects: sets environment variables; creates, migrates and loads the database when it is new.
    """
    server = os.environ.get("DATABASE_URL") or _embedded()
    parts = urlsplit(server)
    database = f"motcua_bench_{name}"
    with psycopg.connect(server, autocommit=True) as admin:
        if fresh:
            admin.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        known = admin.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            admin.execute(f"CREATE DATABASE {database}")
    url = urlunsplit(parts._replace(path=f"/{database}"))
    attach(url)
    _fill()
    return url


def attach(url: str) -> None:
    """Set Django up on a bench database that is ready: what a worker process of a bench begins with."""
    os.environ.update(DATABASE_URL=url, MOTCUA_VAR=str(VAR), DJANGO_SETTINGS_MODULE="motcua.settings")
    import django

    django.setup()


def _embedded() -> str:
    from motcua.base import database

    database.ensure(VAR)
    return f"postgresql://postgres@/postgres?host={database.socket_folder(VAR)}"


def _fill() -> None:
    import yaml
    from django.conf import settings
    from django.core.management import call_command

    from motcua.base.actor import SYSTEM
    from motcua.catalogue import actions as catalogue
    from motcua.people.actions.loading import load_agencies, load_people
    from motcua.sites.cli.demo_data import load_shipped_procedures

    call_command("migrate", verbosity=0)
    at = datetime.now(UTC)
    load_agencies(yaml.safe_load((settings.DATA / "agencies.yaml").read_text())["agencies"], at=at)
    load_people(yaml.safe_load((settings.DATA / "people.yaml").read_text()), at=at)
    catalogue.load_fields(yaml.safe_load((settings.DATA / "fields.yaml").read_text()), by=SYSTEM)
    load_shipped_procedures(at)


def cpu_of(pid: int) -> float:
    """CPU seconds a process of this machine has used so far; 0 where ``/proc`` does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tell(claims: Sequence[Claim], as_json: bool) -> int:
    """Print the claims of one bench, for a person or for ``python -m bench``; 1 when one was not met."""
    if as_json:
        print(json.dumps([asdict(claim) for claim in claims]))
    else:
        for claim in claims:
            print(line(claim))
    return int(not all(claim.met for claim in claims))


def line(claim: Claim) -> str:
    """One line of the table."""
    asked = f"{'≤' if claim.most else '≥'} {claim.target:g}"
    mark = "✓" if claim.met else "✗"
    return f"{mark} {claim.what:<54} {claim.ours:>14} {claim.floor:>20} {claim.measured:>8.2f}  {asked}"


def note(text: str) -> None:
    """Progress for a person; standard output is kept for the result."""
    print(text, file=sys.stderr, flush=True)
