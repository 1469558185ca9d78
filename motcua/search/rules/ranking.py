"""The order of the candidates: the engine's score beside how well question and name cover each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.search.rules.documents import Document
from motcua.search.rules.question import STOP_WORD
from motcua.search.rules.vocabulary import Vocabulary
from motcua.search.rules.words import Lexicon, folded, pairs

CANDIDATES = 40
# Shares of the final score, set by hand in round steps; neighbouring values change few questions.
ENGINE, NAME_COVERED, QUESTION_COVERED, WORD_ORDER = 1.0, 0.4, 0.3, 0.1
NEAR_PEOPLE = {"level=commune": 0.08, "level=province": 0.04, "subject=citizen": 0.08}


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to be compared: each term's share of it (marked ones sum to 1, folded ones too), its folded pairs."""

    shares: dict[str, float]
    order: frozenset[str]
    prior: float


def name_of(document: Document, lexicon: Lexicon, vocabulary: Vocabulary) -> Name:
    """The name of ``document``, without a leading "Thủ tục", which says nothing."""
    words = lexicon.read(document.name)
    words = words[2:] if [folded(word) for word in words[:2]] == ["/thu", "/tuc"] else words
    shares: dict[str, float] = {}
    for row in (words, [folded(word) for word in words]):
        weights = {
            term: vocabulary.weights.get(term, 0) * (STOP_WORD if term in lexicon.stop else 1)
            for term in (*row, *pairs(row))
        }
        total = sum(weights.values()) or 1.0
        shares |= {term: weight / total for term, weight in weights.items()}
    prior = sum(value for facet, value in NEAR_PEOPLE.items() if facet in document.facets)
    return Name(shares, frozenset(pairs([folded(word) for word in words])), prior)


def ranked(
    candidates: Iterable[tuple[int, float]],
    asked: Mapping[str, float],
    order: frozenset[str],
    names: list[Name],
    vocabulary: Vocabulary,
) -> list[tuple[float, int]]:
    """Candidates (place, engine's score; best first) as (score, place), best first; equal ones keep their order.

    ``asked`` is the weighed question, ``order`` its folded pairs.
    """
    rows = list(candidates)
    best = rows[0][1] if rows else 1.0
    worth = {term: weight * vocabulary.weights[term] for term, weight in asked.items() if term in vocabulary.weights}
    total = sum(worth.values()) or 1.0
    found = []
    for place, score in rows:
        name = names[place]
        covered = answered = 0.0
        for term in name.shares.keys() & worth.keys():
            covered += name.shares[term]
            answered += worth[term] / total
        in_order = len(name.order & order) / (len(name.order) or 1)
        value = ENGINE * score / best + NAME_COVERED * covered + QUESTION_COVERED * answered
        found.append((value + WORD_ORDER * in_order + name.prior, place))
    return sorted(found, key=lambda row: -row[0])
