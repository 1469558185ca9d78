"""An engine that knows nothing of us reads every shipped process as BPMN and runs it along the same paths."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from motcua.catalogue.definition import Definition
from motcua.catalogue.rules import form_of
from motcua.diagrams import bpmn
from motcua.processes.conditions import Circumstances, automatic_action
from motcua.processes.paths import Path, paths
from motcua.sources.adapters.onestop import OneStop
from motcua.sources.ports import DeskRecord
from tests.catalogue.samples import STEPS, definition
from tests.diagrams.shipped import SHIPPED, shipped, sorting
from tests.real_data import real_data

BY_GAP = {"pass": {"to": "ky", "when": "gap"}, "pass_long": {"to": "xem", "when": "!gap"}}


@cache
def validator() -> BpmnValidator:
    """The schema of the standard, as the engine ships it."""
    return BpmnValidator()


def engine(found: Definition) -> Any:
    """The process as the engine reads it from our file, checked against the schema."""
    parser = BpmnParser(validator=validator())
    parser.add_bpmn_str(bpmn.export(found))
    return parser.get_spec(f"procedure.{found.procedure}")


class Engine(PythonScriptEngine):
    """The engine takes a duration for Python; the standard, and we, write it plain."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return expression if expression.startswith("PT") else super().evaluate(task, expression, external_context)


def held(path: Path) -> list[str]:
    """The actions that somebody chose."""
    return [stop.action for stop in path.stops if stop.role]


def ran(spec: Any, path: Path, answers: dict[str, Any]) -> list[tuple[str, str]]:
    """The steps and lanes that the engine came by when the actions of a path were chosen."""
    workflow, came_by, actions = BpmnWorkflow(spec, script_engine=Engine()), [], iter(held(path))
    workflow.do_engine_steps()
    while not workflow.is_completed():
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        name = task.task_spec.bpmn_id
        if name.startswith("step."):
            came_by.append((name.removeprefix("step."), task.task_spec.lane))
            task.data.update(answers, action=next(actions))
        task.run()
        workflow.do_engine_steps()
    assert next(actions, None) is None
    return came_by


@pytest.mark.parametrize("code", SHIPPED)
def test_the_engine_goes_every_path_of_a_shipped_process(code: str) -> None:
    found = shipped(code)
    spec, lanes = engine(found), {"reception": "Tiếp nhận và trả kết quả", "clerk": "Chuyên viên thụ lý",
                                  "head": "Lãnh đạo phòng", "approver": "Lãnh đạo ký duyệt"}  # fmt: skip
    for path in paths(found.process, form_of(found)):
        assert ran(spec, path, {}) == [(stop.step, lanes[stop.role]) for stop in path.stops]


@pytest.mark.parametrize("code", SHIPPED)
def test_the_engine_knows_no_exit_that_the_process_does_not_have(code: str) -> None:
    found = shipped(code)
    tasks = engine(found).task_specs
    exits = {
        step.step: len(tasks[f"choice.{step.step}"].cond_task_specs) if f"choice.{step.step}" in tasks else 1
        for step in found.process
    }
    assert exits == {step.step: len(step.then) for step in found.process}


@pytest.mark.parametrize(("gap", "way"), [(True, ["xet", "ky"]), (False, ["xet", "xem", "ky"])])
def test_the_engine_checks_the_guards(gap: bool, way: list[str]) -> None:
    form = {"properties": {"gap": {"type": "boolean", "title": "Gấp"}}, "required": ["gap"]}
    seen = {"step": "xem", "name": "Xem xét", "role": "head", "hours": 0, "then": {"pass": "ky"}}
    process = [STEPS[0], {**STEPS[1], "then": BY_GAP}, seen, {**STEPS[2], "then": {"pass": "tra"}}, STEPS[3]]
    found = definition(process=process, form=form)
    path = next(path for path in paths(found.process, form_of(found)) if path.when[0] == ("gap" if gap else "!gap"))
    assert [step for step, _ in ran(engine(found), path, {"gap": gap})] == ["tiep-nhan", *way, "tra"]
    with pytest.raises(Exception, match="No conditions satisfied"):
        ran(engine(found), path, {"gap": not gap})


@pytest.mark.parametrize(("gap", "pages"), [(True, 9), (True, 10), (False, 9)])
def test_the_engine_takes_the_way_of_an_automatic_step(gap: bool, pages: int) -> None:
    found, answers = sorting(), {"gap": gap, "so_trang": pages}
    form = form_of(found)
    chosen = automatic_action(found.process[1], Circumstances(form, answers))
    assert chosen == ("quick" if gap and pages < 10 else "usual")
    ways = [path for path in paths(found.process, form) if chosen in path.actions]
    assert len(ways) == (2 if chosen == "quick" else 8)
    spec = engine(found)
    for path in ways:
        assert [step for step, _ in ran(spec, path, answers)] == [stop.step for stop in path.stops if stop.role]


def test_every_process_of_a_real_desk_comes_back_equal_and_runs_the_same_way() -> None:
    desk = OneStop().read(real_data("onestop_yenbai"), date(2026, 1, 1), "ONG")
    drafts = [found.record.definition for found in desk if isinstance(found, DeskRecord)]
    assert len(drafts) == 78
    for found in drafts:
        assert bpmn.read(bpmn.export(found)) == found.process
        spec = engine(found)
        for path in paths(found.process, form_of(found)):
            assert [step for step, _ in ran(spec, path, {})] == [stop.step for stop in path.stops]
