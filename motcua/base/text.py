"""Vietnamese text, folded in one place for search, matching and sorting."""

import re
import unicodedata
from typing import Any

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
HIDDEN = re.compile(f"[{ZERO_WIDTH}]+")
LATIN = 0x500  # letters below are looked up once; whoever sends others must not fill the memory


class _Plain(dict[int, Any]):
    """For ``str.translate``: drops combining marks; ``đ`` is no letter with a mark for Unicode."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        if code < LATIN:
            self[code] = kept
        return kept


PLAIN = _Plain(dict.fromkeys(map(ord, ZERO_WIDTH)) | {ord("đ"): "d"})
WORDS = re.compile(r"[0-9a-z]+")


def clean(text: str) -> str:
    """The same words as a person sees: NFC, zero-width characters removed, every run of blanks one blank."""
    return " ".join(HIDDEN.sub("", unicodedata.normalize("NFC", text)).split())


def fold(text: str) -> str:
    """Lower case without marks: ``"Đăng ký khai sinh"`` → ``"dang ky khai sinh"``. Idempotent."""
    return " ".join(unicodedata.normalize("NFD", text.lower()).translate(PLAIN).split())


def initials(name: str) -> str:
    """``"Nguyễn Thị Lan"`` → ``"N. T. L."``: enough to compare with the paper, too little to learn a name from."""
    return " ".join(f"{word[0]}." for word in name.split())


def words(text: str) -> list[str]:
    """Folded words and numbers, in order."""
    return WORDS.findall(fold(text))


def slug(text: str) -> str:
    """A short name for an address: ``"Hộ tịch"`` → ``"ho-tich"``."""
    return "-".join(words(text))
