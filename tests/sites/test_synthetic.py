"""Made-up dossiers: deterministic, sound like lived ones, and never poured over real ones."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection

from motcua.base import ledger
from motcua.base.cursors import Subscribers, replay, run_until_read
from motcua.base.errors import Refused
from motcua.base.models import Counter, Cursor, Fact
from motcua.base.wires import provider
from motcua.dossiers import checks
from motcua.dossiers import subscribers as dossiers
from motcua.dossiers.models import Dossier, Standing, Tally
from motcua.sites.cli import load_synthetic
from tests.node import DAY, Node

UNTIL = DAY - timedelta(days=1)
EVERY = provider(Subscribers)


def loaded(count: int, seed: int = 7) -> int:
    run_until_read(EVERY)
    return load_synthetic.load(count, seed, UNTIL)


def findings() -> list[str]:
    every = (checks.check_tips, checks.check_states, checks.check_counts)
    return [finding for check in every for finding in check()]


def test_made_up_dossiers_are_as_sound_as_lived_ones(committed_node: Node) -> None:
    assert loaded(300) == 300
    assert Dossier.objects.count() == Standing.objects.count() == 300
    assert findings() == []
    assert list(ledger.broken_facts()) == []


def test_a_replay_counts_what_the_load_counted(committed_node: Node) -> None:
    loaded(200)
    counted = sorted(Tally.objects.exclude(count=0).values_list("agency", "state", "count"))
    replay(dossiers.COUNTS)
    assert run_until_read([dossiers.COUNTS]) == Fact.objects.count()
    assert sorted(Tally.objects.exclude(count=0).values_list("agency", "state", "count")) == counted


def test_the_same_seed_makes_the_same_dossiers(committed_node: Node) -> None:
    cases, clock = load_synthetic.cases(UNTIL), load_synthetic.clock_until(UNTIL)
    made = [list(load_synthetic.lives(cases, clock, 20, seed, UNTIL, {})) for seed in (7, 7, 8)]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_a_dossier_filed_afterwards_gets_the_next_number(committed_node: Node) -> None:
    loaded(200)
    last = Dossier.objects.filter(standing__agency=committed_node.agency).order_by("code").last()
    assert last is not None
    agency, day, number = last.code.rsplit("-", 2)
    assert Counter.objects.get(key=f"dossier:{agency}:{day}").value == int(number)


def test_a_subscriber_that_is_behind_is_not_moved_past_what_it_has_not_read(committed_node: Node) -> None:
    run_until_read(EVERY)
    Cursor.objects.filter(name="dossiers.counts").update(xid=0, fact_id=None)
    with pytest.raises(Refused) as refusal:
        load_synthetic.load(5, 7, UNTIL)
    assert (refusal.value.code, Dossier.objects.count()) == ("ledger_unread", 0)


def test_a_node_that_may_hold_real_dossiers_is_left_alone(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    load_synthetic.must_be_a_trial(yes=False)
    node.submitted()
    with pytest.raises(Refused, match="node_not_a_trial"):
        load_synthetic.must_be_a_trial(yes=False)
    load_synthetic.must_be_a_trial(yes=True)


def test_no_made_up_moment_lies_after_the_last_day(committed_node: Node) -> None:
    loaded(200)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM base_fact WHERE name = %s",
                       ["dossiers.closed"])  # fmt: skip
        latest: date = cursor.fetchone()[0]
    assert latest <= UNTIL
