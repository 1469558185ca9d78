"""What the filer of a dossier is told, one row a fact. Pure text; who and where is added by the subscriber."""

from typing import Any

from motcua.base.money import money

# fact → (Vietnamese title, English title, the field of the fact that is shown as the body)
TOLD: dict[str, tuple[str, str, str]] = {
    "dossiers.submitted": ("Đã nộp hồ sơ {code}", "Dossier {code} was filed", ""),
    "dossiers.received": ("Hồ sơ {code} đã được tiếp nhận", "Dossier {code} was received", ""),
    "dossiers.refused_to_receive": (
        "Hồ sơ {code} không được tiếp nhận",
        "Dossier {code} was not received",
        "reason",
    ),
    "dossiers.supplement_asked": ("Hồ sơ {code} cần bổ sung", "Dossier {code} needs a supplement", "reason"),
    "opinions.asked": (
        "Cơ quan đang lấy ý kiến về hồ sơ {code}",
        "Another agency is asked for its opinion on {code}",
        "name",
    ),
    "dossiers.supplemented": (
        "Đã nhận phần bổ sung của hồ sơ {code}",
        "The supplement to {code} has arrived",
        "",
    ),
    "dossiers.payment_asked": (
        "Hồ sơ {code} cần nộp phí, lệ phí",
        "A fee is to be paid for {code}",
        "reason",
    ),
    "dossiers.payment_confirmed": (
        "Hồ sơ {code} được giải quyết tiếp",
        "Processing of {code} goes on",
        "",
    ),
    "dossiers.extended": (
        "Xin lỗi và hẹn lại ngày trả hồ sơ {code}",
        "Apology and a new date for {code}",
        "reason",
    ),
    "dossiers.decided": ("Hồ sơ {code} đã có kết quả", "There is a result for {code}", "reason"),
    "dossiers.stopped": ("Hồ sơ {code} đã dừng xử lý", "Dossier {code} was stopped", "reason"),
    "dossiers.withdrawn": ("Đã rút hồ sơ {code}", "Dossier {code} was withdrawn", ""),
    "dossiers.arrived_at_agency": (
        "Hồ sơ {code} được chuyển sang cơ quan khác, ngày hẹn trả không đổi",
        "Dossier {code} went to another agency; its date stays",
        "reason",
    ),
    "corrections.decided": (
        "Cơ quan đã trả lời yêu cầu sửa thông tin của hồ sơ {code}",
        "Your correction of {code} was answered",
        "reason",
    ),
    "dossiers.handed_over": ("Đã trả kết quả hồ sơ {code}", "The result of {code} was handed over", ""),
}

# fact of a bill → (Vietnamese title, English title, the field of the fact that is shown as the body). A bill that was
# asked for in the middle is told by the dossier's own fact.
MONEY: dict[str, tuple[str, str, str]] = {
    "payments.bill_made": (
        "Hồ sơ {code} có khoản phải nộp {amount}",
        "{amount} is to be paid for {code}",
        "",
    ),
    "payments.paid": ("Đã nhận được {amount} của hồ sơ {code}", "{amount} for {code} was received", "receipt"),
    "payments.surplus_received": (
        "Bạn đã nộp thừa {amount} cho hồ sơ {code}; cơ quan sẽ trả lại",
        "{amount} came too much for {code}; the agency will pay it back",
        "",
    ),
    "payments.waived": ("Hồ sơ {code} được miễn {amount}", "{amount} for {code} was waived", "reason"),
    "payments.refunded": ("Đã hoàn trả {amount} của hồ sơ {code}", "{amount} for {code} was paid back", ""),
    "charging.refund_due": (
        "Cơ quan sẽ quyết định việc hoàn trả {amount} của hồ sơ {code}",
        "The agency will decide whether {amount} for {code} goes back",
        "reason",
    ),
}

# fact of a result → what its holder is told, and what to do; why stands in the body
RESULTS = {
    "results.suspended": (
        "{title} số {number} đang tạm dừng hiệu lực. Xin chưa dùng, cho đến khi cơ quan báo có hiệu lực trở lại.",
        "Result {number} is suspended. Please do not use it until the agency tells you that it holds again.",
    ),
    "results.resumed": (
        "{title} số {number} có hiệu lực trở lại. Bạn lại dùng được như trước.",
        "Result {number} is in force again. You can use it as before.",
    ),
    "results.revoked": (
        "{title} số {number} đã bị thu hồi. Xin không dùng nữa; nếu chưa rõ hoặc không đồng ý, bạn hãy hỏi "
        "hoặc khiếu nại tới cơ quan đã cấp.",
        "Result {number} was revoked. Please do not use it any more; ask the agency that issued it if anything is "
        "unclear, or complain there if you disagree.",
    ),
    "results.replaced": (
        "{title} số {number} đã được thay bằng kết quả số {by}. Từ nay xin dùng kết quả mới.",
        "Result {number} was replaced by result {by}. Please use the new one from now on.",
    ),
}

# fact of a mandate → what the one authorised is told
MANDATES = {
    "mandates.given": ("{giver} uỷ quyền cho bạn một hồ sơ", "{giver} authorised you for a dossier"),
    "mandates.revoked": ("{giver} đã thu hồi uỷ quyền", "{giver} revoked the authorisation"),
}


def told(name: str, code: str, data: dict[str, Any]) -> tuple[str, str, str]:
    """Title in Vietnamese and in English, and body, for the fact ``name`` of the dossier ``code``."""
    vi, en, field = TOLD[name]
    return vi.format(code=code), en.format(code=code), str(data.get(field, "")) if field else ""


def told_of_money(name: str, code: str, data: dict[str, Any]) -> tuple[str, str, str]:
    """The same for the fact ``name`` of a bill for the dossier ``code``."""
    vi, en, field = MONEY[name]
    named = {"code": code, "amount": money(data.get("amount_vnd", data.get("total_vnd", 0)))}
    return vi.format(**named), en.format(**named), str(data.get(field, "")) if field else ""


def told_of_result(name: str, title: str, data: dict[str, Any]) -> tuple[str, str, str]:
    """The same for the fact ``name`` of a result called ``title``."""
    vi, en = RESULTS[name]
    why = f"Lý do: {data['reason']}"
    body = f"{why} (quyết định số {data['decision']})" if data.get("decision") else why
    return vi.format(title=title, **data), en.format(**data), body
