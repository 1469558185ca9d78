"""Answering what a filer asks to correct. The request with old and new stands on the page of the dossier."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base.errors import Refused
from motcua.corrections import actions
from motcua.dossiers import queries
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.views.dossier import seen_in
from motcua.sites.frame.refusals import said


@require_POST
@officer_only
def correction(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Accept, or refuse with the reason; a refusal of ours is told above the page of the dossier."""
    standing, seen = queries.at_desk(code, desk.by), seen_in(request)
    try:
        if "accept" in request.POST:
            actions.accept_correction(standing.dossier_id, by=desk.by, at=desk.at, seen=seen)
            messages.success(request, now_("Đã chấp nhận sửa. Thông tin mới có hiệu lực."))
        else:
            reason = request.POST.get("reason", "")
            actions.refuse_correction(standing.dossier_id, reason, by=desk.by, at=desk.at, seen=seen)
            messages.success(request, now_("Đã trả lời: không chấp nhận sửa."))
    except Refused as no:
        words = said(no)
        messages.error(request, f"{words.what} {words.do}")
    return redirect("desk:dossier", code=standing.dossier.code)
