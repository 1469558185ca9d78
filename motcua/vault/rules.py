"""Which item answers for which paper. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.base.text import words
from motcua.catalogue.definition import Paper
from motcua.review.matching import CONTAINED, EXACT, quality
from motcua.review.names import asked, given
from motcua.vault.states import CERTIFIED_COPY, COPY_OF

FROM_RESULTS, FROM_REGISTER = "results", "register:"
SURE = {EXACT, CONTAINED}  # most words in common will do for a report, never for evidence


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be used for a paper instead of asking for it. ``item`` is what `must_prove` is asked about."""

    item: UUID
    title: str
    number: str
    source: str
    trust: str
    agency: str
    issued_on: date
    valid_until: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a paper of a dossier rests on: where it comes from, its number there, its content by hash, in words."""

    source: str
    number: str
    sha256: str
    label: str


def answers_for(paper: Paper, *, kind: str, title: str, source: str) -> bool:
    """Whether an item of this ``kind`` (a code of results, may be empty) and ``title`` is the paper that is asked for.

    By what the edition says (``known_from``): a code is that code and no other; ``results`` goes by the name;
    ``register:<code>`` takes only what came from that register. A certified copy stands for its original wherever that
    is asked for (Nghị định 23/2015/NĐ-CP Điều 3), also where nothing is said; anything else then has to be filed.
    """
    if kind == CERTIFIED_COPY:
        return same_paper(paper.name, title.removeprefix(COPY_OF))
    places = paper.known_from.split()
    if source.startswith(FROM_REGISTER):
        return any(source.startswith(f"{place}:") for place in places if place.startswith(FROM_REGISTER))
    if kind and kind in places:
        return True
    return FROM_RESULTS in places and same_paper(paper.name, title)


def same_paper(name: str, title: str) -> bool:
    """Whether what is called ``title`` is, whole, what a line of a dossier asks for.

    A line that asks for more than one thing is answered by none of them alone; one that leaves the choice, by each.
    """
    if words(name) == words(title):
        return True
    line, here = asked(name), given(title)
    if not line.documents or line.others or (len(line.documents) > 1 and not line.any_of):
        return False
    return any(quality(wanted, found) in SURE for wanted in line.documents for found in here)


def registers_named(papers: tuple[Paper, ...]) -> set[str]:
    """The codes of the registers that these papers may come from."""
    places = {place for paper in papers for place in paper.known_from.split()}
    return {place.removeprefix(FROM_REGISTER) for place in places if place.startswith(FROM_REGISTER)}
