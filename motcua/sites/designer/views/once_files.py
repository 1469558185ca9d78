"""The once-only report as files: pictures, JSON, CSV, Excel."""

import csv
import io

import orjson
from django.http import HttpRequest, HttpResponse

from motcua.base.worktime import local
from motcua.printing.workbook import Column, workbook
from motcua.review.plain import COLUMNS, rows
from motcua.sites.designer.asking import Administrator, leaders_only
from motcua.surveys import queries
from motcua.surveys.models import Survey

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (14, 50, 24, 8, 60, 8, 14, 44, 24, 30, 40, 14, 12)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@leaders_only
def picture(request: HttpRequest, who: Administrator, narrow: bool = False) -> HttpResponse:  # noqa: ARG001
    """The papers that cost most, drawn; ``narrow`` for a phone."""
    return HttpResponse(queries.picture(narrow=narrow), content_type="image/svg+xml")


@leaders_only
def as_json(request: HttpRequest, who: Administrator) -> HttpResponse:  # noqa: ARG001
    """Everything, with the version of the catalogue and the day."""
    survey = queries.whole()
    made = {"catalogue_version": survey.version, "day": survey.day, "made_at": survey.ended_at}
    return _file(orjson.dumps(made | survey.content), "application/json", survey, "json")


@leaders_only
def as_csv(request: HttpRequest, who: Administrator) -> HttpResponse:  # noqa: ARG001
    """One row for each needless line and result, for spreadsheets; what looks like a formula is marked as text."""
    survey, text = queries.whole(), io.StringIO()
    written = csv.writer(text)
    written.writerow(COLUMNS)
    for row in rows(survey.content):
        written.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row])
    return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", survey, "csv")


@leaders_only
def as_excel(request: HttpRequest, who: Administrator) -> HttpResponse:  # noqa: ARG001
    """The same rows as a sheet."""
    survey = queries.whole()
    columns = [Column(name, width) for name, width in zip(COLUMNS, WIDTHS, strict=True)]
    title = f"Rà soát giấy tờ không cần hỏi, danh mục phiên bản {survey.version}, ngày {survey.day:%d/%m/%Y}"
    return _file(workbook(title, columns, rows(survey.content), at=who.at), EXCEL, survey, "xlsx")


def _file(content: bytes, kind: str, survey: Survey, ending: str) -> HttpResponse:
    name = f"ra-soat-{local(survey.ended_at):%Y%m%d-%H%M}.{ending}" if survey.ended_at else f"ra-soat.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
