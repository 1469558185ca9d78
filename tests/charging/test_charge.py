"""What was filed gets its bill: once, by whatever way, and never for what nobody knows."""

from datetime import date
from pathlib import Path

import pytest

from motcua import wiring
from motcua.base.actor import SYSTEM
from motcua.base.cursors import run_until_read
from motcua.base.errors import Forbidden, NotFound, Refused
from motcua.base.ids import new_id
from motcua.charging import actions, queries
from motcua.payments.models import Bill
from tests.charging.costly import CHARGE, COPIES, COUNCIL, POOR, council_decides, filed, publish, unsound
from tests.node import Node


def test_what_was_filed_gets_its_bill_once(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, COPIES, CHARGE)
    dossier = filed(node, so_ban=3)
    made = actions.charge(dossier.id, by=SYSTEM, at=node.noon)
    assert made is not None
    assert (made.reference, made.purpose, made.total_vnd, made.state) == (dossier.stream, "advance", 44_000, "open")
    assert [(line.name, line.quantity, line.total_vnd) for line in made.told_lines] == [
        ("Phí bản sao", 3, 24_000),
        ("Lệ phí", 1, 20_000),
    ]
    assert actions.charge(dossier.id, by=SYSTEM, at=node.noon) == made
    assert queries.bills_of(dossier) == [made]
    assert queries.owed(dossier.stream) == 44_000


def test_where_nothing_is_owed_there_is_no_bill(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, COPIES, CHARGE | {"amount_vnd": 0})
    assert actions.charge(filed(node, so_ban=0).id, by=SYSTEM, at=node.noon) is None
    assert not Bill.objects.exists()


def test_who_is_exempt_has_a_bill_that_says_why(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, POOR)
    dossier = filed(node, ho_ngheo=True)
    made = actions.charge(dossier.id, by=SYSTEM, at=node.noon)
    assert made is not None
    assert (made.state, made.total_vnd, made.told_lines[0].exempt_reason) == ("waived", 0, "Hộ nghèo")
    assert actions.charge(dossier.id, by=SYSTEM, at=node.noon) == made
    assert queries.owed(dossier.stream) == 0


@pytest.mark.parametrize(
    ("fee", "why"),
    [
        (COUNCIL, ("Phí thẩm định", "council_fee_missing")),
        ({"name": "Phí", "kind": "fee", "text": "Theo số phòng"}, ("Phí", "fee_unknown")),
        (COPIES | {"quantity_from": ""}, ("Phí bản sao", "quantity_unknown")),
    ],
)
def test_a_fee_that_nobody_knows_makes_no_bill(
    node: Node, tmp_path: Path, fee: dict[str, object], why: tuple[str, str]
) -> None:
    publish(tmp_path, node.noon, CHARGE, fee)
    dossier = filed(node)
    with pytest.raises(Refused, match="fee_unknown") as refusal:
        actions.charge(dossier.id, by=SYSTEM, at=node.noon)
    assert refusal.value.details == {"fees": [why]}
    assert not Bill.objects.exists()
    assert queries.quote(dossier).total_vnd is None


def test_where_cases_of_a_channel_differ_nobody_guesses(node: Node, tmp_path: Path) -> None:
    offers = [{"limit": {"hours": 8}, "fees": [CHARGE]}, {"limit": {"hours": 8}, "fees": []}]
    publish(tmp_path, node.noon, channels=offers)
    with pytest.raises(Refused, match="fee_unknown") as refusal:
        actions.charge(filed(node).id, by=SYSTEM, at=node.noon)
    assert refusal.value.details == {"fees": [("", "cases_differ")]}


def test_only_officers_of_the_place_and_the_system_make_bills(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, CHARGE)
    dossier = filed(node)
    for who in (node.mother, node.approver, node.stranger):
        with pytest.raises(Forbidden):
            actions.charge(dossier.id, by=who, at=node.noon)
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.charge(new_id(), by=SYSTEM, at=node.noon)
    assert not Bill.objects.exists()
    assert actions.charge(dossier.id, by=node.reception, at=node.noon) is not None


@pytest.mark.parametrize(("agency", "amount"), [("H99", 70_000), ("H99.101", 70_000)])
def test_the_council_decides_for_a_province_or_for_one_place(
    node: Node, tmp_path: Path, agency: str, amount: int
) -> None:
    publish(tmp_path, node.noon, COUNCIL)
    council_decides(node, amount, agency=agency)
    assert queries.quote(filed(node)).total_vnd == 70_000


def test_what_was_decided_for_the_place_goes_before_its_province(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, COUNCIL)
    council_decides(node, 60_000, agency="H99.101", since=date(2026, 1, 1))
    council_decides(node, 90_000, agency="H99", since=date(2026, 10, 1))
    council_decides(node, 10_000, agency="H99.102")
    assert queries.quote(filed(node)).total_vnd == 60_000


def test_a_decision_of_a_later_day_does_not_reach_what_was_filed_before(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, COUNCIL)
    council_decides(node, 70_000, since=date(2026, 11, 11))
    assert queries.quote(filed(node)).unknown[0].why == "council_fee_missing"


def test_every_filing_gets_its_bill_by_itself_and_the_council_fee_follows(
    committed_node: Node, tmp_path: Path
) -> None:
    node = committed_node
    publish(tmp_path, node.noon, COUNCIL)
    early = filed(node)
    run_until_read(wiring.SUBSCRIBERS)
    assert not Bill.objects.exists()
    council_decides(node, 70_000)
    late = filed(node)
    run_until_read(wiring.SUBSCRIBERS)
    owed = {bill.reference: bill.total_vnd for bill in Bill.objects.all()}
    assert owed == {early.stream: 70_000, late.stream: 70_000}
    council_decides(node, 90_000, agency="H99.101")
    run_until_read(wiring.SUBSCRIBERS)
    assert Bill.objects.count() == 2
    assert unsound() == {}
