"""Many filings from one Excel sheet: the blank sheet, sending it in, how far it is, what was wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.catalogue.queries import Plan, edition_for, plan, plan_of
from motcua.desks.actions.sheets import columns_for, send_sheet
from motcua.desks.queries import faults_of, run_at, runs_of
from motcua.desks.sheets import MOST_ROWS
from motcua.sites.desk.asking import Desk, asked, officer_only, uuid_of
from motcua.sites.desk.sheets import blank, told, wrong_rows
from motcua.sites.desk.views.files import safe_name
from motcua.sites.desk.views.taking import EXCEL
from motcua.sites.frame.refusals import Said, said
from motcua.sites.frame.words import text_of

PAGE = 100


@officer_only
def runs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The sheets that were sent, newest first. Raises `Forbidden` ``wrong_role``."""
    desk.by.must_have({"reception"})
    return render(request, "desk/sheets.html", {"desk": desk, "runs": runs_of(desk.by)})


@officer_only
def send(request: HttpRequest, desk: Desk, procedure: str) -> HttpResponse:
    """The page to send a sheet of one procedure from; a file that can't be taken is refused there, in words."""
    desk.by.must_have({"reception"})
    edition = plan_at(procedure, desk)
    file, refusal, status = request.FILES.get("bang"), None, 200
    if request.method == "POST":
        try:
            if file is None:
                raise Refused("file_empty")
            receive = "receive" in request.POST
            run = send_sheet(
                file.chunks(), file.name or "", edition.edition_id, receive=receive, by=desk.by, at=desk.at
            )
        except Refused as no:
            refusal, status = said(no), no.status
        else:
            return redirect("desk:sheet", run=run.id)
    return _page(request, desk, edition, refusal, status)


def _page(request: HttpRequest, desk: Desk, edition: Plan, refusal: Said | None, status: int) -> HttpResponse:
    columns = columns_for(edition)
    context = {
        "desk": desk, "definition": edition.definition, "name": text_of(edition.definition.name),
        "columns": columns, "refusal": refusal, "limit": f"{MOST_ROWS:,}".replace(",", "."),
        "errors": [("bang", f"{refusal.what} {refusal.do}")] if refusal else [],
    }  # fmt: skip
    return render(request, "desk/sheet_send.html", context, status=status)


@officer_only
def template(_request: HttpRequest, desk: Desk, procedure: str) -> HttpResponse:
    """The blank sheet of a procedure."""
    desk.by.must_have({"reception"})
    edition = plan_at(procedure, desk)
    content = blank(columns_for(edition), edition.code)
    return _excel(content, f"mau-nhap-{edition.code}.xlsx")


@officer_only
def sheet(request: HttpRequest, desk: Desk, run: str) -> HttpResponse:
    """How far a sheet is, and which rows did not go in; while it runs the page comes again by itself."""
    desk.by.must_have({"reception"})
    found = run_at(uuid_of(run), desk.by)
    after = asked(request, "sau")
    faults = faults_of(found, after=int(after) if after.isascii() and after.isdecimal() and len(after) < 8 else 0,
                       limit=PAGE + 1)  # fmt: skip
    context = {
        "desk": desk, "run": found, "read": min(found.next_row - 1, found.last_row), "running": found.state == "waiting",
        "faults": [(fault.row, told(fault)) for fault in faults[:PAGE]],
        "next": f"?sau={faults[PAGE - 1].row}" if len(faults) > PAGE else "",
    }  # fmt: skip
    return render(request, "desk/sheet.html", context)


@officer_only
def wrong(_request: HttpRequest, desk: Desk, run: str) -> HttpResponse:
    """The wrong rows as a sheet to be mended and sent again."""
    desk.by.must_have({"reception"})
    found = run_at(uuid_of(run), desk.by)
    content = wrong_rows(found, faults_of(found), plan(found.edition_id))
    return _excel(content, f"can-sua-{safe_name(found.name.rpartition('.')[0])}.xlsx")


def plan_at(procedure: str, desk: Desk) -> Plan:
    """The edition in force today. Raises `NotFound` as `edition_for`."""
    return plan_of(edition_for(procedure.replace("\x00", ""), local(desk.at).date()))


def _excel(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
