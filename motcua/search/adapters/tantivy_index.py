"""The search index on disk, by tantivy: it brings the candidates, ``rules.ranking`` orders them."""

import shutil
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path
from uuid import uuid4

import orjson
import tantivy
from tantivy import Occur, Query

from motcua.base.text import words
from motcua.search.ports import Filters, Hit
from motcua.search.rules import ranking
from motcua.search.rules.documents import CALLED, WHOLE, Document, text_of
from motcua.search.rules.question import LONGEST_WORDS, weigh
from motcua.search.rules.vocabulary import Vocabulary
from motcua.search.rules.words import Lexicon, folded, pairs

TABLE = "documents.json"
LONGEST_TEXT = 10_000  # characters of a question that are read
WRITER_BYTES = 800_000_000  # taken as it is filled; enough for one segment of 10,000 long editions


class TantivyIndex:
    """An open index. Read-only and safe under threads."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        """Open what `build` wrote into ``folder``, with the same ``lexicon``.

        Raises ``OSError`` or ``ValueError`` for anything else.
        """
        raw = orjson.loads((folder / TABLE).read_bytes())
        self.lexicon = lexicon
        self.vocabulary = Vocabulary(raw["weights"], frozenset(raw["known"]))
        self.documents = [
            Document(code, name, field, {"name": name}, frozenset(facets))
            for code, name, field, facets in raw["documents"]
        ]
        self.places = {document.code: place for place, document in enumerate(self.documents)}
        self.names = [ranking.name_of(document, lexicon, self.vocabulary) for document in self.documents]
        self.schema = _schema()
        self.searcher = tantivy.Index(self.schema, path=str(folder)).searcher()
        if self.searcher.num_segments > 1:
            raise ValueError(f"{folder}: more than one segment, so documents can't be told apart")

    def search(self, text: str, limit: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The best ``limit`` procedures for ``text``; without a text, those that pass ``filters``, by name.

        A text that is the code of a procedure finds that procedure. Nothing asked, nothing found: ``[]``.
        """
        text, facets = text[:LONGEST_TEXT].strip(), (filters or Filters()).facets()
        if text in self.places:
            return self._hits([(1.0, self.places[text])]) if self._passes(self.places[text], facets) else []
        if not text:
            return self._by_name(facets, limit) if facets else []
        asked = weigh(text, self.lexicon, self.vocabulary)
        found = self._candidates(asked, facets, max(limit, ranking.CANDIDATES)) if asked else []
        order = frozenset(pairs([folded(word) for word in self.lexicon.read(text)[:LONGEST_WORDS]]))
        return self._hits(ranking.ranked(found, asked, order, self.names, self.vocabulary)[:limit])

    def _candidates(self, asked: dict[str, float], facets: list[str], limit: int) -> list[tuple[int, float]]:
        clauses = [self._clause("whole", term, weight) for term, weight in asked.items()]
        clauses += [
            self._clause("called", term, weight) for term, weight in asked.items() if term in self.vocabulary.weights
        ]
        query = Query.boolean_query(clauses)
        if facets:
            must = [Query.const_score_query(Query.term_query(self.schema, "facets", facet), 0.0) for facet in facets]
            query = Query.boolean_query([(Occur.Must, query), *((Occur.Must, one) for one in must)])
        hits = self.searcher.search(query, limit, count=False).hits
        return [(address.doc, score) for score, address in hits]

    def _clause(self, field: str, term: str, weight: float) -> tuple[Occur, Query]:
        return Occur.Should, Query.boost_query(Query.term_query(self.schema, field, term, "freq"), weight)

    def _by_name(self, facets: list[str], limit: int) -> list[Hit]:
        passing = (place for place in self._alphabet if self._passes(place, facets))
        return self._hits([(0.0, place) for place in islice(passing, limit)])

    @cached_property
    def _alphabet(self) -> list[int]:
        keys = [(words(document.name), document.code) for document in self.documents]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def _passes(self, place: int, facets: list[str]) -> bool:
        return self.documents[place].facets.issuperset(facets)

    def _hits(self, rows: list[tuple[float, int]]) -> list[Hit]:
        return [Hit(self.documents[at].code, self.documents[at].name, round(score, 4)) for score, at in rows]


def build(documents: Iterable[Document], folder: Path, lexicon: Lexicon) -> TantivyIndex:
    """Write an index to ``folder`` and open it. It appears whole or not at all; an existing one stays."""
    rows = sorted(documents, key=lambda document: document.code)
    draft = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}")
    draft.mkdir(parents=True)
    try:
        _write(rows, draft, lexicon)
        if not folder.exists():
            draft.rename(folder)
    except OSError:
        if not folder.exists():  # else another process was quicker with the same index
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return TantivyIndex(folder, lexicon)


def _write(documents: list[Document], folder: Path, lexicon: Lexicon) -> None:
    """One thread and one segment: the engine's number of a document is then its place in the table."""
    writer = tantivy.Index(_schema(), path=str(folder)).writer(WRITER_BYTES, 1)
    for document in documents:
        row = tantivy.Document()
        row.add_text("called", text_of(document, CALLED, lexicon))
        row.add_text("whole", text_of(document, WHOLE, lexicon))
        row.add_text("facets", " ".join(document.facets))
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    vocabulary = Vocabulary.of(documents, lexicon)
    table = {
        "documents": [(row.code, row.name, row.field, sorted(row.facets)) for row in documents],
        "weights": vocabulary.weights,
        "known": sorted(vocabulary.known),
    }
    (folder / TABLE).write_bytes(orjson.dumps(table))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("called", "whole", "facets"):
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
