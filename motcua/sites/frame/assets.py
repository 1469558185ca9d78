"""Static files made on this machine: the font cut to the letters we need, and the operator's colours.

Third-party assets come from installed packages and are never committed. `MadeFinder` stands in ``STATICFILES_FINDERS``;
the files are made under ``settings.MADE_ROOT`` the first time somebody asks for them.
"""

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage
from fontTools import subset

from motcua.sites.frame import tokens

WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
FEATURES = ["kern", "liga", "tnum", "mark", "mkmk", "ccmp", "locl"]  # tnum: figures of one width in tables


def letters() -> list[int]:
    """Code points of Vietnamese and Western European text, with the signs an office writes."""
    latin = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
    vietnamese = [*map(ord, "ĂăĐđĨĩŨũƠơƯư"), *range(0x1EA0, 0x1EFA), 0x300, 0x301, 0x303, 0x309, 0x323]
    return latin + vietnamese + list(map(ord, "₫–—‘’“”…•←→↑↓−≤≥✓"))


def font_name(weight: int) -> str:
    """The static path of one weight."""
    return f"frame/be-vietnam-pro-{weight}.woff2"


def make_font(weight: int, target: Path) -> None:
    """Write the woff2 subset of one weight (about 14 kB) to ``target``."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.hinting = False
    source = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{WEIGHTS[weight]}.ttf"
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters())
    cutter.subset(font)
    part = target.with_suffix(f".{os.getpid()}.part")
    subset.save_font(font, str(part), options)
    part.replace(target)  # two processes may start at once: a whole file or none


def make_all() -> Path:
    """Make what is missing and return the folder. Fonts are kept; the colours are written anew when they changed."""
    root = Path(settings.MADE_ROOT)
    (root / "frame").mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        target = root / font_name(weight)
        if not target.exists():
            make_font(weight, target)
    sheet, path = tokens.stylesheet(tokens.site().colours), root / "frame/tokens.css"
    if not path.exists() or path.read_text(encoding="utf-8") != sheet:
        path.write_text(sheet, encoding="utf-8")
    return root


class MadeFinder(BaseFinder):
    """Finds the made files for ``collectstatic`` and for the development server."""

    def check(self, **kwargs: Any) -> list[Any]:  # noqa: ARG002 - Django's signature
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: ARG002 - Django's signature
        """The absolute path of a made file, or an empty list, as Django asks of a finder."""
        known = {"frame/tokens.css", *map(font_name, WEIGHTS)}
        if path not in known:
            return []
        found = str(make_all() / path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002
        """Every made file with the storage that holds it."""
        storage = FileSystemStorage(location=make_all())
        for path in ["frame/tokens.css", *map(font_name, WEIGHTS)]:
            yield path, storage


class HashedStorage(ManifestStaticFilesStorage):
    """Names with the hash of the content, kept for ever by browsers; plain names before the first ``collectstatic``."""

    @lru_cache(maxsize=1024)  # noqa: B019 - one storage a process, and the files of a release
    def url(self, name: str, force: bool = False) -> str:
        """The address of a file; a page asks for a hundred icons."""
        return super().url(name, force)

    def stored_name(self, name: str) -> str:
        """The hashed name. Once something was collected, a name that was not raises ``ValueError``."""
        return super().stored_name(name) if self.hashed_files else name
