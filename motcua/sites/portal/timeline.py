"""The life of a dossier in plain words: what happened, who has it, what comes next, why it is due when it is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from heapq import merge
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.ledger import Row
from motcua.base.money import money
from motcua.catalogue.queries import Plan, plan
from motcua.charging.queries import told
from motcua.deadlines.words import WEEKDAYS
from motcua.dossiers.models import Standing, Supplement
from motcua.dossiers.states import PAUSED, State
from motcua.printing.receipts import explained
from motcua.sites.frame.changes import labels_of
from motcua.sites.frame.templatetags.frame import day, moment
from motcua.sites.frame.words import language, step_name
from motcua.sites.portal.words import RETURNS, ROLES

TITLES = {
    "dossiers.submitted": _("Đã nộp hồ sơ"),
    "dossiers.taken_in": _("Đã nộp tại quầy của cơ quan khác trong tỉnh"),
    "dossiers.received": _("Đã tiếp nhận"),
    "dossiers.refused_to_receive": _("Không tiếp nhận"),
    "dossiers.supplement_asked": _("Cơ quan yêu cầu bổ sung giấy tờ"),
    "dossiers.supplemented": _("Đã nộp bổ sung"),
    "dossiers.assigned": _("Đã phân công người xử lý"),
    "dossiers.passed_on": _("Đã chuyển sang bước tiếp theo"),
    "opinions.asked": _("Đang lấy ý kiến của cơ quan khác"),
    "opinions.answered": _("Cơ quan được hỏi đã trả lời"),
    "opinions.withdrawn": _("Không cần lấy ý kiến nữa"),
    "supervision.escalated": _("Hồ sơ được chuyển cho lãnh đạo vì ở một bước quá lâu"),
    "dossiers.payment_asked": _("Cơ quan yêu cầu nộp phí, lệ phí"),
    "dossiers.payment_confirmed": _("Đã ghi nhận khoản nộp"),
    "dossiers.extended": _("Cơ quan xin lỗi và hẹn lại ngày trả"),
    "dossiers.stopped": _("Dừng xử lý"),
    "dossiers.withdrawn": _("Đã rút hồ sơ"),
    "dossiers.arrived_at_agency": _("Chuyển sang cơ quan khác, ngày hẹn trả không đổi"),
    "corrections.corrected": _("Đã sửa thông tin đã khai"),
    "corrections.decided": _("Cơ quan trả lời yêu cầu sửa thông tin"),
    "corrections.return_chosen": _("Đã đổi cách nhận kết quả"),
    "payments.bill_made": _("Phiếu thu phí, lệ phí"),
    "payments.paid": _("Đã nhận được tiền của bạn"),
    "payments.waived": _("Bạn được miễn khoản này"),
    "payments.cancelled": _("Phiếu thu không còn hiệu lực"),
    "payments.surplus_received": _("Nhận được tiền thừa, cơ quan sẽ trả lại bạn"),
    "payments.refund_asked": _("Cơ quan quyết định hoàn trả"),
    "payments.refunded": _("Đã hoàn trả"),
    "charging.refund_due": _("Cơ quan xem xét hoàn trả"),
    "charging.refund_off": _("Không còn khoản được xem xét hoàn trả"),
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
    State.PAYING: _(
        "Bạn nộp phí, lệ phí trực tuyến hoặc tại bộ phận một cửa; hồ sơ được giải quyết tiếp ngay khi tiền đã đến."
    ),
    State.DECIDED: _("Kết quả đã có. Bộ phận một cửa sẽ trả theo cách bạn đã chọn."),
    State.HANDED_OVER: _("Kết quả đã được trả. Bạn không cần làm gì thêm."),
    State.CLOSED: _("Hồ sơ đã hoàn tất và được lưu."),
    State.REFUSED: _("Hồ sơ không được tiếp nhận. Bạn có thể sửa theo lý do đã nêu và nộp lại một hồ sơ mới."),
    State.STOPPED: _("Hồ sơ đã dừng xử lý. Bạn có thể nộp lại một hồ sơ mới."),
    State.WITHDRAWN: _("Bạn đã rút hồ sơ này. Bạn có thể nộp lại một hồ sơ mới."),
}


def happened(facts: Sequence[Row], standing: Standing) -> list[dict[str, Any]]:
    """The rows of ``<c-timeline>``, oldest first, ended by what comes next. Notes between officers are not told."""
    all_facts = merge(facts, told(standing.dossier), key=lambda fact: fact.at)
    items = [_item(fact, standing) for fact in all_facts if fact.name in TITLES or fact.name == "dossiers.decided"]
    state = "now" if standing.ended_at is None or standing.state == State.DECIDED else "done"
    return [*items, {"title": now_("Bây giờ"), "text": str(NEXT[State(standing.state)]), "state": state}]


def _item(fact: Row, standing: Standing) -> dict[str, Any]:
    who = {"citizen": now_("Người nộp"), "officer": standing.agency.name, "system": now_("Hệ thống")}
    text = " ".join(_details(fact, plan(standing.dossier.edition_id)))
    actor = who[fact.actor.partition(":")[0]]
    if fact.actor.startswith("citizen:") and fact.actor != f"citizen:{standing.dossier.filed_by_id}":
        actor = now_("Người được uỷ quyền")
    return {"title": _title(fact), "at": fact.at, "who": actor, "text": text}


def _title(fact: Row) -> str:
    if fact.name == "corrections.decided":
        return now_("Cơ quan chấp nhận sửa") if fact.data["accepted"] else now_("Cơ quan không chấp nhận sửa")
    if fact.name == "corrections.corrected" and not fact.data["effective"]:
        return now_("Đã gửi yêu cầu sửa thông tin")
    if fact.name == "dossiers.decided":
        return now_("Đã giải quyết: có kết quả") if fact.data["granted"] else now_("Đã giải quyết: từ chối")
    return str(TITLES[fact.name])


def _details(fact: Row, edition: Plan) -> Iterator[str]:
    data = fact.data
    if fact.name in {"dossiers.received", "dossiers.passed_on"} and data["step"] in edition.steps:
        yield now_("Bước: %(step)s.") % {"step": step_name(edition.steps[data["step"]])}
    if sender := data.get("sender_name"):
        yield now_("Từ %(agency)s.") % {"agency": sender}
    if data.get("opinion_due"):
        due = moment(datetime.fromisoformat(data["opinion_due"]))
        yield now_("Đang lấy ý kiến của %(agency)s, hạn trả lời %(due)s.") % {"agency": data["name"], "due": due}
    elif "opinion" in data:
        yield f"{data['name']}."
    if fact.name == "dossiers.taken_in":
        yield now_("Nộp tại %(agency)s.") % {"agency": data["name"]}
    if amount := data.get("amount_vnd") or data.get("total_vnd"):
        yield f"{money(amount)}."
    if owed := data.get("owed_vnd"):
        yield now_("Bạn còn phải nộp %(amount)s; pháp luật cho nộp sau.") % {"amount": money(owed)}
    if data.get("receipt"):
        yield now_("Biên lai số %(number)s.") % {"number": data["receipt"]}
    if fields := data.get("fields"):
        yield now_("Các mục: %(names)s.") % {"names": labels_of(edition.form_definition, fields)}
    if fact.name == "corrections.return_chosen":
        yield f"{RETURNS[data['how']]}."
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
    """How the appointment was counted, in the reader's language; empty where that does not lead to the date promised."""
    return explained(standing, facts, language())


def answer_by_words(asked: Supplement, today: date) -> str:
    """Until when the request must be answered, as the weekday and the days that are left."""
    named = {"day": WEEKDAYS[language()][asked.answer_by.weekday()], "date": day(asked.answer_by)}
    left = (asked.answer_by - today).days
    if left < 0:
        return now_("Hạn bổ sung đã qua: %(day)s, %(date)s") % named
    if left == 0:
        return now_("Hôm nay là ngày cuối để bổ sung (%(day)s, %(date)s)") % named
    return now_("Hãy nộp bổ sung chậm nhất là %(day)s, %(date)s (còn %(left)s ngày)") % {**named, "left": left}
