"""Certified copies: what waits, the request at the counter, one copy and what can be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from motcua.base import files
from motcua.base.errors import NotFound, Refused
from motcua.base.ids import new_id
from motcua.base.money import money
from motcua.certifying import actions, documents, queries
from motcua.certifying.models import Copy
from motcua.certifying.rules import CERTIFIES, fee_lines
from motcua.certifying.states import MACHINE
from motcua.fees.rules import total
from motcua.payments import actions as payments
from motcua.printing.paid import receipt_for
from motcua.sites.desk.asking import Desk, asked, id_in, officer_only, uuid_of
from motcua.sites.desk.copies import (
    PURPOSE,
    CancelForm,
    CardForm,
    CopyForm,
    RefuseForm,
    copied_from,
    fee_tag,
    row,
    summary,
    tag,
)
from motcua.sites.desk.views.files import inline, safe_name
from motcua.sites.frame.refusals import said

AGAIN = "Chứng thực tiếp cho cùng người yêu cầu"
VIEWING = frozenset({"reception", "clerk", "head", "approver"})


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for whom, and for reception the next request; a post takes it in. Five queries beside the session."""
    desk.by.must_have(VIEWING)
    form = _begun(request, desk)
    if request.method != "POST":
        return _list(request, desk, form)
    form.keep_files(request, desk.at)
    if "_tra-cuu" in request.POST:
        form.look_up(desk)
        return _list(request, desk, form)
    if not form.is_valid() or form.fault:
        return _list(request, desk, form, 422)
    try:
        made = actions.take(form.request(desk), by=desk.by, at=desk.at)
        if form.cleaned_data["compared"] and made.state == "taken":
            actions.compare(made.id, by=desk.by, at=desk.at)
    except Refused as no:
        return _list(request, desk, form, form.refuse_request(no))
    told = {"pages": made.pages, "fee": money(total(fee_lines(made.pages)))}
    messages.success(request, now_("Đã ghi nhận: %(pages)d trang, phí %(fee)s.") % told)
    again = f"?cung={made.id}" if "_nua" in request.POST else ""
    return redirect(reverse("desk:copies") + again)


@officer_only
def copy(request: HttpRequest, desk: Desk, copy: str) -> HttpResponse:
    """One copy: what it is, what was scanned, and what can be done now."""
    return _page(request, desk, _found(copy, desk))


@officer_only
def preview(request: HttpRequest, desk: Desk, copy: str) -> HttpResponse:  # noqa: ARG001
    """The document as it would be certified, to be looked at. The look is recorded."""
    found = _found(copy, desk)
    actions.look(found, PURPOSE, by=desk.by, at=desk.at)
    return inline(documents.preview(found, at=desk.at), f"{safe_name(found.title)}.pdf")


@officer_only
def document(request: HttpRequest, desk: Desk, copy: str) -> HttpResponse:  # noqa: ARG001
    """The certified copy, once its document is made. Raises `NotFound` ``result_unknown`` before."""
    found = _found(copy, desk)
    if found.result is None or found.result.file_id is None:
        raise NotFound("result_unknown")
    actions.look(found, PURPOSE, by=desk.by, at=desk.at)
    with files.open_file(found.result.file_id) as content:
        return inline(content.read(), f"{safe_name(found.result.number)}.pdf")


@officer_only
def receipt(request: HttpRequest, desk: Desk, copy: str) -> HttpResponse:  # noqa: ARG001
    """Biên lai of the fee, to be printed. Raises `NotFound` ``bill_unknown``, ``receipt_unknown``."""
    found = _found(copy, desk)
    bill = queries.bills_for([found]).get(found.stream)
    if bill is None:
        raise NotFound("bill_unknown")
    matter = f"Chứng thực số {found.certification}" if found.number else f"Chứng thực bản sao: {found.title}"
    made = receipt_for(bill, found.presenter_name, matter, "Chứng thực bản sao từ bản chính giấy tờ, văn bản")
    return inline(made, f"bien-lai-{safe_name(bill.number)}.pdf")


@officer_only
def scan(request: HttpRequest, desk: Desk, copy: str, place: int) -> FileResponse:  # noqa: ARG001
    """A scan as a download, as it was brought. The look is recorded."""
    found = _found(copy, desk)
    one = found.scans.select_related("file").filter(place=place).first()
    if one is None:
        raise NotFound("not_found")
    actions.look(found, PURPOSE, by=desk.by, at=desk.at)
    kind = one.file.media_type
    name = f"{safe_name(found.title)}-{place}.{files.ACCEPTED[kind]}"
    return FileResponse(files.open_file(one.file_id), as_attachment=True, filename=name, content_type=kind)


@require_POST
@officer_only
def act(request: HttpRequest, desk: Desk, copy: str, slug: str) -> HttpResponse:
    """One verb. Refused, the page comes back with the reason and with what was typed."""
    if slug not in ACTS:
        raise NotFound("not_found")
    found, (shape, do, done) = _found(copy, desk), ACTS[slug]
    form = shape(request.POST, prefix=slug) if shape else None
    if form is not None and not form.is_valid():
        return _page(request, desk, found, {slug: form}, 422)
    try:
        do(found, form.cleaned_data if form else {}, by=desk.by, at=desk.at)
    except Refused as no:
        if form is not None:
            return _page(request, desk, found, {slug: form}, form.refuse(no))
        messages.error(request, f"{said(no).what} {said(no).do}")
        return redirect("desk:copy", copy=found.id)
    messages.success(request, str(done()))
    return redirect(_onward(request, desk, found, slug))


def _begun(request: HttpRequest, desk: Desk) -> CopyForm:
    if request.method == "POST":
        return CopyForm(request.POST)
    if (same := id_in(asked(request, "cung"))) is not None:
        earlier = queries.copy_at(same, desk.agency.id)
        actions.look(earlier, AGAIN, by=desk.by, at=desk.at)
        return copied_from(earlier, new_id())
    return CopyForm(initial={"id": new_id()})


def _list(request: HttpRequest, desk: Desk, form: CopyForm, status: int = 200) -> HttpResponse:
    waiting, ready = queries.waiting(desk.agency.id), queries.to_hand_over(desk.agency.id)
    ended = queries.ended_lately(desk.agency.id)
    bills = queries.bills_for([*waiting, *ready])
    rows = [row(each, bills) for each in waiting]
    context = {
        "desk": desk, "form": form, "takes": "reception" in desk.by.roles and desk.agency.level in CERTIFIES,
        "to_compare": [each for each in rows if each["copy"].state == "taken"],
        "to_certify": [each for each in rows if each["copy"].state == "compared"],
        "ready": [row(each, bills) for each in ready], "ended": [row(each, {}) for each in ended],
        "number": form["identity"].name,
    }  # fmt: skip
    return render(request, "desk/copies.html", context, status=status)


def _page(
    request: HttpRequest, desk: Desk, copy: Copy, typed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    bill = queries.bills_for([copy]).get(copy.stream)
    open_now = {each.verb for each in MACHINE.open_to(copy.state, desk.by.roles)}
    handed = copy.result is not None and copy.result.handed_over_at is not None
    offers = [] if handed else [
        (slug, label, (typed or {}).get(slug) or (shape(prefix=slug) if shape else None))
        for slug, verb, label, shape in OFFERS if verb in open_now
    ]  # fmt: skip
    context = {
        "desk": desk, "copy": copy, "tag": tag(copy.state), "rows": summary(copy), "scans": copy.scans.all(),
        "bill": bill, "fee": fee_tag(bill), "offers": offers, "handed": handed,
        "takes": bill is not None and bill.state == "open" and "reception" in desk.by.roles,
        "card": (typed or {}).get("thu-the") or CardForm(prefix="thu-the"),
        "errors": [fault for form in (typed or {}).values() for fault in form.summary],
    }  # fmt: skip
    return render(request, "desk/copy.html", context, status=status)


def _found(text: str, desk: Desk) -> Copy:
    """The copy in the address. Raises `Forbidden` ``wrong_role``, `NotFound`."""
    desk.by.must_have(VIEWING)
    return queries.copy_at(uuid_of(text), desk.agency.id)


def _onward(request: HttpRequest, desk: Desk, done: Copy, slug: str) -> str:
    """After a certification to the next one that waits; after what the list itself offers, back to it."""
    if slug == "chung-thuc":
        following = queries.next_compared(desk.agency.id)
        return reverse("desk:copy", kwargs={"copy": following.id}) if following else reverse("desk:copies")
    if request.POST.get("ve") == "danh-sach":
        return reverse("desk:copies")
    return reverse("desk:copy", kwargs={"copy": done.id})


def _pay(method: str) -> Callable[..., Any]:
    def take(copy: Copy, given: dict[str, Any], **who: Any) -> Any:
        bill = queries.bills_for([copy]).get(copy.stream)
        if bill is None:
            raise NotFound("bill_unknown")
        return payments.take(bill.id, method, given.get("slip", ""), **who)

    return take


Act = tuple[Any, Callable[..., Any], Callable[[], str]]
ACTS: dict[str, Act] = {
    "doi-chieu": (None, lambda copy, _, **who: actions.compare(copy.id, **who), lambda: now_("Đã ghi nhận đối chiếu.")),
    "chung-thuc": (None, lambda copy, _, **who: actions.certify(copy.id, **who), lambda: now_("Đã chứng thực.")),
    "tra": (None, lambda copy, _, **who: actions.hand_over(copy.id, **who), lambda: now_("Đã trả bản sao.")),
    "thu-tien-mat": (None, _pay("cash"), lambda: now_("Đã thu tiền mặt.")),
    "thu-the": (CardForm, _pay("card"), lambda: now_("Đã thu qua thẻ.")),
    "tu-choi": (RefuseForm, lambda copy, given, **who: actions.refuse(copy.id, given["ground"], given["note"], **who),
                lambda: now_("Đã từ chối chứng thực.")),
    "huy": (CancelForm, lambda copy, given, **who: actions.cancel(copy.id, given["reason"], **who),
            lambda: now_("Đã huỷ yêu cầu.")),
}  # fmt: skip
OFFERS = [
    ("doi-chieu", "compare", _("Đã đối chiếu đúng với bản chính"), None),
    ("chung-thuc", "certify", _("Chứng thực"), None),
    ("tra", "hand_over", _("Trả bản sao"), None),
    ("tu-choi", "refuse", _("Từ chối chứng thực"), RefuseForm),
    ("huy", "cancel", _("Huỷ yêu cầu"), CancelForm),
]
