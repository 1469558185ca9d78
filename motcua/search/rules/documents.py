"""What of an edition is searched, and how much each of its texts counts."""

from dataclasses import dataclass

from motcua.base.text import slug
from motcua.catalogue.definition import Definition
from motcua.search.ports import facet
from motcua.search.rules.words import Lexicon, terms

# Each text is indexed as often as it counts. What a procedure is called stands in both fields: a short edition is then
# found as well as one with pages of text.
CALLED = {"name": 2, "keywords": 1, "field": 1, "name_en": 1}
WHOLE = {
    "name": 6,
    "keywords": 4,
    "field": 2,
    "name_en": 2,
    "papers": 1,
    "results": 1,
    "conditions": 1,
    "sequence": 1,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A procedure as the search sees it. ``texts`` by the names of `WHOLE`; ``facets`` like ``"level=commune"``."""

    code: str
    name: str
    field: str
    texts: dict[str, str]
    facets: frozenset[str]


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
    named = {"agency": [definition.agency, definition.authority], "field": [definition.field]}
    coded = {"level": definition.levels, "subject": definition.subjects, "life_event": definition.life_events}
    found = {facet(name, slug(value)) for name, values in named.items() for value in values if value}
    return frozenset(found | {facet(name, value) for name, values in coded.items() for value in values})


def text_of(document: Document, weights: dict[str, int], lexicon: Lexicon) -> str:
    """The terms of a document, each as often as it counts, ready for an index that splits at blanks."""
    found: list[str] = []
    for name, weight in weights.items():
        if document.texts.get(name):
            found += terms(lexicon.read(document.texts[name])) * weight
    return " ".join(found)
