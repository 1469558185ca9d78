"""Who has how much at the agency: for heads and those who sign."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.worktime import local
from motcua.deadlines.queries import calendar_for
from motcua.desks.workload import Load, workload
from motcua.sites.desk import words
from motcua.sites.desk.asking import Desk, officer_only
from motcua.sites.desk.lists import ALL, NO_OFFICER


@officer_only
def load(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open, near and overdue per officer and role, each leading to its list. Eight queries, whatever the number.

    Raises `Forbidden` ``wrong_role`` for anybody but a head or an approver.
    """
    today = local(desk.at).date()
    soon = calendar_for(desk.agency.code).add_working_minutes(desk.at, words.NEAR_MINUTES)
    monday = today - timedelta(days=today.weekday())
    found = workload(desk.by, soon=soon, at=desk.at, since=monday, on=today)
    context = {
        "desk": desk, "free": [row(each) for each in found if each.officer is None],
        "officers": [row(each) for each in found if each.officer], "monday": monday,
        "total": {name: sum(getattr(each, name) for each in found) for name in ("open", "near", "overdue", "waiting")},
    }  # fmt: skip
    return render(request, "desk/workload.html", context)


def row(each: Load) -> dict[str, Any]:
    """A line of the page: its words, its counts, and the address of its list."""
    kept = {"viec": ALL, "can-bo": str(each.officer) if each.officer else NO_OFFICER}
    if each.officer is None and each.roles[0]:
        kept["vai-tro"] = each.roles[0]
    roles = [str(words.ROLES.get(role, role)) for role in each.roles if role]
    return {"load": each, "roles": ", ".join(roles), "query": urlencode(kept)}
