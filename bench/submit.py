"""Filing a dossier beside its floor: ``python -m bench.submit [--rounds 11] [--acts 200] [--workers 1 4]``.

Ours is the action ``filing.actions.submit``: validated form of birth registration, dossier, standing, two papers,
three chained facts, the agency's counter, committed. The floor writes the same rows into the same tables by one prepared
statement of raw psycopg, answers validated by the same compiled schema, hashes made in Python, just as durable. It
is not told whether the edition is in force, who is competent, which papers are missing, or what number comes next.
"""

import argparse
import hashlib
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
import psycopg
from uuid_utils.compat import uuid7

from bench.node import Claim, attach, cpu_of, note, tell, use

FLOOR = """
WITH counter AS (
  INSERT INTO base_counter (key, value) VALUES ($1, 1)
  ON CONFLICT (key) DO UPDATE SET value = base_counter.value + 1
), dossier AS (
  INSERT INTO dossiers_dossier (id, code, edition_id, channel, filed_by_id, owner_name, owner_folded, owner_identity,
    owner_phone, on_behalf_of, answers, return_by, submitted_at)
  VALUES ($2, $3, $4, 'online', $5, $6, $7, $8, $9, '{}', $10, 'online', $11)
), paper AS (
  INSERT INTO dossiers_dossierpaper (id, dossier_id, paper, file_id, label, source, added_at)
  VALUES ($12, $2, $13, $14, $15, '', $11), ($16, $2, $13, $17, $15, '', $11)
), facts AS (
  INSERT INTO base_fact (id, stream, seq, name, data, actor, node, at, prev_hash, hash)
  VALUES ($18, $19, 1, 'dossiers.submitted', $20, $21, $22, $11, '', $23),
         ($24, $19, 2, 'dossiers.paper_added', $25, $21, $22, $11, $23, $26),
         ($27, $19, 3, 'dossiers.paper_added', $28, $21, $22, $11, $26, $29)
)
INSERT INTO dossiers_standing (dossier_id, agency_id, state, step, role, seq, tip)
VALUES ($2, $30, 'submitted', $31, $32, 3, $29)
"""
NAMED = re.sub(r"\$(\d+)", r"%(v\1)s", FLOOR)  # as psycopg's ordinary cursor takes it
AT = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
Act = Callable[[int], None]


class Spent(NamedTuple):
    """One round of one side: acts a second, CPU milliseconds an act of the application and of PostgreSQL."""

    rate: float
    application: float
    database: float


@dataclass(frozen=True)
class Case:
    """What is filed: everything both sides know before the clock starts."""

    edition: Any
    agencies: list[Any]
    filer: Any
    answers: dict[str, Any]
    papers: list[str]
    step: Any


def case() -> Case:
    """Birth registration at the wards of the demo node, with two kept files."""
    import yaml
    from django.conf import settings

    from motcua.base import files
    from motcua.catalogue.queries import edition_for, plan_of
    from motcua.people.models import Agency, Citizen
    from motcua.people.queries import citizen_actor

    edition = plan_of(edition_for("1.001193", AT.date()))
    papers = [files.keep(content, "application/pdf", at=AT).sha256 for content in (b"%PDF-1.4 one", b"%PDF-1.4 two")]
    return Case(
        edition=edition,
        agencies=list(Agency.objects.filter(level="commune", valid_until=None).order_by("code")),
        filer=citizen_actor(Citizen.objects.get(account__login="me.lan")),
        answers=yaml.safe_load((settings.DATA / "demo_birth.yaml").read_text()),
        papers=papers,
        step=edition.definition.process[0],
    )


def ours(case: Case) -> Act:
    """The action, as a page or the API calls it."""
    from motcua.dossiers.rules import Attached, Filing, Owner
    from motcua.filing.actions import submit

    def act(number: int) -> None:
        papers = tuple(Attached("giay-chung-sinh", sha256, "giấy chứng sinh.pdf") for sha256 in case.papers)
        owner = Owner("Nguyễn Thị Lan", "001196000101", "0900000101")
        agency = case.agencies[number % len(case.agencies)].id
        filing = Filing(uuid7(), case.edition.edition_id, agency, "online", owner, case.answers, papers)
        submit(filing, by=case.filer, at=AT)

    return act


def floor(case: Case, connection: psycopg.Connection[Any]) -> Act:
    """The same rows by one statement; numbers come from ranges of its own."""
    from uuid import UUID

    edition, filer, ref = case.edition.edition_id, UUID(case.filer.id), case.filer.ref
    cursor = connection.cursor()
    moment = AT.isoformat(timespec="microseconds")

    def act(number: int) -> None:
        if case.edition.form.check(case.answers):
            raise ValueError("the answers are wrong")
        agency = case.agencies[number % len(case.agencies)]
        dossier, code = uuid7(), f"{agency.code}-001110-{number:09d}"
        stream, answers = f"dossier:{dossier}", orjson.dumps(case.answers, option=orjson.OPT_SORT_KEYS)
        moved = {"from": "", "to": "submitted", "agency": str(agency.id)}
        told = {"code": code, "procedure": case.edition.code, "edition": str(edition), "agency": str(agency.id),
                "channel": "online", "filed_by": case.filer.id, "on_behalf": False,
                "answers_sha256": hashlib.sha256(answers).hexdigest(), **moved}  # fmt: skip
        events = [("dossiers.submitted", told)]
        papers = [{"paper": "giay-chung-sinh", "sha256": sha256, "source": ""} for sha256 in case.papers]
        events += [("dossiers.paper_added", paper) for paper in papers]
        before, facts = b"", list[Any]()
        for seq, (name, data) in enumerate(events, 1):
            fact = uuid7()
            content = orjson.dumps(
                [str(fact), stream, seq, name, data, ref, "H99", moment], option=orjson.OPT_SORT_KEYS
            )
            after = hashlib.sha256(before + content).digest()
            facts += [fact, *([stream] if seq == 1 else []), orjson.dumps(data).decode()]
            facts += [ref, "H99", after] if seq == 1 else [after]
            before = after
        first, second = case.papers
        values = [f"floor:{agency.code}", dossier, code, edition, filer, "Nguyễn Thị Lan", "nguyen thi lan",
                  "001196000101", "0900000101", answers.decode(), AT, uuid7(), "giay-chung-sinh", first,
                  "giấy chứng sinh.pdf", uuid7(), second, *facts, agency.id, case.step.step, case.step.role]  # fmt: skip
        cursor.execute(NAMED, {f"v{place}": value for place, value in enumerate(values, 1)}, prepare=True)

    return act


def measured(act: Act, first: int, acts: int, backend: int) -> Spent:
    """Do it ``acts`` times and see what it took."""
    database, application, begun = cpu_of(backend), time.process_time(), time.perf_counter()
    for number in range(first, first + acts):
        act(number)
    seconds = time.perf_counter() - begun
    application = time.process_time() - application
    return Spent(acts / seconds, application / acts * 1000, (cpu_of(backend) - database) / acts * 1000)


def work(url: str, place: int, rounds: int, acts: int, turns: Any, told: Any) -> None:
    """One worker process: floor and ours by turns, in step with the other workers."""
    attach(url)
    from django.db import connection as django

    found, first = case(), place * 1_000_000
    with psycopg.connect(url, autocommit=True) as raw:
        django.ensure_connection()
        sides = (
            (floor(found, raw), raw.info.backend_pid),
            (ours(found), django.connection.info.backend_pid),
        )
        for act, backend in sides:
            measured(act, first, 30, backend)
        for number in range(rounds):
            for side, (act, backend) in enumerate(sides):
                turns.wait()
                told.put((number, side, measured(act, first + 30 + number * acts, acts, backend)))
    django.close()


def run(url: str, workers: int, rounds: int, acts: int) -> list[list[Spent]]:
    """``workers`` processes at once; for the floor and for ours, what each round took all of them together."""
    context = multiprocessing.get_context("spawn")
    turns, told = context.Barrier(workers), context.Queue()
    each = acts // workers
    processes = [
        context.Process(target=work, args=(url, workers * 10 + worker, rounds, each, turns, told))
        for worker in range(workers)
    ]
    for process in processes:
        process.start()
    rows: dict[tuple[int, int], list[Spent]] = {}
    for _ in range(workers * rounds * 2):
        number, side, spent = told.get(timeout=120)
        rows.setdefault((number, side), []).append(spent)
    for process in processes:
        process.join()
    return [[together(rows[number, side]) for number in range(rounds)] for side in (0, 1)]


def together(spent: list[Spent]) -> Spent:
    """What workers did side by side: rates add up, costs an act are averaged."""
    application, database = (statistics.mean(getattr(one, name) for one in spent) for name in Spent._fields[1:])
    return Spent(sum(one.rate for one in spent), application, database)


def claims(workers: int, floors: list[Spent], found: list[Spent]) -> list[Claim]:
    """What one run says."""
    for number, (below, here) in enumerate(zip(floors, found, strict=True), 1):
        note(f"{workers} worker(s), round {number}: ratio {here.rate / below.rate:.2f}")
        for name, side in (("floor", below), ("ours", here)):
            spent = f"CPU an act {side.application:.2f} ms, of PostgreSQL {side.database:.2f} ms"
            note(f"    {name:5} {side.rate:5.0f}/s, {spent}")
    ratio = statistics.median(here.rate / below.rate for below, here in zip(floors, found, strict=True))
    rates = [statistics.median(one.rate for one in side) for side in (floors, found)]
    costs = [statistics.median(one.application for one in side) for side in (floors, found)]
    said = f"file a dossier, {workers} worker{'s' * (workers > 1)}"
    return [
        Claim(f"{said}: of raw psycopg", f"{rates[1]:.0f}/s", f"{rates[0]:.0f}/s", ratio, 0.6),
        Claim(f"{said}: CPU ms an act", f"{costs[1]:.2f} ms", f"{costs[0]:.2f} ms", costs[1], 2.0, most=True),
    ]


def requested(acts: int) -> Claim:
    """CPU of a whole request to file: session, CSRF token, JSON, the action, the answer; through WSGI, no network."""
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string

    from bench.browser import Browser, session_of
    from motcua.people.models import Account
    from motcua.sites.api.access import ticket
    from motcua.wsgi import application

    found, token = case(), _get_new_csrf_string()
    account = Account.objects.get(login="me.lan")
    browser = Browser(application, f"{session_of('me.lan')}; {settings.CSRF_COOKIE_NAME}={token}")
    papers = [{"paper": "giay-chung-sinh", "file": ticket(one, account), "label": "giấy.pdf"} for one in found.papers]
    body = orjson.dumps({"agency": "H99.101", "procedure": "1.001193", "answers": found.answers, "papers": papers})

    def act(number: int) -> None:
        key = f"bench-{number}"
        browser.post("/api/v1/dossiers", body, "application/json", HTTP_X_CSRFTOKEN=token, HTTP_IDEMPOTENCY_KEY=key)

    measured(act, 0, 30, 0)
    spent = [measured(act, 30 + number * acts, acts, 0) for number in range(3)]
    cost, rate = (
        statistics.median(values) for values in zip(*((one.application, one.rate) for one in spent), strict=True)
    )
    return Claim("file a dossier, the whole request: CPU ms", f"{cost:.2f} ms", f"{rate:.0f}/s", cost, 8, most=True)


def main() -> int:
    """Measure on as many workers as asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--acts", type=int, default=200, help="in a round, all workers together")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    url = use("submit", fresh=True)
    from django.db import connection

    connection.close()
    found = []
    for workers in chosen.workers:
        found += claims(workers, *run(url, workers, chosen.rounds, chosen.acts))
    found.append(requested(chosen.acts // 4))
    return tell(found, chosen.json)


if __name__ == "__main__":
    sys.exit(main())
