"""The life of a dossier in plain words: what happened, who has it, what comes next, why it is due when it is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.ledger import Row
from motcua.base.money import money
from motcua.catalogue.queries import Plan, plan
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.deadlines.words import explain
from motcua.dossiers.actions.intake import due_of
from motcua.dossiers.models import Standing
from motcua.dossiers.states import PAUSED, State
from motcua.sites.frame.templatetags.frame import day, moment
from motcua.sites.frame.words import language, step_name
from motcua.sites.portal.words import ROLES

TITLES = {
    "dossiers.submitted": _("Đã nộp hồ sơ"),
    "dossiers.received": _("Đã tiếp nhận"),
    "dossiers.refused_to_receive": _("Không tiếp nhận"),
    "dossiers.supplement_asked": _("Cơ quan yêu cầu bổ sung giấy tờ"),
    "dossiers.supplemented": _("Đã nộp bổ sung"),
    "dossiers.assigned": _("Đã phân công người xử lý"),
    "dossiers.passed_on": _("Đã chuyển sang bước tiếp theo"),
    "dossiers.payment_asked": _("Cơ quan yêu cầu nộp phí, lệ phí"),
    "dossiers.payment_confirmed": _("Đã ghi nhận khoản nộp"),
    "dossiers.extended": _("Cơ quan xin lỗi và hẹn lại ngày trả"),
    "dossiers.stopped": _("Dừng xử lý"),
    "dossiers.withdrawn": _("Đã rút hồ sơ"),
    "dossiers.handed_over": _("Đã trả kết quả"),
    "dossiers.closed": _("Đã đóng hồ sơ"),
}
NEXT = {
    State.SUBMITTED: _(
        "Bộ phận một cửa kiểm tra và tiếp nhận hồ sơ. Khi tiếp nhận, bạn được báo ngày hẹn trả kết quả."
    ),
    State.RETURNED: _("Bạn nộp bổ sung theo yêu cầu ở đầu trang này; sau đó bộ phận một cửa xem lại để tiếp nhận."),
    State.RECEIVED: _("Cơ quan đang giải quyết. Bạn không cần làm gì thêm."),
    State.PROCESSING: _("Cơ quan đang giải quyết. Bạn không cần làm gì thêm."),
    State.SUPPLEMENTING: _(
        "Bạn nộp bổ sung theo yêu cầu ở đầu trang này. Thời gian chờ bạn không tính vào thời hạn của cơ quan."
    ),
    State.PAYING: _("Bạn nộp phí, lệ phí tại bộ phận một cửa; cơ quan giải quyết tiếp khi đã ghi nhận khoản nộp."),
    State.DECIDED: _("Kết quả đã có. Bộ phận một cửa sẽ trả theo cách bạn đã chọn."),
    State.HANDED_OVER: _("Kết quả đã được trả. Bạn không cần làm gì thêm."),
    State.CLOSED: _("Hồ sơ đã hoàn tất và được lưu."),
    State.REFUSED: _("Hồ sơ không được tiếp nhận. Bạn có thể sửa theo lý do đã nêu và nộp lại một hồ sơ mới."),
    State.STOPPED: _("Hồ sơ đã dừng xử lý. Bạn có thể nộp lại một hồ sơ mới."),
    State.WITHDRAWN: _("Bạn đã rút hồ sơ này. Bạn có thể nộp lại một hồ sơ mới."),
}
PAUSES = {"dossiers.supplement_asked", "dossiers.payment_asked"}
RESUMES = {"dossiers.supplemented", "dossiers.payment_confirmed"}


def happened(facts: Sequence[Row], standing: Standing) -> list[dict[str, Any]]:
    """The rows of ``<c-timeline>``, oldest first, ended by what comes next. Notes between officers are not told."""
    told = [_item(fact, standing) for fact in facts if fact.name in TITLES or fact.name == "dossiers.decided"]
    state = "now" if standing.ended_at is None or standing.state == State.DECIDED else "done"
    return [*told, {"title": now_("Bây giờ"), "text": str(NEXT[State(standing.state)]), "state": state}]


def _item(fact: Row, standing: Standing) -> dict[str, Any]:
    who = {"citizen": now_("Người nộp"), "officer": standing.agency.name, "system": now_("Hệ thống")}
    text = " ".join(_details(fact, plan(standing.dossier.edition_id)))
    return {"title": _title(fact), "at": fact.at, "who": who[fact.actor.partition(":")[0]], "text": text}


def _title(fact: Row) -> str:
    if fact.name == "dossiers.decided":
        return now_("Đã giải quyết: có kết quả") if fact.data["granted"] else now_("Đã giải quyết: từ chối")
    return str(TITLES[fact.name])


def _details(fact: Row, edition: Plan) -> Iterator[str]:
    data = fact.data
    if fact.name in {"dossiers.received", "dossiers.passed_on"} and data["step"] in edition.steps:
        yield now_("Bước: %(step)s.") % {"step": step_name(edition.steps[data["step"]])}
    if "amount_vnd" in data:
        yield f"{money(data['amount_vnd'])}."
    if data.get("due_at"):
        yield now_("Hẹn trả: %(when)s.") % {"when": moment(datetime.fromisoformat(data["due_at"]))}
    if data.get("reason"):
        yield now_("Lý do: %(reason)s.") % {"reason": data["reason"].rstrip(". ")}
    if data.get("answer_by"):
        yield now_("Hạn bổ sung: %(date)s.") % {"date": day(date.fromisoformat(data["answer_by"]))}


def what_next(standing: Standing) -> str:
    """What the filer may expect now."""
    return str(NEXT[State(standing.state)])


def holder(standing: Standing) -> str:
    """Who has the file: the filer while we wait for him, else the agency and the role of the step."""
    if standing.state in PAUSED:
        return now_("Đang chờ bạn")
    if standing.state in {State.HANDED_OVER, State.CLOSED}:
        return now_("Đã trả cho người nộp")
    role = ROLES.get(standing.role)
    return f"{standing.agency.name}, {role}" if role else standing.agency.name


def why_due(standing: Standing, facts: Sequence[Row]) -> str:
    """How the appointment was counted, with every wait; empty where that does not lead to the date promised."""
    if standing.received_at is None:
        return ""
    paused_at = None
    edition = plan(standing.dossier.edition_id)
    due = due_of(edition, standing.dossier.channel, standing.agency.code, standing.received_at)
    for fact in facts:
        if fact.name in PAUSES and fact.at >= standing.received_at:
            paused_at = fact.at
        elif fact.name in RESUMES and paused_at and due:
            office = calendar_for(standing.agency.code)
            due, paused_at = deadlines.with_pause(due, paused_at, fact.at, office), None
    return explain(due.explanation, language()) if due and due.at == standing.due_at else ""
