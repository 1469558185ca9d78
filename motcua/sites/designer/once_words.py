"""How the once-only report is told on its pages: figures, qualities and registers in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.review.matching import CODE, CONTAINED, EXACT, OVERLAP
from motcua.review.words import REGISTER_NAMES
from motcua.sites.frame.words import english

QUALITIES = {
    CODE: _("cùng mã kết quả"),
    EXACT: _("trùng tên"),
    CONTAINED: _("tên kết quả là phần đầu tên giấy tờ"),
    OVERLAP: _("trùng phần lớn các từ"),
}
KINDS = {CODE: "green", EXACT: "green", CONTAINED: "blue", OVERLAP: "amber"}
MATCHES = tuple(QUALITIES)
Rows = list[tuple[str, str, str]]


def figures(head: Mapping[str, Any]) -> tuple[Rows, Rows]:
    """Every figure with its meaning; how the lines were matched apart from the rest."""
    said = [(code, *_figure(figure)) for code, figure in head["figures"].items()]
    return [row[1:] for row in said if row[0] not in QUALITIES], [row[1:] for row in said if row[0] in QUALITIES]


def _figure(figure: Mapping[str, Any]) -> tuple[str, str, str]:
    many = number(figure["count"])
    if english():
        return figure["name_en"], figure["meaning_en"], many
    return figure["name"], figure["meaning"], many


def number(count: int) -> str:
    """``13.727``, in English ``13,727``."""
    return f"{count:,}" if english() else f"{count:,}".replace(",", ".")


def count(head: Mapping[str, Any], name: str) -> int:
    """One figure."""
    return int(head["figures"][name]["count"])


def needless(head: Mapping[str, Any]) -> int:
    """Lines that need not be asked by either evidence."""
    return count(head, "by_result") + count(head, "by_register") - count(head, "by_both")


def qualities(matched: Mapping[str, int]) -> list[tuple[str, int]]:
    """How a paper was matched, the surest first."""
    return [(str(QUALITIES[one]), matched[one]) for one in QUALITIES if matched.get(one)]


def register_name(code: str) -> str:
    """What a register is called."""
    return REGISTER_NAMES[code].name_en if english() else REGISTER_NAMES[code].name


def line(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A line of a dossier for a page: which result or register, by whom, how sure, and whether the whole line goes."""
    return {
        "place": raw["place"], "name": raw["name"], "sheets": raw["sheets"], "waived": raw["waived"],
        "recorded": raw["recorded"],
        "whole": raw["by_result"] or raw["by_register"],
        "by_result": raw["by_result"],
        "matches": [
            {"result": match["result"], "quality": QUALITIES[match["quality"]], "kind": KINDS[match["quality"]],
             "givers": givers(match["givers"][:3], names), "more": max(len(match["givers"]) - 3, 0)}
            for match in raw["matches"]
        ],
        "registers": [
            (register_name(code), REGISTER_NAMES[code].law, REGISTER_NAMES[code].note) for code in raw["registers"]
        ],
    }  # fmt: skip


def givers(codes: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Procedures by code and name."""
    return [(code, names.get(code, "")) for code in codes]
