"""Desk and search with 200,000 dossiers loaded: ``python -m bench.desk [--dossiers 200000] [--requests 200]``.

Requests go through the WSGI application in this process, as a signed-in officer: what the server spends, without the
network. The dossiers are made up, loaded by the clock into an empty node, and stay for ``--keep``.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from bench.browser import Browser, session_of
from bench.node import Claim, note, tell, use

QUESTIONS = (
    "đăng ký khai sinh cho con", "cap lai can cuoc cong dan", "muốn mở hộ kinh doanh thì làm gì", "xác nhận độc thân",
    "giấy phép xây dựng nhà ở riêng lẻ", "dang ky thuong tru", "trợ cấp người cao tuổi", "đổi bằng lái xe hết hạn",
    "lý lịch tư pháp", "sang tên sổ đỏ",
)  # fmt: skip


def milliseconds(act: Callable[[], Any]) -> float:
    """How long it took."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def spread(what: str, times: list[float], claim: str, limit: float) -> Claim:
    """p50 and p95 of one kind of page."""
    p95 = statistics.quantiles(times, n=20)[-1]
    note(
        f"{what}: p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, longest {max(times):.1f} ms, n {len(times)}"
    )
    return Claim(claim, f"p95 {p95:.1f} ms", f"p50 {statistics.median(times):.1f} ms", p95, limit, most=True)


def worklists() -> list[str]:
    """The queries officers ask worklists with."""
    whole = "viec=tat-ca"
    return ["", "", whole, f"{whole}&han=overdue", f"{whole}&han=soon", "trang-thai=processing", "trang-thai=closed",
            "q=H99.101-26"]  # fmt: skip


def codes(agency: str, count: int, chance: random.Random) -> list[str]:
    """Codes of dossiers of an agency, open and ended."""
    from motcua.dossiers.models import Dossier

    every = list(Dossier.objects.filter(standing__agency__code=agency).values_list("code", flat=True))
    return chance.sample(every, min(count, len(every)))


def measure(requests: int) -> list[Claim]:
    """Worklist, dossier page and search page."""
    from motcua.wsgi import application

    officer, anybody = Browser(application, session_of("hotich.hoasen", "H99.101")), Browser(application)
    chance = random.Random(766)
    asked = [chance.choice(worklists()) for _ in range(requests)]
    pages = [f"/can-bo/ho-so/{code}/" for code in codes("H99.101", requests, chance)]
    warm(officer, asked[:10], pages[:5])
    lists = [milliseconds(lambda query=query: officer.get("/can-bo/", query)) for query in asked]
    files = [milliseconds(lambda path=path: officer.get(path)) for path in pages]
    return [
        spread("worklist", lists, "worklist among the dossiers loaded: p95 ms", 60),
        spread("dossier page", files, "dossier page among the dossiers loaded: p95 ms", 60),
        searched(anybody, requests),
    ]


def warm(officer: Browser, queries: Iterable[str], paths: Iterable[str]) -> None:
    """Compile templates and fill what is kept per process."""
    for query in queries:
        officer.get("/can-bo/", query)
    for path in paths:
        officer.get(path)


def searched(anybody: Browser, requests: int) -> Claim:
    """Search pages a second, one after the other, packed in brotli as browsers ask; beside the search alone."""
    from motcua.base.wires import provider
    from motcua.search.ports import Search

    asked = [f"{QUESTIONS[number % len(QUESTIONS)]} {number}" for number in range(requests)]
    for question in QUESTIONS:
        anybody.get("/tim-kiem/", f"q={quote(question)}")
    begun = time.perf_counter()
    for question in asked:
        provider(Search).find(question, on=datetime.now(UTC).date())
    alone = requests / (time.perf_counter() - begun)
    begun, spent = time.perf_counter(), time.process_time()
    for question in asked:  # each for the first time: pages that are kept are not what is measured
        anybody.ask("GET", "/tim-kiem/", f"q={quote(question)}", HTTP_ACCEPT_ENCODING="br")
    rate = requests / (time.perf_counter() - begun)
    note(f"search page, first time: {(time.process_time() - spent) / requests * 1000:.1f} ms of CPU")
    return Claim("search pages a second, one process", f"{rate:.0f}/s", f"{alone:.0f}/s search", rate, 300)


def loaded(count: int) -> Claim:
    """Load so many dossiers into the empty node, by the clock."""
    from motcua.base.cursors import Subscribers, run_until_read
    from motcua.base.wires import provider
    from motcua.sites.cli import load_synthetic

    run_until_read(provider(Subscribers))
    begun = time.perf_counter()
    load_synthetic.load(count, seed=1, until=datetime.now(UTC).date() - timedelta(days=1))
    seconds = time.perf_counter() - begun
    what = f"{count:,} made-up dossiers loaded: seconds for 200,000"
    return Claim(what, f"{seconds:.0f} s", f"{count / seconds:,.0f}/s", seconds * 200_000 / count, 60, most=True)


def main() -> int:
    """Load what is missing, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dossiers", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--keep", action="store_true", help="measure on the dossiers of the last run")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    use("desk", fresh=not chosen.keep)
    return tell([*([] if chosen.keep else [loaded(chosen.dossiers)]), *measure(chosen.requests)], chosen.json)


if __name__ == "__main__":
    sys.exit(main())
