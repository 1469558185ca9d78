"""The words of a condition: names, numbers, texts and signs of CEL, without what nobody needs in a condition.

Left out of CEL: bytes, raw and triple-quoted texts, unsigned numbers, comments. What is left can be read by a person,
shown in words, and written as an expression of a BPMN engine.
"""

import ast
import re
from typing import NamedTuple

from motcua.base.errors import DefinitionError

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<number>\d+\.\d+|\d+)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<sign>&&|\|\||==|!=|<=|>=|/(?!/)|[-+*%<>!?:.,()\[\]])""",
    re.VERBOSE | re.ASCII,
)
CONSTANTS = {"true": True, "false": False}
HINTS = {"=": "==", "&": "&&", "|": "||", "and": "&&", "or": "||", "not": "!"}  # what other languages write


class Token(NamedTuple):
    """A word of a condition. ``kind``: text, number, name or sign; ``at`` counts letters from 1."""

    kind: str
    text: str
    at: int

    @property
    def end(self) -> int:
        """How many letters there are up to its last one."""
        return self.at + len(self.text) - 1


class Chain(NamedTuple):
    """Names with dots between them. ``begins``: nothing stands before its first dot; ``called``: a "(" follows."""

    parts: tuple[str, ...]
    begins: bool
    called: bool


def tokens(text: str) -> list[Token]:
    """The words in order. Raises `DefinitionError` naming the letter that is none of ours."""
    found: list[Token] = []
    place = 0
    if not text.isprintable():  # line ends, half characters
        raise not_understood(*next((letter, at) for at, letter in enumerate(text, 1) if not letter.isprintable()))
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise not_understood(text[place], place + 1)
        if match.lastgroup and match.lastgroup != "space":
            if match.lastgroup == "text" and found and found[-1].kind in {"name", "text"} and found[-1].end == place:
                raise not_understood(found[-1].text, found[-1].at)  # r"" and """ are for programmers
            found.append(Token(match.lastgroup, match.group(), place + 1))
        place = match.end()
    return found


def not_understood(text: str, at: int) -> DefinitionError:
    """The error that names what can't be read, with what to write instead where that is known."""
    hint = f", write {HINTS[text]}" if text in HINTS else ""
    return DefinitionError([f"{text!r} at letter {at} is not understood{hint}"])


def chains(words: list[Token]) -> list[Chain]:
    """All names, those joined by dots together."""
    found, place = [], 0
    while place < len(words):
        if words[place].kind != "name":
            place += 1
            continue
        start, parts = place, [words[place].text]
        while _sign(words, place + 1) == "." and place + 2 < len(words) and words[place + 2].kind == "name":
            place += 2
            parts.append(words[place].text)
        place += 1
        found.append(Chain(tuple(parts), _sign(words, start - 1) != ".", _sign(words, place) == "("))
    return found


def literals(words: list[Token]) -> list[str | int | float | bool]:
    """The values that stand in a condition, each once, in order; a minus before a number belongs to it too."""
    found: dict[tuple[type, str | int | float | bool], None] = {}
    for place, word in enumerate(words):
        if word.kind in {"text", "number"}:
            value = value_of(word)
            found[type(value), value] = None
            if isinstance(value, int | float) and _sign(words, place - 1) == "-":
                found[type(value), -value] = None
        elif word.text in CONSTANTS:
            found[bool, CONSTANTS[word.text]] = None
    return [value for _, value in found]


def value_of(word: Token) -> str | int | float:
    """The value of a text or number. Raises `DefinitionError` for a text with a sign that can't be read."""
    try:
        value: str | int | float = ast.literal_eval(word.text)
    except (SyntaxError, ValueError):
        raise not_understood(word.text, word.at) from None
    return value


def _sign(words: list[Token], place: int) -> str:
    return words[place].text if 0 <= place < len(words) and words[place].kind == "sign" else ""
