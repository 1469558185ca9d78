"""``make bench-search``: how often the right procedure is found, and how fast, beside plain BM25 and PostgreSQL.

Questions that citizens really asked, each with the codes that answer it; only those count whose procedures are loaded.
hit@k: the share of questions with a right code among the first k. All engines answer the same questions in one run.
"""

import csv
import json
import math
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import django
import yaml

from motcua.base.text import fold, words
from motcua.catalogue.ports import Record
from motcua.search.adapters.tantivy_index import build
from motcua.search.rules.documents import Document, document_of
from motcua.search.rules.words import Lexicon
from motcua.sources.adapters.disk import Disk

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
DEPTHS = (1, 5, 10)
K1, B = 1.2, 0.75
Engine = Callable[[str], list[str]]


class Question(NamedTuple):
    """What was asked and the codes that answer it."""

    text: str
    codes: frozenset[str]


class Measured(NamedTuple):
    """hit@1, 5, 10; milliseconds a question."""

    hits: tuple[float, ...]
    median: float
    p95: float


def documents() -> list[Document]:
    """The procedures of the reference data, of each code what the best source says."""
    best: dict[str, Record] = {}
    for file in Disk().find(DATA / "procedures"):
        for record in Disk().read(file, date(2026, 7, 1)):
            if isinstance(record, Record) and (record.code not in best or best[record.code].rank < record.rank):
                best[record.code] = record
    return [document_of(record.definition) for record in best.values()]


def questions(rows: Iterable[Document]) -> tuple[list[Question], int]:
    """The questions that count, and how many were left out because their procedures are not loaded."""
    named: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        named[tuple(words(row.name))].add(row.code)
    codes = {code for found in named.values() for code in found}
    asked = [(line["question"], set(line["procedure_codes"].split()) & codes) for line in _lines_csv()]
    for line in (DATA / "questions" / "question_title.jsonl").read_text("utf-8").splitlines():
        raw = json.loads(line)
        asked.append((raw["question"], named.get(tuple(words(raw["expected_procedure_title"])), set())))
    found = [Question(text, frozenset(right)) for text, right in asked if right]
    return found, len(asked) - len(found)


def _lines_csv() -> list[dict[str, str]]:
    with (DATA / "questions" / "citizen_questions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain_bm25(rows: list[Document]) -> Engine:
    """The baseline: BM25 over folded words and word pairs of the whole text."""
    counted = [Counter(_plain_terms(" ".join(row.texts.values()))) for row in rows]
    average = sum(count.total() for count in counted) / len(rows)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, count in enumerate(counted):
        length = K1 * (1 - B + B * count.total() / average)
        for term, times in count.items():
            postings[term].append((place, times * (K1 + 1) / (times + length)))
    rarity = {
        term: math.log(1 + (len(rows) - len(found) + 0.5) / (len(found) + 0.5)) for term, found in postings.items()
    }

    def search(text: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for term in set(_plain_terms(text)):
            for place, weight in postings.get(term, ()):
                scores[place] += weight * rarity[term]
        return [rows[place].code for place in sorted(scores, key=lambda place: -scores[place])[:10]]

    return search


def _plain_terms(text: str) -> list[str]:
    found = words(text)
    return found + [f"{first} {second}" for first, second in pairwise(found)]


@contextmanager
def postgresql(rows: list[Document]) -> Any:
    """PostgreSQL full text over folded words, names first (weights A to D), ranked by ts_rank; a temporary table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    from motcua.sites.cli.commands import ready_database

    django.setup()
    ready_database()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_search (code text, words tsvector)")
        for row in rows:
            name, rest = fold(row.name), fold(" ".join(row.texts.values()))[:500_000]
            cursor.execute(
                "INSERT INTO bench_search VALUES (%s, setweight(to_tsvector('simple', %s), 'A') ||"
                " setweight(to_tsvector('simple', %s), 'D'))",
                [row.code, name, rest],
            )
        cursor.execute("CREATE INDEX ON bench_search USING gin (words)")
        cursor.execute("ANALYZE bench_search")

        def search(text: str) -> list[str]:
            asked = " | ".join(dict.fromkeys(words(text)))
            cursor.execute(
                "SELECT code FROM bench_search, to_tsquery('simple', %s) AS asked WHERE words @@ asked"
                " ORDER BY ts_rank(words, asked, 1) DESC LIMIT 10",
                [asked],
            )
            return [code for (code,) in cursor.fetchall()]

        yield search
        cursor.execute("DROP TABLE bench_search")


def measure(engine: Engine, asked: list[Question]) -> Measured:
    """Ask every question once to warm up and once by the clock."""
    found, spent = [], []
    for question in asked:
        engine(question.text)
        begun = time.perf_counter()
        codes = engine(question.text)
        spent.append((time.perf_counter() - begun) * 1000)
        found.append(next((place for place, code in enumerate(codes) if code in question.codes), 99))
    hits = tuple(sum(place < depth for place in found) / len(found) for depth in DEPTHS)
    return Measured(hits, statistics.median(spent), statistics.quantiles(spent, n=20)[-1])


def mistyped(text: str, chance: random.Random) -> str:
    """Two typing errors in longer words: a letter left out, doubled, or two swapped."""
    parts = text.split()
    long = [place for place, part in enumerate(parts) if len(part) > 3]
    for place in chance.sample(long, min(2, len(long))):
        part, at = parts[place], chance.randrange(1, len(parts[place]) - 2)
        swapped = part[:at] + part[at + 1] + part[at] + part[at + 2 :]
        parts[place] = chance.choice([part[:at] + part[at + 1 :], part[:at] + part[at] + part[at:], swapped])
    return " ".join(parts)


def row(name: str, found: Measured, beside: Measured | None = None) -> str:
    """One line of the table; ``beside`` is the baseline of the ratio."""
    hits = "  ".join(f"{value:5.3f}" for value in found.hits)
    ratio = "/".join(f"{a / b:.2f}" for a, b in zip(found.hits, beside.hits, strict=True)) if beside else ""
    speed = f"{found.median:7.2f} {found.p95:7.2f} {1000 / found.median:7.0f}"
    return f"{name:<44} {hits}  {speed}  {ratio}"


def main() -> int:
    """Print the table. Exit code 2 where the reference data is not on this machine."""
    if not (DATA / "questions").exists():
        print(f"The questions are not on this machine (looked in {DATA / 'questions'}): nothing measured.")
        return 2
    rows = documents()
    asked, left_out = questions(rows)
    print(f"{len(rows)} procedures, {len(asked)} questions count, {left_out} ask for procedures not loaded")
    print(f"{'':<44} hit@1  hit@5  hit@10   p50 ms  p95 ms   a second  ratio to baseline")
    baseline = measure(plain_bm25(rows), asked)
    print(row("plain BM25, words and pairs, in Python", baseline))
    with postgresql(rows) as search:
        print(row("PostgreSQL full text, ts_rank", measure(search, asked), baseline))
    lexicon = Lexicon.of(yaml.safe_load((ROOT / "data" / "synonyms.yaml").read_bytes()))
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        _ours(rows, asked, lexicon, folder, baseline)
    finally:
        shutil.rmtree(folder)
    return 0


def _ours(rows: list[Document], asked: list[Question], lexicon: Lexicon, folder: Path, baseline: Measured) -> None:
    index = build(rows, folder / "whole", lexicon)
    bare = build(rows, folder / "bare", replace(lexicon, synonyms={}, longest=0))
    half = random.Random(766).sample(asked, len(asked) // 2)
    other = [question for question in asked if question not in half]
    chance = random.Random(2026)
    wrong = [question._replace(text=mistyped(question.text, chance)) for question in asked]
    plain = [question._replace(text=fold(question.text)) for question in asked]

    def ours(text: str) -> list[str]:
        return [hit.code for hit in index.search(text)]

    print(row("motcua", measure(ours, asked), baseline))
    print(
        row("motcua without the synonyms", measure(lambda t: [hit.code for hit in bare.search(t)], asked), baseline)
    )
    print(row("motcua, a random half", measure(ours, half)))
    print(row("motcua, the other half", measure(ours, other)))
    print(row("motcua, questions without marks", measure(ours, plain)))
    print(row("motcua, two typing errors a question", measure(ours, wrong)))
    named = {document.code: document.name for document in rows}
    short = [question._replace(text=" ".join(words(named[min(question.codes)])[:6])) for question in asked]
    print(row("motcua, six words of the name, no marks", measure(ours, short)))


if __name__ == "__main__":
    sys.exit(main())
