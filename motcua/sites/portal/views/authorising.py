"""Who else may see and act in one's dossier, and who looked at it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base.errors import NotFound, Refused
from motcua.base.ledger import Row
from motcua.base.worktime import local
from motcua.dossiers.models import Standing
from motcua.mandates import actions
from motcua.mandates.queries import mandates_in
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor, names_of_citizens
from motcua.printing.queries import looks_at
from motcua.sites.frame.purposes import purpose
from motcua.sites.portal.asking import citizen_only
from motcua.sites.portal.forms import Authorise
from motcua.sites.portal.reaching import is_filer, own, reached


@citizen_only
def authorise(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """The people authorised now, who looked, and a form to authorise one more."""
    standing, at, status = own(who, code), timezone.now(), 200
    form = Authorise(request.POST or None, initial={"until": f"{Authorise.latest(local(at).date()):%d/%m/%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.give(form.authority(standing.dossier.stream), by=citizen_actor(who), at=at)
        except Refused as no:
            status = form.refuse(no)
        else:
            messages.success(request, now_("Đã uỷ quyền. Người đó thấy hồ sơ này trong tài khoản của họ."))
            return redirect("portal:authorise", code=code)
    elif request.method == "POST":
        status = 422
    context = {
        "code": code, "form": form, "looks": looks(standing),
        "mandates": mandates_in(standing.dossier.stream, on=local(at).date()),
    }  # fmt: skip
    return render(request, "portal/authorise.html", context, status=status)


@require_POST
@citizen_only
def revoke(request: HttpRequest, who: Citizen, code: str, mandate: UUID) -> HttpResponse:
    """End a mandate at once: by who gave it, or by who has it."""
    at = timezone.now()
    standing = reached(who, code, at=at)
    if mandate not in {each.id for each in mandates_in(standing.dossier.stream, on=local(at).date())}:
        raise NotFound("mandate_unknown")
    actions.revoke(mandate, by=citizen_actor(who), at=at)
    messages.success(request, now_("Đã thu hồi uỷ quyền."))
    return redirect("portal:authorise", code=code) if is_filer(standing, who) else redirect("portal:account")


def looks(standing: Standing) -> list[dict[str, Any]]:
    """Who read the dossier, by day: officers as their agency, people by name. Two queries."""
    facts = looks_at(standing.dossier)
    names = names_of_citizens({fact.actor.partition(":")[2] for fact in facts if fact.actor.startswith("citizen:")})
    return [
        {
            "at": fact.at,
            "who": _reader(fact, standing, names),
            "why": ": ".join(filter(None, purpose(fact.data["purpose"]))),
        }
        for fact in facts
    ]


def _reader(fact: Row, standing: Standing, names: dict[str, str]) -> str:
    kind, _, reader = fact.actor.partition(":")
    if kind == "citizen":
        return names.get(reader, now_("Người được uỷ quyền"))
    return now_("Cán bộ của %(agency)s") % {"agency": standing.agency.name} if kind == "officer" else now_("Hệ thống")
