"""The small worlds say the same as asking every world: which exits a dossier can take, one after another."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from motcua.processes.cases import MOST_CASES, possible, world
from motcua.processes.conditions import Circumstances, automatic_action, condition
from motcua.processes.definition import Exit, Step
from motcua.processes.paths import walk

FORM: dict[str, Any] = {
    "properties": {
        "gap": {"type": "boolean"},
        "so_trang": {"type": "integer", "minimum": 0, "maximum": 6},
        "loai": {"type": "string", "oneOf": [{"const": "nha"}, {"const": "dat"}]},
    },
    "required": ["gap", "so_trang"],
}
WORLDS = [
    {"gap": gap, "so_trang": pages, "loai": kind}
    for gap, pages, kind in product([True, False], range(7), ["nha", "dat", None])
]
PAGES = some.builds(
    "so_trang {} {}".format, some.sampled_from(["<", "<=", ">", ">=", "==", "!="]), some.integers(-1, 7)
)
ATOMS = PAGES | some.sampled_from(
    ["gap", "!gap", "loai == 'nha'", "loai != 'nha'", "answered.loai", "!answered.loai"]
)
CONDITIONS = some.recursive(
    ATOMS, lambda inner: some.builds("({} {} {})".format, inner, some.sampled_from(["&&", "||"]), inner), max_leaves=3
)


def chain(conditions: list[tuple[str, str]], does: str) -> tuple[Step, ...]:
    """Steps one after another, each with two exits to the next; the last but one decides."""
    steps = [Step("b", "B", "reception", 0, {"pass": "s0"}, "receive")]
    for nth, (left, right) in enumerate(conditions):
        ways: dict[str, str | Exit] = {"left": Exit(f"s{nth + 1}", left), "right": Exit(f"s{nth + 1}", right)}
        steps.append(Step(f"s{nth}", "S", "clerk", 0, ways, does))
    decide = Step(f"s{len(conditions)}", "D", "approver", 0, {"pass": "e"}, "decide")
    return (*steps, decide, Step("e", "E", "reception", 0, {"hand_over": "end"}, "hand_over"))


@given(some.lists(some.tuples(CONDITIONS, CONDITIONS), min_size=1, max_size=3), some.booleans())
def test_a_path_is_told_exactly_when_some_answers_lead_along_it(
    conditions: list[tuple[str, str]], automatic: bool
) -> None:
    steps = chain(conditions, "automatic" if automatic else "work")
    expected = set()
    for answers in WORLDS:
        about = Circumstances(FORM, answers)
        open_ = []
        for step in steps[1:-2]:
            actions = [action for action in step.then if about.hold(_exit(step, action).when)]
            open_.append([automatic_action(step, about)] if automatic and actions else actions)
        expected |= set(product(*open_))
    found = {path.actions[1:-2] for path in walk(steps, FORM)}
    assert found == expected


def _exit(step: Step, action: str) -> Exit:
    found = step.exit(action)
    assert found is not None
    return found


def test_an_automatic_step_takes_the_exit_without_a_condition_where_no_other_holds() -> None:
    steps = chain([("", "so_trang > 3"), ("so_trang > 4", "")], "automatic")
    assert {path.actions[1:-2] for path in walk(steps, FORM)} == {
        ("left", "right"), ("right", "left"), ("right", "right"),
    }  # fmt: skip


def test_what_is_counted_may_change_between_two_steps_and_the_answers_may_not() -> None:
    counted = chain([("dossier.supplements == 0", "gap"), ("dossier.supplements == 1", "!gap")], "work")
    assert {path.actions[1:-2] for path in walk(counted, FORM)} == {
        ("left", "left"), ("left", "right"), ("right", "left"),
    }  # fmt: skip


def test_where_nothing_is_proved_every_way_is_told() -> None:
    steps = chain([("math.abs(so_trang) > 9", "so_trang + 1 < 0"), ("mau_sac == 'do'", "gap")], "work")
    assert set(possible(steps, FORM).values()) >= {-1}
    assert len(list(walk(steps, FORM))) == 4


def test_a_world_has_a_bound() -> None:
    wide: dict[str, Any] = {"properties": {f"x{n}": {"type": "integer"} for n in range(9)}}
    assert world([condition(f"x{n} > 3", wide) for n in range(9)], wide) is None
    few = world([condition(f"x{n} > 3", wide) for n in range(3)], wide)
    assert few is not None and len(few.cases) < MOST_CASES
