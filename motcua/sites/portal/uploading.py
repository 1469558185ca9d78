"""Files that a person sends for papers, and the boxes to send them from."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.base.files import ACCEPTED
from motcua.catalogue.definition import Definition
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


def take(request: HttpRequest, papers: Collection[str], keep: Callable[[str, UploadedFile], Any]) -> dict[str, str]:
    """Give every file sent to ``keep``; returns what was wrong, by paper. What could be kept stays kept."""
    wrong: dict[str, str] = {}
    for paper in papers:
        for file in request.FILES.getlist(PREFIX + paper):
            try:
                keep(paper, file)
            except Refused as no:
                words = said(no)
                wrong[paper] = f"{file.name[-80:]}: {words.what} {words.do}"
    return wrong


def boxes(
    definition: Definition, papers: Collection[str], wrong: Mapping[str, str], required: Collection[str]
) -> list[FieldView]:
    """One box for each paper asked for, in the order of the edition."""
    limit = settings.MAX_FILE_BYTES // (1024 * 1024)
    hint = now_("Ảnh chụp rõ hoặc bản quét; mỗi tệp tối đa %(limit)d MB.") % {"limit": limit}
    names = paper_names(definition)
    return [
        FieldView(
            PREFIX + code,
            names.get(code, code),
            "file",
            hint=hint,
            error=wrong.get(code, ""),
            required=code in required,
            attributes=ATTRIBUTES,
        )
        for code in papers
    ]
