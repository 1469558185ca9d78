"""Where providers tell us what became of a payment. Who speaks proves it by the seal of the message, by nothing else."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.base.errors import NotFound
from motcua.payments import outside
from motcua.sites.api.problems import Denied

MOST_BYTES = 64 * 1024
NOTHING_NEW = {"", "replayed"}  # said again since our answer was lost: it need not be said a third time


@csrf_exempt
@require_POST
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """Hear one message. Whoever is refused learns that it was, not why; the books and the ledger hold the reason.

    Limited by the size of a message, not by what was heard before: a bank that repeats itself must be let through.
    """
    way = outside.way_named(provider)
    if way is None:
        raise NotFound("address_unknown", address=request.path[:100])
    why = outside.hear(provider, _read(request), at=timezone.now())
    told = "" if why in NOTHING_NEW else "refused"
    return JsonResponse(way.reply(told), status=400 if told else 200)


def _read(request: HttpRequest) -> bytes:
    """The message, of whatever kind it says to be. Raises `Denied` ``body_too_large`` (413) before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        raise Denied(413, "body_too_large", limit_mb=round(MOST_BYTES / 1024 / 1024, 2))
    raw: bytes = request.read(MOST_BYTES)
    return raw
