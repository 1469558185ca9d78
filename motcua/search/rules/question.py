"""Which terms a question asks for, and how much each counts."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from motcua.search.rules.vocabulary import Vocabulary
from motcua.search.rules.words import Lexicon, folded, pairs

LONGEST_WORDS = 400  # of a question; what comes later is not read
MOST_TERMS = 64
MARKED_FROM = 0.3  # written Vietnamese marks four words in five: with fewer than this, marks were left out

PAIR = 1.5
STOP = (1.0, 0.6, 0.15)  # a term with none, one, or only question words
STOP_WORD = 0.15
OUTSIDE_WORD, OUTSIDE_PAIR = 0.5, 0.25  # terms that no name of a procedure holds say little of what is asked
SYNONYM = 1.0
CORRECTED = 0.8


def weigh(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> dict[str, float]:
    """The terms of a question with their weights, the `MOST_TERMS` heaviest; empty when it says nothing."""
    words = chosen(lexicon.read(text)[:LONGEST_WORDS])
    found: defaultdict[str, float] = defaultdict(float)
    for words_of, weight in [(words, 1.0), *((list(means), SYNONYM) for means in _meant(words, lexicon))]:
        for term, value in _terms(words_of, lexicon, vocabulary):
            found[term] += weight * value
    return dict(sorted(found.items(), key=lambda row: -row[1])[:MOST_TERMS])


def chosen(words: list[str]) -> list[str]:
    """Each word as marked or folded: a bare word in a marked question is meant bare, otherwise its marks are missing."""
    bare = [folded(word) == f"/{word}" for word in words]
    if words and bare.count(False) >= MARKED_FROM * len(words):
        return words
    return [folded(word) if is_bare else word for word, is_bare in zip(words, bare, strict=True)]


def _meant(words: list[str], lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    seen: dict[tuple[str, ...], None] = {}
    for length in range(1, lexicon.longest + 1):
        for at in range(len(words) - length + 1):
            means = lexicon.synonyms.get(tuple(words[at : at + length]))
            if means:
                seen[means] = None
    return iter(seen)


def _terms(words: list[str], lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """Words and pairs; said twice counts √2, as nobody means it twice as much."""
    for word, times in Counter(words).items():
        for term, share in _readings(word, vocabulary):
            yield term, times**0.5 * share * (STOP_WORD if word in lexicon.stop else 1) * _place(term, vocabulary)
    stops = [word in lexicon.stop for word in words]
    both = [int(first) + int(second) for first, second in pairwise(stops)]
    counted = Counter(zip(_pairs(words), both, strict=True))
    for (pair, stop), times in counted.items():
        term = pair if pair in vocabulary.weights else "_".join(map(_fold, pair.split("_")))
        if term in vocabulary.weights or term != pair:
            share = 1.0 if term == pair else CORRECTED
            yield term, times**0.5 * share * PAIR * STOP[stop] * _place(term, vocabulary)


def _fold(word: str) -> str:
    return word if word.startswith("/") else folded(word)


def _pairs(words: list[str]) -> list[str]:
    """Pairs of one kind: where one of the two lost its marks, both are read without."""
    mixed = [first.startswith("/") != second.startswith("/") for first, second in pairwise(words)]
    return [
        "_".join(map(_fold, pair.split("_"))) if is_mixed else pair
        for pair, is_mixed in zip(pairs(words), mixed, strict=True)
    ]


def _readings(word: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    if word in vocabulary.weights or word in vocabulary.known:
        return [(word, 1.0)]
    plain = _fold(word)
    if plain in vocabulary.known:
        return [(plain, 1.0 if plain == word else CORRECTED)]
    return [(near, CORRECTED) for near in vocabulary.corrections(plain)]


def _place(term: str, vocabulary: Vocabulary) -> float:
    if term in vocabulary.weights:
        return 1.0
    return OUTSIDE_PAIR if "_" in term else OUTSIDE_WORD
