"""Sổ chứng thực bản sao: the register book of a year, searched, page by page, and as Excel.

The columns: Nghị định 23/2015/NĐ-CP, Phụ lục (register of certified copies).
"""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import local
from motcua.certifying import actions, queries
from motcua.certifying.models import Copy
from motcua.certifying.rules import book_name
from motcua.payments.models import Bill
from motcua.printing.workbook import Column, workbook
from motcua.sites.desk.asking import Desk, asked, officer_only
from motcua.sites.desk.views.files import safe_name
from motcua.sites.desk.views.register import EXCEL, FIRST_YEAR, number
from motcua.sites.frame.words import masked

COLUMNS = (
    Column("Số thứ tự/số chứng thực", 11), Column("Ngày, tháng, năm chứng thực", 17),
    Column("Họ tên, số giấy tờ tuỳ thân của người yêu cầu chứng thực", 34),
    Column("Tên của bản chính giấy tờ, văn bản", 44), Column("Họ tên, chức danh người ký chứng thực", 36),
    Column("Số bản sao đã được chứng thực", 12), Column("Phí chứng thực (đồng)", 14), Column("Ghi chú", 34),
)  # fmt: skip


@officer_only
def book(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A page of the book of a year. Three queries beside the session, whatever the page."""
    desk.by.must_have(actions.BOOK_READERS)
    year, text, after = _asked_for(request, desk)
    found = queries.book(desk.agency.id, year, text)
    if after:
        found = found.filter(number__lt=after)
    lines = list(found[: queries.PAGE + 1])
    shown, more = lines[: queries.PAGE], len(lines) > queries.PAGE
    bills, kept = queries.bills_for(shown), {"nam": year, "q": text}
    context = {
        "desk": desk, "rows": [(each, bills.get(each.stream)) for each in shown], "year": year, "text": text,
        "years": sorted({year, local(desk.at).year, *queries.years(desk.agency.id)}, reverse=True),
        "name": book_name(year), "address": urlencode({"nam": year}), "later": bool(after),
        "next": f"?{urlencode({**kept, 'sau': shown[-1].number})}" if more else "",
    }  # fmt: skip
    return render(request, "desk/copy_book.html", context)


@officer_only
def excel(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The whole book as Excel, and the fact that it was taken. Raises `Refused` ``register_too_long``."""
    desk.by.must_have(actions.BOOK_READERS)
    year, _, _ = _asked_for(request, desk)
    lines = list(queries.book(desk.agency.id, year).order_by("number")[: queries.MOST_IN_EXCEL + 1])
    if len(lines) > queries.MOST_IN_EXCEL:
        raise Refused("register_too_long", limit=queries.MOST_IN_EXCEL)
    bills = queries.bills_for(lines)
    title = f"Sổ chứng thực bản sao từ bản chính, quyển số {book_name(year)}, {desk.agency.name}"
    made = workbook(title, COLUMNS, [cells(each, bills.get(each.stream)) for each in lines], at=desk.at)
    actions.take_book(year, len(lines), by=desk.by, at=desk.at)
    name = safe_name(f"so-chung-thuc-ban-sao-{year}")
    return HttpResponse(
        made, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


def cells(copy: Copy, bill: Bill | None) -> list[str | int | datetime | None]:
    """A line as the law has it, in the order of `COLUMNS`."""
    signer = copy.ended_by
    return [
        copy.number, copy.ended_at, ", ".join(filter(None, (copy.presenter_name, masked(copy.presenter_identity)))),
        copy.title, ", ".join(filter(None, (signer.full_name, signer.title))) if signer else "",
        1, fee_of(bill), note_of(copy, bill),
    ]  # fmt: skip


def fee_of(bill: Bill | None) -> int | None:
    """What the copy cost, in đồng; unknown where there is no bill."""
    if bill is None:
        return None
    return bill.total_vnd if bill.state in {"open", "paid"} else 0


def note_of(copy: Copy, bill: Bill | None) -> str:
    """What stands in the last column."""
    told = [f"Bản sao điện tử, kết quả số {copy.result.number}" if copy.result else ""]
    told += [{"open": "chưa thu phí", "waived": "miễn phí"}.get(bill.state, "") if bill else ""]
    return "; ".join(filter(None, told))


def _asked_for(request: HttpRequest, desk: Desk) -> tuple[int, str, int]:
    """The year, the words searched for, and the number the page begins below. Raises `NotFound` ``not_found``."""
    now = local(desk.at).year
    year, after = number(asked(request, "nam"), now), asked(request, "sau")
    if not FIRST_YEAR <= year <= now or (after and not (after.isascii() and after.isdecimal() and len(after) < 10)):
        raise NotFound("not_found")
    return year, asked(request, "q", 100), int(after or 0)
