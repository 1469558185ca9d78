"""How Vietnamese is read: each word as written (marked) and without its marks (folded, with a leading ``/``)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from motcua.base.errors import DefinitionError
from motcua.base.text import HIDDEN, fold

WORD = re.compile(r"[^\W_]+")
# The tone is set behind the word, so that "hoà" and "hòa", "thuỷ" and "thủy" are one word.
TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}


@dataclass(frozen=True)
class Lexicon:
    """Knowledge about words: read by `Lexicon.of` from ``data/synonyms.yaml``, whose head explains the three lists."""

    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stop: frozenset[str] = frozenset()  # marked and folded
    synonyms: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)  # keys marked and folded
    longest: int = 0

    @classmethod
    def of(cls, raw: Any) -> "Lexicon":
        """A lexicon from plain values. Raises `DefinitionError` where they have another shape."""
        try:
            short = {key: tuple(marked(full)) for key, full in raw["abbreviations"].items()}
            stop = [word for asked in raw["question_words"].split() for word in marked(asked)]
            rows = [(marked(say), tuple(marked(row["means"]))) for row in raw["synonyms"] for say in row["say"]]
        except (KeyError, TypeError, AttributeError) as wrong:
            raise DefinitionError([f"synonyms: {wrong!r}"]) from None
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        for say, means in rows:
            known[tuple(map(folded, say))] = known.get(tuple(map(folded, say)), ()) or means
        known |= {tuple(say): means for say, means in rows}
        stops = frozenset(stop) | frozenset(map(folded, stop))
        return cls(short, stops, known, max(map(len, known), default=0))

    def read(self, text: str) -> list[str]:
        """The marked words of ``text``, abbreviations written out."""
        found: list[str] = []
        for word in _split(text):
            found += self.abbreviations.get(word) or (mark(word),)
        return found


def marked(text: str) -> list[str]:
    """The marked words of ``text`` in order, abbreviations left as they are."""
    return [mark(word) for word in _split(text)]


def _split(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", HIDDEN.sub("", text)).lower())


@lru_cache(100_000)
def mark(word: str) -> str:
    """``"hồ"`` → ``"hô'f"``: one spelling for a lower-case word however its tone was typed."""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(TONES[char] for char in parts if char in TONES)
    plain = unicodedata.normalize("NFC", "".join(char for char in parts if char not in TONES))
    return f"{plain}'{tone}" if tone else plain


@lru_cache(100_000)
def folded(word: str) -> str:
    """A marked word without its marks and with a leading ``/``: ``"hô'f"`` → ``"/ho"``."""
    return "/" + fold(word.partition("'")[0])


def pairs(words: list[str]) -> list[str]:
    """Neighbouring words as one term: most Vietnamese words are two syllables."""
    return [f"{first}_{second}" for first, second in pairwise(words)]


def terms(words: list[str]) -> list[str]:
    """Every term a text is found by: words and pairs, marked and folded."""
    plain = [folded(word) for word in words]
    return [*words, *plain, *pairs(words), *pairs(plain)]


def nearby(word: str) -> set[str]:
    """``word`` and all words with one letter less: two words that share one are at most two typing errors apart."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
