"""Vietnamese text, folded in one place for search, matching and sorting."""

import re
import unicodedata

ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
WORDS = re.compile(r"[0-9a-z]+")


def clean(text: str) -> str:
    """The same words as a person sees: NFC, zero-width characters removed, every run of blanks one blank."""
    return " ".join(unicodedata.normalize("NFC", text).translate(ZERO_WIDTH).split())


def fold(text: str) -> str:
    """Lower case without marks: ``"Đăng ký khai sinh"`` → ``"dang ky khai sinh"``. Idempotent."""
    plain = unicodedata.normalize("NFD", text.translate(ZERO_WIDTH).lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("đ", "d")
    return " ".join(plain.split())


def initials(name: str) -> str:
    """``"Nguyễn Thị Lan"`` → ``"N. T. L."``: enough to compare with the paper, too little to learn a name from."""
    return " ".join(f"{word[0]}." for word in name.split())


def words(text: str) -> list[str]:
    """Folded words and numbers, in order."""
    return WORDS.findall(fold(text))


def slug(text: str) -> str:
    """A short name for an address: ``"Hộ tịch"`` → ``"ho-tich"``."""
    return "-".join(words(text))
