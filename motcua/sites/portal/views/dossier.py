"""One dossier as its filer sees it: receipt, where it is, what happened, what to do; supplement, withdraw, download."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.base.models import StoredFile
from motcua.base.money import money
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.charging.queries import paid
from motcua.corrections.queries import last_correction
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.moving import MANDATED, must_reach
from motcua.dossiers.models import Standing
from motcua.dossiers.states import MACHINE, PAUSED, State
from motcua.drafts.queries import answer_papers
from motcua.mandates.models import Mandate
from motcua.mandates.queries import mandates_in
from motcua.payments.queries import bills_of, owed
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.printing import letters, receipts
from motcua.results.queries import result_for
from motcua.sites.frame.changes import changes
from motcua.sites.frame.letters import letters_of
from motcua.sites.frame.results import standing_words
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import state_tag, text_of
from motcua.sites.portal.asking import citizen_only, seen_in
from motcua.sites.portal.clocks import how_long
from motcua.sites.portal.forms import Reason
from motcua.sites.portal.names import safe_name
from motcua.sites.portal.reaching import is_filer, reached
from motcua.sites.portal.timeline import answer_by_words, happened, holder, what_next, why_due
from motcua.sites.portal.uploading import paper_names
from motcua.sites.portal.words import RETURNS
from motcua.sites.portal.writing import label_of, summary


@citizen_only
def dossier(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Everything about one dossier."""
    return _page(request, who, reached(who, code, at=timezone.now()))


@citizen_only
def withdraw(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Ask why, then take the dossier back."""
    standing, by, status = reached(who, code, at=timezone.now()), citizen_actor(who), 200
    MACHINE.check("withdraw", standing.state, by)
    must_reach(standing, by, at=timezone.now(), verb="withdraw")
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(standing.dossier_id, reason, by=by, at=timezone.now(), seen=seen_in(request))
        return redirect("portal:dossier", code=code)
    if request.method == "POST":
        status = 422
    context = {"form": form, "standing": standing, "code": standing.dossier.code, "paid": _paid(standing)}
    return render(request, "portal/withdraw.html", context, status=status)


@citizen_only
def paper(_request: HttpRequest, who: Citizen, code: str, paper: UUID) -> FileResponse:
    """A file the person filed."""
    found = next(
        (each for each in queries.papers_of(reached(who, code, at=timezone.now()).dossier) if each.id == paper), None
    )
    if found is None:
        raise NotFound("not_found")
    return download(found.file, found.label)


@citizen_only
def result(_request: HttpRequest, who: Citizen, code: str) -> FileResponse:
    """The result, once it was handed over. Raises `NotFound` ``result_unknown`` before."""
    found = result_for(reached(who, code, at=timezone.now()).dossier.stream)
    if found is None or found.handed_over_at is None or found.file_id is None:
        raise NotFound("result_unknown")
    return download(StoredFile.objects.get(pk=found.file_id), f"{found.number}.pdf")


@citizen_only
def receipt(_request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Form 01, receipt and appointment, as PDF. Raises `Refused` ``not_received_yet``."""
    standing = reached(who, code, at=timezone.now())
    return pdf(receipts.receipt(standing), standing.dossier.code)


@citizen_only
def letter(_request: HttpRequest, who: Citizen, code: str, form: str, fact: int) -> HttpResponse:
    """A letter of the agency (form 02 to 05) as PDF. Raises `NotFound` ``letter_unknown``."""
    standing = reached(who, code, at=timezone.now())
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


def _page(request: HttpRequest, who: Citizen, standing: Standing) -> HttpResponse:
    dossier, edition = standing.dossier, plan(standing.dossier.edition_id)
    facts, mine = queries.history(dossier), is_filer(standing, who)
    mandates = mandates_in(dossier.stream, on=local(timezone.now()).date())
    mandate = next((each for each in mandates if each.taker_id == who.id), None)
    result = result_for(dossier.stream)
    context = {
        "standing": standing, "dossier": dossier, "name": text_of(edition.definition.name), "mine": mine,
        "tag": state_tag(standing.state), "receipt": _receipt(standing), "next": what_next(standing),
        "why_due": why_due(standing, facts), "how_long": how_long(standing, facts, timezone.now()),
        "timeline": happened(facts, standing), "letters": letters_of(facts),
        "address": f"{settings.SITE_ADDRESS}/tra-cuu/?{urlencode({'ma': dossier.code})}",
        "owed": _owed(standing), "papers": _papers(standing), "result": result,
        "may": _may(standing, mine, mandate), "mandates": mandates, "mandate": mandate,
        "answers": [
            (label_of(each), summary(edition.form_definition, each, dossier.answers))
            for each in edition.form.open_sections(dossier.answers)
        ],
        **_asked(standing), **_correction(standing), **standing_words(result, local(timezone.now()).date()),
    }  # fmt: skip
    return render(request, "portal/dossier.html", context)


def _may(standing: Standing, mine: bool, mandate: Mandate | None) -> set[str]:
    """The moves that are open to the person: all of the filer's, or what the mandate gives."""
    given = MANDATED | ({"withdraw"} if mandate and mandate.may_withdraw else set())
    return {row.verb for row in MACHINE.open_to(standing.state, {"citizen"}) if mine or row.verb in given}


def _receipt(standing: Standing) -> list[dict[str, str]]:
    dossier = standing.dossier
    rows = [
        (now_("Chủ hồ sơ"), dossier.owner_name),
        (now_("Cơ quan giải quyết"), standing.agency.name),
        (now_("Nộp lúc"), moment(dossier.submitted_at)),
        (now_("Tiếp nhận lúc"), moment(standing.received_at) or now_("Chưa tiếp nhận")),
        (now_("Hẹn trả kết quả"), moment(standing.due_at) or now_("Được báo khi tiếp nhận")),
        (now_("Đang giữ hồ sơ"), holder(standing)),
        (now_("Cách nhận kết quả"), _return(standing)),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def _papers(standing: Standing) -> list[tuple[str, Any]]:
    names = paper_names(plan(standing.dossier.edition_id).definition)
    return [(names.get(each.paper, each.paper), each) for each in queries.papers_of(standing.dossier)]


def _return(standing: Standing) -> str:
    dossier = standing.dossier
    filer = dossier.filed_by.address if dossier.filed_by else ""
    to = (dossier.return_address or filer) if dossier.return_by == "post" else ""
    return f"{RETURNS[dossier.return_by]}\n{to}".strip()


def _owed(standing: Standing) -> int:
    """What is still to be paid, in đồng; in the moment before the bill is made, what it will ask."""
    stream = standing.dossier.stream
    if standing.state != State.SUBMITTED or bills_of(stream):
        return owed(stream)
    return queries.quote(standing.dossier, standing.agency_id).total_vnd or 0


def _asked(standing: Standing) -> dict[str, Any]:
    """The open request of the agency: until when, how many papers are ready; nothing when it waits for nothing."""
    asked = queries.open_supplement(standing.dossier) if standing.state in PAUSED else None
    if asked is None:
        return {}
    names = paper_names(plan(standing.dossier.edition_id).definition)
    there = {each.paper for each in answer_papers(asked)}
    wanted = [(names.get(code, code), code in there) for code in asked.papers]
    return {"asked": asked, "wanted": wanted, "until": answer_by_words(asked, local(timezone.now()).date())}


def _correction(standing: Standing) -> dict[str, Any]:
    """The last correction while it waits for an answer, or when it was refused; one query."""
    last = last_correction(standing.dossier)
    if last is None or last.accepted or standing.ended_at:
        return {}
    form = plan(standing.dossier.edition_id).form_definition
    return {"correction": last, "changed": changes(form, last.before, last.after)}


def _paid(standing: Standing) -> list[str]:
    """The fees that were paid for it, each with its receipt."""
    return [f"{money(amount)} ({receipt})" for amount, receipt in paid(standing.dossier)]
