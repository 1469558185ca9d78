"""A state machine is a table, and a wrong table is refused."""

import pytest

from motcua.base.actor import Actor
from motcua.base.errors import DefinitionError, Forbidden, Refused
from motcua.base.machine import Machine, Move, move

GO = move("go", "a", "b", "clerk", "Đi")


def machine(*moves: Move, final: str = "b") -> Machine:
    return Machine(frozenset("ab"), "a", frozenset(final), moves)


@pytest.mark.parametrize(
    ("moves", "final", "problem"),
    [
        ((GO, move("go", "a", "z", "clerk", "")), "b", "unknown state z"),
        ((), "ab", "state b is never reached"),
        ((GO,), "", "state b is never left"),
        ((move("stay", "a", "", "clerk", ""), GO), "", "state b is never left"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(moves: tuple[Move, ...], final: str, problem: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        machine(*moves, final=final)
    assert any(problem in found for found in refused.value.problems)


def test_a_move_needs_its_state_and_its_role() -> None:
    table = machine(GO)
    clerk, guest = Actor("officer:1", roles=frozenset({"clerk"})), Actor("citizen:1", roles=frozenset({"citizen"}))
    assert table.check("go", "a", clerk) == GO
    with pytest.raises(Refused, match="wrong_state"):
        table.check("go", "b", clerk)
    with pytest.raises(Forbidden, match="wrong_role"):
        table.check("go", "a", guest)
    with pytest.raises(Refused, match="unknown_move"):
        table.check("fly", "a", clerk)
    assert table.open_to("a", {"clerk"}) == [GO]
    assert table.open_to("a", {"citizen"}) == []
