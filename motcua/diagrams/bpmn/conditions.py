"""The condition on a sequence flow: which action was chosen and what must hold, as one plain expression.

``action == 'pass' and so_trang < 10``: the common ground of the expression languages of BPMN engines, and a Python
expression for those that evaluate that. It says the same as the condition in CEL, which goes with the flow unchanged in
an attribute of ours. Reading takes nothing else, and evaluates nothing.
"""

import ast
import keyword
from typing import Any

from motcua.base.errors import DefinitionError, Invalid
from motcua.forms.expressions import ANSWERED
from motcua.forms.tokens import CONSTANTS, Token, chains, tokens, value_of
from motcua.processes.conditions import NAMES

ACTION = "action"
EMPTY: tuple[Any, ...] = (None, "", [])  # a field that was not filled
SIGNS = {"&&": "and", "||": "or", "!": "not"}
SAME = {"==", "!=", "<", "<=", ">", ">=", "(", ")", "[", "]", ",", "-"}
COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
}  # fmt: skip
JOINED: dict[type[ast.boolop], str] = {ast.And: " && ", ast.Or: " || "}
LONGEST = 4000


def written(action: str, when: str) -> str:
    """The expression; without an ``action`` only the condition. Raises `Invalid` ``bpmn_unsupported`` with a condition
    that is more than comparisons."""
    if not when:
        return f"{ACTION} == {action!r}" if action else ""
    told = _in_python(when)
    if not action:
        return told
    tree = _tree(told, when)
    either = isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.Or)
    return f"{ACTION} == {action!r} and {f'({told})' if either else told}"


def _in_python(when: str) -> str:
    try:
        words = tokens(when)
        if any(chain.called for chain in chains(words)):
            raise outside(when)
        told = _words(words, when)
    except DefinitionError:
        raise outside(when) from None
    tree = _tree(told, when)
    for node in ast.walk(tree):
        chained = isinstance(node, ast.Compare) and len(node.ops) > 1  # means another thing in Python
        sums = isinstance(node, ast.BinOp | ast.Subscript | ast.Call)
        if chained or sums or (isinstance(node, ast.Name) and node.id == ACTION):
            raise outside(when)
    return told


def _words(words: list[Token], when: str) -> str:
    told, place = "", 0
    while place < len(words):
        word, name = words[place], words[place].text
        while word.kind == "name" and place + 2 < len(words) and words[place + 1].text == ".":
            name, place = f"{name}.{words[place + 2].text}", place + 2
        told = _joined(told, _word(word, name, when))
        place += 1
    return told


def _word(word: Token, name: str, when: str) -> str:
    if word.kind == "name":
        return str(CONSTANTS[name]) if name in CONSTANTS else name if name == "in" else _variable(name, when)
    if word.kind == "sign":
        if name not in SAME and name not in SIGNS:
            raise outside(when)
        return SIGNS.get(name, name)
    return repr(value_of(word))


def _joined(told: str, word: str) -> str:
    tight = not told or told[-1] in "([-" or word in {")", "]", ","}
    return told + word if tight else f"{told} {word}"


def _variable(name: str, when: str) -> str:
    """A name as engines know them: without dots."""
    if "." in name and name not in NAMES and not name.startswith(ANSWERED):
        raise outside(when)
    plain = name.replace(".", "_")
    if keyword.iskeyword(plain) or not plain.isidentifier():
        raise outside(when)
    return plain


VARIABLES = {name.replace(".", "_"): name for name in NAMES}


def parsed(expression: str) -> tuple[str, str]:
    """The action ("" where none is named) and the condition in CEL. Raises `Invalid` ``bpmn_unsupported``."""
    text = expression.strip()
    if text.startswith("${") and text.endswith("}"):  # how several tools wrap what is to be evaluated
        text = text[2:-1].strip()
    tree = _tree(text, text)
    terms = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    actions = [found for term in terms if (found := _action(term)) is not None]
    rest = [term for term in terms if _action(term) is None]
    if len(actions) > 1:
        raise outside(text)
    try:
        told = [_in_cel(term, inside=len(rest) > 1) for term in rest]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise outside(text) from None
    return (actions[0] if actions else ""), " && ".join(told)


def _tree(text: str, named: str) -> ast.expr:
    try:
        if len(text) > LONGEST:
            raise ValueError
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise outside(named) from None


def _action(term: ast.expr) -> str | None:
    """The action that a comparison names, None where it is about something else."""
    if not (isinstance(term, ast.Compare) and isinstance(term.left, ast.Name) and term.left.id == ACTION):
        return None
    value = term.comparators[0]
    if len(term.ops) == 1 and isinstance(term.ops[0], ast.Eq) and isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else None
    return None


def _in_cel(node: ast.expr, inside: bool = False) -> str:
    """A part of an expression in CEL; in brackets where it is joined ``inside`` another. Raises for anything else."""
    if isinstance(node, ast.BoolOp):
        told = JOINED[type(node.op)].join(_in_cel(one, inside=True) for one in node.values)
        return f"({told})" if inside else told
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _in_cel(node.operand, inside=True)
        return f"!{inner}" if isinstance(node.operand, ast.Name) or inner.startswith("(") else f"!({inner})"
    if isinstance(node, ast.Name):
        return _name(node.id)
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1):
        raise ValueError
    left, right = node.left, node.comparators[0]
    if isinstance(node.ops[0], ast.NotIn) and isinstance(left, ast.Name) and ast.literal_eval(right) == EMPTY:
        return ANSWERED + left.id
    return f"{_side(left)} {COMPARED[type(node.ops[0])]} {_side(right)}"


def _side(node: ast.expr) -> str:
    return _name(node.id) if isinstance(node, ast.Name) else _literal(ast.literal_eval(node))


def _name(plain: str) -> str:
    if plain == ACTION:
        raise ValueError
    if plain.startswith("answered_"):
        return ANSWERED + plain.removeprefix("answered_")
    return VARIABLES.get(plain, plain)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str) and value.isprintable():
        return (
            f"'{value}'"
            if not {"'", "\\"} & set(value)
            else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        )
    if isinstance(value, list):
        return f"[{', '.join(_literal(one) for one in value)}]"
    raise ValueError


def outside(when: str) -> Invalid:
    """The refusal of a condition that engines would not run as we do."""
    return Invalid("bpmn_unsupported", element="conditionExpression", name=when[:80])
