"""When a result of one procedure is a paper of another, and how sure that is. Each pair is judged by itself.

Since no pair depends on what else is in the catalogue, one more result can only add matches, never take one away.
"""

from collections import defaultdict
from collections.abc import Iterable

from motcua.review.names import Document

CODE, EXACT, CONTAINED, OVERLAP = "code", "exact", "contained", "overlap"
QUALITIES = {
    CODE: "cùng mã kết quả",
    EXACT: "trùng tên",
    CONTAINED: "tên kết quả là phần đầu tên giấy tờ",
    OVERLAP: "trùng phần lớn các từ",
}
RANK = {quality: place for place, quality in enumerate(QUALITIES)}
THRESHOLD = 0.85  # shared words ÷ all words of both names (Jaccard), kinds being the same
TELLING = {EXACT: 2, CONTAINED: 3, OVERLAP: 4}  # syllables that tell it from others, at the least
MORE = ("cua", "cho")  # "Giấy phép A của tổ chức …": the same name, only longer


def quality(paper: Document, result: Document) -> str:
    """How well the two names agree: `EXACT`, `CONTAINED`, `OVERLAP`, or "" for not at all."""
    least = min(paper.telling, result.telling)
    if paper.words == result.words:
        return EXACT if least >= TELLING[EXACT] else ""
    if paper.kind != result.kind:
        return ""
    length = len(result.words)
    if paper.words[:length] == result.words:
        enough = TELLING[EXACT] if paper.words[length] in MORE else TELLING[CONTAINED]
        return CONTAINED if least >= enough else ""
    ours, theirs = paper.tokens, result.tokens
    shared = len(ours & theirs) / len(ours | theirs)
    return OVERLAP if least >= TELLING[OVERLAP] and shared >= THRESHOLD and _figures(ours) == _figures(theirs) else ""


def _figures(tokens: frozenset[str]) -> frozenset[str]:
    """Numbers and classes ("số 1", "loại II") never agree by being nearly the same."""
    return frozenset(token for token in tokens if len(token) == 1 or token.isdigit() or set(token) <= set("ivx"))


def _surest(match: tuple[Document, str]) -> tuple[int, int, tuple[str, ...], str]:
    result, how = match
    return RANK[how], len(result.words), result.words, result.said


class Results:
    """All documents that results name, found again without looking at each: ``matches(d)`` is `quality` over all."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Index them by their whole names and by each word."""
        self.documents = sorted(set(documents), key=lambda document: document.words)
        self._whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._words: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, document in enumerate(self.documents):
            self._whole[document.words].append(place)
            for token in document.tokens:
                self._words[document.kind, token].append(place)
        self._known: dict[tuple[tuple[str, ...], str], list[tuple[Document, str]]] = {}

    def matches(self, paper: Document) -> list[tuple[Document, str]]:
        """Every result that agrees with the paper, the surest first; a name asked before is not compared again."""
        key = (paper.words, paper.kind)
        if key not in self._known:
            found = [(self.documents[place], quality(paper, self.documents[place])) for place in self._near(paper)]
            self._known[key] = sorted((pair for pair in found if pair[1]), key=_surest)
        return self._known[key]

    def _near(self, paper: Document) -> list[int]:
        """Places that `quality` could say yes to: the same beginning, or enough words in common."""
        beginnings = (paper.words[:length] for length in range(1, len(paper.words) + 1))
        near = {place for words in beginnings for place in self._whole.get(words, ())}
        common: dict[int, int] = defaultdict(int)
        for token in paper.tokens:
            for place in self._words.get((paper.kind, token), ()):
                common[place] += 1
        near.update(place for place, count in common.items() if count >= THRESHOLD * len(paper.tokens))
        return sorted(near)
