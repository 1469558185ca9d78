"""A result as a credential: taken by its holder, checked by anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.errors import NotFound, Refused
from motcua.credentials import tokens
from motcua.people.models import Citizen
from motcua.results.queries import result_for
from motcua.sites.frame.fields import FieldView
from motcua.sites.frame.refusals import said
from motcua.sites.portal.asking import citizen_only
from motcua.sites.portal.names import safe_name
from motcua.sites.portal.reaching import reached

SHOWN = (
    ("resultNumber", "Số"), ("resultTitle", "Loại kết quả"), ("agencyName", "Cơ quan cấp"),
    ("holderInitials", "Cấp cho (chữ đầu của họ tên)"), ("documentSha256", "Mã băm SHA-256 của tệp"),
)  # fmt: skip


@citizen_only
def take(_request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """The credential of one's result as a file. Raises `NotFound` ``result_unknown``, and as `tokens.issue`."""
    at = timezone.now()
    found = result_for(reached(who, code, at=at).dossier.stream)
    if found is None or found.handed_over_at is None:
        raise NotFound("result_unknown")
    headers = {"Content-Disposition": f'attachment; filename="{safe_name(found.number)}.jwt"'}
    return HttpResponse(tokens.issue(found, at=at), content_type=tokens.MEDIA_TYPE, headers=headers)


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """What a token proves, sent as its file or pasted, in words. It is read and not kept."""
    context: dict[str, object] = {"box": FieldView("tep", now_("Tệp chứng thực số"), "file",
                                  hint=now_("Tệp có đuôi .jwt tải từ trang hồ sơ."),
                                  attributes=(("accept", ".jwt,application/vc+jwt"),))}  # fmt: skip
    if request.method == "POST":
        checked = tokens.check(token_in(request), at=timezone.now())
        subject = checked.claims.get("credentialSubject", {})
        context |= {
            "checked": checked, "refusal": said(Refused(checked.problem)) if checked.problem else None,
            "rows": [{"label": now_(label), "value": str(subject.get(name) or "")} for name, label in SHOWN if subject],
        }  # fmt: skip
    return render(request, "portal/credential.html", context)


def token_in(request: HttpRequest) -> str:
    """The token in the file that was sent, at most a byte more than is read; without one, what was pasted."""
    sent = request.FILES.get("tep")
    told = sent.read(tokens.MOST_BYTES + 1).decode(errors="replace") if sent else request.POST.get("ma", "")
    return told.strip()
