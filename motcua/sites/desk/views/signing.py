"""Ký số: what waits for one's signature, looked at one by one, signed together with one PIN."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import local
from motcua.dossiers import actions as dossiers
from motcua.results import actions
from motcua.results.actions import Outcome
from motcua.results.models import SignatureAsked
from motcua.results.queries import asked_of, being_made, by_id, looked_at, waiting_at, who_may_sign
from motcua.results.states import MAY_SIGN
from motcua.sites.desk.asking import Desk, id_in, officer_only
from motcua.sites.desk.results import Give, Pin
from motcua.sites.desk.views.files import inline, safe_name
from motcua.sites.frame.refusals import said

PURPOSE = "signing"
CHOSEN = "chon"


@officer_only
def waiting(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list; posted, what was ticked is signed and every row answered for. Five queries beside the session."""
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
               "ready": bool(seen), "unseen": len(mine) - len(seen), "making": being_made(desk.by),
               "may_give": bool(desk.by.roles & MAY_SIGN)}  # fmt: skip
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


@officer_only
def give(request: HttpRequest, desk: Desk, result: UUID) -> HttpResponse:
    """Ask another signer of the agency in place of one who can't sign. Refused, the page comes back as it was filled.

    Raises `Forbidden` ``wrong_role``, `NotFound` ``signature_not_waiting``.
    """
    desk.by.must_have(MAY_SIGN)
    asked = next((each for each in waiting_at(desk.by) if each.pk == result and each.officer_id), None)
    if asked is None:
        raise NotFound("signature_not_waiting")
    signers = [each for each in who_may_sign(desk.agency.id, on=local(desk.at).date()) if each.id != asked.officer_id]
    form, status = Give(request.POST or None, signers=signers, initial={"former": asked.officer_id}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.give_signature(result, UUID(given["officer"]), given["reason"],
                                       former=id_in(given["former"]), by=desk.by, at=desk.at)  # fmt: skip
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã giao người khác ký. Văn bản đang được tạo lại với tên người ký."))
                return redirect("desk:signing")
    return render(request, "desk/give.html", {"desk": desk, "form": form, "asked": asked, "some": bool(signers)},
                  status=status)  # fmt: skip


def row(asked: SignatureAsked, seen: bool) -> dict[str, Any]:
    """A line of the list; ``refusal`` is why the last try failed."""
    refusal = said(Refused(asked.refusal)) if asked.refusal else None
    return {"asked": asked, "result": asked.result, "seen": seen, "refusal": refusal}


def told(done: list[Outcome]) -> dict[str, Any]:
    """What became of each."""
    return {"signed": [each for each in done if each.refusal is None],
            "refused": [(each, said(each.refusal)) for each in done if each.refusal]}  # fmt: skip
