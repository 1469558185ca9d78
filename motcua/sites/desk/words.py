"""What states, steps, roles and deadlines are called at the desk, in the reader's language."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.base.worktime import Calendar, local
from motcua.catalogue.queries import plan
from motcua.deadlines.queries import calendar_for
from motcua.dossiers.models import Standing
from motcua.dossiers.states import PAUSED, State
from motcua.sites.frame.words import Tag, step_name

DAY_MINUTES = 8 * 60  # a working day of the law
NEAR_MINUTES = 2 * DAY_MINUTES  # a due date this near is amber
RETURNS = {
    "online": _("Trả trực tuyến, vào tài khoản của người nộp"),
    "counter": _("Trả tại bộ phận một cửa"),
    "post": _("Trả qua bưu chính"),
}
ROLES = {
    "reception": _("Tiếp nhận và trả kết quả"),
    "clerk": _("Chuyên viên thụ lý"),
    "head": _("Lãnh đạo phòng"),
    "approver": _("Lãnh đạo ký duyệt"),
    "administrator": _("Quản trị hệ thống"),
}
ENDED = {State.STOPPED, State.WITHDRAWN}  # ended without a result
DUE = {"overdue": _("Quá hạn"), "soon": _("Sắp đến hạn"), "later": _("Còn hạn")}


def offices_of(standings: Iterable[Standing]) -> dict[str, Calendar]:
    """The calendars of the agencies where these stand, by code. One query for each agency, however many dossiers."""
    return {code: calendar_for(code) for code in {each.agency.code for each in standings}}


def step_at(standing: Standing) -> str:
    """The step the dossier stands at; empty when no step holds it."""
    step = plan(standing.dossier.edition_id).steps.get(standing.step)
    return step_name(step) if step else ""


def holder(standing: Standing) -> str:
    """Who has the file: the filer while we wait, else the officer it was given to, else the role of its step."""
    if standing.state in PAUSED:
        return now_("Người nộp hồ sơ")
    if standing.officer:
        return standing.officer.full_name
    return str(ROLES.get(standing.role, ""))


def promised(standing: Standing, office: Calendar) -> datetime | None:
    """What the desk must keep: the appointment, and before reception the closing of the day it was filed on.

    Source: filings online are received within the working day (Nghị định 118/2025/NĐ-CP).
    """
    if standing.state != State.SUBMITTED:
        return standing.due_at
    opened = office.next_opening(standing.dossier.submitted_at)
    return office.closing(local(opened).date())


def deadline(standing: Standing, office: Calendar, at: datetime) -> Tag:
    """Green above two working days, amber to two, red when overdue, and always the words."""
    due = promised(standing, office)
    if due is None:
        return Tag(now_("Không có hạn"), "plain", "dot")
    if standing.state in PAUSED:
        return Tag(now_("Tạm dừng tính hạn"), "plain", "pause")
    if standing.ended_at:
        late = standing.ended_at > due
        return Tag(now_("Xong quá hạn"), "late", "alert") if late else Tag(now_("Xong đúng hạn"), "ok", "check")
    if at > due:
        return Tag(overdue(office.working_minutes_between(due, at)), "late", "alert")
    left = office.working_minutes_between(at, due)
    return Tag(remaining(left), "ok", "check") if left > NEAR_MINUTES else Tag(remaining(left), "soon", "clock")


def overdue(minutes: int) -> str:
    """``"Quá hạn 1 ngày làm việc"`` for working ``minutes`` past the due moment; whole days are counted."""
    if days := minutes // DAY_MINUTES:
        return ngettext("Quá hạn %(n)d ngày làm việc", "Quá hạn %(n)d ngày làm việc", days) % {"n": days}
    hours = minutes // 60
    if not hours:
        return now_("Vừa quá hạn")
    return ngettext("Quá hạn %(n)d giờ làm việc", "Quá hạn %(n)d giờ làm việc", hours) % {"n": hours}


def remaining(minutes: int) -> str:
    """``"Còn 2 ngày làm việc"``; a day begun counts as a day, an hour begun as an hour."""
    if minutes >= DAY_MINUTES:
        days = -(-minutes // DAY_MINUTES)
        return ngettext("Còn %(n)d ngày làm việc", "Còn %(n)d ngày làm việc", days) % {"n": days}
    hours = -(-minutes // 60)
    return ngettext("Còn %(n)d giờ làm việc", "Còn %(n)d giờ làm việc", hours) % {"n": hours}
