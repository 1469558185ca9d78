"""``motcua load synthetic --dossiers N``: made-up dossiers in every state, for trials at volume.

The same seed on the same node makes the same dossiers. They are filed at the counter, without files and results.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tqdm import tqdm

from motcua.base.errors import Refused
from motcua.base.worktime import local

# Who need not read the facts of made-up dossiers: nobody filed them from an account, and their counts are added at once.
CHECKED = (
    "results.documents", "dossiers.notices", "dossiers.counts", "telling.mandates", "telling.results",
    "corrections.closed", "drafts.emptied", "opinions.ended",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many, from which seed, up to which day."""
    parser.add_argument("--dossiers", type=int, default=200_000, help="how many dossiers")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same dossiers")
    parser.add_argument("--until", type=date.fromisoformat, help="their last day (default: yesterday)")
    parser.add_argument("--yes", action="store_true", help="also on a node that is not the demo and holds dossiers")


def run(options: argparse.Namespace) -> int:
    """Load and say how long it took."""
    from motcua.base.cursors import Subscribers, run_until_read
    from motcua.base.wires import provider

    if not 0 < options.dossiers <= 5_000_000:
        raise Refused("synthetic_too_many", limit=5_000_000)
    must_be_a_trial(options.yes)
    until = options.until or local(datetime.now(UTC)).date() - timedelta(days=1)
    began = time.monotonic()
    run_until_read(provider(Subscribers))
    loaded = load(options.dossiers, options.seed, until)
    print(f"Đã nạp {loaded:,} hồ sơ giả lập trong {time.monotonic() - began:.1f} giây".replace(",", "."))
    return 0


def must_be_a_trial(yes: bool) -> None:
    """Raise `Refused` ``node_not_a_trial`` on a node that may hold real dossiers, unless the operator says so."""
    from django.conf import settings

    from motcua.dossiers.models import Dossier

    if not (yes or settings.DEMO) and Dossier.objects.exists():
        raise Refused("node_not_a_trial")


def load(count: int, seed: int, until: date) -> int:
    """Make and write ``count`` dossiers of the twelve months up to ``until``; returns how many."""
    from motcua.trials.actions import load_lives

    numbers = counters()
    found = lives(cases(until), clock_until(until), count, seed, until, numbers)
    return load_lives(tqdm(found, total=count, unit="hồ sơ", file=sys.stderr), numbers, settled=CHECKED)


def lives(cases: list[Any], clock: Any, count: int, seed: int, until: date, numbers: dict[str, int]) -> Iterator[Any]:
    """The made-up lives themselves."""
    from motcua.base.worktime import instant
    from motcua.trials import made_up

    return made_up.lives(cases, clock, count=count, seed=seed, until=instant(until, 1440), numbers=numbers)


def clock_until(until: date) -> Any:
    """The working minutes of the year before and of the time promised after it."""
    from motcua.deadlines.national import national
    from motcua.trials.made_up import Clock

    return Clock(national(), until - timedelta(days=370), until + timedelta(days=500))


def counters() -> dict[str, int]:
    """The numbers given out so far, by agency and day."""
    from motcua.base.models import Counter

    return dict(Counter.objects.filter(key__startswith="dossier:").values_list("key", "value"))


def cases(on: date) -> list[Any]:
    """Every procedure with a process at every agency that decides it; communes count threefold, as in life.

    Raises `Refused` ``nothing_to_file`` on a node without agencies or procedures.
    """
    import yaml
    from django.conf import settings

    from motcua.catalogue.queries import in_force, plan_of

    birth = yaml.safe_load((settings.DATA / "demo_birth.yaml").read_text())
    staff, found = officers(), []
    for edition in in_force(on - timedelta(days=366)).order_by("procedure__code"):
        plan = plan_of(edition)
        if plan.fileable and (plan.definition.form is None or plan.code == "1.001193"):
            found += cases_of(plan, birth if plan.definition.form else ANSWERS, staff, on)
    if not found:
        raise Refused("nothing_to_file")
    return found


ANSWERS = {
    "so_dinh_danh": "099196000101",
    "dien_thoai": "0900000101",
    "dia_chi": "Tỉnh Minh Hoạ",
    "noi_dung": "Đề nghị giải quyết theo quy định",
}


def cases_of(plan: Any, answers: dict[str, Any], staff: dict[str, dict[str, tuple[str, ...]]], on: date) -> list[Any]:
    """One procedure at each agency that decides it."""
    from motcua.people.queries import competent_agencies
    from motcua.trials.made_up import Case

    definition = plan.definition
    channels = tuple(name for name in ("direct", "postal") if name in definition.channels)
    found = []
    for agency in competent_agencies(levels=definition.levels, field=definition.field, on=on) if channels else []:
        team = staff[""] | staff.get(agency.code, {})
        case = Case(str(plan.edition_id), definition, str(agency.id), agency.code, channels, team, answers)
        found += [case] * (3 if agency.level == "commune" else 1)
    return found


def officers() -> dict[str, dict[str, tuple[str, ...]]]:
    """Who holds which role at which agency; under the empty code anybody, for agencies without a team of their own."""
    from motcua.people.models import Citizen, Post

    citizens = tuple(f"citizen:{key}" for key in Citizen.objects.order_by("id").values_list("id", flat=True)[:20])
    found: dict[str, dict[str, tuple[str, ...]]] = {"": {"citizen": citizens or ("system",)}}
    for post in Post.objects.select_related("agency").order_by("agency__code", "role", "id"):
        for code in ("", post.agency.code):
            team = found.setdefault(code, {})
            team[post.role] = (*team.get(post.role, ()), f"officer:{post.officer_id}")
    return found
