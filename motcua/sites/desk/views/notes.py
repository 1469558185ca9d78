"""Notes about a dossier among the officers of one agency."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as now_

from motcua.desks.actions.notes import remove_note, write_note
from motcua.dossiers import queries
from motcua.sites.desk.asking import Desk, officer_only, uuid_of


@officer_only
def note(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Write a note, and come back to the dossier."""
    standing = queries.at_desk(code, desk.by)
    if request.method == "POST":
        write_note(standing.dossier_id, request.POST.get("text", ""), by=desk.by, at=desk.at)
        messages.success(request, now_("Đã lưu ghi chú."))
    return redirect(f"{reverse('desk:dossier', args=[standing.dossier.code])}#ghi-chu")


@officer_only
def removed(request: HttpRequest, desk: Desk, code: str, note: str) -> HttpResponse:
    """Take one's own note back, and come back to the dossier."""
    standing = queries.at_desk(code, desk.by)
    if request.method == "POST":
        remove_note(uuid_of(note), by=desk.by, at=desk.at)
        messages.success(request, now_("Đã bỏ ghi chú."))
    return redirect(f"{reverse('desk:dossier', args=[standing.dossier.code])}#ghi-chu")
