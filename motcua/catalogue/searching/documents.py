"""What of an edition is searched, and how much each of its texts counts."""

from dataclasses import dataclass

from motcua.base.text import slug
from motcua.catalogue.definition import Definition
from motcua.catalogue.searching.words import Lexicon, terms

# Each text is indexed as often as it counts: BM25 over the whole then weighs names above papers above conditions.
WEIGHTS = {"name": 6, "keywords": 4, "field": 2, "name_en": 2, "papers": 1, "results": 1, "conditions": 1, "sequence": 1}
FACETS = ("life_event", "agency", "field", "level", "subject")


@dataclass(frozen=True, slots=True)
class Document:
    """A procedure as the search sees it. ``texts`` by the names of `WEIGHTS`; ``facets`` like ``"level=commune"``."""

    code: str
    name: str
    field: str
    texts: dict[str, str]
    facets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found; a higher ``score`` is better, 1 or so is a very good match."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must have: a life event, level or subject by code; a field or agency by the slug of its name."""

    life_event: str = ""
    agency: str = ""
    field: str = ""
    level: str = ""
    subject: str = ""

    def facets(self) -> list[str]:
        """The facets that a document must carry."""
        return [f"{name}={getattr(self, name)}" for name in FACETS if getattr(self, name)]


def document_of(definition: Definition) -> Document:
    """The searchable part of an edition."""
    texts = {
        "name": definition.name.vi,
        "name_en": definition.name.en,
        "keywords": ". ".join(definition.keywords),
        "field": definition.field,
        "papers": ". ".join(paper.name for paper in definition.papers),
        "results": ". ".join(result.name for result in definition.results),
        "conditions": definition.conditions,
        "sequence": definition.sequence,
    }
    return Document(definition.procedure, definition.name.vi, definition.field, texts, _facets(definition))


def _facets(definition: Definition) -> frozenset[str]:
    found = {f"level={level}" for level in definition.levels}
    found |= {f"subject={subject}" for subject in definition.subjects}
    found |= {f"life_event={event}" for event in definition.life_events}
    found |= {f"agency={slug(name)}" for name in (definition.agency, definition.authority) if name}
    return frozenset(found | ({f"field={slug(definition.field)}"} if definition.field else set()))


def text_of(document: Document, lexicon: Lexicon) -> str:
    """The terms of a document, each as often as it counts, ready for an index that splits at blanks."""
    found = sorted(document.facets)
    for name, weight in WEIGHTS.items():
        if document.texts.get(name):
            found += terms(lexicon.read(document.texts[name])) * weight
    return " ".join(found)
