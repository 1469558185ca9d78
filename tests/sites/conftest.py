"""The clock of the desk's tests; the language of one test does not reach the next."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from tests.sites.desk import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> Iterator[Clock]:
    """It is two hours after the filings of the node, and Vietnamese is spoken."""
    here = Clock(noon + timedelta(hours=2))
    monkeypatch.setattr("django.utils.timezone.now", lambda: here.at)
    with translation.override("vi"):
        yield here
