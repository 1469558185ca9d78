"""A process changed one verb at a time: exits follow a renamed step, and nothing is cut off silently."""

from typing import Any

import pytest
import yaml
from django.conf import settings

from motcua.base.errors import Invalid, NotFound
from motcua.catalogue.definition import Exit, Step, parse
from motcua.designs import processes
from motcua.processes.checking import problems, total_hours
from tests.catalogue.samples import raw

SHIPPED = sorted((settings.DATA / "procedures").glob("*.yaml"))
STEPS = parse(raw()).process


def codes(steps: tuple[Step, ...]) -> list[str]:
    return [step.step for step in steps]


def test_a_step_is_added_between_two() -> None:
    steps, new = processes.add_step(STEPS, "xet", "Trưởng phòng soát", "head", 3)
    assert codes(steps) == ["tiep-nhan", "xet", "truong-phong-soat", "ky", "tra"]
    assert steps[1].then["pass"] == "truong-phong-soat"
    assert new.then == {"pass": "ky", "ask_more": "supplement", "refuse": "decide_refusal"}
    assert problems(steps, None) == []
    assert total_hours(steps) == 11


def test_the_same_name_twice_is_two_codes() -> None:
    steps, _ = processes.add_step(STEPS, "xet", "Xét", "head")
    assert codes(steps)[2] == "xet-2"
    assert processes.free_code(STEPS, "2 bước") == "buoc-2-buoc"
    assert processes.free_code(STEPS, "End") == "buoc-end"
    assert processes.free_code(STEPS, "***") == "buoc"


def test_exits_follow_a_step_that_gets_another_code() -> None:
    guarded = processes.change_step(STEPS, "ky", parse(raw()).process[2])
    renamed = Step("tham-dinh", "Thẩm định", "clerk", 4, {"pass": Exit("ky"), "ask_more": "supplement"})
    steps = processes.change_step(guarded, "xet", renamed)
    assert (steps[0].then, steps[2].then["return"]) == ({"pass": "tham-dinh"}, "tham-dinh")
    assert problems(steps, None) == []


def test_a_step_is_removed_only_when_nothing_leads_to_it_or_something_stands_in() -> None:
    with pytest.raises(Invalid) as refusal:
        processes.remove_step(STEPS, "xet")
    assert (refusal.value.code, refusal.value.details["steps"]) == ("step_led_to", ["Tiếp nhận", "Ký duyệt"])
    steps = processes.remove_step(STEPS, "xet", instead="ky")
    assert codes(steps) == ["tiep-nhan", "ky", "tra"]
    assert steps[0].then == {"pass": "ky"}
    assert steps[1].then == {"pass": "tra", "refuse": "decide_refusal"}  # a return to itself would be a loop
    loose = (*STEPS, Step("thua", "Thừa", "clerk", 1, {"pass": "ky"}))
    assert processes.remove_step(loose, "thua") == STEPS


def test_the_step_that_receives_stays_first() -> None:
    assert codes(processes.move_step(STEPS, "ky", -1)) == ["tiep-nhan", "ky", "xet", "tra"]
    assert codes(processes.move_step(STEPS, "xet", -5)) == codes(STEPS)
    assert codes(processes.move_step(STEPS, "tiep-nhan", 2)) == codes(STEPS)
    assert codes(processes.move_step(STEPS, "xet", 9)) == ["tiep-nhan", "ky", "tra", "xet"]


@pytest.mark.parametrize(
    "act",
    [
        lambda: processes.remove_step(STEPS, "khac"),
        lambda: processes.remove_step(STEPS, "xet", instead="khac"),
        lambda: processes.add_step(STEPS, "khac", "x", "clerk"),
        lambda: processes.move_step(STEPS, "khac", 1),
        lambda: processes.change_step(STEPS, "khac", STEPS[0]),
    ],
)
def test_a_step_that_is_not_there_is_refused(act: Any) -> None:
    with pytest.raises(NotFound, match="step_unknown"):
        act()


@pytest.mark.parametrize("code", ["ky", "end", "supplement"])
def test_a_code_that_means_something_else_is_refused(code: str) -> None:
    with pytest.raises(Invalid, match="step_code_taken"):
        processes.change_step(STEPS, "xet", Step(code, "x", "clerk", 1, {}))


def test_no_process_grows_without_end() -> None:
    many = STEPS + tuple(Step(f"b{n}", "x", "clerk", 1, {}) for n in range(processes.MOST_STEPS - len(STEPS)))
    with pytest.raises(Invalid, match="steps_too_many"):
        processes.add_step(many, "xet", "x", "clerk")


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_a_shipped_process_stays_sound_whatever_step_is_renamed_or_put_in(file: Any) -> None:
    steps = parse({**yaml.safe_load(file.read_text()), "form": None}).process
    sound = problems(steps, None)
    for step in steps:
        renamed = processes.change_step(
            steps, step.step, Step("moi", step.name, step.role, step.hours, step.then, step.does)
        )
        assert problems(renamed, None) == sound
        if step.does == "work":
            longer, _ = processes.add_step(steps, step.step, "Bước mới", "head", 0)
            assert problems(longer, None) == sound
