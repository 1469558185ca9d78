"""The words that a set of procedures is written with: what stands in names, how rare it is, and what was mistyped."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from motcua.search.rules.documents import Document
from motcua.search.rules.words import Lexicon, folded, nearby, terms

IN_NAMES = ("name", "field", "keywords", "name_en")
SHORTEST_CORRECTED = 4  # letters; of shorter words every second one is a neighbour


@dataclass(frozen=True)
class Vocabulary:
    """``weights``: how rare each term of names and fields is (inverse document frequency); ``known``: all words."""

    weights: dict[str, float]
    known: frozenset[str]

    @classmethod
    def of(cls, documents: Iterable[Document], lexicon: Lexicon) -> "Vocabulary":
        """Counted over ``documents``."""
        counts: Counter[str] = Counter()
        known: set[str] = set()
        total = 0
        for document in documents:
            total += 1
            texts = {name: lexicon.read(text) for name, text in document.texts.items()}
            counts.update({term for name in IN_NAMES for term in terms(texts.get(name, []))})
            known.update(word for text in texts.values() for word in text)
        weights = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}
        return cls(weights, frozenset(known) | frozenset(map(folded, known)))

    def corrections(self, word: str) -> list[str]:
        """Up to two words of names one letter off the unknown folded ``word``: more, less, another, or two swapped."""
        if len(word) <= SHORTEST_CORRECTED:
            return []
        near = {other for part in nearby(word[1:]) for other in self._neighbours.get(part, ())}
        close = [other for other in near if abs(len(other) - len(word)) <= 1 and not other[1:].isdigit()]
        return sorted(close, key=lambda other: (other[1] != word[1], self.weights[other], other))[:2]

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for term in self.weights:
            if term.startswith("/") and "_" not in term and len(term) >= SHORTEST_CORRECTED:
                for part in nearby(term[1:]):
                    found[part].append(term)
        return dict(found)
