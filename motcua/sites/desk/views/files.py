"""What leaves the page of a dossier as a file: the papers that were filed, the printed forms, the result."""

import re

from django.http import FileResponse, HttpRequest, HttpResponse

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.dossiers import actions, queries
from motcua.dossiers.models import DossierPaper
from motcua.printing.letters import LETTERS, letter
from motcua.printing.receipts import receipt
from motcua.printing.slips import control_slip
from motcua.results.queries import result_for
from motcua.sites.desk.asking import Desk, asked, officer_only, uuid_of

PRINTED = {"01": receipt, "06": control_slip}  # forms of Thông tư 03/2025/TT-VPCP
PDF = "application/pdf"


@officer_only
def paper(request: HttpRequest, desk: Desk, code: str, paper: str) -> FileResponse:  # noqa: ARG001
    """A paper as a download: never shown inside our pages, its type as sniffed. The look is recorded."""
    standing, wanted = queries.at_desk(code, desk.by), uuid_of(paper)
    found = next((each for each in queries.papers_of(standing.dossier) if each.id == wanted), None)
    if found is None:
        raise NotFound("not_found")
    actions.look(standing.dossier_id, "download", by=desk.by, at=desk.at)
    return sent(found)


def sent(found: DossierPaper) -> FileResponse:
    """A paper as an attachment, with the name it had, made harmless."""
    kind = found.file.media_type if found.file.media_type in files.ACCEPTED else "application/octet-stream"
    name = f"{safe_name(found.label.rpartition('.')[0] or found.label)}.{files.ACCEPTED.get(kind, 'bin')}"
    content = files.open_file(found.file_id)
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


@officer_only
def printed(request: HttpRequest, desk: Desk, code: str, form: str) -> HttpResponse:
    """Form 01 (receipt), 06 (control slip) or a letter (02 to 05, of the fact ``su-kien`` or the last), to be printed.

    Raises `Refused` ``not_received_yet``, `NotFound` ``letter_unknown``.
    """
    if form not in PRINTED and form not in LETTERS:
        raise NotFound("not_found")
    standing = queries.at_desk(code, desk.by)
    actions.look(standing.dossier_id, "printing", by=desk.by, at=desk.at)
    made = PRINTED[form](standing) if form in PRINTED else letter(standing, form, fact_in(request))
    return inline(made, f"{safe_name(standing.dossier.code)}-{form}.pdf")


def fact_in(request: HttpRequest) -> int | None:
    """Which fact of the dossier the address names; none: the last. Raises `NotFound` for what is no number."""
    named = asked(request, "su-kien")
    if named and not (named.isdecimal() and len(named) < 10):
        raise NotFound("not_found")
    return int(named) if named else None


@officer_only
def result(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:  # noqa: ARG001
    """The result, once its document is made. Raises `NotFound` ``result_unknown`` before."""
    standing = queries.at_desk(code, desk.by)
    found = result_for(standing.dossier.stream)
    if found is None or found.file_id is None:
        raise NotFound("result_unknown")
    actions.look(standing.dossier_id, "result", by=desk.by, at=desk.at)
    with files.open_file(found.file_id) as content:
        return inline(content.read(), f"{safe_name(found.number)}.pdf")


def inline(content: bytes, name: str) -> HttpResponse:
    """A PDF of our own making, shown by the browser."""
    return HttpResponse(content, content_type=PDF, headers={"Content-Disposition": f'inline; filename="{name}"'})


def safe_name(text: str) -> str:
    """Letters, digits, blanks, dots and dashes only; never empty, never hidden."""
    return re.sub(r"[^\w .-]+", "-", text).strip(" .-")[:80] or "tep"
