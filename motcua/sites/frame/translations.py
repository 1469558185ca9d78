"""English beside the Vietnamese: compiles the catalogue of messages without GNU gettext."""

from pathlib import Path

import polib
from django.utils.translation import trans_real

LOCALE = Path(__file__).parent / "locale"


def compile_messages(locale: Path = LOCALE) -> list[Path]:
    """Write ``django.mo`` beside every ``django.po`` that is newer, and return what was written.

    Called when Django is ready; messages that were already loaded in this process are forgotten.
    """
    written = []
    for source in locale.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            part = target.with_suffix(".part")
            polib.pofile(str(source)).save_as_mofile(str(part))
            part.replace(target)
            written.append(target)
    if written:
        trans_real._translations.clear()  # type: ignore[attr-defined]
    return written
