"""Open to anybody: where a dossier stands, by its code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.errors import NotFound
from motcua.catalogue.queries import plan
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import standing_by_code
from motcua.dossiers.states import PAUSED, State
from motcua.sites.frame.refusals import Said
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import state_tag, text_of
from motcua.sites.portal.asking import asked


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


def _unknown_code() -> Said:
    return Said(
        now_("Không có hồ sơ nào mang mã này."),
        now_(
            "Hãy xem lại mã in trên giấy tiếp nhận, ví dụ H99.101-261110-0001. Mã có chữ, số, dấu chấm và gạch nối."
        ),
    )
