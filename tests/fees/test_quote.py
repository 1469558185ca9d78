"""How much is asked: units, tables, exemptions, the council; what is not known is never nothing."""

from datetime import date
from typing import Any

import pytest

from motcua.fees.definition import Amount, Exemption, Fee
from motcua.fees.rules import Line, Quote, Unknown, problems, quote

DAY = date(2026, 11, 10)
FORM = {
    "properties": {
        "so_ban": {"type": "integer"},
        "ho_ngheo": {"type": "boolean"},
        "loai": {"type": "string"},
        "con": {"type": "array", "items": {"type": "object", "properties": {"ten": {"type": "string"}}}},
    }
}
COPIES = Fee("Bản sao", "charge", 8_000, per="bản", quantity_from="so_ban")
HOUSE = Fee("Lệ phí", "charge", 50_000, table=(Amount("loai == 'go'", 20_000), Amount("loai == 'gach'", 30_000)))
COUNCIL = Fee("Phí thẩm định", "fee", decided_by="provincial_council")
POOR = Fee("Lệ phí", "charge", 20_000, exempt=(Exemption("ho_ngheo", "Hộ nghèo"), Exemption("so_ban > 9", "Nhiều")))


@pytest.mark.parametrize(
    ("fee", "answers", "line"),
    [
        (COPIES, {"so_ban": 3}, Line("Bản sao", "charge", 8_000, 3)),
        (Fee("Phí", "fee", 5_000, per="trẻ", quantity_from="con"), {"con": [{}, {}]}, Line("Phí", "fee", 5_000, 2)),
        (Fee("Phí", "fee", 5_000, per="lần"), {}, Line("Phí", "fee", 5_000)),
        (Fee("Phí", "fee", 5_000, per="thẻ", quantity_from="dossier"), {}, Line("Phí", "fee", 5_000)),
        (HOUSE, {"loai": "go"}, Line("Lệ phí", "charge", 20_000)),
        (HOUSE, {"loai": "gach"}, Line("Lệ phí", "charge", 30_000)),
        (HOUSE, {}, Line("Lệ phí", "charge", 50_000)),
        (COUNCIL, {}, Line("Phí thẩm định", "fee", 70_000)),
        (POOR, {"ho_ngheo": True, "so_ban": 10}, Line("Lệ phí", "charge", 20_000, 1, "Hộ nghèo")),
        (POOR, {"ho_ngheo": False}, Line("Lệ phí", "charge", 20_000)),
        (Fee("", "fee", 5_000, text="Phí khác"), {}, Line("Phí khác", "fee", 5_000)),
    ],
)
def test_a_fee_comes_to_one_line(fee: Fee, answers: dict[str, Any], line: Line) -> None:
    assert quote([fee], {"Phí thẩm định": 70_000}, FORM, answers, on=DAY) == Quote((line,))


@pytest.mark.parametrize(
    ("fee", "answers"),
    [
        (Fee("Không thu phí, lệ phí", "", 0), {}),
        (COPIES, {"so_ban": 0}),
        (Fee("Lệ phí", "charge", 9, table=(Amount("ho_ngheo", 0),)), {"ho_ngheo": True}),
    ],
)
def test_a_fee_of_nothing_makes_no_line(fee: Fee, answers: dict[str, Any]) -> None:
    assert quote([fee], {}, FORM, answers, on=DAY) == Quote()


@pytest.mark.parametrize(
    ("fee", "answers", "why"),
    [
        (Fee("Phí", "fee"), {}, "fee_unknown"),
        (Fee("Phí", "fee", text="Theo số phòng"), {}, "fee_unknown"),
        (Fee("Phí", "fee", -1), {}, "fee_unknown"),
        (Fee("Phí", "fee", table=(Amount("loai == 'go'", 5),)), {"loai": "gach"}, "fee_unknown"),
        (Fee("Phí", "fee", decided_by="provincial_council"), {}, "council_fee_missing"),
        (Fee("Phí", "fee", 5, per="bản"), {}, "quantity_unknown"),
        (Fee("Phí", "fee", 5, per="bản", quantity_from="so_ban"), {}, "quantity_unknown"),
        (Fee("Phí", "fee", 5, per="bản", quantity_from="so_ban"), {"so_ban": True}, "quantity_unknown"),
        (Fee("Phí", "fee", 5, per="bản", quantity_from="so_ban"), {"so_ban": -1}, "quantity_unknown"),
        (Fee("Phí", "fee", 5, per="bản", quantity_from="so_ban"), {"so_ban": "3"}, "quantity_unknown"),
        (Fee("Phí", "fee", 5, per="bản", quantity_from="so_ban"), {"so_ban": 10**18}, "quantity_unknown"),
        (Fee("Phí", "", 5), {}, "fee_kind_unknown"),
    ],
)
def test_what_nobody_can_tell_is_unknown_and_not_nothing(fee: Fee, answers: dict[str, Any], why: str) -> None:
    made = quote([fee], {}, FORM, answers, on=DAY)
    assert made == Quote(unknown=(Unknown("Phí", why),))
    assert made.total_vnd is None


def test_one_unknown_fee_leaves_no_total() -> None:
    made = quote([POOR, COUNCIL], {}, FORM, {}, on=DAY)
    assert [line.total_vnd for line in made.lines] == [20_000]
    assert (made.known, made.total_vnd) == (False, None)


def test_a_condition_that_can_not_be_read_exempts_nobody() -> None:
    fee = Fee("Phí", "fee", 5, exempt=(Exemption("khong_co", "Miễn"),), table=(Amount("loai ==", 0),))
    assert quote([fee], {}, FORM, {}, on=DAY).total_vnd == 5


@pytest.mark.parametrize(("day", "asked"), [(date(2026, 12, 31), 25_000), (date(2027, 1, 1), 50_000)])
def test_an_amount_of_a_table_ends_on_its_day(day: date, asked: int) -> None:
    fee = Fee("Lệ phí", "charge", 50_000, table=(Amount("true", 25_000, until=date(2027, 1, 1)),))
    assert quote([fee], {}, FORM, {}, on=day).total_vnd == asked


@pytest.mark.parametrize(
    ("dues", "due"),
    [(["", "later"], "result"), (["later", "later"], "later"), (["", "reception"], "reception"), ([], "result")],
)
def test_what_is_due_first_decides_for_all(dues: list[str], due: str) -> None:
    assert quote([Fee("Phí", "fee", 5, due=one) for one in dues], {}, FORM, {}, on=DAY).due == due


def test_a_fee_of_nothing_is_due_never() -> None:
    assert quote([Fee("Phí", "fee", 0, due="reception")], {}, FORM, {}, on=DAY).due == "result"


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        (Fee("Phí", "fee", -1), "fee -1 out of bounds"),
        (Fee("Phí", "fee", 5, table=(Amount("ho_ngheo", 10**12),)), "fee 1000000000000 out of bounds"),
        (Fee("Phí", "fee", 5, decided_by="provincial_council"), "fee has an amount and is decided elsewhere"),
        (Fee("Phí", "tax", 5), "fee kind 'tax' unknown"),
        (Fee("Phí", "fee", 5, due="tomorrow"), "fee is due at 'tomorrow', which is unknown"),
        (
            Fee("Phí", "fee", 5, quantity_from="loai"),
            "fee 'Phí': 'loai' is no question for a whole number or a list",
        ),
        (Fee("Phí", "fee", 5, quantity_from="x"), "fee 'Phí': 'x' is no question for a whole number or a list"),
        (Fee("Phí", "fee", 5, table=(Amount("loai > 3", 1),)), "fee 'Phí': 'loai > 3': '>' does not take"),
        (Fee("Phí", "fee", 5, exempt=(Exemption("ai_do", "x"),)), "fee 'Phí': 'ai_do': unknown name 'ai_do'"),
        (Fee("Phí", "fee", 5, exempt=(Exemption("ho_ngheo", " "),)), "fee 'Phí': an exemption has no reason"),
    ],
)
def test_a_fee_that_makes_no_sense_is_told_before_it_is_published(fee: Fee, told: str) -> None:
    (found,) = problems([fee], FORM)
    assert found.startswith(told)


@pytest.mark.parametrize("form", [{}, {"properties": 3}, {"properties": {"so_ban": "x"}}])
def test_a_form_that_can_not_be_read_makes_conditions_problems_and_no_crash(form: dict[str, Any]) -> None:
    assert [*problems([Fee("Phí", "fee", 5, table=(Amount("ho_ngheo", 1),))], form)] != []


def test_sound_fees_have_no_problems() -> None:
    assert [*problems([COPIES, HOUSE, COUNCIL, POOR], FORM)] == []
