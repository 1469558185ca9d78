"""The design tokens: the operator's name, logo text and colours, in one file that the operator may replace.

The defaults below are neutral: no emblem of any State body. An operator writes a YAML file with any of these keys and
names it in the setting ``SITE_TOKENS``; colours whose contrast would be too weak to read are refused at start.
"""

from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11


@dataclass(frozen=True, slots=True)
class Colours:
    """Named by what they are for. Every one is written ``#rrggbb``."""

    text: str = "#1f1a17"
    muted: str = "#5c534d"
    ground: str = "#faf7f2"
    paper: str = "#ffffff"
    line: str = "#d9d1c7"
    edge: str = "#7a7068"  # borders of what can be filled in
    primary: str = "#9b1c1c"
    primary_dark: str = "#741313"
    primary_tint: str = "#fbeeec"
    link: str = "#0b4f8a"
    link_dark: str = "#083a66"
    link_tint: str = "#e9f1f8"
    green: str = "#1b6b3a"
    green_tint: str = "#e6f3ea"
    amber: str = "#7d4e00"
    amber_tint: str = "#fdf1d8"
    red: str = "#a3140f"
    red_tint: str = "#fbe9e7"
    focus: str = "#ffd33d"


@dataclass(frozen=True, slots=True)
class Site:
    """Who runs this door. ``logo_text`` stands where an operator's logo would, two or three letters or a sign."""

    name: str = "Một cửa"
    name_en: str = "One door"
    operator: str = "Hệ thống thông tin giải quyết thủ tục hành chính"
    operator_en: str = "Administrative procedures information system"
    logo_text: str = "1C"
    hotline: str = ""
    email: str = ""
    colours: Colours = Colours()


READ_ON = (
    ("text", "ground"), ("text", "paper"), ("muted", "ground"), ("muted", "paper"), ("link", "paper"),
    ("link", "ground"), ("link", "link_tint"), ("paper", "primary"), ("paper", "primary_dark"), ("primary", "paper"),
    ("primary", "primary_tint"), ("green", "green_tint"), ("amber", "amber_tint"), ("red", "red_tint"),
    ("red", "ground"), ("red", "paper"), ("text", "focus"), ("text", "amber_tint"), ("text", "green_tint"),
)  # fmt: skip
SEEN_ON = (("edge", "paper"), ("edge", "ground"))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def weak_pairs(colours: Colours) -> list[str]:
    """The pairs of ``colours`` that a person with weak sight could not tell apart, in words."""
    pairs = [(pair, TEXT_CONTRAST) for pair in READ_ON] + [(pair, SHAPE_CONTRAST) for pair in SEEN_ON]
    found = []
    for (front, back), needed in pairs:
        ratio = contrast(getattr(colours, front), getattr(colours, back))
        if ratio < needed:
            found.append(f"{front} on {back}: {ratio:.2f}, needed {needed}")
    return found


@lru_cache(maxsize=1)
def site() -> Site:
    """The tokens of this installation, read once. Raises `ImproperlyConfigured` when the operator's file is wrong."""
    path = getattr(settings, "SITE_TOKENS", None)
    return read(Path(path)) if path else Site()


def read(path: Path) -> Site:
    """The tokens in ``path``; keys that are absent keep their default, unknown keys and weak colours are refused."""
    given = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    colours = Colours(**_known(Colours, given.pop("colours", None) or {}, path))
    weak = weak_pairs(colours)
    if weak:
        raise ImproperlyConfigured(f"{path}: too little contrast: {'; '.join(weak)}")
    return Site(**_known(Site, given, path), colours=colours)


def _known(shape: type, given: dict[str, Any], path: Path) -> dict[str, Any]:
    names = {item.name for item in fields(shape)}
    unknown = sorted(set(given) - names)
    if unknown:
        raise ImproperlyConfigured(f"{path}: unknown design tokens: {', '.join(unknown)}")
    return given


def stylesheet(colours: Colours) -> str:
    """The colours as custom properties: ``--primary: #9b1c1c;`` and so on."""
    lines = (f"  --{name.replace('_', '-')}: {value};" for name, value in asdict(colours).items())
    return ":root {\n" + "\n".join(lines) + "\n}\n"
