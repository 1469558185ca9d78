"""One dossier as its filer sees it: receipt, where it is, what happened, what to do; supplement, withdraw, download."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base import files
from motcua.base.errors import NotFound, Refused
from motcua.base.models import StoredFile
from motcua.catalogue.queries import plan
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Standing, Supplement
from motcua.dossiers.rules import Attached
from motcua.dossiers.states import MACHINE, PAUSED
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.printing import letters, receipts
from motcua.results.queries import result_for
from motcua.sites.frame.fields import error_list
from motcua.sites.frame.letters import letters_of
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import state_tag, text_of
from motcua.sites.portal.asking import citizen_only
from motcua.sites.portal.forms import Reason
from motcua.sites.portal.timeline import happened, holder, what_next, why_due
from motcua.sites.portal.uploading import OTHER, boxes, limit_megabytes, paper_names, take
from motcua.sites.portal.words import RETURNS
from motcua.sites.portal.writing import label_of, summary


def mine(who: Citizen, code: str) -> Standing:
    """The person's own dossier. Raises `NotFound` ``dossier_unknown``, also for somebody else's."""
    standing = queries.standing_by_code(code)
    if standing.dossier.filed_by_id != who.id:
        raise NotFound("dossier_unknown")
    return standing


@citizen_only
def dossier(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Everything about one dossier."""
    return _page(request, mine(who, code))


@require_POST
@citizen_only
def supplement(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Answer the request for papers. A file that is not accepted leaves the request open; nothing is half-sent."""
    standing, at = mine(who, code), timezone.now()
    attached: list[Attached] = []

    def keep(paper: str, file: UploadedFile) -> None:
        label = (file.name or "").replace("\x00", "")[-120:]
        attached.append(Attached(paper, files.store(file.chunks(), at=at).sha256, label))

    wrong = take(request, _wanted(standing), keep)
    if not wrong:
        try:
            actions.supplement(standing.dossier_id, attached, by=citizen_actor(who), at=at, seen=_seen(request))
            return redirect("portal:dossier", code=code)
        except Refused as no:
            if no.code != "papers_missing":
                raise
            wrong = {paper: now_("Hãy chọn tệp cho giấy tờ này.") for paper in no.details["papers"]}
    return _page(request, standing, wrong, status=422)


@citizen_only
def withdraw(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Ask why, then take the dossier back."""
    standing, by, status = mine(who, code), citizen_actor(who), 200
    MACHINE.check("withdraw", standing.state, by)
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(standing.dossier_id, reason, by=by, at=timezone.now(), seen=_seen(request))
        return redirect("portal:dossier", code=code)
    if request.method == "POST":
        status = 422
    context = {"form": form, "standing": standing, "code": standing.dossier.code}
    return render(request, "portal/withdraw.html", context, status=status)


@citizen_only
def paper(_request: HttpRequest, who: Citizen, code: str, paper: UUID) -> FileResponse:
    """A file the person filed."""
    found = next((each for each in queries.papers_of(mine(who, code).dossier) if each.id == paper), None)
    if found is None:
        raise NotFound("not_found")
    return download(found.file, found.label)


@citizen_only
def result(_request: HttpRequest, who: Citizen, code: str) -> FileResponse:
    """The result, once it was handed over. Raises `NotFound` ``result_unknown`` before."""
    found = result_for(mine(who, code).dossier.stream)
    if found is None or found.handed_over_at is None or found.file_id is None:
        raise NotFound("result_unknown")
    return download(StoredFile.objects.get(pk=found.file_id), f"{found.number}.pdf")


@citizen_only
def receipt(_request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Form 01, receipt and appointment, as PDF. Raises `Refused` ``not_received_yet``."""
    standing = mine(who, code)
    return pdf(receipts.receipt(standing), standing.dossier.code)


@citizen_only
def letter(_request: HttpRequest, who: Citizen, code: str, form: str, fact: int) -> HttpResponse:
    """A letter of the agency (form 02 to 05) as PDF. Raises `NotFound` ``letter_unknown``."""
    standing = mine(who, code)
    return pdf(letters.letter(standing, form, fact), f"{standing.dossier.code}-{form}")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF of our own making as an attachment."""
    found = HttpResponse(content, content_type="application/pdf")
    found.headers["Content-Disposition"] = f'attachment; filename="{safe_name(name)}.pdf"'
    return found


def download(stored: StoredFile, label: str) -> FileResponse:
    """A kept file as an attachment: never shown inside our pages, its type as sniffed, its name made harmless."""
    ending = files.ACCEPTED.get(stored.media_type, "bin")
    name = f"{safe_name(label.rpartition('.')[0] or label)}.{ending}"
    kind = stored.media_type if stored.media_type in files.ACCEPTED else "application/octet-stream"
    found = FileResponse(files.open_file(stored.sha256), as_attachment=True, filename=name, content_type=kind)
    found.headers["X-Content-Type-Options"] = "nosniff"
    return found


def safe_name(text: str) -> str:
    """Letters, digits, blanks, dots and dashes only; never empty, never hidden."""
    return re.sub(r"[^\w .-]+", "-", text).strip(" .-")[:80] or "tep"


def _seen(request: HttpRequest) -> int | None:
    """What the page showed, so that somebody who acted in between is noticed."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _wanted(standing: Standing) -> list[str]:
    """The papers that the open request asks for, and the place for anything else."""
    asked = Supplement.objects.filter(dossier=standing.dossier_id, answered_at=None).first()
    return [*(asked.papers if asked else []), OTHER]


def _page(
    request: HttpRequest, standing: Standing, wrong: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    dossier, edition = standing.dossier, plan(standing.dossier.edition_id)
    facts = queries.history(dossier)
    context = {
        "standing": standing, "dossier": dossier, "name": text_of(edition.definition.name),
        "tag": state_tag(standing.state), "receipt": _receipt(standing), "next": what_next(standing),
        "why_due": why_due(standing, facts), "timeline": happened(facts, standing),
        "letters": letters_of(facts),
        "address": f"{settings.SITE_ADDRESS}/tra-cuu/?{urlencode({'ma': dossier.code})}",
        "papers": _papers(standing), "result": result_for(dossier.stream),
        "may_withdraw": "withdraw" in {row.verb for row in MACHINE.open_to(standing.state, {"citizen"})},
        "answers": [
            (label_of(each), summary(edition.form_definition, each, dossier.answers))
            for each in edition.form.open_sections(dossier.answers)
        ],
        **_request_for_papers(standing, wrong or {}),
    }  # fmt: skip
    return render(request, "portal/dossier.html", context, status=status)


def _receipt(standing: Standing) -> list[dict[str, str]]:
    dossier = standing.dossier
    rows = [
        (now_("Chủ hồ sơ"), dossier.owner_name),
        (now_("Cơ quan giải quyết"), standing.agency.name),
        (now_("Nộp lúc"), moment(dossier.submitted_at)),
        (now_("Tiếp nhận lúc"), moment(standing.received_at) or now_("Chưa tiếp nhận")),
        (now_("Hẹn trả kết quả"), moment(standing.due_at) or now_("Được báo khi tiếp nhận")),
        (now_("Đang giữ hồ sơ"), holder(standing)),
        (now_("Cách nhận kết quả"), str(RETURNS[dossier.return_by])),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def _papers(standing: Standing) -> list[tuple[str, Any]]:
    names = paper_names(plan(standing.dossier.edition_id).definition)
    return [(names.get(each.paper, each.paper), each) for each in queries.papers_of(standing.dossier)]


def _request_for_papers(standing: Standing, wrong: dict[str, str]) -> dict[str, Any]:
    """The open request of the agency with a box for each paper, or nothing."""
    if standing.state not in PAUSED:
        return {"errors": []}
    asked = Supplement.objects.filter(dossier=standing.dossier_id, answered_at=None).first()
    if asked is None:
        return {"errors": []}
    views = boxes(plan(standing.dossier.edition_id).definition, [*asked.papers, OTHER], wrong, asked.papers)
    return {"asked": asked, "boxes": views, "errors": error_list(views), "limit": limit_megabytes()}
