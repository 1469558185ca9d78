"""How the result comes back: chosen anew until the decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.corrections import actions
from motcua.dossiers.states import MACHINE
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.sites.portal.asking import citizen_only, seen_in
from motcua.sites.portal.forms import Returning
from motcua.sites.portal.reaching import own


@citizen_only
def choose(request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """Online, at the counter, or by post to an address."""
    standing, by, status = own(who, code), citizen_actor(who), 200
    MACHINE.check("choose_return", standing.state, by)
    dossier = standing.dossier
    initial = {"how": dossier.return_by, "address": dossier.return_address or who.address}
    form = Returning(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        how, address = form.cleaned_data["how"], form.cleaned_data["address"]
        try:
            actions.choose_return(dossier.id, how, address=address, by=by, at=timezone.now(), seen=seen_in(request))
        except Refused as no:
            status = form.refuse(no)
        else:
            messages.success(request, now_("Đã đổi cách nhận kết quả."))
            return redirect("portal:dossier", code=code)
    elif request.method == "POST":
        status = 422
    return render(request, "portal/return.html", {"code": code, "form": form, "standing": standing}, status=status)
