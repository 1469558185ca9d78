"""kill -9 in the middle of 200 payments: the books balance, no bill is paid twice, and what is left is paid after."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from motcua.payments import actions, queries
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill
from tests.node import Node
from tests.payments.money import TOTAL, asked, banks, bill, message
from tests.stress.test_http import database_url

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow
MANY = 200


def payer(noon: str) -> subprocess.Popen[bytes]:
    """A process that confirms every order, twice each, until it is killed."""
    words = [sys.executable, "-m", "tests.stress.paying", noon]
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, "DATABASE_URL": database_url()})


def paid() -> int:
    return Bill.objects.filter(state="paid").count()


def test_a_kill_in_the_middle_of_payments_leaves_books_that_balance(committed_node: Node) -> None:
    with banks():
        for number in range(MANY):
            asked(committed_node, bill(committed_node, f"matter-{number}"), f"key-{number}")
        seen = [killed_after(committed_node, most) for most in (20, 80, 140)]
        assert seen == sorted(seen) and seen[0] > 0 and seen[-1] < MANY
        for tried in Attempt.objects.exclude(state="paid"):
            assert actions.confirm("sandbox", message(tried), at=committed_node.noon) == ""
    assert paid() == MANY
    assert queries.balance("due") == 0
    assert queries.balance("money:sandbox") == MANY * TOTAL
    assert sorted(set(Attempt.objects.values_list("state", flat=True))) == ["paid"]
    assert [*check_books(), *check_paid_once()] == []


def killed_after(node: Node, most: int) -> int:
    """Two payers at once, killed without warning once so many bills are paid; how many were paid then."""
    crowd = [payer(node.noon.isoformat()) for _ in range(2)]
    until = time.monotonic() + 60
    while paid() < most and time.monotonic() < until:
        time.sleep(0.005)
    for process in crowd:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert [*check_books(), *check_paid_once()] == []
    return paid()
