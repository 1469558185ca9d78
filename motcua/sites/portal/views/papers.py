"""The papers of a draft: attach files, look at them, take them off."""

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.drafts import actions
from motcua.sites.frame.fields import error_list
from motcua.sites.portal import reusing
from motcua.sites.portal.asking import uuid_of
from motcua.sites.portal.uploading import boxes, limit_megabytes, paper_names, take
from motcua.sites.portal.writing import Writing, writing


@writing
def papers(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Every paper with the files attached so far. A post attaches files, or takes one off; then the page again."""
    draft, by, at = writing.draft, writing.by, writing.at
    if request.method != "POST":
        return _page(request, writing, {})
    if reusing.ASK in request.POST:
        reusing.ask(request, writing.plan.definition, writing.vault, by=by, at=at)
        return redirect("portal:papers", draft=draft.id)
    if removed := request.POST.get("_remove"):
        actions.detach(draft.id, uuid_of(removed), by=by)
        return redirect("portal:papers", draft=draft.id)

    def keep(paper: str, file: UploadedFile) -> None:
        actions.attach(draft.id, paper, file.chunks(), file.name or "", by=by, at=at)

    wrong = take(request, paper_names(writing.plan.definition), keep) | _reused(request, writing)
    if wrong:
        return _page(request, writing, wrong)
    if "_next" in request.POST:
        return redirect("portal:review", draft=draft.id)
    return redirect(writing.address("papers") + reusing.place(request))


def _reused(request: HttpRequest, writing: Writing) -> dict[str, str]:
    keep = partial(actions.reuse, writing.draft.id, by=writing.by, at=writing.at)
    return reusing.use(request, writing.offers, keep, by=writing.by, at=writing.at)


def _page(request: HttpRequest, writing: Writing, wrong: dict[str, str]) -> HttpResponse:
    definition = writing.plan.definition
    required = {paper.code for paper in definition.papers if paper.required and not paper.case}
    views = boxes(definition, paper_names(definition), wrong, required)
    rows = reusing.rows_of(definition, views, writing.papers, writing.offers, writing.vault is not None)
    context = {
        "writing": writing,
        "rows": rows,
        "errors": error_list(views),
        "show_only": [paper for paper in definition.papers if paper.show_only],
        "limit": limit_megabytes(),
    }
    return render(request, "portal/papers.html", context, status=422 if wrong else 200)
