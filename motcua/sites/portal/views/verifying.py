"""Open to anybody: whether a result is genuine and holds today, by number and check code, by its QR, or by its file."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.errors import Invalid, Refused
from motcua.base.text import initials
from motcua.results.examining import HEAD, MOST_MEGABYTES, Examined, Finding, examine, must_be_examinable
from motcua.results.models import Result
from motcua.results.queries import verified
from motcua.sites.frame.fields import FieldView
from motcua.sites.frame.refusals import said
from motcua.sites.frame.results import banner, holds, lines, result_tag, signed_told, state_told, validity_told
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.portal.asking import asked, today


@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """What the registry says now, or a clear no: what was taken back must not be shown as it was. One query."""
    number, check_code = asked(request, "so", 80), asked(request, "ma", 20)
    context: dict[str, object] = {"number": number, "check_code": check_code}
    status = 200
    if number and check_code:
        try:
            result = verified(number, check_code)
        except Refused as no:
            status, context["refusal"] = no.status, said(no)
        else:
            on = today()
            context |= {"result": result, "rows": verified_rows(result), "tag": result_tag(result, on),
                        "state": state_told(result, on), "holds": holds(result, on)}  # fmt: skip
    return render(request, "portal/verify.html", context, status=status)


@never_cache
def examined(request: HttpRequest) -> HttpResponse:
    """What a file proves, line by line; with a number and its code in the address, held against that result.

    The file is read and not kept. Raises `NotFound` ``result_not_verified``. At most three queries.
    """
    number, check_code = asked(request, "so", 80), asked(request, "ma", 20)
    expected = verified(number, check_code) if number or check_code else None
    hint = now_("Tệp PDF, tối đa %(most)s MB. Tệp chỉ được đọc để kiểm tra, không được giữ lại.")
    box = FieldView("tep", now_("Tệp kết quả bạn có"), "file", hint=hint % {"most": MOST_MEGABYTES},
                    attributes=(("accept", ".pdf,application/pdf"),))  # fmt: skip
    context: dict[str, object] = {"box": box, "expected": expected}
    status = 200
    if request.method == "POST":
        try:
            found = examine(bytes_of(request.FILES.get("tep")), at=timezone.now(), expected=expected)
        except Refused as no:
            status, context["refusal"] = no.status, said(no)
        else:
            context |= told(found, today())
    return render(request, "portal/examined.html", context, status=status)


def told(found: Examined, on: date) -> dict[str, object]:
    """A file that was examined, as the page shows it. Of a file that is not ours nothing more of the result is told."""
    same = found.result if found.finding is Finding.SAME else None
    return {"banner": banner(found, on), "lines": lines(found, on), "sha256": found.sha256,
            "rows": verified_rows(same) if same else []}  # fmt: skip


def bytes_of(sent: UploadedFile | None) -> bytes:
    """The file that was sent. Raises `Invalid` ``verify_missing``, and as `must_be_examinable`."""
    if sent is None:
        raise Invalid("verify_missing")
    must_be_examinable(sent.size or 0, sent.read(HEAD))
    sent.seek(0)
    return sent.read()


def verified_rows(result: Result) -> list[dict[str, str]]:
    """What our records say of a result, to be compared with the paper in hand."""
    rows = [
        (now_("Số"), result.number),
        (now_("Loại kết quả"), result.title, "vi"),
        (now_("Cơ quan cấp"), result.agency.name, "vi"),
        (now_("Cấp lúc"), moment(result.issued_at)),
        (now_("Thời hạn hiệu lực"), validity_told(result)),
        (now_("Cấp cho (chữ đầu của họ tên)"), initials(result.holder_name)),
        (now_("Ký số"), signed_told(result)),
        (now_("Mã băm SHA-256 của tệp"), result.file_id or now_("Tệp đang được tạo")),
    ]
    return [{"label": label, "value": value, "lang": "".join(lang)} for label, value, *lang in rows if value]
