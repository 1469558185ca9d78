"""A process may be published only when every dossier gets through it, in the time the law gives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.catalogue.rules import process_problems
from motcua.processes.checking import total_hours
from tests.catalogue.samples import STEPS, definition, steps

FORM = {
    "properties": {
        "gap": {"type": "boolean", "title": "Gấp"},
        "so_trang": {"type": "integer", "title": "Số trang"},
        "ly_do": {"type": "string", "title": "Lý do", "x-when": [{"field": "gap", "op": "eq", "value": True}]},
        "dien_tich": {"type": "number", "title": "Diện tích"},
        "ngay": {"type": "string", "format": "date", "title": "Ngày"},
        "loai": {"type": "string", "title": "Loại", "oneOf": [{"const": "nha"}, {"const": "dat"}]},
        "con": {
            "type": "array",
            "title": "Con",
            "maxItems": 9,
            "items": {"properties": {"tuoi": {"type": "integer"}}},
        },
    },
    "required": ["gap", "so_trang", "ly_do", "dien_tich", "ngay", "loai"],
}
SIGNS = some.sampled_from(["<", "<=", ">", ">=", "==", "!="])


def problems(process: list[dict[str, Any]], **changes: Any) -> list[str]:
    return process_problems(definition(process=process, **changes))


def asked(*conditions: str) -> dict[str, Any]:
    """Exits of the step "xet" to "ky", one for each condition."""
    return {f"pass{number}": {"to": "ky", "when": when} for number, when in enumerate(conditions)}


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


def step(code: str, hours: float | None = 0, does: str = "work", **then: Any) -> dict[str, Any]:
    role = "" if does == "automatic" else "clerk"
    return {"step": code, "name": code, "role": role, "hours": hours, "does": does, "then": then}


def test_work_after_the_decision_goes_forward_to_the_hand_over() -> None:
    receive, examine, sign, hand_over = steps(
        ky={"then": {"pass": "dau", "return": "xet", "refuse": "decide_refusal"}}
    )
    stamp = step("dau", **{"pass": "so"})
    assert problems([receive, examine, sign, stamp, step("so", **{"pass": "tra"}), hand_over]) == []


@pytest.mark.parametrize(
    ("then", "problem"),
    [
        ({"pass": "ky"}, "process.ky: comes again after a decision"),
        ({"pass": "xet"}, "process.xet: stands before a decision and after one"),
        ({"pass": "tra", "return": "xet"}, "process.dau.return: after the decision a dossier only goes forward"),
        (
            {"pass": "tra", "ask_more": "supplement"},
            "process.dau.ask_more: after the decision a dossier only goes forward",
        ),
    ],
)
def test_after_the_decision_there_is_no_other_one_and_no_way_back(then: dict[str, str], problem: str) -> None:
    receive, examine, sign, hand_over = steps(ky={"then": {"pass": "dau"}})
    assert problem in problems([receive, examine, sign, step("dau", **then), hand_over])


def test_nothing_is_handed_over_without_a_decision() -> None:
    process = steps(xet={"then": {"pass": "ky", "quick": "tra"}})
    assert problems(process) == ["process.tra: can be reached without a decision"]


def sorting(**changes: Any) -> list[dict[str, Any]]:
    """A process whose step "re" sorts dossiers by itself: urgent ones to the signature."""
    receive, examine, sign, hand_over = steps(**{"tiep-nhan": {"then": {"pass": "re"}}})
    ways = {"quick": {"to": "ky", "when": "gap"}, "usual": "xet"}
    return [receive, step("re", does="automatic", **ways) | changes, examine, sign, hand_over]


def test_an_automatic_step_leaves_by_the_exit_that_is_open() -> None:
    assert problems(sorting(), form=FORM) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"role": "clerk"}, "process.re: unknown role 'clerk'"),
        ({"hours": 1}, "process.re: an automatic step takes no hours: 0"),
        ({"hours": None}, "process.re: an automatic step takes no hours: 0"),
        ({"tasks": [{"task": "a", "name": "A"}]}, "process.re: an automatic step has no tasks, opinions or timeouts"),
        (
            {"timeouts": [{"then": "remind", "hours": 1}]},
            "process.re: an automatic step has no tasks, opinions or timeouts",
        ),
        ({"then": {"return": "ky", "usual": "xet"}}, "process.re.return: not an action of an automatic step"),
        (
            {"then": {"refuse": "decide_refusal", "usual": "xet"}},
            "process.re.refuse: not an action of an automatic step",
        ),
        (
            {"then": {"quick": {"to": "ky", "when": "gap"}, "usual": {"to": "xet", "when": "!gap"}}},
            "process.re: exactly one exit of an automatic step is without a condition",
        ),
        (
            {"then": {"quick": "ky", "usual": "xet"}},
            "process.re: exactly one exit of an automatic step is without a condition",
        ),
        (
            {"then": {"b": {"to": "ky", "when": "so_trang > 5"}, "a": {"to": "xet", "when": "gap"}, "usual": "xet"}},
            "process.re: two conditions hold for gap True, so_trang 6",
        ),
    ],
)
def test_an_automatic_step_takes_nobody_and_nothing(changes: dict[str, Any], problem: str) -> None:
    assert problem in problems(sorting(**changes), form=FORM)


def test_automatic_steps_that_lead_to_one_another_would_never_stop() -> None:
    circle = step("lai", does="automatic", quick={"to": "re", "when": "so_trang > 3"}, usual="xet")
    process = sorting(then={"quick": {"to": "lai", "when": "gap"}, "usual": "xet"})
    assert problems([*process, circle], form=FORM) == [
        "process.lai: a loop of automatic steps", "process.re: a loop of automatic steps",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ({"tasks": [{"task": "a", "name": "A"}, {"task": "a", "name": "B"}]}, "process.xet: task 'a' twice"),
        ({"tasks": [{"task": "A b", "name": "A"}]}, "process.xet: 'A b' is not a name for a task"),
        ({"tasks": [{"task": "a", "name": " "}]}, "process.xet.a: no title"),
        ({"tasks": [{"task": "a", "name": "A", "hours": -1}]}, "process.xet.a: hours -1.0 out of bounds"),
        ({"opinions": [{"opinion": "a", "name": "A", "hours": 0}]}, "process.xet.a: hours 0.0 out of bounds"),
        (
            {"opinions": [{"opinion": "a", "name": "A", "hours": 8}, {"opinion": "a", "name": "B", "hours": 8}]},
            "process.xet: opinion 'a' twice",
        ),
        ({"timeouts": [{"then": "shout", "hours": 8}]}, "process.xet: timeout: unknown effect 'shout'"),
        ({"timeouts": [{"then": "remind"}]}, "process.xet: timeout: exactly one of hours and working_days"),
        (
            {"timeouts": [{"then": "remind", "hours": 1, "working_days": 1}]},
            "process.xet: timeout: exactly one of hours and working_days",
        ),
        ({"timeouts": [{"then": "remind", "hours": 0}]}, "process.xet: timeout: 0 out of bounds"),
        (
            {"timeouts": [{"then": "close", "hours": 4}]},
            "process.xet: timeout: closes a dossier before the hours of its step have passed",
        ),
    ],
)
def test_what_is_wrong_with_tasks_opinions_and_timeouts_is_named(extra: dict[str, Any], problem: str) -> None:
    assert problems(steps(xet=extra)) == [problem]


def test_tasks_opinions_and_timeouts_stand_beside_the_hours_of_a_step() -> None:
    extra = {
        "tasks": [{"task": "kiem-tra", "name": "Kiểm tra", "hours": 2}],
        "opinions": [{"opinion": "cong-an", "name": "Công an xã", "hours": 16}],
        "timeouts": [{"then": "remind", "hours": 4}, {"then": "close", "working_days": 15}],
    }
    assert problems(steps(xet=extra)) == []


def test_with_a_step_of_no_limit_the_others_stay_within_the_limit() -> None:
    assert problems(steps(xet={"hours": None})) == []
    assert problems(steps(xet={"hours": None}, ky={"hours": 7})) == [
        "process: its hours are 9, the limit of channel online is 8",
        "process: its hours are 9, the limit of channel direct is 8",
    ]
    nothing = {code: {"hours": None} for code in ("tiep-nhan", "xet", "ky", "tra")}
    assert problems(steps(**nothing), channels={"online": [{"limit": {"hours": 8}}]}) == [
        "process: no step says its hours, the limit of channel online is 8"
    ]
    assert problems(steps(**nothing), channels={"online": [{"limit": {"days": 8}}]}) == []


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
    ("when", "problem"),
    [
        ("gap like true", "'like' at letter 5 is not understood"),
        ("mau_sac == 'do'", "unknown name 'mau_sac'"),
        ("dossier.agency == 'x'", "unknown name 'dossier.agency'"),
        ("gap == null", "'==' does not take (bool, null_type)"),
        ("so_trang > '3'", "'>' does not take (int, string)"),
        ("so_trang", "gives int, not bool"),
    ],
)
def test_a_condition_that_can_not_be_understood_is_named(when: str, problem: str) -> None:
    process = steps(xet={"then": asked(when) | {"pass": "ky"}})
    assert problems(process, form=FORM) == [f"process.xet.pass0: {problem}"]


def test_a_condition_on_a_procedure_without_a_form_may_ask_for_the_fields_of_the_general_one() -> None:
    assert problems(steps(xet={"then": asked("answered.dia_chi") | {"pass": "ky"}})) == []


def test_a_condition_over_a_field_that_a_later_edition_removed_is_refused() -> None:
    process = steps(xet={"then": asked("gap") | {"pass": "ky"}})
    later = {"properties": {"so_trang": FORM["properties"]["so_trang"]}}
    assert problems(process, form=FORM) == []
    assert problems(process, form=later) == ["process.xet.pass0: unknown name 'gap'"]


@pytest.mark.parametrize(
    ("conditions", "dead_end"),
    [
        (["gap"], "gap False"),
        (["gap", "!gap"], ""),
        (["so_trang < 10", "so_trang >= 10"], ""),
        (["so_trang < 10", "so_trang >= 11"], "so_trang 10"),
        (["so_trang <= 10", "so_trang > 9"], ""),
        (["so_trang == 1", "so_trang == 2"], "so_trang -1"),
        (["ly_do == 'x'", "ly_do != 'x'"], "gap False, ly_do unanswered"),  # not asked of everybody
        (["!gap", "ly_do == 'x'", "ly_do != 'x'"], ""),  # asked of everybody else
        (["gap && so_trang < 10", "gap && so_trang >= 10", "!gap"], ""),
        (["gap && so_trang < 10", "!gap || so_trang > 10"], "gap True, so_trang 10"),
        (["dossier.channel == 'online'", "dossier.channel != 'online'"], ""),
        (["dossier.channel in ['online', 'direct']"], "dossier.channel postal"),
        (["dossier.supplements == 0", "dossier.supplements > 1"], "dossier.supplements 1"),
        (["opinions.against == 0", "opinions.against > 0"], ""),
        (["dien_tich < 30.0", "dien_tich > 30.0"], "dien_tich 30.0"),
        (["ngay < '2026-01-01'", "ngay >= '2026-01-01'"], ""),
        (["ngay < '2026-01-01'", "ngay > '2026-01-01'"], "ngay 2026-01-01"),
        (["loai == 'nha'", "loai == 'dat'"], ""),
        (["loai == 'nha'"], "loai dat"),
        (["size(con) > 0"], "con unanswered"),
        (["size(con) == 0", "con.exists(c, c.tuoi < 14)", "con.all(c, c.tuoi >= 14)"], ""),
    ],
)
def test_a_step_whose_every_exit_has_a_condition_must_let_every_dossier_on(
    conditions: list[str], dead_end: str
) -> None:
    found = problems(steps(xet={"then": asked(*conditions)}), form=FORM)
    assert found == ([f"process.xet: dead end, no condition holds for {dead_end}"] if dead_end else [])


@pytest.mark.parametrize(
    "when",
    [
        "loai == 'nhaa'",
        "dossier.channel == 'onlin'",
        "so_trang > 3 && so_trang < 3",
        "gap && !gap",
        "answered.ly_do && !gap",
        "!answered.so_trang",
        "opinions.open < 0",
    ],
)
def test_a_condition_that_never_holds_is_named(when: str) -> None:
    process = steps(xet={"then": asked(when) | {"pass": "ky"}})
    assert problems(process, form=FORM) == ["process.xet.pass0: its condition never holds"]


def test_who_decides_may_have_to_refuse() -> None:
    ways = {"pass": {"to": "tra", "when": "opinions.against == 0"}, "refuse": "decide_refusal", "return": "xet"}
    assert problems(steps(ky={"then": ways})) == []
    ways["refuse"] = {"to": "decide_refusal", "when": "opinions.against > 1"}
    assert problems(steps(ky={"then": ways})) == ["process.ky: dead end, no condition holds for opinions.against 1"]


def test_what_can_not_be_proved_is_refused() -> None:
    names = [f"muc_{number}" for number in range(12)]
    form = {"properties": {name: {"type": "integer"} for name in names}, "required": names}
    conditions = [f"{name} > 3" for name in names]
    assert problems(steps(xet={"then": asked(*conditions)}), form=form) == [
        "process.xet: too many cases to prove that a way on is always open; one exit without a condition is"
    ]
    assert problems(steps(xet={"then": asked(*conditions) | {"pass": "ky"}}), form=form) == []


@given(some.lists(some.integers(-3, 6), min_size=1, max_size=3), some.lists(SIGNS, min_size=3, max_size=3))
def test_a_dead_end_is_told_exactly_when_a_number_has_no_way_on(edges: list[int], signs: list[str]) -> None:
    conditions = [f"so_trang {sign} {edge}" for sign, edge in zip(signs, edges, strict=False)]
    found = problems(steps(xet={"then": asked(*conditions)}), form=FORM)
    shut = [number for number in range(-10, 20) if not any(eval(one, {"so_trang": number}) for one in conditions)]
    assert bool(found) == bool(shut)
    if found:
        assert int(found[0].rpartition(" ")[2]) in shut


def test_the_hours_do_not_depend_on_the_order_in_which_the_file_has_the_steps() -> None:
    mixed = [STEPS[0], STEPS[3], STEPS[2], STEPS[1]]
    assert total_hours(definition(process=mixed).process) == 8
    assert problems([STEPS[0], STEPS[3], STEPS[2], {**STEPS[1], "hours": 3}]) == [
        "process: its hours are 7, the limit of channel online is 8",
        "process: its hours are 7, the limit of channel direct is 8",
    ]


@pytest.mark.parametrize(
    "extra",
    [{"timeouts": [{"then": "remind", "hours": 4}]}, {"opinions": [{"opinion": "a", "name": "A", "hours": 8}]}],
)
def test_reception_asks_nobody_and_has_no_timeouts(extra: dict[str, Any]) -> None:
    (problem,) = problems(steps(**{"tiep-nhan": extra}))
    assert problem.startswith("process.tiep-nhan: reception has no opinions and no timeouts")
