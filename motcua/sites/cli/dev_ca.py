"""``motcua dev-ca``: a certificate authority to develop with, and keys for the demo's agencies and approvers."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from motcua.base.errors import Refused
from motcua.signing import development

NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it goes."""
    parser.add_argument("--to", type=Path, metavar="DIR", help="a new folder; without it, dev-ca in MOTCUA_VAR")


def run(options: argparse.Namespace) -> int:
    """Make it and say how it is used. Raises `Refused` ``dev_ca_exists``, ``dev_ca_in_repository``."""
    from django.conf import settings

    made = make(options.to or settings.VAR / "dev-ca")
    agencies, people = (len(list((made.parent / kind).glob("*.p12"))) for kind in ("agencies", "people"))
    print(
        f"{development.WARNING}\n{agencies} agencies, {people} people (PIN {development.PIN})\nMOTCUA_SIGNING={made}"
    )
    return 0


def make(folder: Path) -> Path:
    """The folder with root, revocation list, time-stamps and keys; returns its signing.yaml."""
    from django.conf import settings

    folder = folder.resolve()
    if folder.is_relative_to(settings.ROOT) and not folder.is_relative_to(settings.VAR):
        raise Refused("dev_ca_in_repository", folder=str(folder))
    agencies, people = agencies_of(settings.DATA), approvers_of(settings.DATA)
    named = {login: (name, agencies[code]) for login, (name, code) in people.items()}
    try:
        return development.write(folder, agencies, named, at=datetime.now(UTC))
    except FileExistsError as problem:
        raise Refused("dev_ca_exists", folder=str(folder)) from problem


def agencies_of(data: Path) -> dict[str, str]:
    """Code and name of every agency of the demo."""
    return {each["code"]: each["name"]["vi"] for each in read(data / "agencies.yaml")["agencies"]}


def approvers_of(data: Path) -> dict[str, tuple[str, str]]:
    """Everybody of the demo who decides: login, name and the code of the agency."""
    return {
        officer["login"]: (officer["full_name"], post["agency"])
        for officer in read(data / "people.yaml")["officers"]
        for post in officer["posts"]
        if "approver" in post["roles"]
    }


def read(path: Path) -> Any:
    """A file of reference data."""
    return yaml.safe_load(path.read_text())
