"""Open to anybody: where a dossier stands, by its code; whether a result is genuine, by its number and check code."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.errors import NotFound, Refused
from motcua.catalogue.queries import plan
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import standing_by_code
from motcua.dossiers.states import PAUSED, State
from motcua.results.models import Result
from motcua.results.queries import verified
from motcua.sites.frame.fields import FieldView, error_list
from motcua.sites.frame.public import public_page
from motcua.sites.frame.refusals import Said, said
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import state_tag, text_of
from motcua.sites.portal.asking import asked

VERIFIED_SECONDS = 60


@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """State, dates and who has it: nothing about any person, since codes can be guessed."""
    code = asked(request, "ma", 80)
    context: dict[str, object] = {"code": code}
    status = 200
    if code:
        try:
            standing = standing_by_code(code)
        except NotFound:
            status, context["refusal"] = 404, _unknown_code()
        else:
            context |= {"rows": public_rows(standing), "tag": state_tag(standing.state)}
    return render(request, "portal/track.html", context, status=status)


@public_page(seconds=VERIFIED_SECONDS)
def verify(request: HttpRequest) -> HttpResponse:
    """What was checked, in words, or a clear no. One query."""
    number, check_code = asked(request, "so", 80), asked(request, "ma", 20)
    context: dict[str, object] = {"number": number, "check_code": check_code}
    status = 200
    if number and check_code:
        try:
            context["rows"] = verified_rows(verified(number, check_code))
        except Refused as no:
            status, context["refusal"] = no.status, said(no)
    return render(request, "portal/verify.html", context, status=status)


@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """Whether a file is, byte for byte, the one in our records. It is read and not kept."""
    result = verified(asked(request, "so", 80), asked(request, "ma", 20))
    sent = request.FILES.get("tep")
    sha256 = sha256_of(sent) if sent else ""
    error = now_("Hãy chọn tệp.") if request.method == "POST" and not sha256 else ""
    box = FieldView("tep", now_("Tệp bạn có"), "file", error=error)
    same = bool(sha256) and sha256 == result.file_id
    context = {"result": result, "box": box, "errors": error_list([box]), "sha256": sha256, "same": same}
    return render(request, "portal/compare.html", context, status=422 if error else 200)


def sha256_of(file: UploadedFile) -> str:
    """The digest of a file, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def holding(standing: Standing) -> str:
    """Who has the file, as anybody may know."""
    with_filer = standing.state in PAUSED or standing.state in {State.HANDED_OVER, State.CLOSED}
    return now_("Người nộp hồ sơ") if with_filer else standing.agency.name


def public_rows(standing: Standing) -> list[dict[str, str]]:
    """What anybody may know of a dossier."""
    rows = [
        (now_("Mã hồ sơ"), standing.dossier.code),
        (now_("Thủ tục"), text_of(plan(standing.dossier.edition_id).definition.name)),
        (now_("Đang giữ hồ sơ"), holding(standing)),
        (now_("Nộp lúc"), moment(standing.dossier.submitted_at)),
        (now_("Tiếp nhận lúc"), moment(standing.received_at) or now_("Chưa tiếp nhận")),
        (now_("Hẹn trả kết quả"), moment(standing.due_at) or now_("Được báo khi tiếp nhận")),
        (now_("Giải quyết xong lúc"), moment(standing.ended_at) or now_("Chưa xong")),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def verified_rows(result: Result) -> list[dict[str, str]]:
    """What our records say of a result, to be compared with the paper in hand."""
    rows = [
        (now_("Số"), result.number),
        (now_("Loại kết quả"), result.title),
        (now_("Cơ quan cấp"), result.agency.name),
        (now_("Cấp lúc"), moment(result.issued_at)),
        (now_("Cấp cho (chữ đầu của họ tên)"), initials(result.holder_name)),
        (now_("Mã băm SHA-256 của tệp"), result.file_id or now_("Tệp đang được tạo")),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def initials(name: str) -> str:
    """``"Nguyễn Thị Lan"`` → ``"N. T. L."``: enough to compare with the paper, too little to learn a name from."""
    return " ".join(f"{word[0]}." for word in name.split())


def _unknown_code() -> Said:
    return Said(
        now_("Không có hồ sơ nào mang mã này."),
        now_(
            "Hãy xem lại mã in trên giấy tiếp nhận, ví dụ H99.101-261110-0001. Mã có chữ, số, dấu chấm và gạch nối."
        ),
    )
