"""Many at once, and a process that is killed: no number is given twice, none is lost, nothing is half there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

from motcua.base.models import Counter, Fact
from motcua.certifying import actions
from motcua.certifying.checks import check_books, check_results
from motcua.certifying.models import Copy
from motcua.payments.models import Bill
from motcua.results.models import Result
from tests.certifying.copies import certified, compared, request, taken
from tests.crowd import together
from tests.node import Node

ROOT = Path(__file__).resolve().parent.parent.parent


def test_two_officers_certify_one_copy_at_once_and_it_has_one_number(committed_node: Node) -> None:
    node = committed_node
    copy = compared(node)
    told = together(*[lambda: actions.certify(copy.id, by=node.approver, at=node.noon).number] * 4)
    assert sorted(map(str, told)) == ["1", "wrong_state", "wrong_state", "wrong_state"]
    assert (Result.objects.count(), Counter.objects.get(key__startswith="copies:").value) == (1, 1)


def test_one_refuses_while_another_certifies_and_only_one_of_them_does(committed_node: Node) -> None:
    node = committed_node
    copy = compared(node)
    told = together(
        lambda: actions.certify(copy.id, by=node.approver, at=node.noon).state,
        lambda: actions.refuse(copy.id, "altered", by=node.approver, at=node.noon).state,
    )
    assert sorted(told) in (["certified", "wrong_state"], ["refused", "wrong_state"])
    assert Fact.objects.filter(name__in=["certifying.certified", "certifying.refused"]).count() == 1
    assert list(check_books()) == list(check_results()) == []


def test_many_copies_certified_at_once_are_numbered_without_a_gap(committed_node: Node) -> None:
    node = committed_node
    copies = [compared(node) for _ in range(8)]
    told = together(
        *[lambda one=each: actions.certify(one.id, by=node.approver, at=node.noon).number for each in copies]
    )
    assert sorted(told) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert list(check_books()) == list(check_results()) == []


def test_two_compare_at_once_and_there_is_one_bill(committed_node: Node) -> None:
    node = committed_node
    copy = taken(node)
    told = together(
        lambda: actions.compare(copy.id, by=node.clerk, at=node.noon).state,
        lambda: actions.compare(copy.id, by=node.reception, at=node.noon).state,
    )
    assert sorted(told) == ["compared", "wrong_state"]
    assert Bill.objects.count() == 1


def test_one_request_sent_by_two_clicks_at_once_is_one_copy(committed_node: Node) -> None:
    node = committed_node
    asked = request(node)
    told = together(*[lambda: actions.take(asked, by=node.reception, at=node.noon).id] * 3)
    assert told == [asked.id] * 3
    assert (Copy.objects.count(), Fact.objects.filter(name="certifying.taken").count()) == (1, 1)


def test_a_process_killed_while_it_certifies_leaves_nothing_and_takes_no_number(committed_node: Node) -> None:
    node = committed_node
    certified(node)
    copy = compared(node)
    before = (Result.objects.count(), Fact.objects.count(), Counter.objects.get(key__startswith="copies:").value)
    killed = subprocess.Popen(
        [sys.executable, "-m", "tests.certifying.killed", str(copy.id), node.noon.isoformat()],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"MOTCUA_TEST_NAME": connection.settings_dict["NAME"]},
    )  # fmt: skip
    assert killed.stdout is not None
    assert killed.stdout.readline() == "2\n"  # numbered, not yet committed
    killed.send_signal(signal.SIGKILL)
    killed.wait(20)
    killed.stdout.close()
    wait_until_gone()
    assert (
        Result.objects.count(),
        Fact.objects.count(),
        Counter.objects.get(key__startswith="copies:").value,
    ) == before
    copy.refresh_from_db()
    assert (copy.state, copy.number, copy.result) == ("compared", None, None)
    assert actions.certify(copy.id, by=node.approver, at=node.noon).number == 2
    assert list(check_books()) == list(check_results()) == []


def wait_until_gone() -> None:
    """Until the server has noticed that the killed process is no more."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'")
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the transaction of the killed process is still open")
