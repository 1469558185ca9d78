"""Payments are tested with banks that are there and say what they are told to."""

from collections.abc import Iterator

import pytest

from motcua.payments.ports import Providers
from tests.payments.money import banks


@pytest.fixture(autouse=True)
def known_banks() -> Iterator[Providers]:
    """Two banks behind the port."""
    with banks() as known:
        yield known
