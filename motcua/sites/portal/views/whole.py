"""A dossier to take home: the declaration, or everything as one file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from motcua.dossiers import queries
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.printing import actions, declarations
from motcua.results.queries import result_for
from motcua.sites.portal.asking import citizen_only
from motcua.sites.portal.bundle import entries, zipped
from motcua.sites.portal.reaching import reached
from motcua.sites.portal.views.dossier import pdf


@citizen_only
def whole(_request: HttpRequest, who: Citizen, code: str) -> StreamingHttpResponse:
    """The bundle, sent while it is made; that it was taken is a fact."""
    at = timezone.now()
    standing = reached(who, code, at=at)
    dossier = standing.dossier
    bundle = entries(standing, queries.history(dossier), result_for(dossier.stream))
    actions.take_dossier(dossier.id, len(bundle), by=citizen_actor(who), at=at)
    found = StreamingHttpResponse(zipped(bundle, at), content_type="application/zip")
    found.headers["Content-Disposition"] = f'attachment; filename="{dossier.code}.zip"'
    found.headers["X-Content-Type-Options"] = "nosniff"
    return found


@citizen_only
def declaration(_request: HttpRequest, who: Citizen, code: str) -> HttpResponse:
    """The answers as PDF."""
    standing = reached(who, code, at=timezone.now())
    return pdf(declarations.declaration(standing), f"{standing.dossier.code}-to-khai")
