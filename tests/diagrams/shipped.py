"""The procedures in the repository that have a process."""

import json
from functools import cache
from pathlib import Path

import yaml

from motcua.catalogue.definition import Definition, parse

DATA = Path(__file__).resolve().parents[2] / "data"
SHIPPED = sorted(
    path.stem for path in (DATA / "procedures").glob("*.yaml") if "\nprocess:" in path.read_text("utf-8")
)


@cache
def shipped(code: str) -> Definition:
    """The definition of a shipped procedure, its form with it."""
    raw = yaml.safe_load((DATA / "procedures" / f"{code}.yaml").read_text("utf-8"))
    if isinstance(raw.get("form"), str):
        raw["form"] = json.loads((DATA / "forms" / raw["form"]).read_text("utf-8"))
    return parse(raw)
