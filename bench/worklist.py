"""The worklist of an officer with 20,000 open dossiers: ``python -m bench.worklist [--open 20000] [--requests 150]``.

The dossiers are made up (part ``trials``), all at one ward, filed in the last working hours so that most are still open.
Requests go through the WSGI application in this process, as a signed-in officer. The floor is the statement of the same
page, sent by psycopg and read to its end: what no page can be faster than.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from bench.browser import Browser, session_of
from bench.desk import milliseconds, warm
from bench.node import Claim, note, tell, use

WARD = "H99.101"
WINDOW = 600  # working minutes before today in which they are filed
LOOKS = ("", "", "viec=tat-ca", "viec=tat-ca&han=overdue", "viec=tat-ca&han=soon", "trang-thai=processing",
         "trang-thai=received", "viec=tat-ca&q=Nguyen", "q=H99.101-26")  # fmt: skip
FLOOR = """
SELECT d.code, d.owner_name, d.edition_id, s.state, s.step, s.role, s.officer_id, s.due_at, s.paused_at, s.ended_at
FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.agency_id = %s AND s.state IN ('submitted', 'returned', 'received', 'processing', 'supplementing', 'paying',
  'decided') AND s.role = 'clerk' AND (s.officer_id IS NULL OR s.officer_id = %s)
ORDER BY s.due_at, s.dossier_id LIMIT 51
"""


def load(wanted: int) -> int:
    """Make up dossiers at the ward until ``wanted`` of them are open; returns how many were loaded."""
    from motcua.base.cursors import Subscribers, run_until_read
    from motcua.base.wires import provider
    from motcua.sites.cli import load_synthetic
    from motcua.trials.actions import load_lives

    run_until_read(provider(Subscribers))
    until = datetime.now(UTC).date() - timedelta(days=1)
    cases = [each for each in load_synthetic.cases(until) if each.agency_code == WARD]
    numbers = load_synthetic.counters()
    made = until_open(cases, load_synthetic.clock_until(until), until, wanted, numbers)
    return load_lives(made, numbers, settled=load_synthetic.CHECKED)


def until_open(cases: list[Any], clock: Any, until: Any, wanted: int, numbers: dict[str, int]) -> Iterator[Any]:
    """Lives filed in the last working hours, until so many are open."""
    from motcua.base.numbering import day_key, dossier_code
    from motcua.base.worktime import instant, local
    from motcua.dossiers.states import OPEN
    from motcua.trials.made_up import Story, somebody

    chance, today = random.Random(20), clock.place(instant(until, 1440))
    found = 0
    while found < wanted:
        case, place = chance.choice(cases), chance.randrange(today - WINDOW, today - 3)
        day = local(clock.at(place)).date()
        key = day_key(WARD, day)
        numbers[key] = numbers.get(key, 0) + 1
        code = dossier_code(WARD, day, numbers[key])
        owner, answers = somebody(chance, case.answers)
        story = Story(case, clock, chance, place, today)
        story.live(code, answers)
        life = story.life(code, owner, answers.decode())
        found += life.told[-1].to in OPEN
        yield life


def measure(url: str, requests: int) -> list[Claim]:
    """Pages and bare statements by turns."""
    from motcua.dossiers.models import Standing
    from motcua.dossiers.states import OPEN
    from motcua.people.models import Agency, Officer
    from motcua.wsgi import application

    open_ones = Standing.objects.filter(agency__code=WARD, state__in=sorted(OPEN)).count()
    browser, chance = Browser(application, session_of("hotich.hoasen", WARD)), random.Random(80)
    warm(browser, LOOKS, [])
    who = [Agency.objects.get(code=WARD).id, Officer.objects.get(account__login="hotich.hoasen").id]
    pages, costs, bare = [], [], []
    with psycopg.connect(url, autocommit=True) as raw:
        for _ in range(requests):
            look = chance.choice(LOOKS)
            spent = time.process_time()
            pages.append(milliseconds(lambda look=look: browser.get("/can-bo/", look)))
            costs.append((time.process_time() - spent) * 1000)
            bare.append(milliseconds(lambda: raw.execute(FLOOR, who, prepare=True).fetchall()))
    ours, floor = (statistics.quantiles(times, n=20)[-1] for times in (pages, bare))
    note(
        f"{open_ones:,} open; page p50 {statistics.median(pages):.1f} ms, p95 {ours:.1f} ms, longest {max(pages):.1f} ms"
    )
    cost = statistics.quantiles(costs, n=20)[-1]
    what = f"worklist of an officer, {open_ones:,} open"
    return [
        Claim(f"{what}: p95 ms", f"{ours:.1f} ms", f"SQL {floor:.1f} ms", ours, 60, most=True),
        Claim(f"{what}: CPU p95 ms", f"{cost:.1f} ms", "", cost, 60, most=True),
    ]


def main() -> int:
    """Load what is missing, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--open", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=150)
    parser.add_argument("--keep", action="store_true", help="measure on the dossiers of the last run")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    url = use("worklist", fresh=not chosen.keep)
    if not chosen.keep:
        begun = time.perf_counter()
        note(f"{load(chosen.open):,} dossiers loaded in {time.perf_counter() - begun:.0f} s")
    return tell(measure(url, chosen.requests), chosen.json)


if __name__ == "__main__":
    sys.exit(main())
