"""Files that a person sends for papers, and the boxes to send them from."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as now_
from django.utils.translation import ngettext

from motcua.base.errors import Refused
from motcua.base.files import ACCEPTED
from motcua.catalogue.definition import Definition, Paper
from motcua.sites.frame.fields import FieldView
from motcua.sites.frame.refusals import said

PREFIX = "tep-"
OTHER = "khac"
ATTRIBUTES = (("multiple", "multiple"), ("accept", ",".join(f".{ending}" for ending in [*ACCEPTED.values(), "jpeg"])))


def paper_names(definition: Definition) -> dict[str, str]:
    """What each paper is called, by code; at the end the place for what nobody asked for."""
    return {paper.code: paper.name for paper in definition.papers if not paper.show_only} | {
        OTHER: now_("Giấy tờ khác")
    }


def counted(paper: Paper) -> str:
    """``"1 bản chính, 2 bản sao"``; what the source does not say is not said to be none."""
    if paper.show_only:
        return now_("Chỉ xuất trình")
    told = []
    if paper.originals:
        told.append(ngettext("%(n)d bản chính", "%(n)d bản chính", paper.originals) % {"n": paper.originals})
    if paper.copies:
        told.append(ngettext("%(n)d bản sao", "%(n)d bản sao", paper.copies) % {"n": paper.copies})
    return ", ".join(told) or now_("Chưa rõ số bản")


def told(paper: Paper) -> str:
    """What a person must know about a paper before attaching it."""
    when = now_("Khi: %(case)s") % {"case": paper.case} if paper.case else ""
    return ". ".join(filter(None, (counted(paper), when, paper.note)))


def limit_megabytes() -> int:
    """The largest file that is accepted."""
    return settings.MAX_FILE_BYTES // (1024 * 1024)


def take(request: HttpRequest, papers: Collection[str], keep: Callable[[str, UploadedFile], Any]) -> dict[str, str]:
    """Give every file sent to ``keep``; returns what was wrong, by paper. What could be kept stays kept."""
    wrong: dict[str, str] = {}
    for paper in papers:
        for file in request.FILES.getlist(PREFIX + paper):
            try:
                keep(paper, file)
            except Refused as no:
                words = said(no)
                wrong[paper] = f"{(file.name or '')[-80:]}: {words.what} {words.do}"
    return wrong


def boxes(
    definition: Definition, papers: Collection[str], wrong: Mapping[str, str], required: Collection[str]
) -> list[FieldView]:
    """One box for each paper asked for, in the order of the edition."""
    names = paper_names(definition)
    about = {paper.code: told(paper) for paper in definition.papers}
    return [
        FieldView(
            PREFIX + code,
            names.get(code, code),
            "file",
            hint=about.get(code, ""),
            error=wrong.get(code, ""),
            required=code in required,
            attributes=ATTRIBUTES,
        )
        for code in papers
    ]
