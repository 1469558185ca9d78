"""Credentials of results for other systems: our keys, the state of a result, and what a token proves."""

from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.base.errors import NotFound, Refused
from motcua.base.worktime import local
from motcua.credentials import keys, tokens
from motcua.results.models import Result
from motcua.results.queries import in_force
from motcua.sites.api.problems import Denied
from motcua.sites.frame.refusals import said
from motcua.sites.frame.results import state_told

BODY_BYTES = tokens.MOST_BYTES + 1024
KEPT_SECONDS = 300


@require_GET
def key_set(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The public keys as a JWK set."""
    return _public(keys.key_set(settings.CREDENTIAL_KEYS, settings.SITE_ADDRESS), "application/jwk-set+json")


@require_GET
def did_document(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Who this node is, as ``did:web``."""
    return _public(keys.did_document(settings.CREDENTIAL_KEYS, settings.SITE_ADDRESS), "application/did+json")


@require_GET
def status(request: HttpRequest, result: UUID) -> HttpResponse:  # noqa: ARG001
    """What the registry says of a result today; nothing about any person. Raises `NotFound` ``result_unknown``."""
    handed = Result.objects.select_related("replaced_by").filter(handed_over_at__isnull=False)
    found = handed.filter(pk=result).first()
    if found is None:
        raise NotFound("result_unknown")
    today = local(timezone.now()).date()
    told = {
        "status": str(found.state_on(today)), "in_force": in_force(found, today), "on": today.isoformat(),
        "detail": state_told(found, today),
    }  # fmt: skip
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@csrf_exempt
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """What a token proves: sent as it is, or as JSON ``{"verifiableCredential": "…"}``. 200 whatever is found.

    Raises `Denied` ``body_too_large`` before it is read.
    """
    at = timezone.now()
    checked = tokens.check(_token(request), at=at)
    words = said(Refused(checked.problem)) if checked.problem else None
    told: dict[str, Any] = {
        "verified": checked.verified, "problem": checked.problem, "detail": f"{words.what} {words.do}" if words else "",
        "signature": bool(checked.claims), "status": checked.status or None, "checked_at": at.isoformat(),
        "credential": checked.claims or None,
    }  # fmt: skip
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _token(request: HttpRequest) -> str:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > BODY_BYTES:
        raise Denied(413, "body_too_large", limit_mb=round(BODY_BYTES / 1024 / 1024, 2))
    body = request.read(BODY_BYTES)
    if request.content_type == "application/json":
        try:
            body = orjson.loads(body)["verifiableCredential"].encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            return ""
    return str(body.decode("utf-8", "replace")).strip()


def _public(value: dict[str, Any], kind: str) -> HttpResponse:
    headers = {"Cache-Control": f"public, max-age={KEPT_SECONDS}", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(orjson.dumps(value), content_type=kind, headers=headers)
