"""Groups of dossiers: the list, one group, what comes in and goes out."""

import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import Invalid, Refused
from motcua.catalogue.queries import plan, plans
from motcua.desks.actions import groups as actions
from motcua.desks.models import Group
from motcua.desks.queries import group_by_code, groups, members, named
from motcua.sites.desk.asking import Desk, officer_only, uuid_of
from motcua.sites.desk.bulk import chosen_in
from motcua.sites.desk.office import GroupForm, MembersForm
from motcua.sites.desk.words import deadline, offices_of, step_at
from motcua.sites.frame.words import state_tag, text_of


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The last groups, and a form for a new one."""
    form, status = GroupForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.make_group(form.cleaned_data["name"], by=desk.by, at=desk.at)
            except Refused as no:
                status = form.refuse(no)
            else:
                return redirect("desk:group", code=made.code)
    context = {"desk": desk, "groups": groups(desk.by), "form": form, "errors": form.summary if status >= 400 else []}
    return render(request, "desk/groups.html", context, status=status)


@officer_only
def group(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """The dossiers of one group; a post puts more in, by code. Raises `NotFound` ``group_unknown``."""
    found = group_by_code(code.replace("\x00", ""), desk.by)
    form, status = MembersForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                added = _put_in(found, form.cleaned_data["codes"], desk)
            except Refused as no:
                status = form.refuse(no)
            else:
                messages.success(request, now_("Đã đưa %(many)d hồ sơ vào nhóm.") % {"many": added})
                return redirect("desk:group", code=found.code)
    return _page(request, desk, found, form, status)


@officer_only
def chosen(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The dossiers ticked in the worklist become a group: asked what it is called, then made, all of them or none.

    Raises `Invalid` ``none_chosen``, ``too_many_chosen``, ``body_invalid``.
    """
    if request.method != "POST":
        return redirect("desk:groups")
    ticked, named_it = chosen_in(request), "_name" in request.POST
    form, status = GroupForm(request.POST if named_it else None), 422 if named_it else 200
    if named_it and form.is_valid():
        try:
            with transaction.atomic():
                made = actions.make_group(form.cleaned_data["name"], by=desk.by, at=desk.at)
                actions.put_in(made.id, [each.dossier for each in ticked], by=desk.by, at=desk.at)
        except Refused as no:
            status = form.refuse(no)
        else:
            return redirect("desk:group", code=made.code)
    context = {"desk": desk, "form": form, "errors": form.summary if status >= 400 else [],
               "ticked": [f"{each.dossier}~{each.seen}" for each in ticked]}  # fmt: skip
    return render(request, "desk/group_chosen.html", context, status=status)


@officer_only
def out(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Take one dossier out of the group. Raises `NotFound` ``group_unknown``."""
    found = group_by_code(code.replace("\x00", ""), desk.by)
    if request.method == "POST":
        actions.take_out(found.id, [uuid_of(request.POST.get("ho-so", ""))], by=desk.by, at=desk.at)
        messages.success(request, now_("Đã đưa hồ sơ ra khỏi nhóm."))
    return redirect("desk:group", code=found.code)


def _put_in(found: Group, text: str, desk: Desk) -> int:
    """How many of the dossiers with these codes came into the group. Raises `Invalid` ``dossier_codes_unknown``."""
    codes = sorted({part.upper() for part in re.split(r"[\s,;]+", text) if part})
    there = named(codes[: actions.MOST_MEMBERS + 1], desk.by)
    if missing := [each for each in codes if each not in there]:
        raise Invalid("dossier_codes_unknown", codes=missing[:10])
    return len(actions.put_in(found.id, there.values(), by=desk.by, at=desk.at))


def _page(request: HttpRequest, desk: Desk, found: Group, form: MembersForm, status: int = 200) -> HttpResponse:
    standings = members(found)
    plans({each.dossier.edition_id for each in standings})
    offices = offices_of(standings)
    rows = [
        {
            "standing": each, "procedure": text_of(plan(each.dossier.edition_id).definition.name),
            "step": step_at(each), "tag": state_tag(each.state), "ours": each.agency_id == desk.agency.id,
            "deadline": deadline(each, offices[each.agency.code], desk.at),
        }
        for each in standings
    ]  # fmt: skip
    context = {
        "desk": desk,
        "group": found,
        "rows": rows,
        "form": form,
        "errors": form.summary if status >= 400 else [],
    }
    return render(request, "desk/group.html", context, status=status)
