"""A ring of keys, bound for one test."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from motcua.base.wires import bind
from motcua.signing.ports import Keys
from tests.signing.ca import Ring


@pytest.fixture
def ring(tmp_path: Path, noon: datetime) -> Iterator[Ring]:
    before = Ring.bound()
    made = Ring.made(tmp_path / "keys", noon)
    made.bind()
    yield made
    bind(Keys, before)  # type: ignore[type-abstract]
