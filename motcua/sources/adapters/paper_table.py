"""Taking apart the portal's table "Tên giấy tờ | Mẫu đơn, tờ khai | Số lượng" whose cells were run together."""

import re
from itertools import zip_longest
from typing import NamedTuple

import msgspec

from motcua.base.text import slug
from motcua.catalogue.definition import Paper
from motcua.sources.adapters.cells import Notes

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
# The count ends its row: the next row, or nothing, follows. A stop behind it, or blanks on both sides, mean
# "01 bản chính" inside a name.
COUNT = re.compile(
    r"(\d+) bản chính(?:,(\d+) bản sao)?(?:(?=\s*$)|(?![\s,;.):]))"
    r"|(?<![\s\d(])(\d+) bản chính(?:,(\d+) bản sao)?(?=\s+[A-ZĐ*+-])"
)
YEAR_BEFORE = re.compile(r"(?:\d{1,2}/\d{1,2}/|năm )(?:19|20)\d\d(?=(\d{1,2})$)")
FILE = re.compile(r"(?<=[a-zà-ỹ.);:”])([A-ZĐ0-9][^/\n]{0,120}\.(?:docx?|pdf|xlsx?|rtf|rar|zip|jpe?g|png))$")
LONGEST_TITLE = 500


class Papers(NamedTuple):
    """``rest`` is text that belongs to no row, kept whole."""

    papers: tuple[Paper, ...]
    cases: tuple[str, ...]
    rest: str


def papers_of(text: str, notes: Notes) -> Papers:
    """The rows of the table, each with the title of its case."""
    if HEADER not in text:
        rest = text.strip("- \n")
        if rest:
            notes.add("papers_unreadable", "papers", rest)
        return Papers((), (), rest)
    title, *bodies = text.split(HEADER)
    papers: list[Paper] = []
    left_over: list[str] = []
    for body in bodies:
        case = title.strip("- \n")
        if len(case) > LONGEST_TITLE:
            notes.add("text_before_papers", "papers", case)
            left_over.append(case)
            case = ""
        rows, title = _rows(body, case, notes)
        papers.extend(rows)
    left_over.append(title.strip("- \n"))
    cases = dict.fromkeys(paper.case for paper in papers if paper.case)
    return Papers(with_codes(papers), tuple(cases), "\n".join(filter(None, left_over)))


def _rows(body: str, case: str, notes: Notes) -> tuple[list[Paper], str]:
    """The papers of one case and the text behind the last of them: the title of the next case."""
    rows, start = [], 0
    counts = list(COUNT.finditer(body))
    for count, following in zip_longest(counts, counts[1:]):
        if following and following.start() == count.end():
            continue  # "…: 02 bản chính" + "1 bản chính": the first belongs to the name
        rows.append(_paper(body[start : count.start()], count, case, notes))
        start = count.end()
    return rows, body[start:]


def _paper(before: str, count: re.Match[str], case: str, notes: Notes) -> Paper:
    name, originals = _name_and_originals(before, count[1] or count[3], notes)
    copies = count[2] or count[4]
    file = FILE.search(name)
    if file:
        name = name[: file.start()]
    elif re.search(r"\.(?:docx?|pdf|xlsx?)$", name):
        notes.add("form_file_run_together", "papers", name[-80:])
    return Paper(
        code="",
        name=name.strip(),
        originals=originals,
        copies=int(copies) if copies else None,
        required="nếu có" not in name.lower(),
        case=case,
        note=file[1] if file else "",
    )


def _name_and_originals(before: str, digits: str, notes: Notes) -> tuple[str, int | None]:
    """Where the name ends and the count begins. "Mẫu số 05" + "1" reads "051": unread, unless a date ends there."""
    if len(digits) == 1:
        return before, int(digits)
    if dated := YEAR_BEFORE.search(before + digits):
        return dated.string[: dated.end()], int(dated[1])
    last = before[-1:]
    if len(digits) == 2 and digits[0] != "0" and (last.islower() or last in ".,;:)”"):
        return before, int(digits)
    notes.add("paper_count_run_together", "papers", f"{before[-40:]}{digits} bản chính")
    return before + digits, None


def with_codes(papers: list[Paper]) -> tuple[Paper, ...]:
    """The papers with a short code each, made from the name and distinct within the procedure."""
    seen: dict[str, int] = {}
    coded = []
    for paper in papers:
        code = slug(paper.name[:80])[:48].strip("-") or "giay-to"
        seen[code] = seen.get(code, 0) + 1
        distinct = code if seen[code] == 1 else f"{code}-{seen[code]}"
        coded.append(msgspec.structs.replace(paper, code=distinct))
    return tuple(coded)
