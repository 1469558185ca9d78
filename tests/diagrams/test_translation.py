"""A condition in CEL and the expression that engines of BPMN get say the same, and lead back to the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from motcua.diagrams.bpmn.conditions import parsed, written
from motcua.processes.conditions import condition
from tests.processes.test_cases import CONDITIONS, FORM

ANSWERS = some.fixed_dictionaries(
    {"gap": some.booleans(), "so_trang": some.integers(0, 6), "loai": some.sampled_from(["nha", "dat"])}
)


def in_python(expression: str, answers: dict[str, Any]) -> bool:
    """What an engine makes of it that knows every answer."""
    known = {f"answered_{name}": True for name in answers} | answers
    return bool(eval(expression, {"__builtins__": {}}, known))


@given(CONDITIONS, ANSWERS)
def test_an_engine_decides_as_we_do(when: str, answers: dict[str, Any]) -> None:
    assert in_python(written("", when), answers) is condition(when, FORM).holds(answers)


@given(CONDITIONS, ANSWERS, some.sampled_from(["", "pass", "a'b"]))
def test_what_comes_back_from_a_tool_means_the_same(when: str, answers: dict[str, Any], action: str) -> None:
    chosen, again = parsed(written(action, when))
    assert chosen == action
    assert condition(again, FORM).holds(answers) is condition(when, FORM).holds(answers)
