"""What came by transfer is not lost: late and half-written files, transfers made twice or wrongly, lines of no order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import Invalid
from motcua.gateways.adapters.vietqr import VietQR
from motcua.gateways.transfers import memo
from motcua.payments import actions, jobs, outside, queries
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, Reconciliation
from motcua.payments.ports import Confirmed, Providers
from motcua.people.models import Agency
from tests.node import Node
from tests.payments.money import TOTAL, bill, books

DAY = date(2026, 11, 10)
MORNING = datetime(2026, 11, 11, 1, tzinfo=UTC)
ACCOUNT, OTHERS = "0011000000101", "0011000000202"
ACCOUNTS = {"H99.101": {"bank": "970436", "number": ACCOUNT}, "H99.102": {"bank": "970415", "number": OTHERS}}
HEAD = "transaction,account,amount,currency,description"


@pytest.fixture
def statements(known_banks: Providers, tmp_path: Path) -> Path:
    """The folder of statements of the transfers of two agencies, the only way to pay."""
    known_banks.clear()
    known_banks["vietqr"] = VietQR(str(tmp_path), ACCOUNTS)
    return tmp_path


def transfer(node: Node, reference: str = "matter-1") -> Attempt:
    """A bill whose QR code is on the payer's screen."""
    made = bill(node, reference)
    return actions.ask(made.id, "vietqr", reference, by=node.mother, at=node.noon)


def write(folder: Path, *lines: str, day: date = DAY) -> None:
    """A day's statement as the bank puts it there."""
    (folder / f"{day}.csv").write_text("\n".join([HEAD, *lines]), encoding="utf-8")


def line(tried: Attempt, number: str = "FT1", vnd: int | str = TOTAL, account: str = ACCOUNT) -> str:
    """One transfer that names an order."""
    return f"{number},{account},{vnd},VND,CT {memo(tried.order)} phi"


def compare() -> None:
    """The day's statement, fetched and compared."""
    actions.reconcile("vietqr", DAY, outside.named("vietqr").statement(DAY), by=SYSTEM, at=MORNING)


def rows() -> list[list[object]]:
    """What the last comparison of the day says."""
    return Reconciliation.objects.filter(day=DAY).order_by("-at", "-id")[0].rows


@pytest.mark.parametrize("late", [1, 2, 6])
def test_a_file_that_comes_days_late_is_read(committed_node: Node, statements: Path, late: int) -> None:
    tried = transfer(committed_node)
    assert jobs.reconcile_lately(MORNING) == 0
    write(statements, line(tried))
    assert jobs.reconcile_lately(MORNING + timedelta(days=late)) == 1
    assert rows() == [["closed", tried.order, "FT1", TOTAL, ACCOUNT]]
    assert Bill.objects.get().state == "paid"
    assert [*check_books(), *check_paid_once()] == []


def test_a_half_written_file_is_read_again_until_it_is_whole(committed_node: Node, statements: Path) -> None:
    first, second = transfer(committed_node), transfer(committed_node, "matter-2")
    write(statements)
    assert jobs.reconcile_lately(MORNING) == 1
    write(statements, line(first))
    assert jobs.reconcile_lately(MORNING + timedelta(hours=1)) == 1
    write(statements, line(first), line(second, "FT2"))
    assert jobs.reconcile_lately(MORNING + timedelta(hours=2)) == 1
    assert sorted(row[0] for row in rows()) == ["closed", "matched"]
    before = books()
    assert jobs.reconcile_lately(MORNING + timedelta(hours=3)) == 0
    assert books() == before
    assert set(Bill.objects.values_list("state", flat=True)) == {"paid"}


def test_a_second_transfer_by_the_same_code_is_owed_back_once(node: Node, statements: Path) -> None:
    tried = transfer(node)
    write(statements, line(tried), line(tried, "FT2"))
    compare()
    assert [row[0] for row in rows()] == ["closed", "surplus"]
    compare()
    assert [row[0] for row in rows()] == ["matched", "matched"]
    (over,) = queries.surpluses(node.agency.id)
    assert (over.transaction, over.amount_vnd, over.bill_id) == ("FT2", TOTAL, tried.bill_id)
    assert (queries.balance("money:vietqr"), queries.balance("owed")) == (2 * TOTAL, -TOTAL)
    assert [*check_books(), *check_paid_once()] == []


@pytest.mark.parametrize("vnd", [TOTAL + 1_000, TOTAL - 1_000])
def test_a_transfer_of_another_amount_is_owed_back_and_the_bill_stays_open(
    node: Node, statements: Path, vnd: int
) -> None:
    tried = transfer(node)
    write(statements, line(tried, vnd=vnd))
    compare()
    assert rows() == [["amount_differs", tried.order, "FT1", vnd, ACCOUNT]]
    assert [each.amount_vnd for each in queries.surpluses(node.agency.id)] == [vnd]
    assert queries.balance("money:vietqr") == vnd
    assert Bill.objects.get().state == "open"
    write(statements, line(tried, vnd=vnd), line(tried, "FT2"))
    compare()
    assert [row[0] for row in rows()] == ["matched", "closed"]
    assert (Bill.objects.get().state, queries.balance("money:vietqr")) == ("paid", vnd + TOTAL)
    assert [*check_books(), *check_paid_once()] == []


BESIDE = {
    "to another account": (["FT1,0011000000202,{vnd},VND,{memo}"], ["disputed"]),
    "in another currency": (["FT1,0011000000101,{vnd},USD,{memo}"], ["disputed"]),
    "of nothing": (["FT1,0011000000101,0,VND,{memo}"], ["amount_differs"]),
    "for nobody's order": (["FT1,0011000000101,5000,VND,luong"], ["missing_here"]),
    "for two orders": (["FT1,0011000000101,5000,VND,{memo} {other}"], ["missing_here"]),
    "an amount that is none": (["FT1,0011000000101,108.000,VND,{memo}"], ["unread"]),
    "without a number": ([",0011000000101,{vnd},VND,{memo}"], ["unread"]),
    "to nobody's account": (["FT1,777,5000,VND,luong"], []),
    "the same line twice": (["FT1,0011000000101,5000,VND,luong"] * 2, ["missing_here"]),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_line_that_pays_nothing_is_told_and_books_nothing(node: Node, statements: Path, name: str) -> None:
    tried, other = transfer(node), transfer(node, "matter-2")
    lines, expected = BESIDE[name]
    said = {"vnd": TOTAL, "memo": memo(tried.order), "other": memo(other.order)}
    write(statements, *(each.format(**said) for each in lines))
    before = books()
    compare()
    assert [row[0] for row in rows()] == expected
    assert books() == before
    assert list(check_books()) == []


def test_two_banks_may_count_alike(node: Node, statements: Path) -> None:
    mine = transfer(node)
    theirs = bill(replace(node, agency=Agency.objects.get(code="H99.102")), "matter-2")
    tried = actions.ask(theirs.id, "vietqr", "theirs", by=SYSTEM, at=node.noon)
    write(statements, line(mine, "1001"), line(tried, "1001", account=OTHERS))
    compare()
    assert [row[0] for row in rows()] == ["closed", "closed"]
    assert [*check_books(), *check_paid_once()] == []


def test_an_order_of_the_longest_code_is_found_again(statements: Path) -> None:
    order = "H40.12.01.003-26000077-01"
    told = Confirmed("H4012010032600007701", TOTAL, "VND", ACCOUNT, "FT1")
    write(statements, f"FT1,{ACCOUNT},{TOTAL},VND,{memo(order)}")
    assert outside.named("vietqr").statement(DAY) == [told]


@pytest.mark.parametrize("day", [date(2026, 11, 12), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_that_cannot_be_compared_is_refused(node: Node, day: date) -> None:
    before = books()
    with pytest.raises(Invalid, match="statement_day"):
        actions.reconcile("sandbox", day, [], by=SYSTEM, at=node.noon)
    assert books() == before
    assert not Reconciliation.objects.exists()
