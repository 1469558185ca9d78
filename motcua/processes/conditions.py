"""Whether a condition of an exit holds for the answers of a dossier. Fails closed."""

from collections.abc import Mapping
from typing import Any

from motcua.processes.definition import Guard

COMPARED = {
    "lt": lambda left, right: left < right,
    "le": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "ge": lambda left, right: left >= right,
}


def guard_holds(guard: Guard, answers: Mapping[str, Any]) -> bool:
    """Whether a guard holds for these answers. Fails closed: no answer, unlike types or an unknown operator is no."""
    value = answers.get(guard.field)
    if value is None or value == "" or value == []:
        return False
    if guard.op == "filled":
        return True
    if guard.op in {"eq", "ne"}:
        return type(value) is type(guard.value) and (value == guard.value) == (guard.op == "eq")
    if guard.op == "in":
        return isinstance(guard.value, list | tuple) and value in guard.value
    compare = COMPARED.get(guard.op)
    return bool(compare and _comparable(value, guard.value) and compare(value, guard.value))


def _comparable(left: Any, right: Any) -> bool:
    """Two numbers, or two texts of the same length that begin with a digit: ISO dates."""
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, int | float) and isinstance(right, int | float):
        return True
    texts = isinstance(left, str) and isinstance(right, str)
    return texts and len(left) == len(right) and left[:1].isdigit() and right[:1].isdigit()
