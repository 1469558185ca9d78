"""Whole lives of dossiers that cost something: what is owed, what is proven, and what waits for it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua import wiring
from motcua.base.actor import SYSTEM
from motcua.base.cursors import run_until_read
from motcua.base.errors import Forbidden, Refused
from motcua.charging import actions as charging
from motcua.charging import queries
from motcua.charging.jobs import close_ended
from motcua.corrections.actions import accept_correction, correct
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.queries import history
from motcua.notices.queries import inbox
from motcua.payments import actions as payments
from motcua.payments import outside
from motcua.payments import queries as payments_queries
from motcua.payments.models import Attempt, Bill
from motcua.payments.ports import Confirmed
from tests.charging.costly import CHARGE, COPIES, COUNCIL, POOR, council_decides, filed, publish, unsound
from tests.node import Node, officer
from tests.payments.money import banks, message

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _known_banks() -> Iterator[None]:
    with banks():
        yield


class Life:
    """A dossier of the costly procedure, and who does what to it, an hour after the other."""

    def __init__(self, node: Node, folder: Path, *fees: dict[str, Any], **answers: Any) -> None:
        publish(folder, node.noon, *fees)
        self.node, self.hours = node, 0
        self.dossier = filed(node, **answers)
        self.read()

    @property
    def later(self) -> Any:
        """The next moment at which somebody does something."""
        self.hours += 1
        return self.node.noon + timedelta(minutes=10 * self.hours)

    @property
    def bill(self) -> Bill:
        (found,) = queries.bills_of(self.dossier)
        return found

    @property
    def state(self) -> str:
        return Standing.objects.get(pk=self.dossier.pk).state

    def read(self) -> None:
        run_until_read(wiring.SUBSCRIBERS)

    def received(self) -> "Life":
        actions.receive(self.dossier.id, by=self.node.reception, at=self.later)
        return self

    def decided(self) -> "Life":
        actions.decide(self.dossier.id, True, by=self.node.approver, at=self.later)
        self.read()
        return self

    def handed_over(self) -> "Life":
        actions.hand_over(self.dossier.id, by=self.node.reception, at=self.later)
        self.read()
        return self

    def begins_to_pay(self, key: str = "key") -> Attempt:
        """The bank can't be reached by the network here: what became of it is not known."""
        return outside.begin(self.bill.id, "sandbox", key, by=self.node.mother, at=self.later)

    def unsound(self) -> dict[str, list[str]]:
        self.read()
        return unsound()

    def told(self) -> list[str]:
        return [notice.title for notice in inbox(self.node.mother.id)]


def last(dossier: Dossier) -> dict[str, Any]:
    """What the last fact of the dossier says."""
    return history(dossier)[-1].data


def test_from_the_bill_by_the_bank_to_the_receipt_and_the_result(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, COPIES, CHARGE, so_ban=3)
    assert (life.bill.state, life.bill.total_vnd) == ("open", 44_000)
    tried = life.received().begins_to_pay()
    life.decided()
    with pytest.raises(Refused, match="fee_not_paid") as refusal:
        life.handed_over()
    assert refusal.value.details == {"amount_vnd": 44_000, "amount": "44.000\u00a0₫"}
    assert life.state == "decided"
    assert payments.confirm("sandbox", message(tried), at=life.later) == ""
    assert (life.bill.state, life.bill.receipt) == ("paid", "0000001/2026/BL-H99.101")
    life.handed_over()
    assert (life.state, last(life.dossier)["owed_vnd"]) == ("handed_over", 0)
    assert queries.paid(life.dossier) == [(44_000, "0000001/2026/BL-H99.101")]
    code, money = life.dossier.code, "44.000\u00a0₫"
    assert {f"Hồ sơ {code} có khoản phải nộp {money}", f"Đã nhận được {money} của hồ sơ {code}"} <= set(life.told())
    assert life.unsound() == {}


def test_what_must_be_paid_first_holds_the_reception(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE | {"due": "reception"})
    with pytest.raises(Refused, match="fee_not_paid"):
        life.received()
    assert life.state == "submitted"
    payments.take(life.bill.id, "cash", by=committed_node.reception, at=life.later)
    assert life.received().state == "received"
    assert life.unsound() == {}


def test_a_bill_that_is_not_made_yet_is_owed_all_the_same(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, CHARGE | {"due": "reception"})
    dossier = filed(node)
    with pytest.raises(Refused, match="fee_not_paid"):
        actions.receive(dossier.id, by=node.reception, at=node.noon)
    assert not Bill.objects.exists()


def test_the_counter_takes_no_fee_of_the_law_back(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE | {"due": "reception"})
    with pytest.raises(Forbidden):
        payments.cancel(life.bill.id, "Nhầm", by=committed_node.reception, at=life.later)
    assert life.bill.state == "open"
    with pytest.raises(Refused, match="fee_not_paid"):
        actions.receive(life.dossier.id, by=committed_node.reception, at=life.later)


def test_charged_by_the_bank_and_nobody_answered_is_found_and_charged_once(
    committed_node: Node, tmp_path: Path
) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    tried = life.begins_to_pay()
    assert tried.state == "unknown"
    with pytest.raises(Refused, match="payment_on_its_way"):
        payments.cancel(life.bill.id, "Nhầm", by=committed_node.approver, at=life.later)
    there = Confirmed(tried.order, 20_000, "VND", tried.payee, "FT-1")
    for rows in (["closed"], ["matched"]):
        made = payments.reconcile("sandbox", life.later.date(), [there], by=SYSTEM, at=life.later)
        assert [row[0] for row in made.rows] == rows
    assert payments.confirm("sandbox", message(tried, transaction="FT-1"), at=life.later) == "replayed"
    assert (life.bill.state, Attempt.objects.filter(state="paid").count()) == ("paid", 1)
    life.received().decided().handed_over()
    assert life.unsound() == {}


def test_the_bank_is_down_and_the_law_lets_it_be_paid_later(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE | {"due": "later"})
    assert life.begins_to_pay().state == "unknown"
    life.received().decided().handed_over()
    assert (life.state, last(life.dossier)["owed_vnd"]) == ("handed_over", 20_000)
    assert life.bill.state == "open"
    assert life.unsound() == {}


def test_the_bank_is_down_and_the_dossier_goes_on_to_the_counter(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    tried = life.begins_to_pay()
    life.received().decided()
    with pytest.raises(Refused, match="fee_not_paid"):
        life.handed_over()
    payments.confirm("sandbox", message(tried, state="declined"), at=life.later)
    payments.take(life.bill.id, "card", "0042", by=committed_node.reception, at=life.later)
    assert life.handed_over().state == "handed_over"
    assert life.unsound() == {}


def test_who_is_exempt_waits_for_nothing(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, POOR | {"due": "reception"}, ho_ngheo=True)
    assert (life.bill.state, life.bill.told_lines[0].exempt_reason) == ("waived", "Hộ nghèo")
    assert life.received().decided().handed_over().state == "handed_over"
    assert life.unsound() == {}


def test_what_nobody_knows_parks_nothing_and_is_owed_once_it_is_known(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, COUNCIL | {"due": "reception"}).received()
    assert queries.bills_of(life.dossier) == []
    assert queries.quote(life.dossier).unknown[0].why == "council_fee_missing"
    council_decides(committed_node, 70_000)
    life.read()
    assert life.bill.total_vnd == 70_000
    life.decided()
    with pytest.raises(Refused, match="fee_not_paid"):
        life.handed_over()
    payments.waive(life.bill.id, "Người có công", by=committed_node.approver, at=life.later)
    assert life.handed_over().state == "handed_over"
    assert life.unsound() == {}


def test_a_demand_in_the_middle_paid_at_the_bank(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path).received()
    charging.ask_payment(life.dossier.id, 30_000, "Phí đo đạc", by=committed_node.reception, at=life.later)
    tried = life.begins_to_pay()
    assert life.state == "paying"
    payments.confirm("sandbox", message(tried), at=life.later)
    life.read()
    assert life.state == "processing"
    assert last(life.dossier)["receipt"] == "0000001/2026/BL-H99.101"
    told = " ".join(life.told())
    assert ("cần nộp phí, lệ phí" in told, "có khoản phải nộp" in told, "được giải quyết tiếp" in told) == (
        True,
        False,
        True,
    )
    assert life.unsound() == {}


def test_withdrawn_before_anybody_worked_the_head_decides_about_the_money(
    committed_node: Node, tmp_path: Path
) -> None:
    node = committed_node
    life = Life(node, tmp_path, CHARGE)
    payments.confirm("sandbox", message(life.begins_to_pay()), at=life.later)
    actions.withdraw(life.dossier.id, "Đổi ý", by=node.mother, at=life.later)
    life.read()
    assert queries.refunds_due(node.agency.id) == [life.bill]
    tried = Attempt.objects.get()
    with pytest.raises(Forbidden):
        payments.ask_refund(tried.id, "Rút trước khi tiếp nhận", by=node.reception, at=life.later)
    payments.ask_refund(tried.id, "Rút trước khi tiếp nhận", by=node.approver, at=life.later)
    assert queries.refunds_due(node.agency.id) == []
    payments.refunded(tried.id, "RF-1", by=SYSTEM, at=life.later)
    life.read()
    assert (life.bill.state, queries.refunds_due(node.agency.id)) == ("refunded", [])
    code, money = life.dossier.code, "20.000\u00a0₫"
    words = ("Đã hoàn trả {} của hồ sơ {}", "Cơ quan sẽ quyết định việc hoàn trả {} của hồ sơ {}")
    assert {each.format(money, code) for each in words} <= set(life.told())
    assert life.unsound() == {}


def test_withdrawn_after_work_was_done_the_fee_is_not_given_back(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    payments.confirm("sandbox", message(life.begins_to_pay()), at=life.later)
    life.received()
    actions.withdraw(life.dossier.id, "Đổi ý", by=committed_node.mother, at=life.later)
    life.read()
    assert (life.bill.state, queries.refunds_due(committed_node.agency.id)) == ("paid", [])
    assert life.unsound() == {}


@pytest.mark.parametrize(("outcome", "state"), [("paid", "paid"), ("declined", "cancelled")])
def test_refused_while_the_money_is_on_its_way(
    committed_node: Node, tmp_path: Path, outcome: str, state: str
) -> None:
    node = committed_node
    life = Life(node, tmp_path, CHARGE)
    tried = life.begins_to_pay()
    actions.refuse(life.dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=life.later)
    life.read()
    assert life.bill.state == "open"
    payments.confirm("sandbox", message(tried, state=outcome), at=life.later)
    life.read()
    assert life.bill.state == state
    assert [bill.id for bill in queries.refunds_due(node.agency.id)] == ([life.bill.id] if state == "paid" else [])
    assert life.unsound() == {}


def test_an_open_bill_ends_with_its_dossier(committed_node: Node, tmp_path: Path) -> None:
    node = committed_node
    life = Life(node, tmp_path, CHARGE).received()
    head = officer("chutich.hoasen", node.agency)
    actions.stop(life.dossier.id, "Không còn đối tượng", by=head, at=life.later)
    life.read()
    assert life.bill.state == "cancelled"
    with pytest.raises(Refused, match="wrong_state"):
        payments.take(life.bill.id, "cash", by=node.reception, at=life.later)
    assert charging.charge(life.dossier.id, by=SYSTEM, at=life.later) == life.bill
    assert life.unsound() == {}


class Corrected(Life):
    """A life in which the mother corrects what she filed."""

    def corrects(self, **answers: Any) -> "Corrected":
        before = Dossier.objects.values_list("answers", flat=True).get(pk=self.dossier.pk)
        correct(self.dossier.id, before | answers, "Khai nhầm", by=self.node.mother, at=self.later)
        self.read()
        return self

    def pays(self) -> "Corrected":
        (waiting,) = [bill for bill in queries.bills_of(self.dossier) if bill.state == "open"]
        payments.take(waiting.id, "cash", by=self.node.reception, at=self.later)
        self.read()
        return self

    @property
    def bills(self) -> list[tuple[str, int]]:
        return [(bill.state, bill.total_vnd) for bill in queries.bills_of(self.dossier)]

    @property
    def due_back(self) -> list[str]:
        return [bill.refund_due for bill in queries.refunds_due(self.node.agency.id)]


def test_what_is_asked_follows_the_answers_and_no_money_goes_back_by_itself(
    committed_node: Node, tmp_path: Path
) -> None:
    life = Corrected(committed_node, tmp_path, COPIES, so_ban=2)
    assert life.bills == [("open", 16_000)]
    assert life.corrects(so_ban=3).bills == [("cancelled", 16_000), ("open", 24_000)]
    assert life.corrects(ho_ngheo=False).bills == [("cancelled", 16_000), ("open", 24_000)]
    assert life.pays().corrects(so_ban=5).bills[1:] == [("paid", 24_000), ("open", 16_000)]
    assert life.pays().due_back == []
    assert life.corrects(so_ban=4).bills[1:] == [("paid", 24_000), ("paid", 16_000)]
    why = "Thông tin đã khai được sửa nên mức thu đổi: 40.000\u00a0₫ → 32.000\u00a0₫"
    assert life.due_back == [why]
    assert life.corrects(so_ban=5).due_back == []
    assert life.corrects(so_ban=4).due_back == [why]
    assert Attempt.objects.filter(state__in=["refunding", "refunded"]).count() == 0
    assert payments_queries.balance(f"cash:{committed_node.reception.id}:{committed_node.agency.id}") == 40_000
    tried = payments_queries.paying(queries.bills_of(life.dossier)[-1])
    payments.ask_refund(tried.id, why, by=committed_node.approver, at=life.later)
    payments.refunded(tried.id, "LC-1", by=committed_node.approver, at=life.later)
    life.read()
    assert life.bills[1:] == [("paid", 24_000), ("refunded", 16_000), ("open", 8_000)]
    assert life.pays().due_back == []
    life.received().decided().handed_over()
    assert (life.state, sum(vnd for vnd, _receipt in queries.paid(life.dossier))) == ("handed_over", 32_000)
    assert life.unsound() == {}


def test_who_is_found_exempt_after_filing_owes_nothing_and_who_is_not_owes_all(
    committed_node: Node, tmp_path: Path
) -> None:
    life = Corrected(committed_node, tmp_path, POOR, ho_ngheo=False)
    assert life.corrects(ho_ngheo=True).bills == [("cancelled", 20_000), ("waived", 0)]
    assert life.corrects(ho_ngheo=False).bills[1:] == [("waived", 0), ("open", 20_000)]
    payments.waive(queries.bills_of(life.dossier)[-1].id, "Người có công", by=committed_node.approver, at=life.later)
    assert life.corrects(so_ban=9).bills[2:] == [("waived", 20_000)]
    assert life.unsound() == {}


def test_money_on_its_way_is_waited_for_before_the_bill_follows(committed_node: Node, tmp_path: Path) -> None:
    life = Corrected(committed_node, tmp_path, COPIES, so_ban=1)
    tried = life.begins_to_pay()
    assert life.corrects(so_ban=2).bills == [("open", 8_000)]
    assert payments.confirm("sandbox", message(tried), at=life.later) == ""
    life.read()
    assert life.bills == [("paid", 8_000), ("open", 8_000)]
    assert life.unsound() == {}


def test_a_bill_that_the_head_took_back_is_not_asked_for_again(committed_node: Node, tmp_path: Path) -> None:
    life = Corrected(committed_node, tmp_path, COPIES, so_ban=1)
    payments.cancel(life.bill.id, "Lập nhầm", by=committed_node.approver, at=life.later)
    assert life.corrects(so_ban=1, ho_ngheo=True).bills == [("cancelled", 8_000)]
    assert life.corrects(so_ban=2).bills == [("cancelled", 8_000), ("open", 8_000)]
    assert life.unsound() == {}


def test_a_correction_that_nobody_accepted_asks_for_nothing(committed_node: Node, tmp_path: Path) -> None:
    life = Corrected(committed_node, tmp_path, COPIES, so_ban=1)
    life.received()
    assert life.corrects(so_ban=4).bills == [("open", 8_000)]
    accept_correction(life.dossier.id, by=committed_node.approver, at=life.later)
    life.read()
    assert life.bills == [("cancelled", 8_000), ("open", 32_000)]
    assert life.unsound() == {}


def test_who_paid_twice_is_told_that_it_comes_back(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    tried = life.begins_to_pay()
    payments.confirm("sandbox", message(tried, state="declined"), at=life.later)
    payments.take(life.bill.id, "cash", by=committed_node.reception, at=life.later)
    assert payments.confirm("sandbox", message(tried), at=life.later) == ""
    life.read()
    assert f"Bạn đã nộp thừa 20.000\u00a0₫ cho hồ sơ {life.dossier.code}; cơ quan sẽ trả lại" in life.told()
    assert life.unsound() == {}


def decided_without_the_worker(node: Node) -> Dossier:
    """A dossier whose bill nobody has made, ready to be handed over."""
    dossier = filed(node)
    actions.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    actions.decide(dossier.id, True, by=node.approver, at=node.noon + HOUR)
    run_until_read([each for each in wiring.SUBSCRIBERS if not each.name.startswith("charging.")])
    return dossier


def test_a_bill_that_is_not_made_yet_holds_the_result_too(committed_node: Node, tmp_path: Path) -> None:
    node = committed_node
    publish(tmp_path, node.noon, CHARGE)
    dossier = decided_without_the_worker(node)
    with pytest.raises(Refused, match="fee_not_paid") as refusal:
        actions.hand_over(dossier.id, by=node.reception, at=node.noon + HOUR)
    assert refusal.value.details["amount_vnd"] == 20_000
    assert (Standing.objects.get().state, Bill.objects.count()) == ("decided", 0)


def test_a_fee_that_nobody_knows_holds_the_result_until_a_head_says_why_it_is_not_asked(
    committed_node: Node, tmp_path: Path
) -> None:
    node = committed_node
    life = Life(node, tmp_path, COUNCIL).received().decided()
    with pytest.raises(Refused, match="fee_unknown") as refusal:
        life.handed_over()
    assert refusal.value.details == {"fees": [("Phí thẩm định", "council_fee_missing")]}
    assert (life.state, Bill.objects.count()) == ("decided", 0)
    for who in (node.reception, node.clerk, node.mother):
        with pytest.raises(Forbidden):
            charging.exempt(life.dossier.id, "Hộ nghèo", by=who, at=life.later)
    with pytest.raises(Refused, match="reason_missing"):
        charging.exempt(life.dossier.id, "  ", by=node.approver, at=life.later)
    assert not Bill.objects.exists()
    made = charging.exempt(life.dossier.id, "Hộ nghèo", by=node.approver, at=life.later)
    assert (made.state, made.total_vnd, made.told_lines[0].exempt_reason) == ("waived", 0, "Hộ nghèo")
    with pytest.raises(Refused, match="wrong_state"):
        charging.exempt(life.dossier.id, "Hộ nghèo", by=node.approver, at=life.later)
    council_decides(node, 70_000)
    assert life.handed_over().state == "handed_over"
    assert (life.bill.id, life.unsound()) == (made.id, {})


def test_an_edition_that_says_nothing_of_fees_holds_nobody_up(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path).received().decided()
    assert life.handed_over().state == "handed_over"
    assert (Bill.objects.count(), life.unsound()) == (0, {})


def test_a_head_who_exempts_what_is_not_known_still_asks_what_is(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, COUNCIL, CHARGE).received().decided()
    made = charging.exempt(life.dossier.id, "Hộ nghèo", by=committed_node.approver, at=life.later)
    assert (made.state, made.total_vnd) == ("open", 20_000)
    with pytest.raises(Refused, match="fee_not_paid"):
        life.handed_over()
    payments.take(made.id, "cash", by=committed_node.reception, at=life.later)
    assert life.handed_over().state == "handed_over"
    assert life.unsound() == {}


def withdrawn(life: Life) -> None:
    actions.withdraw(life.dossier.id, "Đổi ý", by=life.node.mother, at=life.later)
    life.read()


def test_an_ended_dossier_asks_no_more_and_money_that_comes_late_is_owed_back(
    committed_node: Node, tmp_path: Path
) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    tried = payments.ask(life.bill.id, "sandbox", "k", by=committed_node.mother, at=life.later)
    withdrawn(life)
    assert (life.bill.state, Attempt.objects.get().state) == ("cancelled", "failed")
    assert life.unsound() == {}
    assert payments.confirm("sandbox", message(tried), at=life.later) == ""
    assert (life.bill.state, Attempt.objects.get().state) == ("cancelled", "surplus")
    assert payments_queries.balance("owed") == -20_000
    assert life.unsound() == {}


def test_an_outcome_nobody_knows_is_waited_for_and_closed_once_the_bank_says_that_nothing_came(
    committed_node: Node, tmp_path: Path
) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    tried = life.begins_to_pay()
    withdrawn(life)
    assert (close_ended(life.later), life.bill.state, Attempt.objects.get().state) == (0, "open", "unknown")
    payments.put_off(tried.id, by=SYSTEM, at=life.later)
    life.read()
    assert (life.bill.state, close_ended(life.later), close_ended(life.later)) == ("open", 1, 0)
    assert (life.bill.state, Attempt.objects.get().state) == ("cancelled", "failed")
    assert life.unsound() == {}


def test_nobody_begins_to_pay_for_a_dossier_that_ended(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    actions.withdraw(life.dossier.id, "Đổi ý", by=committed_node.mother, at=life.later)
    with pytest.raises(Refused, match="wrong_state"):  # the worker has not read it yet
        charging.begin_payment(life.bill, "sandbox", "k", by=committed_node.mother, at=life.later)
    assert not Attempt.objects.exists()


def test_who_never_came_to_pay_is_not_asked_about_for_ever(committed_node: Node, tmp_path: Path) -> None:
    life = Life(committed_node, tmp_path, CHARGE)
    tried = payments.ask(life.bill.id, "sandbox", "k", by=committed_node.mother, at=life.later)
    week = tried.asked_at + timedelta(days=7)
    assert payments_queries.to_ask(week, 9) == {"sandbox": [tried.id]}
    assert payments_queries.to_ask(week + HOUR, 9) == {}
    payments.lost(tried.id, by=SYSTEM, at=week)
    assert payments_queries.to_ask(week + HOUR, 9) == {"sandbox": [tried.id]}
    assert payments.confirm("sandbox", message(tried), at=week + HOUR) == ""
    assert life.bill.state == "paid"
