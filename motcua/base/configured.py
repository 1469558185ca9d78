"""What an operator's YAML file names, each thing made from its options; anything wrong stops the start in one line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ImproperlyConfigured

Thing = TypeVar("Thing")


def read(variable: str, file: str) -> dict[str, Any]:
    """The file that ``variable`` names, its values as the texts that stand there: an account 0011 stays 0011.

    Empty where no file is named. Raises ``ImproperlyConfigured`` for one that can't be read or holds no names.
    """
    if not file:
        return {}
    try:
        said = yaml.load(Path(file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}  # builds texts only
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as broken:
        raise _wrong(variable, file, broken) from broken
    if not isinstance(said, dict):
        raise _wrong(variable, file, "names with options are expected")
    return said


def made(variable: str, file: str, maker_of: Callable[[str], Callable[..., Thing] | None]) -> dict[str, Thing]:
    """By name, what the file asks for, each made by its maker from its options. Raises ``ImproperlyConfigured``."""
    found = {}
    for name, options in read(variable, file).items():
        maker = maker_of(name)
        if maker is None:
            raise _wrong(variable, file, f"nobody knows {name!r}")
        try:
            found[name] = maker(**options)
        except (TypeError, ValueError, AttributeError) as wrong:
            raise _wrong(variable, file, f"{name}: {wrong}") from wrong
    return found


def _wrong(variable: str, file: str, why: object) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{variable} ({file}): {' '.join(str(why).split())}")
