"""Answering a request of the agency paper by paper: each file is kept as it comes, the whole is sent once."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.dossiers.actions.moving import vault_for
from motcua.dossiers.models import Standing, Supplement
from motcua.drafts import actions
from motcua.drafts.actions import answering
from motcua.drafts.queries import answer_papers
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.sites.frame.fields import FieldView, error_list
from motcua.sites.portal import reusing
from motcua.sites.portal.asking import citizen_only, seen_in, uuid_of
from motcua.sites.portal.reaching import reached
from motcua.sites.portal.timeline import answer_by_words
from motcua.sites.portal.uploading import OTHER, boxes, limit_megabytes, take
from motcua.vault.actions import confirm
from motcua.vault.queries import offers
from motcua.vault.rules import Offer


@citizen_only
def supplement(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """What is asked, what is there, what is missing. A post keeps files, takes one off, or sends the answer."""
    at, by = timezone.now(), citizen_actor(who)
    standing = reached(who, code, at=at)
    _, asked = answering(standing.dossier_id, by, at)
    if request.method != "POST":
        return _page(request, who, standing, asked, {})
    if reusing.ASK in request.POST:
        reusing.ask(request, plan(standing.dossier.edition_id).definition, _vault(standing, who), by=by, at=at)
        return redirect("portal:supplement", code=code)
    if removed := request.POST.get("_remove"):
        actions.detach_answer(standing.dossier_id, uuid_of(removed), by=by, at=at)
        return redirect("portal:supplement", code=code)

    def keep(paper: str, file: UploadedFile) -> None:
        actions.attach_answer(standing.dossier_id, paper, file.chunks(), file.name or "", by=by, at=at)

    wrong = take(request, [*asked.papers, OTHER], keep) | _reused(request, standing, who, at)
    if wrong or "_send" not in request.POST:
        return _page(request, who, standing, asked, wrong) if wrong else redirect("portal:supplement", code=code)
    definition, sources = plan(standing.dossier.edition_id).definition, [each.source for each in answer_papers(asked)]
    confirm(sources, _vault(standing, who), definition, by=by, at=at)
    try:
        actions.send_answer(standing.dossier_id, by=by, at=at, seen=seen_in(request))
    except Refused as no:
        if no.code != "papers_missing":
            raise
        missing = {paper: now_("Hãy chọn tệp cho giấy tờ này.") for paper in no.details["papers"]}
        return _page(request, who, standing, asked, missing)
    messages.success(request, now_("Đã nộp bổ sung. Cơ quan được báo ngay."))
    return redirect("portal:dossier", code=code)


def _offers(standing: Standing, who: Citizen, at: datetime) -> dict[str, list[Offer]]:
    """What the vault has that is the filer's own, or the organisation's that it was filed for; no other is opened."""
    whose = _vault(standing, who)
    return offers(whose, plan(standing.dossier.edition_id).definition, on=local(at).date()) if whose else {}


def _vault(standing: Standing, who: Citizen) -> UUID | None:
    whose = vault_for(standing.dossier, citizen_actor(who))
    return whose if standing.dossier.organisation or whose == who.id else None


def _reused(request: HttpRequest, standing: Standing, who: Citizen, at: datetime) -> dict[str, str]:
    by = citizen_actor(who)
    keep = partial(actions.reuse_answer, standing.dossier_id, by=by, at=at)
    return reusing.use(request, _offers(standing, who, at), keep, by=by, at=at)


def _page(
    request: HttpRequest, who: Citizen, standing: Standing, asked: Supplement, wrong: dict[str, str]
) -> HttpResponse:
    views, kept = _boxes(standing, asked, wrong), answer_papers(asked)
    definition, found = plan(standing.dossier.edition_id).definition, _offers(standing, who, timezone.now())
    rows = reusing.rows_of(definition, views, kept, found, _vault(standing, who) is not None)
    there = {each.paper for each in kept}
    context: dict[str, Any] = {
        "code": standing.dossier.code, "standing": standing, "asked": asked, "rows": rows,
        "until": answer_by_words(asked, local(timezone.now()).date()), "errors": error_list(views),
        "missing": sum(paper not in there for paper in asked.papers), "limit": limit_megabytes(),
    }  # fmt: skip
    return render(request, "portal/supplement.html", context, status=422 if wrong else 200)


def _boxes(standing: Standing, asked: Supplement, wrong: dict[str, str]) -> list[FieldView]:
    """One box for each paper asked for, and one for anything else."""
    definition = plan(standing.dossier.edition_id).definition
    return boxes(definition, [*asked.papers, OTHER], wrong, asked.papers)
