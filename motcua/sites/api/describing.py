"""The OpenAPI 3.1 document: addresses from the router, shapes from the structs that read and write them."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from motcua.sites.api import shapes
from motcua.sites.api.access import SIGNED_IN

REFERENCE = "#/components/schemas/{name}"
View = TypeVar("View", bound=Callable[..., HttpResponse])
shown: list[type] = [shapes.Problem]

HEADERS = {
    "X-Agency": "An officer's post: the code of the agency. Needed when you hold posts at several.",
    "If-Match": "The `seq` of the dossier as you saw it. Officers must send it, or `seen` in the body.",
    "Idempotency-Key": "Your own name for this filing, up to 200 characters. Sent again it is the same filing.",
    "X-Purpose": "Why an officer reads the dossier; recorded.",
}


def operation(
    router: Router,
    method: str,
    path: str,
    gives: type,
    *,
    status: int = 200,
    takes: type | dict[str, Any] | None = None,
    headers: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Put a view at an address and into the document.

    ``takes``: the struct of its query (GET) or JSON body, or a body in the words of OpenAPI.
    """
    shown.extend(shape for shape in (gives, takes) if isinstance(shape, type))
    extra: dict[str, Any] = {
        "parameters": [_header(name) for name in headers],
        "responses": {status: _answer(gives), "default": {"$ref": "#/components/responses/Problem"}},
    }
    if isinstance(takes, type) and method == "GET":
        extra["parameters"] += _parameters(takes)
    elif takes is not None:
        extra["requestBody"] = _answer(takes) | {"required": True} if isinstance(takes, type) else takes
    return router.api_operation(
        [method],
        path,
        response={status: None},
        openapi_extra=extra,
        operation_id=f"{method.lower()}_{path.strip('/').replace('/', '_').replace('{', '').replace('}', '')}",
    )


@lru_cache
def document() -> dict[str, Any]:
    """The whole document, made once a process, when every address is known."""
    from motcua.sites.api.urls import api

    found: dict[str, Any] = msgspec.to_builtins(dict(api.get_openapi_schema(path_prefix="/api/v1/")), str_keys=True)
    _references, schemas = msgspec.json.schema_components(set(shown), ref_template=REFERENCE)
    problem = {"application/problem+json": {"schema": _reference(shapes.Problem)}}
    found["components"]["schemas"] |= schemas
    found["components"]["responses"] = {"Problem": {"description": "Refused, with the reason", "content": problem}}
    found["servers"] = [{"url": settings.SITE_ADDRESS}]
    for path, methods in found["paths"].items():
        for one in methods.values():
            _tell_path(path, one)
    return found


def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """``GET /openapi.json``."""
    return HttpResponse(_document_bytes(), content_type="application/json")


@lru_cache
def _document_bytes() -> bytes:
    return msgspec.json.encode(document())


def signed_in(tag: str) -> Router:
    """A router whose addresses want a token or a session."""
    return Router(auth=SIGNED_IN, tags=[tag])


def _reference(shape: type) -> dict[str, str]:
    return {"$ref": REFERENCE.format(name=shape.__name__)}


def _answer(shape: type) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": _reference(shape)}}}


def _header(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": name == "Idempotency-Key",
        "description": HEADERS[name],
        "schema": {"type": "string"},
    }


def _parameters(shape: type) -> list[dict[str, Any]]:
    _references, schemas = msgspec.json.schema_components([shape], ref_template=REFERENCE)
    described = schemas[shape.__name__]
    needed = described.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": schema}
        for name, schema in described["properties"].items()
    ]


def _tell_path(path: str, described: dict[str, Any]) -> None:
    """Every name in the address is described, whatever the router knew of it."""
    told = {parameter["name"] for parameter in described["parameters"]}
    for name in [part.strip("{}") for part in path.split("/") if part.startswith("{")]:
        if name not in told:
            schema = {"type": "string"}
            described["parameters"].append({"name": name, "in": "path", "required": True, "schema": schema})
