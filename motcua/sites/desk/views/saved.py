"""Saved lists: kept from the worklist, renamed and thrown away on a page of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now_

from motcua.desks.actions.views import drop_view, rename_view, save_view
from motcua.desks.queries import views_of
from motcua.sites.desk import words
from motcua.sites.desk.asking import Desk, officer_only, uuid_of
from motcua.sites.desk.lists import listed


@officer_only
def saved(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The saved lists; a post keeps one more and leads back to it. Raises as `save_view`."""
    if request.method == "POST":
        asked = listed(QueryDict(request.POST.get("query", "")[:2000]))
        kept = save_view(request.POST.get("name", ""), asked.query, request.POST.get("role", ""), by=desk.by)
        messages.success(request, now_("Đã lưu danh sách “%(name)s”.") % {"name": kept.name})
        return redirect(f"{reverse('desk:worklist')}?{kept.query}")
    rows = [
        {"view": view, "own": str(view.officer_id) == desk.by.id, "role": words.ROLES.get(view.role, "")}
        for view in views_of(desk.by)
    ]
    return render(request, "desk/saved.html", {"desk": desk, "rows": rows})


@officer_only
def change(request: HttpRequest, desk: Desk, view: str) -> HttpResponse:
    """Rename one's own list, or throw it away."""
    if request.method == "POST" and "_drop" in request.POST:
        drop_view(uuid_of(view), by=desk.by)
        messages.success(request, now_("Đã bỏ danh sách."))
    elif request.method == "POST":
        rename_view(uuid_of(view), request.POST.get("name", ""), by=desk.by)
        messages.success(request, now_("Đã đổi tên danh sách."))
    return redirect("desk:saved")
