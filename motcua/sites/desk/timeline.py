"""The life of a dossier as officers read it: every fact with who did it, when, why and to which step it led."""

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
from motcua.dossiers.models import Standing
from motcua.printing.queries import names_of
from motcua.sites.desk.words import RETURNS
from motcua.sites.frame.templatetags.frame import day, moment
from motcua.sites.frame.words import step_name

TITLES = {
    "dossiers.submitted": _("Đã nộp hồ sơ"),
    "dossiers.taken_in": _("Tiếp nhận hộ"),
    "dossiers.received": _("Đã tiếp nhận"),
    "dossiers.refused_to_receive": _("Từ chối tiếp nhận"),
    "dossiers.supplement_asked": _("Yêu cầu bổ sung"),
    "dossiers.supplemented": _("Đã nộp bổ sung"),
    "dossiers.assigned": _("Đã phân công"),
    "dossiers.passed_on": _("Đã chuyển bước"),
    "dossiers.task_done": _("Đã làm xong một việc của bước"),
    "supervision.reminded": _("Hệ thống nhắc: hồ sơ ở bước này đã lâu"),
    "supervision.escalated": _("Hệ thống chuyển bước cho lãnh đạo vì quá thời gian"),
    "opinions.asked": _("Đã lấy ý kiến"),
    "opinions.answered": _("Đã có ý kiến trả lời"),
    "opinions.withdrawn": _("Đã rút yêu cầu lấy ý kiến"),
    "dossiers.payment_asked": _("Yêu cầu nộp phí, lệ phí"),
    "dossiers.payment_confirmed": _("Đã xác nhận khoản nộp"),
    "dossiers.extended": _("Xin lỗi và hẹn lại ngày trả"),
    "dossiers.stopped": _("Dừng xử lý"),
    "dossiers.withdrawn": _("Người nộp rút hồ sơ"),
    "dossiers.arrived_at_agency": _("Chuyển cơ quan, thời hạn không đổi"),
    "corrections.corrected": _("Người nộp sửa thông tin đã khai"),
    "corrections.decided": _("Trả lời yêu cầu sửa thông tin"),
    "corrections.return_chosen": _("Đổi cách nhận kết quả"),
    "payments.bill_made": _("Đã lập phiếu thu"),
    "payments.paid": _("Đã nhận được tiền"),
    "payments.waived": _("Đã miễn khoản phải nộp"),
    "payments.cancelled": _("Đã huỷ phiếu thu"),
    "payments.surplus_received": _("Nhận được tiền thừa, phải trả lại"),
    "payments.refund_asked": _("Quyết định hoàn trả"),
    "payments.refunded": _("Đã hoàn trả"),
    "charging.refund_due": _("Cần lãnh đạo quyết định hoàn trả"),
    "charging.refund_off": _("Không còn khoản cần quyết định hoàn trả"),
    "results.signature_given": _("Giao người khác ký văn bản kết quả"),
    "dossiers.handed_over": _("Đã trả kết quả"),
    "dossiers.closed": _("Đã đóng hồ sơ"),
}


def happened(
    facts: Sequence[Row], standing: Standing, names: dict[str, str], of_result: Sequence[Row] = ()
) -> list[dict[str, Any]]:
    """The rows of ``<c-timeline>``, oldest first; ``names`` are those of `printing.queries.names_of`, ``of_result``
    the facts of the result, of which few belong here."""
    money_facts = [fact for fact in told(standing.dossier) if fact.name in TITLES]
    about_result = [fact for fact in of_result if fact.name in TITLES]
    others = money_facts + about_result
    named = {**names, **_filer(standing), **(names_of(others) if others else {})}
    return _items(list(merge(facts, money_facts, about_result, key=lambda fact: fact.at)), standing, named)


def _items(facts: Sequence[Row], standing: Standing, names: dict[str, str]) -> list[dict[str, Any]]:
    edition = plan(standing.dossier.edition_id)
    return [_item(fact, edition, names) for fact in facts if fact.name in TITLES or "granted" in fact.data]


def last_act(facts: Sequence[Row], standing: Standing, names: dict[str, str]) -> str:
    """What was done last and by whom, for somebody who came second."""
    item = _items(facts, standing, {**names, **_filer(standing)})[-1]
    return f"{item['title']} · {item['who']} · {moment(item['at'])}"


def _item(fact: Row, edition: Plan, names: dict[str, str]) -> dict[str, Any]:
    another = now_("Người được uỷ quyền") if fact.actor.startswith("citizen:") else ""
    who = names.get(fact.actor, another)
    return {"title": _title(fact), "at": fact.at, "who": who, "text": " ".join(_details(fact, edition, names))}


def _filer(standing: Standing) -> dict[str, str]:
    filed_by = standing.dossier.filed_by
    return {f"citizen:{filed_by.id}": f"{filed_by.full_name} ({now_('người nộp')})"} if filed_by else {}


def _title(fact: Row) -> str:
    if fact.name == "corrections.decided":
        return now_("Chấp nhận sửa thông tin") if fact.data["accepted"] else now_("Không chấp nhận sửa thông tin")
    if fact.name == "corrections.corrected" and not fact.data["effective"]:
        return now_("Người nộp xin sửa thông tin")
    if "granted" in fact.data:
        return now_("Quyết định: đồng ý giải quyết") if fact.data["granted"] else now_("Quyết định: từ chối")
    return str(TITLES[fact.name])


def _details(fact: Row, edition: Plan, names: dict[str, str]) -> Iterator[str]:
    data = fact.data
    if fact.name in {"dossiers.received", "dossiers.passed_on"} and data["step"] in edition.steps:
        yield now_("Bước: %(step)s.") % {"step": step_name(edition.steps[data["step"]])}
    if officer := data.get("officer"):
        yield now_("Giao cho %(name)s.") % {"name": names.get(f"officer:{officer}", officer)}
    if sender := data.get("sender_name"):
        yield now_("Từ %(agency)s.") % {"agency": sender}
    yield from _opinion(fact)
    if fact.name == "dossiers.task_done" and data["step"] in edition.steps:
        yield from (f"{each.name}." for each in edition.steps[data["step"]].tasks if each.task == data["task"])
    if data.get("automatic"):
        yield now_("Bước trước tự động.")
    if data.get("ordinal", 1) > 1:
        yield now_("Lần yêu cầu thứ %(number)d: Nhà nước tính hồ sơ này là trễ hạn.") % {"number": data["ordinal"]}
    if fact.name == "dossiers.taken_in":
        yield now_("Tại %(agency)s.") % {"agency": data["name"]}
    if absent := data.get("for"):
        yield now_("Làm thay %(name)s.") % {"name": names.get(f"officer:{absent}", absent)}
    if amount := data.get("amount_vnd") or data.get("total_vnd"):
        yield f"{money(amount)}."
    if owed := data.get("owed_vnd"):
        yield now_("Còn phải nộp %(amount)s; pháp luật cho nộp sau.") % {"amount": money(owed)}
    if data.get("receipt"):
        yield now_("Biên lai số %(number)s.") % {"number": data["receipt"]}
    if data.get("due_at"):
        yield now_("Hẹn trả: %(when)s.") % {"when": moment(datetime.fromisoformat(data["due_at"]))}
    if data.get("answer_by"):
        yield now_("Chờ bổ sung đến hết %(day)s.") % {"day": day(date.fromisoformat(data["answer_by"]))}
    if data.get("how") in RETURNS:
        yield f"{RETURNS[data['how']]}."
    if why := data.get("reason") or data.get("note"):
        yield now_("Lý do: %(reason)s") % {"reason": why} if data.get("reason") else str(why)


def _opinion(fact: Row) -> Iterator[str]:
    data = fact.data
    if "opinion" in data:
        yield f"{data['name']}."
    if data.get("opinion_due"):
        yield now_("Hạn trả lời: %(when)s.") % {"when": moment(datetime.fromisoformat(data["opinion_due"]))}
    if "agrees" in data:
        yield now_("Đồng ý.") if data["agrees"] else now_("Không đồng ý.")
    if data.get("late"):
        yield now_("Trả lời quá hạn.")
