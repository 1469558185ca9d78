"""What people share with the officer's agency: the list, one thing, its file. They see who opened it."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now_

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.base.models import StoredFile
from motcua.base.worktime import local
from motcua.sites.desk.asking import Desk, officer_only, uuid_of
from motcua.sites.desk.views.files import safe_name
from motcua.sites.frame.holdings import TRUSTS, state_of
from motcua.sites.frame.words import Tag
from motcua.vault.actions import shared_with
from motcua.vault.queries import Held, shared_with_agency


@officer_only
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is shared with the agency today, newest first: of each what it is, by whom, what for, until when."""
    shares = shared_with_agency(desk.agency.id, on=local(desk.at).date())
    return render(request, "desk/shared.html", {"desk": desk, "shares": shares})


@officer_only
def one(request: HttpRequest, desk: Desk, share: str) -> HttpResponse:
    """One thing with what it is worth now. The look is recorded."""
    found, held = shared_with(uuid_of(share), by=desk.by, at=desk.at)
    context = {"desk": desk, "share": found, "held": held, "rows": rows(held, desk), "tag": _tag(held, desk)}
    return render(request, "desk/shared_one.html", context)


@officer_only
def file(request: HttpRequest, desk: Desk, share: str) -> FileResponse:  # noqa: ARG001
    """Its file, as a download. The look is recorded."""
    _share, held = shared_with(uuid_of(share), by=desk.by, at=desk.at)
    stored = StoredFile.objects.filter(pk=held.sha256).first() if held.sha256 else None
    if stored is None:
        raise NotFound("file_missing")
    name = safe_name(f"{held.version.item.title} {held.version.number}")
    kind = stored.media_type if stored.media_type in files.ACCEPTED else "application/octet-stream"
    return FileResponse(
        files.open_file(stored.sha256),
        as_attachment=True,
        filename=f"{name}.{files.ACCEPTED.get(kind, 'bin')}",
        content_type=kind,
    )


def rows(held: Held, desk: Desk) -> list[dict[str, str]]:
    """What is told of it."""
    version, result = held.version, held.version.result
    agency = result.agency if result else version.agency
    state = _tag(held, desk).label
    told = [
        (now_("Số"), version.number),
        (now_("Cơ quan"), agency.name if agency else version.agency_name),
        (now_("Đứng tên"), result.holder_name if result else ""),
        (now_("Trạng thái"), state),
        (now_("Có hiệu lực đến hết"), f"{held.valid_until:%d/%m/%Y}" if held.valid_until else ""),
        (now_("Mức tin cậy"), str(TRUSTS[held.trust])),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def _tag(held: Held, desk: Desk) -> Tag:
    return state_of(held, local(desk.at).date())
