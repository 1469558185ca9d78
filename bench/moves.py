"""A move of a dossier beside its floor: ``python -m bench.moves [--rounds 7] [--acts 300]``.

Ours is the verb ``dossiers.actions.pass_on``, as a page or the API calls it: the dossier loaded and locked, the state,
the role of the step and the condition of the exit checked, the next step's clock counted, standing and chained fact
written, committed. The floor updates the same row and inserts the same fact by psycopg in one transaction, both
statements prepared, the hash made in Python; it is told everything and checks nothing.
"""

import argparse
import hashlib
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import psycopg
from uuid_utils.compat import uuid7

from bench.node import Claim, note, tell, use
from bench.submit import Spent, case, measured, ours

AT = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
UPDATE = """
UPDATE dossiers_standing SET state = %s, step = %s, role = %s, officer_id = NULL, step_due_at = %s, seq = %s, tip = %s
WHERE dossier_id = %s
"""
INSERT = """
INSERT INTO base_fact (id, stream, seq, name, data, actor, node, at, prev_hash, hash)
VALUES (%s, %s, %s, 'dossiers.passed_on', %s, %s, 'H99', %s, %s, %s)
"""
Act = Callable[[int], None]


def received(count: int) -> list[UUID]:
    """File and receive so many births at ward Hoa Sen."""
    from motcua.dossiers.actions import receive
    from motcua.dossiers.models import Standing

    found = case()
    found = type(found)(**{**vars(found), "agencies": [each for each in found.agencies if each.code == "H99.101"]})
    file = ours(found)
    for number in range(count):
        file(number)
    keys = list(Standing.objects.filter(state="submitted").values_list("pk", flat=True))
    for key in keys:
        receive(key, by=officer("tiepnhan.hoasen"), at=AT)
    return keys


def officer(login: str) -> Any:
    """An officer of ward Hoa Sen as an actor."""
    from motcua.people.models import Agency, Officer
    from motcua.people.queries import actor_for

    return actor_for(Officer.objects.get(account__login=login), Agency.objects.get(code="H99.101"), on=AT.date())


def verb(keys: list[UUID]) -> Act:
    """The clerk passes it to who signs, who returns it, by turns: all of them forward, all of them back."""
    from motcua.dossiers.actions import pass_on

    clerk, chair = officer("hotich.hoasen"), officer("chutich.hoasen")

    def act(number: int) -> None:
        turn, place = divmod(number, len(keys))
        at = AT + timedelta(minutes=turn)
        if turn % 2:
            pass_on(keys[place], "return", by=chair, at=at)
        else:
            pass_on(keys[place], "pass", by=clerk, at=at)

    return act


def floor(keys: list[UUID], connection: psycopg.Connection[Any], actor: str) -> Act:
    """The same rows changed and written, on dossiers of its own."""
    rows = connection.execute(
        "SELECT dossier_id, seq, tip, agency_id FROM dossiers_standing WHERE dossier_id = ANY(%s)", [keys]
    ).fetchall()
    tips = [[key, seq, bytes(tip), str(agency)] for key, seq, tip, agency in rows]

    def act(number: int) -> None:
        turn, place = divmod(number, len(tips))
        key, seq, tip, agency = tips[place]
        at = AT + timedelta(minutes=turn)
        step, before, role = ("tham-tra", "ky", "clerk") if turn % 2 else ("ky", "tham-tra", "approver")
        data = {"step": step, "before": before, "action": "pass", "note": "", "automatic": False,
                "from": "processing", "to": "processing", "agency": agency}  # fmt: skip
        fact, stream = uuid7(), f"dossier:{key}"
        moment = at.isoformat(timespec="microseconds")
        content = [str(fact), stream, seq + 1, "dossiers.passed_on", data, actor, "H99", moment]
        told = hashlib.sha256(tip + orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()
        with connection.transaction():
            connection.execute(
                UPDATE, ["processing", step, role, at + timedelta(hours=4), seq + 1, told, key], prepare=True
            )
            connection.execute(
                INSERT, [fact, stream, seq + 1, orjson.dumps(data).decode(), actor, at, tip, told], prepare=True
            )
        tips[place][1:3] = [seq + 1, told]

    return act


def run(url: str, rounds: int, acts: int) -> tuple[list[Spent], list[Spent]]:
    """Floor and ours by turns, each on half of the dossiers."""
    from django.db import connection as django

    keys = received(acts * 2)
    half = len(keys) // 2
    with psycopg.connect(url, autocommit=True) as raw:
        bare = floor(keys[:half], raw, officer("hotich.hoasen").ref)
        verbs, backend = verb(keys[half:]), django.connection.info.backend_pid
        found: tuple[list[Spent], list[Spent]] = ([], [])
        for number in range(rounds + 1):
            below = measured(bare, number * half, half, raw.info.backend_pid)
            here = measured(verbs, number * half, half, backend)
            if number:  # the first round warms both
                found[0].append(below)
                found[1].append(here)
                spent = f"{here.application:.2f} + {here.database:.2f} ms"
                under = f"{below.application:.2f} + {below.database:.2f} ms"
                note(f"round {number}: ratio {here.rate / below.rate:.2f}, CPU {spent} beside {under}")
    return found


def main() -> int:
    """Measure, and print what is claimed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--acts", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    below, here = run(use("moves", fresh=True), chosen.rounds, chosen.acts)
    cost, bare = (statistics.median(one.application for one in side) for side in (here, below))
    both, under = (statistics.median(one.application + one.database for one in side) for side in (here, below))
    return tell(
        [
            Claim("a move: CPU ms of the application", f"{cost:.2f} ms", f"{bare:.2f} ms", cost, 3, most=True),
            Claim("a move: CPU ms with PostgreSQL's", f"{both:.2f} ms", f"{under:.2f} ms", both, 3, most=True),
        ],
        chosen.json,
    )


if __name__ == "__main__":
    sys.exit(main())
