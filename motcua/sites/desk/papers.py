"""The papers of a filing at the counter: a box for the scan of each, and what was counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as now_
from django.utils.translation import ngettext

from motcua.catalogue.definition import Definition, Paper
from motcua.desks.actions.counter import MOST_SHEETS, Brought
from motcua.desks.models import PaperCount
from motcua.sites.frame.fields import FieldView

ORIGINALS, COPIES, PAGES, SHOWN = "ban-chinh-", "ban-sao-", "so-trang-", "xuat-trinh-"
COUNTS = (ORIGINALS, COPIES, PAGES, SHOWN)
OTHER = "khac"


@dataclass(frozen=True)
class Row:
    """One paper as the page shows it. ``box`` takes its scan, None for what is only shown."""

    code: str
    name: str
    asked: str
    box: FieldView | None
    numbers: tuple[FieldView, ...]
    shown: FieldView
    error: str = ""
    offers: tuple[tuple[str, str, str], ...] = ()  # what the button posts, the paper in words, how sure it is


def rows(definition: Definition, boxes: list[FieldView], typed: Mapping[str, str]) -> list[Row]:
    """Every paper of the edition in its order, at the end the place for what nobody asked for."""
    by_code = {box.name.removeprefix("tep-"): box for box in boxes}
    papers = [*definition.papers, Paper(OTHER, now_("Giấy tờ khác"), required=False)]
    return [_row(paper, by_code.get(paper.code), typed) for paper in papers]


def _row(paper: Paper, box: FieldView | None, typed: Mapping[str, str]) -> Row:
    words = ((ORIGINALS, now_("Bản chính")), (COPIES, now_("Bản sao")), (PAGES, now_("Số trang")))
    attributes = (("inputmode", "numeric"), ("class", "number"), ("maxlength", "4"))
    numbers = tuple(
        FieldView(start + paper.code, word, value=typed.get(start + paper.code, ""), attributes=attributes)
        for start, word in words
    )
    shown = FieldView(SHOWN + paper.code, now_("Chỉ xuất trình, không lưu"), "check",
                      value="1" if typed.get(SHOWN + paper.code) else "")  # fmt: skip
    # A paper may stay out for now (the officer asks for it later); it is not optional for that.
    box = replace(box, required=paper.required) if box else None
    return Row(paper.code, paper.name, asked_for(paper), box, () if paper.show_only else numbers, shown)


def asked_for(paper: Paper) -> str:
    """How many the edition asks for, in words; empty where it does not say."""
    told = [
        ngettext("%(n)d bản chính", "%(n)d bản chính", paper.originals) % {"n": paper.originals}
        if paper.originals
        else "",
        ngettext("%(n)d bản sao", "%(n)d bản sao", paper.copies) % {"n": paper.copies} if paper.copies else "",
    ]
    return ", ".join(filter(None, told))


def counted(definition: Definition, post: Mapping[str, str]) -> tuple[list[Brought], dict[str, str]]:
    """What was counted, and what is wrong with it by paper; papers of which nothing was typed are left out."""
    found, wrong = [], dict[str, str]()
    for code in [*(paper.code for paper in definition.papers), OTHER]:
        texts = [post.get(start + code, "").strip() for start in (ORIGINALS, COPIES, PAGES)]
        shown = bool(post.get(SHOWN + code))
        if not any(texts) and not shown:
            continue
        numbers = [_number(text) for text in texts]
        if any(text and number is None for text, number in zip(texts, numbers, strict=True)):
            wrong[code] = now_("Số bản và số trang là số nguyên từ 0 đến %(limit)d.") % {"limit": MOST_SHEETS}
            continue
        found.append(Brought(code, numbers[0] or 0, numbers[1] or 0, numbers[2], shown))
    return found, wrong


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and int(text[:9]) <= MOST_SHEETS else None


def told(counts: Iterator[PaperCount] | list[PaperCount], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The counts in words, by the name of the paper: for the page of the dossier."""
    return [(names.get(each.paper, each.paper), said(each)) for each in counts]


def said(count: PaperCount) -> str:
    """``"1 bản chính, 2 bản sao, 5 trang"``; what was only shown says so."""
    parts = [
        ngettext("%(n)d bản chính", "%(n)d bản chính", count.originals) % {"n": count.originals}
        if count.originals
        else "",
        ngettext("%(n)d bản sao", "%(n)d bản sao", count.copies) % {"n": count.copies} if count.copies else "",
        ngettext("%(n)d trang", "%(n)d trang", count.pages) % {"n": count.pages} if count.pages is not None else "",
        now_("chỉ xuất trình, không lưu") if count.shown else "",
    ]
    return ", ".join(filter(None, parts)) or now_("không có bản nào")
