"""Life events: how people look for procedures when they do not know which office handles them."""

from dataclasses import dataclass
from functools import lru_cache

import yaml
from django.conf import settings

from motcua.base.errors import NotFound
from motcua.sites.frame.words import language


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A situation in life; ``names`` and ``abouts`` by language, ``icon`` one of the frame's."""

    code: str
    names: dict[str, str]
    abouts: dict[str, str]
    icon: str

    @property
    def name(self) -> str:
        return self.names[language()]

    @property
    def about(self) -> str:
        return self.abouts[language()]


@lru_cache(maxsize=1)
def life_events() -> tuple[LifeEvent, ...]:
    """All of them, in the order they are shown; read once from data/life_events.yaml."""
    rows = yaml.safe_load((settings.DATA / "life_events.yaml").read_bytes())
    return tuple(LifeEvent(row["code"], row["name"], row["about"], row["icon"]) for row in rows)


def life_event(code: str) -> LifeEvent:
    """The event with this code. Raises `NotFound` ``not_found``."""
    found = next((event for event in life_events() if event.code == code), None)
    if found is None:
        raise NotFound("not_found")
    return found
