"""The figures that decision 0020 states, on questions that citizens really asked."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from bench.search import documents, measure, plain_bm25, questions
from motcua.search.adapters.tantivy_index import build
from motcua.search.rules.words import Lexicon
from tests.real_data import real_data


@pytest.mark.real_data
@pytest.mark.slow
def test_the_right_procedure_is_found_well_above_plain_bm25(tmp_path: Path) -> None:
    real_data("questions")
    real_data("procedures")
    rows = documents()
    asked, _ = questions(rows)
    lexicon = Lexicon.of(yaml.safe_load((settings.DATA / "synonyms.yaml").read_bytes()))
    index = build(rows, tmp_path / "index", lexicon)
    ours = measure(lambda text: [hit.code for hit in index.search(text)], asked).hits
    plain = measure(plain_bm25(rows), asked).hits
    assert len(asked) >= 91
    assert ours[0] >= 0.65 and ours[1] >= 0.85 and ours[2] >= 0.90
    assert all(better / worse > 1.3 for better, worse in zip(ours, plain, strict=True))
