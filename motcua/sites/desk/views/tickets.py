"""Queue tickets: giving them, calling them, and the screen in the waiting room."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.cache import never_cache

from motcua.base.errors import Invalid, NotFound
from motcua.base.worktime import local
from motcua.desks import queries
from motcua.desks.actions import tickets as actions
from motcua.desks.models import Ticket
from motcua.people.queries import resolve
from motcua.sites.desk.asking import Desk, id_in, officer_only, uuid_of

PLACE, CHOSEN = "counter", "queues"  # in the session: what the counter is called, and whom it calls


@officer_only
def tickets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Whom I have before me, who waits, who was skipped. Nine queries with the session, whatever the page."""
    desk.by.must_have(actions.SETS_UP)
    day, chosen = local(desk.at).date(), set(request.session.get(CHOSEN, ()))
    waiting = queries.waiting(desk.agency.id, day)
    rows = [
        {"queue": each, "waiting": waiting.get(each.id, 0), "chosen": not chosen or str(each.id) in chosen}
        for each in queries.queues(desk.agency.id)
    ]
    context = {
        "desk": desk, "rows": rows, "present": queries.present(desk.by, day),
        "skipped": queries.skipped(desk.agency.id, day), "place": request.session.get(PLACE, ""),
        "total": sum(waiting.values()), "mean": minutes(queries.mean_wait(desk.agency.id, day)),
    }  # fmt: skip
    return render(request, "desk/tickets.html", context)


@officer_only
def act(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """One verb of the queue. Raises as `desks.actions.tickets`."""
    if slug not in ACTS:
        raise NotFound("not_found")
    if request.method == "POST":
        ACTS[slug](request, desk)
    return redirect("desk:tickets")


@officer_only
def kiosk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A button for each open queue; a post gives the next number and shows it, to be printed."""
    desk.by.must_have(actions.SETS_UP)
    if request.method == "POST":
        given = actions.give_ticket(uuid_of(request.POST.get("hang", "")), by=desk.by, at=desk.at)
        return redirect("desk:ticket", ticket=given.id)
    found = [each for each in queries.queues(desk.agency.id) if each.open]
    return render(request, "desk/kiosk.html", {"desk": desk, "queues": found})


@officer_only
def ticket(request: HttpRequest, desk: Desk, ticket: str) -> HttpResponse:
    """One number, as it is printed. Raises `NotFound` ``ticket_unknown``."""
    found = Ticket.objects.select_related("queue").filter(pk=uuid_of(ticket), agency=desk.agency.id).first()
    if found is None:
        raise NotFound("ticket_unknown")
    ahead = Ticket.objects.filter(queue=found.queue, day=found.day, state="waiting", given_at__lt=found.given_at)
    return render(request, "desk/ticket.html", {"desk": desk, "ticket": found, "ahead": ahead[:1000].count()})


@never_cache
def screen(request: HttpRequest, agency: str) -> HttpResponse:
    """The numbers being called at an agency, for everybody to see: nothing else stands there. Four queries.

    Raises `NotFound` ``agency_unknown``.
    """
    day = local(timezone.now()).date()
    try:
        found = resolve(agency, on=day)
    except Invalid:
        raise NotFound("agency_unknown", agency=agency[:40]) from None
    context = {
        "agency": found, "called": queries.called(found.id, day), "at": timezone.now(),
        "waiting": sum(queries.waiting(found.id, day).values()), "mean": minutes(queries.mean_wait(found.id, day)),
    }  # fmt: skip
    return render(request, "desk/screen.html", context)


def minutes(wait: timedelta | None) -> int | None:
    """Whole minutes; None where nobody was called."""
    return None if wait is None else round(wait.total_seconds() / 60)


def _call(request: HttpRequest, desk: Desk) -> None:
    chosen = [str(each) for each in map(id_in, request.POST.getlist("hang")[:20]) if each]
    place = request.POST.get("quay", "")[:40]
    request.session[PLACE], request.session[CHOSEN] = place, chosen
    seen = id_in(request.POST.get("seen"))
    queues = frozenset(map(UUID, chosen))
    if actions.call_next(place, queues, seen=seen, by=desk.by, at=desk.at) is None:
        messages.info(request, now_("Không còn ai đang chờ."))


def _recall(request: HttpRequest, desk: Desk) -> None:
    place = request.session.get(PLACE, "")
    actions.recall(uuid_of(request.POST.get("so", "")), place, by=desk.by, at=desk.at)


def _skip(request: HttpRequest, desk: Desk) -> None:
    actions.skip(uuid_of(request.POST.get("so", "")), by=desk.by, at=desk.at)


def _done(request: HttpRequest, desk: Desk) -> None:
    actions.done(uuid_of(request.POST.get("so", "")), by=desk.by, at=desk.at)


def _open(request: HttpRequest, desk: Desk) -> None:
    queue = actions.open_queue(request.POST.get("ten", ""), by=desk.by)
    messages.success(request, now_("Đã mở hàng chờ %(letter)s.") % {"letter": queue.letter})


def _switch(request: HttpRequest, desk: Desk) -> None:
    actions.set_open(uuid_of(request.POST.get("hang", "")), request.POST.get("mo") == "1", by=desk.by)


Act = Callable[[HttpRequest, Desk], Any]
ACTS: dict[str, Act] = {
    "goi": _call, "goi-lai": _recall, "bo-qua": _skip, "xong": _done, "mo-hang": _open, "doi-hang": _switch,
}  # fmt: skip
