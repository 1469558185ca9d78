"""What an operator's YAML file names, each thing made from its options; anything wrong stops the start in one line."""

from collections.abc import Callable
from functools import partial
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
    text = partial(Path(file).read_text, encoding="utf-8")
    said = built(variable, file, lambda: yaml.load(text(), Loader=yaml.BaseLoader)) or {}  # builds texts only
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
        found[name] = built(variable, file, partial(_of, maker, name, options))
    return found


def _of(maker: Callable[..., Thing], name: str, options: Any) -> Thing:
    try:
        return maker(**options)
    except (TypeError, ValueError, AttributeError) as wrong:
        raise ValueError(f"{name}: {wrong}") from wrong


def built(variable: str, file: str, maker: Callable[[], Thing]) -> Thing:
    """What ``maker`` makes of the file. Raises ``ImproperlyConfigured`` where it can't be read or is wrong."""
    try:
        return maker()
    except (OSError, ValueError, yaml.YAMLError) as wrong:
        raise _wrong(variable, file, wrong) from wrong


def _wrong(variable: str, file: str, why: object) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{variable} ({file}): {' '.join(str(why).split())}")
