"""A process may be published only when every dossier gets through it, in the time the law gives."""

from typing import Any

import pytest

from motcua.catalogue.rules import process_problems
from motcua.processes.checking import total_hours
from tests.catalogue.samples import STEPS, definition, steps

FORM = {
    "properties": {
        "gap": {"type": "boolean", "title": "Gấp"},
        "so_trang": {"type": "integer", "title": "Số trang"},
        "ly_do": {"type": "string", "title": "Lý do", "x-when": [{"field": "gap", "op": "eq", "value": True}]},
    },
    "required": ["gap", "so_trang", "ly_do"],
}


def problems(process: list[dict[str, Any]], **changes: Any) -> list[str]:
    return process_problems(definition(process=process, **changes))


def guarded(*exits: tuple[str, Any, Any]) -> dict[str, Any]:
    """Exits of the step "xet" to "ky", one for each guard."""
    return {
        f"pass{number}": {"to": "ky", "when": [{"field": field, "op": op, "value": value}]}
        for number, (field, op, value) in enumerate(exits)
    }


def test_a_sound_process_has_no_problems() -> None:
    assert problems(steps()) == []


def test_an_edition_that_only_informs_has_no_process_and_no_problems() -> None:
    assert problems([]) == []


def test_steps_have_distinct_names() -> None:
    assert "process: step 'xet' twice" in problems(steps(ky={"step": "xet"}))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"tiep-nhan": {"does": "work"}}, "process: exactly one step receives, and it is the first"),
        ({"xet": {"does": "receive"}}, "process: exactly one step receives, and it is the first"),
        ({"ky": {"does": "hand_over"}}, "process: exactly one step hands over"),
        ({"ky": {"does": "work"}}, "process: no step decides"),
        ({"ky": {"role": "king"}}, "process.ky: unknown role 'king'"),
        ({"ky": {"does": "dance"}}, "process.ky: unknown kind 'dance'"),
        ({"ky": {"hours": -1}}, "process.ky: hours -1.0 out of bounds"),
        ({"ky": {"hours": float("nan")}}, "process.ky: hours nan out of bounds"),
        ({"ky": {"name": " "}}, "process.ky: no title"),
        ({"ky": {"then": {}}}, "process.ky: dead end"),
        (
            {"xet": {"then": {"ask_more": "supplement"}}},
            "process.xet: dead end, no action brings the dossier forward",
        ),
        ({"xet": {"then": {"pass": "nowhere"}}}, "process.xet.pass: unknown target 'nowhere'"),
        ({"xet": {"then": {"pass": "xet"}}}, "process.xet.pass: leads to itself"),
        (
            {"xet": {"then": {"pass": "ky", "refuse": "ky"}}},
            "process.xet.refuse: leads to 'decide_refusal', not to 'ky'",
        ),
        ({"xet": {"then": {"pass": "end"}}}, "process.xet.pass: only the last step ends a dossier"),
        ({"tra": {"then": {"pass": "ky"}}}, "process.tra: has no way to hand over"),
    ],
)
def test_a_contradiction_in_a_step_is_named(changes: dict[str, Any], problem: str) -> None:
    assert problem in problems(steps(**changes))


def test_a_step_that_nothing_leads_to_is_named() -> None:
    lonely = {"step": "kho", "name": "Lưu kho", "role": "clerk", "hours": 0, "then": {"pass": "ky"}}
    assert problems([*STEPS[:3], lonely, STEPS[3]]) == ["process.kho: never reached"]


def test_a_loop_without_a_way_out_is_named() -> None:
    first, second = steps(xet={"then": {"pass": "xep"}})[1], steps()[1]
    second |= {"step": "xep", "then": {"pass": "xet"}, "hours": 0}
    receive, _, sign, hand_over = steps()
    side = receive | {"then": {"pass": "ky", "pass_on": "xet"}}
    found = problems([side, first, second, sign | {"then": {"pass": "tra"}}, hand_over])
    assert found[:2] == ["process.xet: a loop without a way out", "process.xep: a loop without a way out"]


def test_a_decision_passes_to_the_counter() -> None:
    process = steps(ky={"then": {"pass": "xet", "refuse": "decide_refusal"}})
    assert "process.ky: a decision passes to the step that hands over" in problems(process)


def test_hours_must_add_up_to_the_limit_of_every_channel_in_working_time() -> None:
    assert problems(steps(xet={"hours": 5})) == [
        "process: its hours are 9, the limit of channel online is 8",
        "process: its hours are 9, the limit of channel direct is 8",
    ]
    assert problems(steps(xet={"hours": 12}), channels={"online": [{"limit": {"working_days": 2}}]}) == []


def test_a_limit_in_calendar_time_or_unknown_binds_no_hours() -> None:
    channels = {"online": [{"limit": {"days": 30}}], "direct": [{"limit": {"text": "1"}}]}
    assert problems(steps(xet={"hours": 99}), channels=channels) == []


def test_the_longest_way_forward_counts_and_what_leads_back_does_not() -> None:
    head = {"step": "phong", "name": "Lãnh đạo phòng", "role": "head", "hours": 3, "then": {"pass": "ky"}}
    process = steps(xet={"then": {"pass": "ky", "pass_to_head": "phong"}})
    assert total_hours(definition(process=[*process[:2], head, *process[2:]]).process) == 11


@pytest.mark.parametrize(
    ("guard", "problem"),
    [
        (("gap", "maybe", True), "process.xet.pass0: unknown operator 'maybe'"),
        (("mau_sac", "eq", "do"), "process.xet.pass0: the form has no field 'mau_sac'"),
        (("gap", "eq", None), "process.xet.pass0: guard without a value"),
        (("gap", "in", True), "process.xet.pass0: 'in' needs a list"),
    ],
)
def test_a_guard_that_can_not_be_understood_is_named(guard: tuple[str, Any, Any], problem: str) -> None:
    process = steps(xet={"then": guarded(guard) | {"pass": "ky"}})
    assert problem in problems(process, form=FORM)


def test_a_guard_on_a_procedure_without_a_form_may_ask_for_the_fields_of_the_general_one() -> None:
    assert problems(steps(xet={"then": guarded(("dia_chi", "filled", None)) | {"pass": "ky"}})) == []


@pytest.mark.parametrize(
    ("exits", "sound"),
    [
        ([("gap", "eq", True)], False),
        ([("gap", "eq", True), ("gap", "eq", False)], True),
        ([("so_trang", "lt", 10), ("so_trang", "ge", 10)], True),
        ([("so_trang", "lt", 10), ("so_trang", "ge", 11)], False),
        ([("so_trang", "eq", 1), ("so_trang", "eq", 2)], False),
        ([("ly_do", "eq", "x"), ("ly_do", "ne", "x")], False),  # not asked of everybody: no answer, no way on
    ],
)
def test_a_step_with_nothing_but_guards_is_a_dead_end_unless_they_are_opposites(exits: Any, sound: bool) -> None:
    found = problems(steps(xet={"then": guarded(*exits)}), form=FORM)
    assert found == ([] if sound else ["process.xet: dead end when no guard holds"])


def test_the_hours_do_not_depend_on_the_order_in_which_the_file_has_the_steps() -> None:
    mixed = [STEPS[0], STEPS[3], STEPS[2], STEPS[1]]
    assert total_hours(definition(process=mixed).process) == 8
    assert problems([STEPS[0], STEPS[3], STEPS[2], {**STEPS[1], "hours": 3}]) == [
        "process: its hours are 7, the limit of channel online is 8",
        "process: its hours are 7, the limit of channel direct is 8",
    ]
