"""Reception at the counter: find the procedure, type the filing in, receive it, print the receipt."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now_

from motcua.base.errors import Forbidden, NotFound, Refused
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.definition import Definition
from motcua.catalogue.queries import edition_for, plan, plan_of
from motcua.deadlines.queries import calendar_for
from motcua.desks.actions.counter import Counted, file_at_counter
from motcua.desks.actions.groups import make_group
from motcua.desks.queries import at_counter, counts_of, group_of
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import competent
from motcua.filing.whose import ask_again
from motcua.people.queries import competent_agencies, province_of
from motcua.printing.receipts import track_url
from motcua.search.ports import Filters, Search
from motcua.sites.desk.asking import Desk, asked, id_in, officer_only
from motcua.sites.desk.forms import Choices
from motcua.sites.desk.intake import GROUP, TICKET, Counter, begun, read
from motcua.sites.desk.papers import told
from motcua.sites.desk.persons import copy_earlier, filer_of, look_up
from motcua.sites.desk.reusing import open_vault, reopen, take
from motcua.sites.desk.words import deadline
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.frame.words import state_tag, text_of

FOUND_AT_MOST = 20
RECEPTION = {"reception"}
LEVELS = {"department": "province", "commune": "commune", "province": "province", "ministry": "ministry"}


@officer_only
def choose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Find the procedure by its code, its name, or what the person says; of any level of the province.

    Raises `Forbidden` ``wrong_role``.
    """
    desk.by.must_have(RECEPTION)
    question, level = asked(request, "q", 200), LEVELS.get(desk.agency.level, "")
    on, find = local(desk.at).date(), provider(Search).find
    hits = find(question, on=on, limit=FOUND_AT_MOST, filters=Filters(level=level))
    ours = {hit.code for hit in hits}
    others = find(question, on=on, limit=FOUND_AT_MOST, filters=Filters(level="")) if question else []
    kept = {name: asked(request, name) for name in (GROUP, TICKET) if id_in(asked(request, name))}
    context = {
        "desk": desk, "question": question, "hits": hits, "others": [hit for hit in others if hit.code not in ours],
        "kept": kept, "more": f"?{urlencode(kept)}" if kept else "",
    }  # fmt: skip
    return render(request, "desk/choose.html", context)


@officer_only
def intake(request: HttpRequest, desk: Desk, procedure: str) -> HttpResponse:
    """The whole filing on one page. Sent twice it is one dossier; with a fault, everything typed stays."""
    desk.by.must_have(RECEPTION)
    edition = plan_of(edition_for(procedure.replace("\x00", ""), local(desk.at).date()))
    if obstacle := edition.obstacle("direct"):
        raise Refused(obstacle, procedure=edition.code)
    agencies = deciding(desk, edition.definition)
    if request.method != "POST":
        return _page(request, desk, begun(request, edition, agencies, desk.agency.id))
    counter = read(request, edition, agencies, desk.at)
    if counter.rows_changed or _helped(request, counter, desk):
        return _page(request, desk, counter)
    if not counter.is_right():
        return _page(request, desk, counter, 422)
    try:
        dossier = _file(request, counter, desk)
    except Refused as no:
        return _page(request, desk, counter, counter.refuse(no))
    return _onward(request, counter, dossier)


@officer_only
def taken(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """What to hand out after a filing, and the way to the next one. Raises `NotFound` ``dossier_unknown``."""
    desk.by.must_have(RECEPTION)
    try:
        standing, from_afar = queries.at_desk(code, desk.by), False
    except NotFound:
        standing, from_afar = at_counter(code, desk.by), True
    dossier, edition = standing.dossier, plan(standing.dossier.edition_id)
    names = {paper.code: paper.name for paper in edition.definition.papers} | {"khac": now_("Giấy tờ khác")}
    rows = [
        (now_("Thủ tục"), text_of(edition.definition.name)), (now_("Chủ hồ sơ"), dossier.owner_name),
        (now_("Cơ quan giải quyết"), standing.agency.name), (now_("Nộp lúc"), moment(dossier.submitted_at)),
        (now_("Hẹn trả kết quả"), moment(standing.due_at) or now_("Tính khi cơ quan giải quyết tiếp nhận")),
        *told(counts_of(dossier.id), names),
    ]  # fmt: skip
    context = {
        "desk": desk, "standing": standing, "dossier": dossier, "from_afar": from_afar,
        "rows": [{"label": label, "value": value} for label, value in rows], "track": track_url(dossier.code),
        "procedure": edition.definition.procedure, "group": group_of(dossier.id, desk.by),
        "tag": state_tag(standing.state),
        "deadline": deadline(standing, calendar_for(standing.agency.code), desk.at),
    }  # fmt: skip
    return render(request, "desk/taken.html", context)


def deciding(desk: Desk, definition: Definition) -> Choices:
    """The agencies of the province that decide this procedure, ours first. At most four queries.

    Source: reception regardless of boundaries within a province, Nghị định 118/2025/NĐ-CP. Raises `Forbidden`
    ``agency_not_competent`` when there is none.
    """
    ours = competent(desk.agency.level, desk.agency.fields, definition)
    found: Choices = [(str(desk.agency.id), desk.agency.name)] if ours else []
    if (province := province_of(desk.agency.id)) is not None:
        on, levels = local(desk.at).date(), definition.levels
        others = competent_agencies(levels=levels, field=definition.field, on=on, province=province)
        found += [(str(each.id), each.name) for each in others if each.id != desk.agency.id]
    if not found:
        raise Forbidden("agency_not_competent", agency=desk.agency.name)
    return found


def _helped(request: HttpRequest, counter: Counter, desk: Desk) -> bool:
    """Whether a button was pressed that only fills the page in."""
    if "_chep" in request.POST:
        copy_earlier(counter, request.POST["_chep"], by=desk.by, at=desk.at)
        return True
    if "_tra-cuu" in request.POST:
        if found := look_up(counter, by=desk.by, at=desk.at):
            open_vault(counter, found, by=desk.by, at=desk.at)
        return True
    reopen(counter, request.POST, desk.at)
    if "_dung" in request.POST:
        take(counter, request.POST["_dung"], by=desk.by, at=desk.at)
        counter.give()
        return True
    return False


def _file(request: HttpRequest, counter: Counter, desk: Desk) -> Dossier:
    """File it, and receive it at once unless the officer only wants it recorded."""
    filing = counter.filing(filer_of(counter, by=desk.by, at=desk.at))
    ask_again(filing, by=desk.by, at=desk.at)
    if "_nhom" in request.POST and counter.group is None:
        counter.group = make_group(filing.owner.name, by=desk.by, at=desk.at).id
    counted = Counted(counter.brought, counter.group, counter.ticket, "_record" not in request.POST)
    return file_at_counter(filing, counted, by=desk.by, at=desk.at)


def _onward(request: HttpRequest, counter: Counter, dossier: Dossier) -> HttpResponse:
    """To the receipt; with more of the same group to come, to the next empty page."""
    messages.success(request, now_("Đã ghi nhận hồ sơ %(code)s.") % {"code": dossier.code})
    if "_nhom" in request.POST:
        again = reverse("desk:intake", kwargs={"procedure": counter.plan.definition.procedure})
        return redirect(f"{again}?{urlencode({GROUP: counter.group})}")
    return redirect("desk:taken", code=dossier.code)


def _page(request: HttpRequest, desk: Desk, counter: Counter, status: int = 200) -> HttpResponse:
    definition = counter.plan.definition
    views = {view.name.removeprefix("quay-"): view for view in counter.owner.views}
    context: dict[str, Any] = {
        "desk": desk, "counter": counter, "definition": definition, "name": text_of(definition.name),
        "errors": counter.errors if status >= 400 else [], "number": views.pop("owner_identity"),
        "owner": list(views.values()), "earlier": [
            (each.pk, each.dossier.code, moment(each.dossier.submitted_at), state_tag(each.state))
            for each in counter.earlier
        ],
    }  # fmt: skip
    return render(request, "desk/intake.html", context, status=status)
