"""Who has how much: nobody's files first, officers by name, late and near as the list says, work done this week."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.base.cursors import replay, run_until_read
from motcua.base.errors import Forbidden
from motcua.desks.models import WorkDone
from motcua.desks.subscribers import WORK
from motcua.desks.workload import Load, workload
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from tests.node import DAY, Node

HOUR = timedelta(hours=1)
MONDAY = date(2026, 11, 9)


def loads(node: Node, at: Any = None) -> list[Load]:
    moment = at or node.noon + HOUR
    return workload(node.approver, soon=moment + 48 * HOUR, at=moment, since=MONDAY, on=DAY)


def of(node: Node, officer: str, at: Any = None) -> Load:
    return next(each for each in loads(node, at) if each.officer == UUID(officer))


def test_what_nobody_was_given_stands_first_by_role(node: Node) -> None:
    node.submitted()
    node.received()
    rows = loads(node)
    assert [(row.roles, row.open) for row in rows if row.officer is None] == [(("clerk",), 1), (("reception",), 1)]
    assert [row.officer for row in rows[:2]] == [None, None]


def test_officers_are_listed_with_nothing_too_and_with_what_they_hold(node: Node) -> None:
    standing = node.received()
    assert of(node, node.clerk.id).open == 0
    actions.assign(standing.pk, node.clerk.id, by=node.clerk, at=node.noon + HOUR)
    mine = of(node, node.clerk.id)
    assert (mine.name, mine.open, mine.near, mine.overdue, mine.waiting) == (node.clerk.name, 1, 1, 0, 0)


def test_late_and_waiting_are_told_apart(node: Node) -> None:
    late, waiting = node.received(), node.received()
    for standing in (late, waiting):
        actions.assign(standing.pk, node.clerk.id, by=node.clerk, at=node.noon + HOUR)
    actions.ask_supplement(waiting.pk, [], "Thiếu chữ ký", by=node.clerk, at=node.noon + HOUR)
    mine = of(node, node.clerk.id, node.noon + 24 * HOUR)
    assert (mine.open, mine.near, mine.overdue, mine.waiting) == (2, 0, 1, 1)


def test_only_who_leads_sees_it(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        workload(node.reception, soon=node.noon, at=node.noon, since=MONDAY, on=DAY)


def test_moves_are_counted_per_day_and_a_replay_counts_the_same(committed_node: Node) -> None:
    node = committed_node
    node.received()
    second = node.received()
    actions.pass_on(second.pk, "pass", by=node.clerk, at=node.noon + 24 * HOUR)
    run_until_read([WORK])
    counted = sorted(WorkDone.objects.values_list("officer", "day", "moves"), key=str)
    expected = [(UUID(node.reception.id), DAY, 2), (UUID(node.clerk.id), DAY + timedelta(days=1), 1)]
    assert counted == sorted(expected, key=str)
    assert of(node, node.reception.id).done == 2
    replay(WORK)
    run_until_read([WORK])
    assert sorted(WorkDone.objects.values_list("officer", "day", "moves"), key=str) == counted


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_three_queries_however_many(
    node: Node, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        node.received()
    with django_assert_num_queries(3):
        rows = loads(node)
    assert sum(row.open for row in rows) == Standing.objects.count() == many
