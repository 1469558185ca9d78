"""For which procedures something in a vault could be used instead of asking for it."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from motcua.catalogue.definition import Paper, Text, parse
from motcua.catalogue.queries import catalogue_version, in_force
from motcua.vault.queries import Held, answers


class Asking(NamedTuple):
    """A procedure with those of its papers that it says the State has."""

    code: str
    name: Text
    papers: tuple[Paper, ...]


def uses_of(held: Held, *, on: date) -> list[tuple[Asking, list[Paper]]]:
    """The procedures in force on a day, each with its papers that this is. Two queries, one while nothing changed."""
    found = [
        (each, [paper for paper in each.papers if answers(held, paper)]) for each in asking(catalogue_version(), on)
    ]
    return [(each, papers) for each, papers in found if papers]


@lru_cache(maxsize=2)
def asking(version: int, on: date) -> tuple[Asking, ...]:  # noqa: ARG001
    """What is asked for though it may be known, over the whole catalogue; read once for each version of it."""
    named = in_force(on).extra(where=["catalogue_edition.definition::text LIKE %s"], params=["%known_from%"])
    found = [parse(raw) for raw in named.values_list("definition", flat=True)]
    known = [Asking(each.procedure, each.name, tuple(p for p in each.papers if p.known_from)) for each in found]
    return tuple(sorted((each for each in known if each.papers), key=lambda each: each.name.vi))
