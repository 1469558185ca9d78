"""Kho dữ liệu: what a person or an organisation has from the State, who may see it, who did."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.base.errors import NotFound, Refused
from motcua.base.models import StoredFile
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.sites.frame.purposes import purpose
from motcua.sites.frame.words import text_of
from motcua.sites.portal import vault as shown
from motcua.sites.portal.asking import asked, citizen_only, today
from motcua.sites.portal.views.dossier import download
from motcua.vault import actions, queries
from motcua.vault.looks import LAST, PAGE, Key, looks_at_organisation, looks_at_person
from motcua.vault.queries import Held
from motcua.vault.uses import uses_of


@citizen_only
def vault(request: HttpRequest, who: Citizen) -> HttpResponse:
    """Everything in one's own vault, or in that of an organisation; what others share. A fixed number of queries."""
    organisation, on = shown.whose(who, asked(request, "to-chuc")), today()
    found = queries.held(organisation.id if organisation else who.id)
    context = {
        "who": who, "organisation": organisation, "choices": shown.choices(who, organisation),
        "groups": shown.groups(found, on),
        "received": queries.shared_with_person(who, on=on) if organisation is None else [],
    }  # fmt: skip
    return render(request, "portal/vault.html", context)


@citizen_only
def item(request: HttpRequest, who: Citizen, item: UUID) -> HttpResponse:
    """One thing: its versions, what it can be used for, who may see it; a post shares the newest version."""
    on, status = today(), 200
    found = queries.item_of(item, who.id)
    best = shown.best(found, on)
    form = shown.ShareForm(request.POST or None, initial=shown.ShareForm.usual(on))
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.share(form.sharing(_chosen(found, request).version.id, on=on), by=citizen_actor(who),
                              at=timezone.now())  # fmt: skip
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã chia sẻ. Mỗi lần người nhận xem đều được ghi lại."))
                return redirect("portal:vault_item", item=item)
    context = {
        "item": found[0].version.item, "rows": [shown.row(each, on) for each in found], "form": form,
        "shares": [(each, shown.receiver(each)) for each in queries.shares_of(item, on=on)],
        "uses": [(text_of(each.name), each.code, papers) for each, papers in uses_of(best, on=on)]
        if best.proof(on) else [],
        "back": shown.back_to(found[0]),
    }  # fmt: skip
    return render(request, "portal/vault_item.html", context, status=status)


@citizen_only
def file(_request: HttpRequest, who: Citizen, version: UUID) -> FileResponse:
    """The file of one version in a vault that the person may open."""
    return _sent(queries.version_of(version, who.id))


@require_POST
@citizen_only
def revoke(request: HttpRequest, who: Citizen, share: UUID) -> HttpResponse:
    """Take a share back at once."""
    found = actions.revoke(share, by=citizen_actor(who), at=timezone.now())
    messages.success(request, now_("Đã thu hồi. Người nhận không còn xem được."))
    return redirect("portal:vault_item", item=found.version.item_id)


@citizen_only
def shared(request: HttpRequest, who: Citizen, share: UUID) -> HttpResponse:
    """What somebody shares with the person. The look is recorded."""
    found, held = actions.shared_with(share, by=citizen_actor(who), at=timezone.now())
    context = {"share": found, "row": shown.row(held, today())}
    return render(request, "portal/vault_shared.html", context)


@citizen_only
def shared_file(_request: HttpRequest, who: Citizen, share: UUID) -> FileResponse:
    """Its file. The look is recorded."""
    return _sent(actions.shared_with(share, by=citizen_actor(who), at=timezone.now())[1])


@citizen_only
def looks(request: HttpRequest, who: Citizen) -> HttpResponse:
    """Who looked at one's own data or an organisation's, newest first, a page at a time. A fixed number of queries."""
    organisation = shown.whose(who, asked(request, "to-chuc"))
    before = _key(asked(request, "truoc")) or Key(timezone.now(), LAST)
    found = (
        looks_at_organisation(organisation, before=before) if organisation else looks_at_person(who, before=before)
    )
    rows = found[:PAGE]
    kept = {"to-chuc": organisation.id} if organisation else {}
    context: dict[str, Any] = {
        "who": who, "organisation": organisation, "choices": shown.choices(who, organisation),
        "rows": [(each, shown.LOOKED[each.kind], purpose(each.purpose)) for each in rows],
        "later": "truoc" in request.GET,
        "next": f"?{urlencode({**kept, 'truoc': f'{rows[-1].key.at.isoformat()}~{rows[-1].key.fact}'})}"
        if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "portal/vault_looks.html", context)


def _chosen(found: list[Held], request: HttpRequest) -> Held:
    """The version the page showed to be shared; the newest where none is named. Raises `NotFound` ``item_unknown``."""
    wanted = request.POST.get("version", "")
    chosen = next((each for each in found if str(each.version.id) == wanted or not wanted), None)
    if chosen is None:
        raise NotFound("item_unknown")
    return chosen


def _sent(held: Held) -> FileResponse:
    stored = StoredFile.objects.filter(pk=held.sha256).first() if held.sha256 else None
    if stored is None:
        raise NotFound("file_missing")
    return download(stored, f"{shown.download_name(held)}")


def _key(text: str) -> Key | None:
    """The key in an address; anything else is none."""
    moment, _sign, fact = text.partition("~")
    try:
        key = Key(datetime.fromisoformat(moment), UUID(fact))
    except ValueError:
        return None
    return key if key.at.tzinfo else None
