"""What belongs to the person: dossiers, drafts, results, notices, contact data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.catalogue.queries import plan_of
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import mine
from motcua.dossiers.states import OPEN, State
from motcua.drafts.queries import drafts as drafts_of
from motcua.mandates.models import Mandate
from motcua.mandates.queries import mandates_to
from motcua.notices import actions as notices
from motcua.notices.queries import followed, unread
from motcua.notices.queries import inbox as newest
from motcua.payments.queries import owing
from motcua.people import actions as people
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.people.states import CARD_SEEN, DECLARED, ELECTRONIC
from motcua.results.queries import results_of
from motcua.sites.frame.words import Tag, english, state_tag, text_of
from motcua.sites.portal.asking import citizen_only
from motcua.sites.portal.forms import Contact
from motcua.sites.portal.views.tracking import holding
from motcua.telling.queries import by_references

PAGE = 20
CHECKED = {
    DECLARED: _("Tự khai, chưa xác minh"),
    CARD_SEEN: _("Đã đối chiếu giấy tờ tại bộ phận một cửa"),
    ELECTRONIC: _("Đã xác thực định danh điện tử mức độ 2"),
}


@citizen_only
def account(request: HttpRequest, who: Citizen) -> HttpResponse:
    """Dossiers, newest first and a page at a time, what others entrusted, what is followed, drafts and results.

    A fixed number of queries.
    """
    at, ended = timezone.now(), request.GET.get("loc") == "xong"
    states = set(State) - OPEN if ended else OPEN
    standings = mine(who.id, PAGE + 1, states=states, before=moment_in(request, "truoc"))
    mandates = mandates_to(who, on=local(at).date())
    both = by_references({*(each.reference for each in mandates), *(followed_ := followed(who.id))})
    context = {
        "who": who, "ended": ended,
        "dossiers": _waiting_first(standings[:PAGE]),
        "next": f"?{urlencode({'loc': 'xong' if ended else '', 'truoc': key_of(standings[PAGE - 1])})}"
        if len(standings) > PAGE else "",
        "later": "truoc" in request.GET,
        "entrusted": _entrusted(mandates, both),
        "followed": [(*row, holding(row[0])) for row in rows_of(_among(both, followed_))],
        "drafts": [(each, text_of(plan_of(each.edition).definition.name)) for each in drafts_of(who.id)],
        "results": results_of(who.id), "unread": unread(who.id),
    }  # fmt: skip
    return render(request, "portal/account.html", context)


def rows_of(standings: Sequence[Standing]) -> list[tuple[Standing, str, Tag]]:
    """What a list shows of each dossier: where it stands, the name of the procedure, its state."""
    return [
        (each, text_of(plan_of(each.dossier.edition).definition.name), state_tag(each.state)) for each in standings
    ]


def _waiting_first(standings: Sequence[Standing]) -> list[tuple[Standing, str, Tag, int]]:
    """A page of one's own dossiers with what each owes; those that wait for the person stand on top."""
    owes = owing([each.dossier.stream for each in standings])
    rows = [(*row, owes.get(row[0].dossier.stream, 0)) for row in rows_of(standings)]
    return sorted(rows, key=lambda row: not (row[3] or row[0].state == State.SUPPLEMENTING))


def key_of(standing: Standing) -> str:
    """The key after which the next page begins."""
    return standing.dossier.submitted_at.isoformat()


def moment_in(request: HttpRequest, name: str) -> datetime | None:
    """A moment of the address; anything else is none."""
    try:
        found = datetime.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _among(standings: Sequence[Standing], references: Sequence[str]) -> list[Standing]:
    wanted = set(references)
    return [each for each in standings if each.dossier.stream in wanted]


def _entrusted(mandates: Sequence[Mandate], standings: Sequence[Standing]) -> list[dict[str, Any]]:
    """The dossiers that others authorised the person for, with who did and until when."""
    by_stream = {each.dossier.stream: row for each, row in zip(standings, rows_of(standings), strict=True)}
    there = [each for each in mandates if each.reference in by_stream]
    return [{"mandate": each, "row": by_stream[each.reference]} for each in there]


@citizen_only
def inbox(request: HttpRequest, who: Citizen) -> HttpResponse:
    """The newest notices."""
    rows = [((english() and each.title_en) or each.title, each) for each in newest(who.id)]
    return render(request, "portal/inbox.html", {"rows": rows, "unread": unread(who.id)})


@require_POST
@citizen_only
def mark_read(_request: HttpRequest, who: Citizen) -> HttpResponse:
    """Mark all notices as read."""
    notices.mark_read(by=citizen_actor(who), at=timezone.now())
    return redirect("portal:inbox")


@citizen_only
def profile(request: HttpRequest, who: Citizen) -> HttpResponse:
    """What we know about the person; contact data can be changed."""
    form, status = Contact(request.POST or None, initial=Contact.known(who)), 200
    if request.method == "POST" and form.is_valid():
        try:
            people.change_profile(who, form.cleaned_data, by=citizen_actor(who), at=timezone.now())
        except Refused as no:
            status = form.refuse(no)
        else:
            messages.success(request, now_("Đã lưu thông tin liên hệ."))
            return redirect("portal:profile")
    elif request.method == "POST":
        status = 422
    context = {"who": who, "form": form, "known": known(who)}
    return render(request, "portal/profile.html", context, status=status)


def known(who: Citizen) -> list[dict[str, str]]:
    """What comes from papers and is not typed over here."""
    birth = f"{who.birth_date:%d/%m/%Y}" if who.birth_date else ""
    rows = [
        (now_("Họ, chữ đệm, tên"), who.full_name),
        (now_("Số định danh cá nhân"), who.identity_number or ""),
        (now_("Ngày sinh"), birth),
        (now_("Giới tính"), {"male": now_("Nam"), "female": now_("Nữ")}.get(who.gender, "")),
        (now_("Mức xác minh"), str(CHECKED[who.verification])),
    ]
    return [{"label": label, "value": value} for label, value in rows]
