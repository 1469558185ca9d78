"""An authority, a document and a signed one."""

from datetime import datetime

import pytest

from motcua.signing.signing import Field, sign
from tests.signing.ca import Ca, document


@pytest.fixture(scope="session")
def plain_pdf() -> bytes:
    """What is to be signed."""
    return document()


@pytest.fixture
def ca(noon: datetime) -> Ca:
    """An authority of its own for each test."""
    return Ca.made(noon)


@pytest.fixture
def signed(ca: Ca, plain_pdf: bytes) -> bytes:
    """Signed B-LT by one person."""
    return sign(plain_pdf, ca.key(), Field("NguoiKy"), at=ca.at)
