"""Real data that is not part of the project: tests that need it skip, saying so, where it is absent."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def real_data(*parts: str) -> Path:
    """The path of a folder or file of the reference data, or skip the test with a printed reason."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"reference data {'/'.join(parts)} is not on this machine")
    return path
