"""The condition on a sequence flow: which action was chosen and which guards must hold, as one plain expression.

``action == 'pass' and so_trang < 10``: the common ground of the expression languages of BPMN engines, and a Python
expression for those that evaluate that. Reading takes nothing else, and evaluates nothing.
"""

import ast
import keyword
from typing import Any

from motcua.base.errors import Invalid
from motcua.catalogue.definition import Guard

ACTION = "action"
EMPTY: tuple[Any, ...] = (None, "", [])  # a field that was not filled
SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "in": "in"}
NAMES: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.In: "in",
}  # fmt: skip
LONGEST = 4000


def written(action: str, guards: tuple[Guard, ...]) -> str:
    """The expression. Raises `Invalid` ``bpmn_unsupported`` for a field or operator that has no place in one."""
    return " and ".join([f"{ACTION} == {action!r}", *(_written(guard) for guard in guards)])


def _written(guard: Guard) -> str:
    name = guard.field
    if not name.isidentifier() or keyword.iskeyword(name) or name == ACTION or guard.op not in {*SIGNS, "filled"}:
        raise Invalid("bpmn_unsupported", element="conditionExpression", name=f"{name} {guard.op}"[:80])
    if guard.op == "filled":
        return f"{name} not in {EMPTY!r}"
    value = list(guard.value) if isinstance(guard.value, tuple) else guard.value
    return f"{name} {SIGNS[guard.op]} {value!r}"


def parsed(expression: str) -> tuple[str, tuple[Guard, ...]]:
    """The action ("" where none is named) and the guards. Raises `Invalid` ``bpmn_unsupported`` with the text."""
    text = expression.strip()
    if text.startswith("${") and text.endswith("}"):  # how several tools wrap what is to be evaluated
        text = text[2:-1].strip()
    try:
        if len(text) > LONGEST:
            raise ValueError
        body = ast.parse(text, mode="eval").body
        terms = body.values if isinstance(body, ast.BoolOp) and isinstance(body.op, ast.And) else [body]
        guards = [_guard(term) for term in terms]
    except (SyntaxError, ValueError, TypeError, LookupError, RecursionError, MemoryError):
        raise Invalid("bpmn_unsupported", element="conditionExpression", name=text[:80]) from None
    actions = [guard.value for guard in guards if guard.field == ACTION and guard.op == "eq"]
    rest = tuple(guard for guard in guards if guard.field != ACTION)
    if len(actions) + len(rest) < len(guards) or len(actions) > 1 or not all(isinstance(one, str) for one in actions):
        raise Invalid("bpmn_unsupported", element="conditionExpression", name=text[:80])
    return (actions[0] if actions else ""), rest


def _guard(term: ast.expr) -> Guard:
    """One comparison. Raises ValueError for anything else."""
    if not (isinstance(term, ast.Compare) and len(term.ops) == 1 and isinstance(term.left, ast.Name)):
        raise ValueError
    value: Any = ast.literal_eval(term.comparators[0])
    if isinstance(term.ops[0], ast.NotIn) and value == EMPTY:
        return Guard(term.left.id, "filled")
    if not isinstance(value, str | int | float | bool | list):
        raise ValueError
    return Guard(term.left.id, NAMES[type(term.ops[0])], value)
