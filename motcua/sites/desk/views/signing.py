"""Ký số: what waits for one's signature, looked at one by one, signed together with one PIN."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.errors import Refused
from motcua.dossiers import actions as dossiers
from motcua.results import actions
from motcua.results.actions import Outcome
from motcua.results.models import SignatureAsked
from motcua.results.queries import asked_of, being_made, by_id, looked_at, waiting_at
from motcua.sites.desk.asking import Desk, id_in, officer_only
from motcua.sites.desk.results import Pin
from motcua.sites.desk.views.files import inline, safe_name
from motcua.sites.frame.refusals import said

PURPOSE = "Xem văn bản để ký số"
CHOSEN = "chon"


@officer_only
def waiting(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list; posted, what was ticked is signed and every row answered for. Four queries beside the session."""
    form, status = Pin(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = [found for found in map(id_in, request.POST.getlist(CHOSEN)) if found]
            try:
                done = actions.sign_chosen(chosen, form.cleaned_data["pin"], by=desk.by, at=desk.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                return render(request, "desk/signed.html", {"desk": desk, **told(done)})
    mine, everybody = asked_of(desk.by), waiting_at(desk.by)
    seen = looked_at(mine, desk.by)
    context = {"desk": desk, "form": form, "rows": [row(each, each.pk in seen) for each in mine],
               "others": [row(each, False) for each in everybody if str(each.officer_id) != desk.by.id],
               "ready": bool(seen), "unseen": len(mine) - len(seen), "making": being_made(desk.by)}  # fmt: skip
    return render(request, "desk/signing.html", context, status=status)


@officer_only
def look(request: HttpRequest, desk: Desk, result: UUID) -> HttpResponse:  # noqa: ARG001
    """The document as it will be signed; that it was looked at is recorded, for the citizen of the dossier too.

    Raises `NotFound` ``signature_not_asked``.
    """
    pdf = actions.look(result, by=desk.by, at=desk.at)
    found = by_id(result)
    kind, _, dossier = found.reference.partition(":")
    if kind == "dossier":
        dossiers.look(dossier, PURPOSE, by=desk.by, at=desk.at)
    return inline(pdf, f"{safe_name(found.number)}.pdf")


def row(asked: SignatureAsked, seen: bool) -> dict[str, Any]:
    """A line of the list; ``refusal`` is why the last try failed."""
    refusal = said(Refused(asked.refusal)) if asked.refusal else None
    return {"asked": asked, "result": asked.result, "seen": seen, "refusal": refusal}


def told(done: list[Outcome]) -> dict[str, Any]:
    """What became of each."""
    return {"signed": [each for each in done if each.refusal is None],
            "refused": [(each, said(each.refusal)) for each in done if each.refusal]}  # fmt: skip
