"""Stands behind the port ``Search``: an index of the editions in force, made again when the catalogue has changed."""

import hashlib
import logging
import shutil
import threading
from datetime import date
from pathlib import Path

import yaml
from django.db import connection

from motcua.catalogue import queries
from motcua.search.adapters.tantivy_index import TantivyIndex, build
from motcua.search.ports import Filters, Hit
from motcua.search.rules.documents import document_of
from motcua.search.rules.words import Lexicon

SMALL = 300  # editions; a larger index takes seconds to make, and questions meanwhile get the one before
KEPT = 3  # indexes left on disk: other processes may still answer from the one before
FORMAT = b"1"  # another number when `rules` change what is written into an index
log = logging.getLogger(__name__)


class PublishedSearch:
    """One index below ``folder`` for each state of the catalogue, named after its content, shared by all processes."""

    def __init__(self, folder: Path, synonyms: Path) -> None:
        self.folder = folder
        self._synonyms = synonyms
        self._lexicon: Lexicon | None = None
        self._seen: object = None
        self._name = ""
        self._index: TantivyIndex | None = None
        self._lock = threading.Lock()
        self._builder = threading.Thread()

    def find(
        self, text: str, *, on: date, limit: int = 10, filters: Filters | None = None, stamp: str = ""
    ) -> list[Hit]:
        """See ``ports.Search``. One query, none with a stamp; two more and a new index after a publication."""
        seen = (stamp or queries.catalogue_stamp(), on)
        if self._index is None or seen != self._seen:
            self._renew(seen, on)
        assert self._index is not None
        return self._index.search(text, limit, filters)

    def _renew(self, seen: object, on: date) -> None:
        with self._lock:
            if self._index and (seen == self._seen or self._builder.is_alive()):
                return
            name, many = self._state(on)
            if name == self._name or self._index is None or many <= SMALL or (self.folder / name).exists():
                self._open(name, on)
            else:
                self._builder = threading.Thread(target=self._open_later, args=(name, on), daemon=True)
                self._builder.start()
            self._seen = seen

    def _open(self, name: str, on: date) -> None:
        if name == self._name:
            return
        place = self.folder / name
        try:
            self._index = TantivyIndex(place, self.lexicon)
        except (OSError, ValueError, KeyError) as fault:  # not there yet, or damaged
            if place.exists():
                log.warning("search index %s is damaged and made again: %s", name, fault)
                shutil.rmtree(place, ignore_errors=True)
            documents = (document_of(definition) for _, definition in queries.definitions(on))
            self._index = build(documents, place, self.lexicon)
        self._name = name
        self._clear_out()

    def _open_later(self, name: str, on: date) -> None:
        """In a thread of its own, with a connection of its own."""
        try:
            self._open(name, on)
        except Exception:
            log.exception("search index %s could not be made", name)
            self._seen = None  # so that the next question tries again
        finally:
            connection.close()

    @property
    def lexicon(self) -> Lexicon:
        """Read from disk at the first question."""
        if self._lexicon is None:
            self._lexicon = Lexicon.of(yaml.safe_load(self._synonyms.read_bytes()))
        return self._lexicon

    def _state(self, on: date) -> tuple[str, int]:
        """A name made of everything the index is made of, and how many editions that is."""
        rows = queries.in_force(on).order_by("procedure__code").values_list("procedure__code", "content_hash")
        mixed = hashlib.sha256(FORMAT + self._synonyms.read_bytes())
        for code, content in rows:
            mixed.update(f"{code} {content}\n".encode())
        return mixed.hexdigest()[:24], len(rows)

    def _clear_out(self) -> None:
        places = sorted(self.folder.iterdir(), key=lambda place: place.stat().st_mtime, reverse=True)
        for place in [place for place in places if "." not in place.name][KEPT:]:
            shutil.rmtree(place, ignore_errors=True)
