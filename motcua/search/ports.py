"""What the faces call to find procedures."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from motcua.base.text import slug


class Hit(NamedTuple):
    """A procedure found. A higher ``score`` is better; 1.5 is a very good match, below 0.5 hardly one."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must have. Life event, level and subject by code; field and agency by name or the slug of it."""

    life_event: str = ""
    agency: str = ""
    field: str = ""
    level: str = ""
    subject: str = ""

    def facets(self) -> list[str]:
        """The facets a document must carry, like ``"level=commune"``."""
        named = {"agency": slug(self.agency), "field": slug(self.field)}
        coded = {"life_event": self.life_event, "level": self.level, "subject": self.subject}
        return [facet(name, value) for name, value in (named | coded).items() if value]


def facet(name: str, value: str) -> str:
    """One facet as a single word: an index splits at blanks, and a filter may be anything a person typed."""
    return f"{name}={'_'.join(value.split())}"


class Search(Protocol):
    """Finds among the procedures in force."""

    def find(
        self, text: str, *, on: date, limit: int = 10, filters: Filters | None = None, stamp: str = ""
    ) -> list[Hit]:
        """The best ``limit`` procedures in force on a day for a question, a few words or a code, best first.

        Without a text: those that pass ``filters``, by name. Nothing asked, nothing found: ``[]``, never an error.
        ``stamp``: what `catalogue_stamp` told the caller; empty: it is asked.
        """
        ...
