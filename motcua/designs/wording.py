"""How differences are worded: two languages, an arrow between what was and what is, numbers and days as people write."""

from collections.abc import Iterable, Iterator, Mapping

from motcua.catalogue.definition import Period

NONE = "—"


class Words:
    """Picks the words of one language."""

    def __init__(self, language: str) -> None:
        self.english = language == "en"

    def __call__(self, vi: str, en: str) -> str:
        """The words of the reader."""
        return en if self.english else vi

    def yes(self, value: bool) -> str:
        """Có or không."""
        return self("có", "yes") if value else self("không", "no")

    def name(self, code: str, vi: Mapping[str, str], en: Mapping[str, str]) -> str:
        """What a code is called."""
        return (en.get(code) if self.english else None) or vi.get(code, code)

    def names(self, codes: Iterable[str], vi: Mapping[str, str], en: Mapping[str, str]) -> str:
        """What several codes are called."""
        return ", ".join(self.name(code, vi, en) for code in codes)

    def period(self, period: Period) -> str:
        """``từ 01/07/2025 đến trước 01/01/2027``."""
        begins = f"{self('từ', 'from')} {period.from_:%d/%m/%Y}"
        return f"{begins} {self('đến trước', 'until before')} {period.until:%d/%m/%Y}" if period.until else begins


def number(value: float, say: Words) -> str:
    """``2,5`` in Vietnamese, ``2.5`` in English, no needless zeros."""
    told = f"{value:g}"
    return told if say.english else told.replace(".", ",")


def arrow(place: str, old: str, new: str) -> str:
    """``place: old → new``."""
    return f"{place}: {old} → {new}"


def sides(place: str, old: str, new: str) -> Iterator[str]:
    """A line where the two differ; what is empty is a dash."""
    if old != new:
        yield arrow(place, old or NONE, new or NONE)
