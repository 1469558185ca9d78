"""A recorded run goes its way through a later edition, or names the step at which it can't."""

from typing import Any

import pytest
import yaml
from django.conf import settings

from motcua.catalogue.definition import Step, parse
from motcua.processes.paths import Path, paths
from motcua.processes.runs import Run, Taken, hours_of, replay
from tests.catalogue.samples import raw, steps

SHIPPED = sorted((settings.DATA / "procedures").glob("*.yaml"))
FORM: dict[str, Any] = {"properties": {"so_tien": {"type": "integer"}, "loai": {"type": "string"}}}
STRAIGHT = (
    Taken("tiep-nhan", "pass", "reception"),
    Taken("xet", "pass", "clerk"),
    Taken("ky", "pass", "approver"),
    Taken("tra", "hand_over", "reception"),
)
RUN = Run("Cấp đúng hạn", "direct", STRAIGHT)


def made(**changes: dict[str, Any]) -> tuple[Step, ...]:
    return parse(raw(process=steps(**changes))).process


def told(run: Run, process: tuple[Step, ...], form: dict[str, Any] = FORM) -> list[str]:
    return [str(broken) for broken in replay(run, process, form)]


def run_along(path: Path) -> Run:
    return Run(
        "x", "direct", tuple(Taken(stop.step, stop.action, stop.role) for stop in path.stops), granted=path.granted
    )


def test_a_run_goes_its_way_through_the_process_it_was_recorded_on() -> None:
    assert told(RUN, made()) == []
    assert hours_of(RUN, made()) == 8


def test_hours_may_change_the_way_may_not() -> None:
    assert told(RUN, made(xet={"hours": 2})) == []
    assert hours_of(RUN, made(xet={"hours": None})) is None


def test_an_answer_and_its_return_are_gone_again() -> None:
    asked = (STRAIGHT[0], Taken("xet", "ask_more", "clerk"), *STRAIGHT[1:])
    assert told(Run("x", "direct", asked), made()) == []
    back = (*STRAIGHT[:2], Taken("ky", "return", "approver"), *STRAIGHT[1:])
    assert told(Run("x", "direct", back), made()) == []
    refused = (*STRAIGHT[:2], Taken("ky", "refuse", "approver"), STRAIGHT[3])
    assert told(Run("x", "direct", refused, granted=False), made()) == []
    proposed = (STRAIGHT[0], Taken("xet", "refuse", "clerk"), Taken("ky", "refuse", "approver"), STRAIGHT[3])
    assert told(Run("x", "direct", proposed, granted=False), made()) == []
    assert told(Run("x", "direct", proposed), made()) == ["process.tra (Trả): the decision is another one"]


@pytest.mark.parametrize(
    ("process", "said"),
    [
        (made()[:1] + made()[2:], "process: there is no process that a dossier could go through: "
         "process.tiep-nhan.pass: unknown target 'xet'"),
        ((), "process: there is no process that a dossier could go through: "),
        (made(**{"tiep-nhan": {"then": {"pass": "ky"}}}),
         "process.tiep-nhan (Tiếp nhận): the action leads elsewhere: Ký duyệt"),
        (made(xet={"role": "head"}), "process.xet (Thẩm tra): the step is now held by head"),
        (made(xet={"then": {"approve": "ky"}}), "process.xet (Thẩm tra): there is no action 'pass' any more"),
    ],
)  # fmt: skip
def test_a_broken_edition_is_told_with_its_step(process: tuple[Step, ...], said: str) -> None:
    assert told(RUN, process) == [said]


def test_a_step_that_is_gone_is_named_by_its_code() -> None:
    renamed = parse(raw(process=yaml.safe_load(yaml.safe_dump(steps()).replace("xet", "soat")))).process
    assert told(RUN, renamed)[0] == "process.tiep-nhan (Tiếp nhận): the action leads elsewhere: Thẩm tra"
    first = Run("x", "direct", (Taken("mo-dau", "pass", "reception"), *STRAIGHT))
    assert told(first, made()) == ["process.mo-dau (mo-dau): there is no such step any more"]
    late = Run("x", "direct", STRAIGHT[1:])
    assert told(late, made()) == ["process.xet (Thẩm tra): a dossier does not start here any more"]


def test_a_recorded_answer_stays_a_field_of_its_kind() -> None:
    run = Run("x", "direct", STRAIGHT, answers={"so_tien": 5, "loai": "a"})
    assert told(run, made()) == []
    assert told(run, made(), {"properties": {"so_tien": {"type": "string"}}}) == [
        "process: the answer to 'so_tien' is now of another kind",
        "process: the form has no field 'loai' any more",
    ]


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_every_way_through_a_shipped_process_replays_and_breaks_without_any_of_its_steps(file: Any) -> None:
    process = parse({**yaml.safe_load(file.read_text()), "form": None}).process
    found = paths(process, {"properties": {}})
    assert found
    for path in found:
        run = run_along(path)
        assert told(run, process) == []
        for gone in {taken.step for taken in run.moves}:
            assert told(run, tuple(step for step in process if step.step != gone)) != []
