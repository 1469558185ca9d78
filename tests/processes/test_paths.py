"""Every way through a process is walked before a dossier goes it: steps, roles, hours, decisions."""

from typing import Any

import pytest

from motcua.base.errors import DefinitionError
from motcua.catalogue.definition import Definition
from motcua.catalogue.rules import form_of, process_problems, publish_problems
from motcua.processes import paths as walking
from motcua.processes.paths import Path, arrows, never_taken
from tests.catalogue.samples import STEPS, definition, steps

FORM = {
    "properties": {"gap": {"type": "boolean", "title": "Gấp"}, "so_trang": {"type": "integer", "title": "Số trang"}},
    "required": ["gap", "so_trang"],
}
NGHE_AN = [  # an approved internal process of a province: 2 + 4 + 58 + 6 + 8 + 2 hours are its 10 working days
    ("tiep-nhan", "Tiếp nhận", "reception", 2, "receive", {"pass": "phan-cong"}),
    ("phan-cong", "Phân công", "head", 4, "work", {"pass": "tham-dinh"}),
    ("tham-dinh", "Thẩm định", "clerk", 58, "work", {"pass": "xem-xet", "ask_more": "supplement"}),
    ("xem-xet", "Lãnh đạo phòng xem xét", "head", 6, "work", {"pass": "ky", "return": "tham-dinh"}),
    ("ky", "Ký duyệt", "approver", 8, "decide", {"pass": "vao-so", "return": "tham-dinh"}),
    ("vao-so", "Vào sổ, trả kết quả", "reception", 2, "hand_over", {"hand_over": "end"}),
]


def paths(edition: Definition, most: int = walking.MOST_PATHS) -> list[Path]:
    """The ways through an edition with its form."""
    return walking.paths(edition.process, form_of(edition), most)


def told(path: Path) -> str:
    """A path in short: ``xet.pass ky.pass``."""
    return " ".join(f"{stop.step}.{stop.action}" for stop in path.stops)


def nghe_an(**hours: float) -> Definition:
    keys = ("step", "name", "role", "hours", "does", "then")
    process: list[dict[str, Any]] = [dict(zip(keys, row, strict=True)) for row in NGHE_AN]
    for step in process:
        step["hours"] = hours.get(step["step"].replace("-", "_"), step["hours"])
    limit = [{"limit": {"working_days": 10}}]
    return definition(process=process, channels={"online": limit, "direct": limit, "postal": limit})


def test_the_sample_process_has_sixteen_ways_each_loop_taken_at_most_once() -> None:
    found = [told(path) for path in paths(definition())]
    assert len(found) == len(set(found)) == 16
    assert found[0] == "tiep-nhan.pass xet.pass ky.pass tra.hand_over"
    assert "tiep-nhan.pass xet.ask_more xet.pass ky.pass tra.hand_over" in found
    assert "tiep-nhan.pass xet.pass ky.return xet.pass ky.refuse tra.hand_over" in found
    assert all(way.count("ky.return") <= 1 and way.count("xet.ask_more") <= 1 for way in found)


def test_a_refusal_that_a_clerk_proposes_is_decided_by_who_signs_and_may_still_be_granted() -> None:
    found = {told(path): path.granted for path in paths(definition())}
    assert found["tiep-nhan.pass xet.refuse ky.refuse tra.hand_over"] is False
    assert found["tiep-nhan.pass xet.refuse ky.pass tra.hand_over"] is True


def test_a_path_names_each_role_once_and_counts_no_hour_twice() -> None:
    returned = next(path for path in paths(definition()) if "return" in path.actions)
    assert returned.roles == ("reception", "clerk", "approver")
    assert [(stop.step, stop.again) for stop in returned.stops] == [
        ("tiep-nhan", False), ("xet", False), ("ky", False), ("xet", True), ("ky", True), ("tra", False),
    ]  # fmt: skip
    assert returned.hours == 8


def test_every_exit_of_a_sound_process_is_on_one_of_its_paths() -> None:
    found = definition()
    assert never_taken(found.process, paths(found)) == []
    assert never_taken(found.process, paths(found, most=1)) == [
        ("xet", "ask_more"), ("xet", "refuse"), ("ky", "return"), ("ky", "refuse"),
    ]  # fmt: skip


def test_conditions_that_exclude_one_another_make_no_path() -> None:
    then = {
        "pass": {"to": "ky", "when": "gap"},
        "pass_on": {"to": "xem", "when": "!gap"},
    }
    seen = {"step": "xem", "name": "Xem xét", "role": "head", "hours": 0}
    seen["then"] = {
        "quick": {"to": "ky", "when": "gap"},
        "slow": {"to": "ky", "when": "so_trang < 10"},
        "long": {"to": "ky", "when": "so_trang >= 10"},
    }
    first, sign, last = STEPS[0], {**STEPS[2], "then": {"pass": "tra"}}, STEPS[3]
    process = [first, {**STEPS[1], "then": then}, seen, sign, last]
    found = definition(process=process, form=FORM)
    assert [told(path) for path in paths(found)] == [
        "tiep-nhan.pass xet.pass ky.pass tra.hand_over",
        "tiep-nhan.pass xet.pass_on xem.slow ky.pass tra.hand_over",
        "tiep-nhan.pass xet.pass_on xem.long ky.pass tra.hand_over",
    ]
    assert paths(found)[1].when == ("!gap", "so_trang < 10")
    assert never_taken(found.process, paths(found)) == [("xem", "quick")]


def test_a_process_of_many_branches_gives_as_many_paths_as_were_asked_for() -> None:
    middle = [
        {"step": f"b{n}", "name": "B", "role": "clerk", "hours": 0,
         "then": {"left": f"b{n + 1}", "right": f"b{n + 1}", "return": "b0"}}
        for n in range(60)
    ]  # fmt: skip
    middle[0]["then"].pop("return")  # type: ignore[attr-defined]
    first = {**STEPS[0], "then": {"pass": "b0"}}
    wide = definition(process=[first, *middle, {**STEPS[2], "step": "b60", "then": {"pass": "tra"}}, STEPS[3]])
    assert len(paths(wide, most=25)) == 25
    assert len({told(path) for path in paths(wide, most=25)}) == 25


def test_a_loop_without_a_way_out_has_no_path_and_does_not_hold_up_the_walk() -> None:
    first, second = steps(xet={"then": {"pass": "xep"}})[1], steps()[1]
    second |= {"step": "xep", "then": {"pass": "xet"}}
    receive, _, sign, hand_over = steps()
    process = [receive | {"then": {"pass": "ky", "pass_on": "xet"}}, first, second, sign | {"then": {"pass": "tra"}}]
    looping = definition(process=[*process, hand_over])
    assert [told(path) for path in paths(looping)] == ["tiep-nhan.pass ky.pass tra.hand_over"]
    assert never_taken(looping.process, paths(looping))[0] == ("tiep-nhan", "pass_on")


def test_an_edition_without_a_process_has_no_path() -> None:
    assert paths(definition(process=[])) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"xet": {"then": {"pass": "dau-do"}}}, "process.xet.pass: unknown target 'dau-do'"),
        ({"ky": {"does": "work"}}, "process: no step decides or no step hands over"),
    ],
)
def test_a_process_that_names_what_is_not_there_is_refused_by_place(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        arrows(definition(process=steps(**changes)).process)
    assert refusal.value.problems == [problem]


def test_the_ten_working_days_of_nghe_an_are_accepted() -> None:
    assert publish_problems(nghe_an()) == []
    assert {path.hours for path in paths(nghe_an())} == {80}
    assert [stop.hours for stop in paths(nghe_an())[0].stops] == [2, 4, 58, 6, 8, 2]


def test_the_process_of_nghe_an_is_refused_when_one_hour_is_missing() -> None:
    assert process_problems(nghe_an(tham_dinh=57)) == [
        "process: its hours are 79, the limit of channel online is 80",
        "process: its hours are 79, the limit of channel direct is 80",
        "process: its hours are 79, the limit of channel postal is 80",
    ]
