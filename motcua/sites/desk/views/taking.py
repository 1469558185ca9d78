"""The worklist as an Excel file, as it is filtered, with no more of a person than the name."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.base.worktime import Calendar, local
from motcua.catalogue.queries import plan, plans
from motcua.deadlines.queries import calendar_for
from motcua.desks.actions.taking import take_list
from motcua.dossiers import queries
from motcua.dossiers.actions import look_at_all
from motcua.dossiers.models import Standing
from motcua.printing.workbook import Cell, Column, workbook
from motcua.sites.desk import words
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.lists import listed
from motcua.sites.frame.words import state_tag, text_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
PURPOSE = "listing"


@officer_only
def excel(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every line of the list, what is due first on top. Raises `Refused` ``list_too_long``.

    Effects: the fact that it was taken, and a look at each dossier in it.
    """
    asked, office = listed(request.GET), calendar_for(desk.agency.code)
    soon = office.add_working_minutes(desk.at, words.NEAR_MINUTES)
    found = queries.matching(desk.by, asked.filters, soon=soon, at=desk.at)
    many = found.count()
    if many > MOST:
        raise Refused("list_too_long", limit=MOST, lines=many)
    plans(found.order_by().values_list("dossier__edition", flat=True).distinct())
    rows = found.select_related("dossier__edition", "officer").order_by("due_at", "dossier_id")
    rows = rows.defer("tip", "dossier__answers", "dossier__edition__definition")[:MOST]
    lines = (cells(standing, office, desk) for standing in rows.iterator(chunk_size=2000))
    title = now_("Danh sách hồ sơ, %(agency)s") % {"agency": desk.agency.name}
    content = workbook(title, columns(), lines, at=desk.at)
    look_at_all(found.values_list("dossier_id", flat=True)[:MOST], PURPOSE, by=desk.by, at=desk.at)
    take_list([*asked.kept], many, by=desk.by, at=desk.at)
    headers = {"Content-Disposition": f'attachment; filename="ho-so-{local(desk.at):%Y%m%d-%H%M}.xlsx"'}
    return HttpResponse(content, content_type=EXCEL, headers=headers)


def columns() -> list[Column]:
    """The columns in the reader's language."""
    return [
        Column(now_("Mã hồ sơ"), 24), Column(now_("Mã thủ tục"), 12), Column(now_("Thủ tục"), 44),
        Column(now_("Chủ hồ sơ"), 28), Column(now_("Trạng thái"), 22), Column(now_("Bước"), 22),
        Column(now_("Đang giữ hồ sơ"), 26), Column(now_("Nộp lúc"), 17), Column(now_("Tiếp nhận"), 17),
        Column(now_("Hạn trả"), 17), Column(now_("Thời hạn"), 26),
    ]  # fmt: skip


def cells(standing: Standing, office: Calendar, desk: Desk) -> list[Cell]:
    """One line in the order of `columns`. No query once the plans are known."""
    dossier, definition = standing.dossier, plan(standing.dossier.edition_id).definition
    return [
        dossier.code, definition.procedure, text_of(definition.name), dossier.owner_name,
        state_tag(standing.state).label, words.step_at(standing), words.holder(standing), dossier.submitted_at,
        standing.received_at, words.promised(standing, office), words.deadline(standing, office, desk.at).label,
    ]  # fmt: skip
