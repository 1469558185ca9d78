"""The life of a bill, and books that balance whatever happens."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import Conflict, Forbidden, Invalid, Refused
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.fees.rules import Line
from motcua.payments import actions, jobs, outside, queries
from motcua.payments.actions.billing import Decided, Owed
from motcua.payments.checks import check_books, check_paid_once, check_totals
from motcua.payments.models import Attempt, Bill, CouncilFee, Entry, Till
from motcua.payments.ports import Providers
from motcua.payments.states import ATTEMPTS, BILLS
from tests.charging.costly import CHARGE, CODE, COUNCIL, publish
from tests.node import BIRTH, DAY, Node
from tests.payments.money import LINES, TOTAL, asked, bill, books, message, nobody

NAME = str(COUNCIL["name"])


def sound() -> bool:
    """Whether no check finds anything."""
    checks = (check_books, check_paid_once, check_totals)
    return [finding for check in checks for finding in check()] == []


def test_what_the_council_decided_holds_from_its_day_on(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, COUNCIL)
    for amount, since in ((50_000, date(2026, 1, 1)), (60_000, date(2026, 7, 1)), (70_000, date(2027, 1, 1))):
        decided = Decided(node.agency.id, CODE, NAME, amount, since)
        actions.set_council_fee(decided, by=SYSTEM, at=node.noon)
    assert queries.council_fees(node.agency.id, CODE, date(2026, 11, 10)) == {NAME: 60_000}
    assert queries.council_fees(node.agency.id, CODE, date(2025, 12, 31)) == {}


STRANGE = {
    "another name": (CODE, "Phí", "council_fee_unknown", {"procedure": CODE, "names": NAME}),
    "in small letters": (CODE, NAME.lower(), "council_fee_unknown", {"procedure": CODE, "names": NAME}),
    "a fee of the law": (CODE, "Lệ phí", "council_fee_unknown", {"procedure": CODE, "names": NAME}),
    "a procedure without one": (BIRTH, "Lệ phí", "council_fees_none", {"procedure": BIRTH}),
    "a procedure that is none": ("9.000000", NAME, "council_fees_none", {"procedure": "9.000000"}),
}


@pytest.mark.parametrize("name", STRANGE)
def test_the_council_decides_no_fee_that_the_procedure_does_not_leave_to_it(
    node: Node, tmp_path: Path, name: str
) -> None:
    publish(tmp_path, node.noon, COUNCIL, CHARGE)
    procedure, fee, code, details = STRANGE[name]
    with pytest.raises(Invalid) as refusal:
        decided = Decided(node.agency.id, procedure, fee, 8000, DAY)
        actions.set_council_fee(decided, by=SYSTEM, at=node.noon)
    assert (refusal.value.code, refusal.value.details) == (code, details)
    assert not CouncilFee.objects.exists()
    assert not Fact.objects.filter(name="payments.council_fee_set").exists()


def test_a_bill_is_numbered_owed_and_earned_by_kind(node: Node) -> None:
    made = bill(node)
    assert (made.number, made.state, made.total_vnd) == ("H99.101-26000001", "open", TOTAL)
    assert queries.balances() == {"due": TOTAL, "revenue:charge": -8_000, "revenue:fee": -100_000}
    assert sound()


def test_a_bill_of_exempt_lines_is_waived_from_the_start(node: Node) -> None:
    line = Line("Lệ phí", "charge", 8_000, 1, "Trẻ em")
    assert bill(node, lines=(line,)).state == "waived"
    assert not Entry.objects.exists()
    assert sound()


def test_a_matter_has_one_open_bill(node: Node) -> None:
    bill(node)
    before = books()
    with pytest.raises(Conflict) as refusal:
        bill(node)
    assert refusal.value.code == "bill_open"
    assert books() == before


def test_a_stranger_bills_nobody_of_the_ward(node: Node) -> None:
    with pytest.raises(Forbidden):
        actions.make_bill(Owed("m", node.agency.id, "final", LINES), by=node.stranger, at=node.noon)
    assert not Bill.objects.exists()


def test_a_waived_bill_asks_for_nothing(node: Node) -> None:
    actions.waive(bill(node).id, "Hộ nghèo", by=node.approver, at=node.noon)
    assert Bill.objects.get().state == "waived"
    assert set(queries.balances().values()) == {0}
    assert sound()


def test_who_may_not_waive_waives_nothing(node: Node) -> None:
    made = bill(node)
    before = books()
    for who, code in ((node.clerk, "wrong_role"), (node.mother, "wrong_role"), (node.stranger, "wrong_agency")):
        with pytest.raises(Forbidden) as refusal:
            actions.waive(made.id, "Xin", by=who, at=node.noon)
        assert refusal.value.code == code
    assert books() == before


def test_a_bill_on_its_way_to_the_bank_is_not_taken_back(node: Node) -> None:
    made = bill(node)
    asked(node, made)
    before = books()
    for act in (actions.waive, actions.cancel):
        with pytest.raises(Refused) as refusal:
            act(made.id, "Nhầm", by=node.approver, at=node.noon)
        assert refusal.value.code == "payment_on_its_way"
    assert books() == before


def test_asking_twice_with_one_key_is_asking_once(node: Node) -> None:
    made = bill(node)
    first = asked(node, made)
    assert asked(node, made).id == first.id
    assert Attempt.objects.count() == 1
    with pytest.raises(Conflict) as refusal:
        asked(node, bill(node, "matter-2"))
    assert (refusal.value.code, refusal.value.status) == ("key_reused", 409)
    assert Attempt.objects.count() == 1


def test_a_second_transfer_for_a_paid_bill_is_owed_back(node: Node) -> None:
    made = bill(node)
    first, second = asked(node, made), asked(node, made, "key-2")
    assert actions.confirm("sandbox", message(first), at=node.noon) == ""
    assert actions.confirm("sandbox", message(second), at=node.noon) == ""
    assert queries.balance("owed") == -TOTAL
    assert Attempt.objects.get(pk=second.pk).state == "surplus"
    assert sound()
    actions.ask_refund(second.id, "Nộp hai lần", by=node.approver, at=node.noon)
    actions.refunded(second.id, "RF-1", by=SYSTEM, at=node.noon)
    assert (queries.balance("owed"), queries.balance("money:sandbox")) == (0, TOTAL)
    assert Bill.objects.get().state == "paid"
    assert sound()


def test_a_declined_payment_leaves_the_bill_open(node: Node) -> None:
    made = bill(node)
    tried = asked(node, made)
    assert actions.confirm("sandbox", message(tried, state="declined"), at=node.noon) == ""
    assert (Bill.objects.get().state, Attempt.objects.get().state) == ("open", "failed")
    assert actions.confirm("sandbox", message(asked(node, made, "key-2")), at=node.noon) == ""
    assert Bill.objects.get().state == "paid"
    assert sound()


def test_an_attempt_without_an_answer_is_asked_for_ever_more_slowly(node: Node) -> None:
    tried = asked(node, bill(node))
    waits = [actions.lost(tried.id, by=SYSTEM, at=node.noon).ask_at - node.noon for _ in range(8)]  # type: ignore[operator]
    assert [wait // timedelta(minutes=1) for wait in waits] == [1, 2, 5, 10, 30, 60, 60, 60]


def test_cash_and_card_are_taken_once_and_the_till_is_handed_in(node: Node) -> None:
    actions.take(bill(node).id, "cash", by=node.reception, at=node.noon)
    actions.take(bill(node, "matter-2").id, "card", "000123", by=node.reception, at=node.noon)
    till = actions.close_till(TOTAL - 1_000, by=node.reception, at=node.noon)
    assert (till.expected_vnd, till.counted_vnd) == (TOTAL, TOTAL - 1_000)
    assert (queries.balance("treasury"), queries.balance("till_difference")) == (2 * TOTAL - 1_000, 1_000)
    assert sound()
    third = bill(node, "matter-3")
    before = books()
    for act in (
        lambda: actions.take(third.id, "cash", by=node.reception, at=node.noon),
        lambda: actions.close_till(0, by=node.reception, at=node.noon),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "till_closed"
    assert books() == before
    assert Till.objects.count() == 1


@pytest.mark.parametrize("row", [*BILLS, *ATTEMPTS], ids=lambda row: row.verb)
def test_every_move_says_who_may_make_it(row: object) -> None:
    assert row.roles and row.label  # type: ignore[attr-defined]


def test_the_database_takes_no_transaction_that_is_off_balance(node: Node) -> None:
    made = bill(node)
    before = books()
    with pytest.raises(IntegrityError, match="off balance by 5"), transaction.atomic():
        Entry.objects.create(transaction=new_id(), bill=made, account="due", debit_vnd=5, at=node.noon)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert books() == before


@pytest.mark.parametrize("statement", ["UPDATE payments_entry SET debit_vnd = 1", "DELETE FROM payments_entry"])
def test_the_database_lets_nobody_change_an_entry(node: Node, statement: str) -> None:
    bill(node)
    before = books()
    with (
        pytest.raises(Exception, match="entries are append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert books() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "paid", "declined", "short", "replay", "lost", "waive", "cancel", "cash", "ask_refund",
                         "refunded", "till"]),
        st.integers(0, 2),
    ),
    max_size=25,
)  # fmt: skip


def step(node: Node, verb: str, which: int) -> None:
    """One thing that may happen; who may not, is refused."""
    made = Bill.objects.order_by("created_at", "id")[which]
    tried = Attempt.objects.filter(bill=made).order_by("-id").first()
    if verb == "ask":
        asked(node, made, str(new_id()))
    elif verb in {"waive", "cancel"}:
        getattr(actions, verb)(made.id, "Lý do", by=node.approver, at=node.noon)
    elif verb == "cash":
        actions.take(made.id, "cash", by=node.reception, at=node.noon)
    elif verb == "till":
        actions.close_till(5_000, by=node.reception, at=node.noon)
    elif tried is not None:
        happen(node, verb, tried)


def happen(node: Node, verb: str, tried: Attempt) -> None:
    """What the bank or who decides does with the latest attempt."""
    messages = {"paid": {}, "declined": {"state": "declined"}, "short": {"amount": 1}, "replay": {}}
    if verb in messages:
        actions.confirm("sandbox", message(tried, **messages[verb]), at=node.noon)
    elif verb == "lost":
        actions.lost(tried.id, by=SYSTEM, at=node.noon)
    elif verb == "ask_refund":
        actions.ask_refund(tried.id, "Lý do", by=node.approver, at=node.noon)
    else:
        actions.refunded(tried.id, f"RF-{tried.order}", by=SYSTEM, at=node.noon)


class _Undone(Exception):
    """Ends an example without keeping it."""


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(happened=STEPS)
def property_of_books(node: Node, happened: list[tuple[str, int]]) -> None:
    try:
        with transaction.atomic():
            for number in range(3):
                bill(node, f"matter-{number}")
            for verb, which in happened:
                try:
                    step(node, verb, which)
                except (Refused, Forbidden):
                    continue
            assert sound()
            assert sum(queries.balances().values()) == 0
            raise _Undone
    except _Undone:
        return


def test_any_sequence_of_happenings_keeps_the_books_balanced(node: Node) -> None:
    property_of_books(node)


def test_two_terminals_print_the_same_number_and_both_are_taken(node: Node) -> None:
    for reference in ("matter-1", "matter-2"):
        actions.take(bill(node, reference).id, "card", "000123", by=node.reception, at=node.noon)
    assert [each.state for each in Bill.objects.all()] == ["paid", "paid"]
    assert sorted(Attempt.objects.values_list("transaction", flat=True)) == ["000123", "000123 (H99.101-26000002-01)"]
    assert sound()


def test_a_declined_payment_needs_no_number_of_a_transaction_that_never_was(node: Node) -> None:
    tried = asked(node, bill(node))
    assert actions.confirm("sandbox", message(tried, state="declined", transaction=""), at=node.noon) == ""
    assert (Bill.objects.get().state, Attempt.objects.get().state) == ("open", "failed")
    assert sound()


def test_an_officer_of_another_agency_begins_no_payment(node: Node) -> None:
    owed, stranger = bill(node), replace(node.reception, agency=str(nobody()))
    before = books()
    with pytest.raises(Forbidden):
        asked(node, owed, by=stranger)
    assert books() == before


def test_what_a_person_sends_back_is_not_in_the_way_of_what_a_bank_does(
    node: Node, known_banks: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_banks["vietqr"] = known_banks["other"]
    tries = [asked(node, bill(node, f"matter-{number}"), f"key-{number}") for number in range(2)]
    Attempt.objects.filter(pk=tries[0].pk).update(provider="vietqr", state="refunding", ask_at=node.noon)
    Attempt.objects.filter(pk=tries[1].pk).update(state="refunding", ask_at=node.noon + timedelta(minutes=1))
    called: list[object] = []
    monkeypatch.setattr(jobs, "MOST", 1)
    monkeypatch.setattr(outside, "send_back", lambda tried, **_at: called.append(tried) or True)
    assert (jobs.send_refunds(node.noon), called) == (1, [tries[1].pk])
