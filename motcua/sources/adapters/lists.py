"""Reading the portal's lists: legal bases, results, levels of government, subjects."""

import re
from collections.abc import Iterable

from motcua.base.text import fold
from motcua.catalogue.definition import LEVELS, SUBJECTS, Result
from motcua.sources.adapters.cells import Notes

_OFFICES = (
    "BNNPTNT BNNMT BLĐTBXH BVHTTDL BGDĐT BGTVT BTTTT BTNMT BKHCN BKHĐT BTC BTP BCA BXD BQP BYT BCT BNV BNG VPCP NHNN "
    "TTCP UBDT BDTTG BHXH KBNN UBND HĐND TTg CP"
).replace(" ", "|")
LAW = re.compile(
    r"(\d+(?:\.\d+)?)/((?:19|20)\d\d)/(QH\d\d|UBTVQH\d\d|NQ-QH\d\d|NQ-UBTVQH\d\d|"
    rf"[A-ZĐ]{{2,4}}(?:[-/](?:{_OFFICES}))+|[A-ZĐ]+(?:-[A-ZĐ]+)*(?![a-zà-ỹ]))"
)
WHOLE_KIND = re.compile(rf"(?:NQ-)?(?:UBTV)?QH\d\d|PL-UBTVQH|[A-ZĐ]{{2,4}}(?:[-/](?:{_OFFICES}))+")
# Right at the border of a cell, or after the kind of document: anywhere else "6/2025" is a month.
HALF_LAW = re.compile(
    r"(?:(?<=[a-zà-ỹ.);])|(?:Nghị định|Thông tư|Quyết định|Luật)(?: số)? )(\d{1,3}/(?:19|20)\d\d)(?![\d/])", re.I
)
CODE_WITHOUT_YEAR = re.compile(r"\d+/[A-ZĐ]{2,6}-[A-ZĐ]{2,10}")
LAW_HEADER = "Tên văn bản pháp lýMã văn bản"
RESULT = re.compile(r"Mã: ([A-ZĐ0-9._-]*\d)(?!\d)")
FOOTER = re.compile(r"Từ khóa(.*?)(?:Mô tả(.*?))?(?:Chọn cơ quan thực hiện.*)?$", re.DOTALL)

_LEVELS = {fold(label): code for code, label in LEVELS.items()}
_SUBJECTS = {fold(label): code for code, label in SUBJECTS.items()} | {
    "doanh nghiep viet nam": "enterprise",
    "nguoi nuoc ngoai cu tru tai viet nam": "foreigner",
}
ANY_SUBJECT = re.compile("|".join(re.escape(label) for label in sorted(_SUBJECTS, key=len, reverse=True)))


def levels_of(text: str, notes: Notes) -> tuple[str, ...]:
    """``"Cấp xã, Cấp Bộ"`` → ``("commune", "ministry")``, in the source's order; unknown words are reported."""
    return _codes(text.split(","), _LEVELS, "level_unknown", notes)


def subjects_of(text: str, notes: Notes) -> tuple[str, ...]:
    """Codes of the subjects; two of their names hold commas themselves."""
    told = fold(text)
    if left := ANY_SUBJECT.sub("", told).strip(" ,"):
        notes.add("subject_unknown", "subjects", f"{left} ← {text}")
    return tuple(dict.fromkeys(_SUBJECTS[label] for label in ANY_SUBJECT.findall(told)))


def _codes(parts: Iterable[str], known: dict[str, str], defect: str, notes: Notes) -> tuple[str, ...]:
    found = []
    for part in filter(None, map(str.strip, parts)):
        if code := known.get(fold(part)):
            found.append(code)
        else:
            notes.add(defect, defect.split("_")[0], part)
    return tuple(dict.fromkeys(found))


def laws_in(text: str, notes: Notes) -> tuple[str, ...]:
    """Every code of a legal document in a run-together table; half codes ("146/2025") are kept as they are."""
    body = text.replace(LAW_HEADER, "")
    found = []
    for match in LAW.finditer(body):
        number = match[1]
        if len(number) > 4 and number[:2] in {"19", "20"}:
            number = number[4:]  # the year that ends the name before: "năm 2011" + "02/2011/QH13"
        elif len(number.partition(".")[0]) > 4:
            notes.add("legal_code_run_together", "law", match[0])
            continue
        found.append(f"{number}/{match[2]}/{match[3]}")
        if not WHOLE_KIND.fullmatch(match[3]):
            notes.add("legal_code_dirty", "law", found[-1])
    for half in HALF_LAW.findall(LAW.sub(" ", body)):
        notes.add("legal_code_dirty", "law", half)
        if not any(code.startswith(f"{half}/") for code in found):
            found.append(half)
    return tuple(dict.fromkeys(found))


def law_of(cell: str, name: str, notes: Notes) -> str:
    """One legal document's code. A dirty code is mended only by the full code in the document's own name."""
    if LAW.fullmatch(cell) or CODE_WITHOUT_YEAR.fullmatch(cell):
        return cell
    notes.add("legal_code_dirty", "law", cell)
    inside = {match[0] for match in LAW.finditer(cell)} or {match[0] for match in LAW.finditer(name)}
    number = re.search(r"\d+", cell)
    if len(inside) != 1 or not number:
        return cell
    only = inside.pop()
    return only if only.partition("/")[0].lstrip("0") == number[0].lstrip("0") else cell


def results_of(text: str, notes: Notes) -> tuple[tuple[Result, ...], str, str]:
    """Results, keywords and description; the page's footer behind them is cut off."""
    footer = FOOTER.search(text)
    body = text[: footer.start()] if footer else text
    if "Chọn cơ quan thực hiện" in text:
        notes.add("page_footer_cut", "results", text[text.index("Chọn cơ quan thực hiện") :])
    found, start = [], 0
    for match in RESULT.finditer(body):
        found.append(Result(body[start : match.start()].strip(), match[1]))
        start = match.end()
    if rest := body[start:].strip():
        notes.add("result_without_code", "results", rest)
        found.append(Result(rest))
    keywords, about = (footer[1] or "", footer[2] or "") if footer else ("", "")
    return tuple(result for result in found if result.name), _told(keywords), _told(about)


def _told(text: str) -> str:
    return "" if text.strip() in {"", "Không có thông tin"} else text.strip()
