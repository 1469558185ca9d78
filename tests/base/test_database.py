"""The embedded server: found again, started over a half-written folder, stopped when asked."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.base import database
from motcua.base.errors import Refused

pytestmark = pytest.mark.slow


@pytest.fixture
def var() -> Iterator[Path]:
    """A data folder of its own, with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="mc", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "var"
        database.stop(Path(folder) / "var")


def test_it_starts_once_is_found_again_and_stops(var: Path) -> None:
    assert database.ensure(var) is True
    assert database.ensure(var) is False
    database.stop(var)
    assert database.is_running(database.socket_folder(var)) is False
    assert database.ensure(var) is True
    assert database.is_running(database.socket_folder(var)) is True


def test_commands_started_in_the_same_moment_start_one_server(var: Path) -> None:
    start = f"from pathlib import Path; from motcua.base import database; print(database.ensure(Path({str(var)!r})))"
    both = [subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sorted(each.communicate(timeout=60)[0] for each in both) == ["False\n", "True\n"]


@pytest.mark.parametrize("left", ["PG_VERSION", "postmaster.pid"])
def test_a_cluster_whose_making_was_cut_short_is_made_anew(var: Path, left: str) -> None:
    half = database.socket_folder(var)
    half.mkdir(parents=True)
    (half / left).write_text("18\n")
    assert database.ensure(var) is True


def test_a_cluster_that_is_broken_is_refused_with_its_own_last_words_and_left_alone(var: Path) -> None:
    database.ensure(var)
    database.stop(var)
    control = database.socket_folder(var) / "global" / "pg_control"
    control.write_bytes(b"\0" * 8192)
    with pytest.raises(Refused, match="database_broken"):
        database.ensure(var)
    assert control.read_bytes() == b"\0" * 8192


def test_a_path_too_long_for_a_socket_is_refused() -> None:
    with pytest.raises(Refused, match="var_path_too_long"):
        database.ensure(Path("/tmp") / ("x" * 100))


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host/", "nonsense"])
def test_an_address_that_names_no_database_stops_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        database.settings_for(url, Path())


def test_an_address_is_taken_apart() -> None:
    found = database.settings_for("postgresql://me:p%40ss@db:5433/node?sslmode=require", Path())
    assert (found["HOST"], found["PORT"], found["NAME"], found["USER"], found["PASSWORD"]) == (
        "db", "5433", "node", "me", "p@ss",
    )  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "require"
