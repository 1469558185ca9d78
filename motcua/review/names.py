"""What documents a text names: "Bản sao có chứng thực Giấy phép A hoặc Giấy chứng nhận B" names two, as alternatives.

Only kinds of documents that an authority issues are seen. What a person writes (an application, a declaration, a
report, a contract) is no such kind and can't become the result of anybody, whatever words follow.
"""

import re
from dataclasses import dataclass

from motcua.base.text import clean, fold, words
from motcua.review.vocabulary import (
    BESIDES,
    BRACKETS,
    BY_THEMSELVES,
    COMMON,
    CONDITION,
    END,
    FOREIGN,
    HAD,
    ONLY_SHAPE,
    OPEN,
    OTHERWISE,
    REFUSED,
    SENTENCE,
    SPLIT,
    TOLD,
    WAIVED,
)  # fmt: skip

LONGEST = 5_000  # characters of a line that are read; what it asks for stands at its head


@dataclass(frozen=True, slots=True)
class Document:
    """One document as a text names it: folded ``words``, its ``kind`` (the first of them), and what was ``said``."""

    words: tuple[str, ...]
    kind: str
    said: str

    @property
    def tokens(self) -> frozenset[str]:
        """The words after the kind, as a set."""
        return frozenset(self.words[len(self.kind.split()) :])

    @property
    def telling(self) -> int:
        """Syllables that tell it from others; none in "Giấy phép hoạt động". Whose it is tells nothing."""
        rest = self.words[len(self.kind.split()) :]
        return 0 if rest[:1] == ("cua",) else telling(rest)


@dataclass(frozen=True, slots=True)
class Asked:
    """The documents in one line of a dossier. ``any_of``: one of them will do. ``others``: it also asks what no
    authority issues. ``waived``: the line itself says that it falls away where a database answers. ``had``: it speaks
    of something that was issued before, not of a sheet to be filled in for this very procedure."""

    documents: tuple[Document, ...] = ()
    any_of: bool = False
    others: bool = False
    waived: bool = False
    had: bool = False


def telling(rest: tuple[str, ...]) -> int:
    """Syllables that tell a document from others, when its kind is taken away."""
    return len(set(COMMON.sub(" ", " ".join(rest)).split()))


def asked(text: str) -> Asked:
    """Read a line of a dossier. A line that tells what to do, and names no document at its head, asks for none."""
    said, flat = _both(text)
    waived = bool(WAIVED.search(fold(text[:LONGEST])))
    end = SENTENCE.search(said)
    said, flat = (said[: end.start()], flat[: end.start()]) if end else (said, flat)
    if TOLD.search(flat):
        return Asked(waived=waived)
    parts = list(_parts(said, flat))
    found = [document for part in parts if (document := _document(*part, foreign=False))]
    first = parts[0][1] if parts else ""
    introduced = bool(CONDITION.match(first)) and flat[len(first) :].lstrip().startswith(":")
    if not found or (not introduced and _document(*parts[0], foreign=False) is None):
        return Asked(waived=waived)  # a person writes it; what it mentions further on is not asked for
    others = len(found) < len(parts) - introduced or any(_besides(part[1]) for part in parts)
    return Asked(tuple(found), _any_of(flat), others, waived, bool(HAD.search(flat)))


def _besides(flat: str) -> bool:
    """Whether something that no authority issues is asked for behind the document of this part."""
    opened = OPEN.match(flat)
    return bool(opened and BESIDES.search(flat, opened.end()))


def _any_of(flat: str) -> bool:
    """Whether the documents are alternatives; a list with "and" or semicolons asks for all of them."""
    first = OPEN.match(flat)
    between = [match[0] for match in SPLIT.finditer(flat, first.end() if first else 0)]
    joined = any(";" in one or "va" in one.split() for one in between)
    return "mot trong" in flat or (not joined and any("/" in one or "hoac" in one for one in between))


def given(text: str) -> tuple[Document, ...]:
    """The documents that a result names; refusals and notices of what is missing are none."""
    parts = _parts(*_both(text))
    kept = [part for part in parts if not REFUSED.search(OTHERWISE.split(part[1], maxsplit=1)[0])]
    return tuple(found for part in kept if (found := _document(*part)))


def _both(text: str) -> tuple[str, str]:
    """The text and its folded shape, letter by letter at the same places; what stands in brackets is blank."""
    said = clean(text[:LONGEST])
    flat = fold(said)
    if len(flat) != len(
        said
    ):  # a letter that folds to two: places no longer agree, so the folded text is what is said
        said = flat
    for bracket in BRACKETS.finditer(flat):
        begin, end = bracket.span()
        said = said[:begin] + " " * (end - begin) + said[end:]
    return said, "".join(" " if said[place] == " " else char for place, char in enumerate(flat))


def _parts(said: str, flat: str) -> list[tuple[str, str]]:
    """Cut where another document begins; the first part may be none."""
    edges = [match.span() for match in SPLIT.finditer(flat)]
    starts, ends = [0, *(end for _, end in edges)], [*(begin for begin, _ in edges), len(flat)]
    pairs = [(said[begin:end], flat[begin:end]) for begin, end in zip(starts, ends, strict=True)]
    return [pair for pair in pairs if re.search("[a-z]", ONLY_SHAPE.sub("", pair[1]))]


def _document(said: str, flat: str, foreign: bool = True) -> Document | None:
    """The document at the head of a part, without its tail; None where no authority issues such a thing."""
    opened = OPEN.match(flat)
    if not opened or (not foreign and FOREIGN.search(flat)):
        return None
    kept = END.sub("", said[opened.start("head") :].strip(), count=1)
    kept = END.sub("", kept, count=1)
    named = tuple(words(kept))
    head = " ".join(words(opened["head"]))
    kind = head.split()[0] if head in BY_THEMSELVES else head
    return Document(named, kind, " ".join(kept.split())) if len(named) >= len(head.split()) else None
