"""What a program sends, read strictly: what can be understood in two ways is refused, never guessed."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, TypeVar

import msgspec
import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.sites.api.problems import Denied

DEEPEST = 16
LONGEST_NUMBER = 18  # digits: what a 64-bit integer surely holds
PLACE = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<place>[^`]*)`)?", re.DOTALL)
NAMED = re.compile(r"Object (missing required|contains unknown) field `(?P<name>[^`]*)`")

Shape = TypeVar("Shape")


def body(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The JSON body as ``shape``; no body at all counts as ``{}``.

    Raises `Denied` ``media_type_unsupported`` (415), ``json_unreadable`` (400), `Invalid` ``body_invalid`` (422,
    ``fields``), and Django's own errors for a body that is too large.
    """
    raw = request.body
    if raw and request.content_type != "application/json":
        raise Denied(415, "media_type_unsupported", accepted="application/json")
    return shaped(parsed(raw) if raw else {}, shape)


def query(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The query string as ``shape``; a parameter that is unknown or given twice is refused like a wrong one."""
    twice = {name: _("Mục này được gửi hai lần.") for name, values in request.GET.lists() if len(values) > 1}
    if twice:
        raise Invalid("body_invalid", fields=twice)
    return shaped({name: value for name, value in request.GET.items() if value}, shape, strict=False)


def shaped(raw: Any, shape: type[Shape], strict: bool = True) -> Shape:
    """Plain values as ``shape``. Raises `Invalid` ``body_invalid`` naming the place."""
    try:
        return msgspec.convert(raw, shape, strict=strict)
    except msgspec.ValidationError as fault:
        raise Invalid("body_invalid", fields=told(str(fault))) from None


def told(fault: str) -> dict[str, str]:
    """msgspec's sentence as place and words of ours: ``Object missing required field `x` - at `$.y``` → ``y.x``."""
    found = PLACE.fullmatch(fault)
    what, place = (found["what"], found["place"] or "") if found else (fault, "")
    if named := NAMED.fullmatch(what):
        words = _("Không có mục này.") if named[1] == "contains unknown" else _("Thiếu mục này.")
        return {".".join(filter(None, (place, named["name"]))): words}
    return {place: _("Giá trị không đúng kiểu hoặc ngoài giới hạn ({why}).").format(why=what)}


def parsed(raw: bytes) -> Any:
    """JSON in UTF-8 without what readers differ about: double names, NaN, huge numbers, NUL, deep nesting."""
    try:
        found = json.loads(
            raw.decode(), object_pairs_hook=_object, parse_int=_whole, parse_float=_decimal, parse_constant=_constant
        )
        _must_be_plain(found)
    except (ValueError, RecursionError) as fault:
        raise Denied(400, "json_unreadable", why=str(fault)[:200]) from None
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _decimal(digits: str) -> float:
    found = float(digits)
    if found in (float("inf"), float("-inf")) or len(digits) > 40:
        raise ValueError("a number is too large or too long")
    return found


def _constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _must_be_plain(found: Any) -> None:
    """No deeper than `DEEPEST`, and no text that a database or UTF-8 can't hold."""
    waiting = [(found, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(value, dict):
            waiting += [(item, depth + 1) for pair in value.items() for item in pair]
        elif isinstance(value, list):
            waiting += [(item, depth + 1) for item in value]
        elif isinstance(value, str):
            value.encode()  # half a surrogate pair raises
            if "\0" in value:
                raise ValueError("a text holds NUL")


def cursor(key: Any) -> str:
    """The key of the next page as a word for an address."""
    return urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def key_of(text: str, shape: type[Shape]) -> Shape:
    """The key behind a cursor. Raises `Invalid` ``cursor_malformed``."""
    try:
        found = parsed(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return msgspec.convert(found, shape)
    except (ValueError, Denied, msgspec.ValidationError):
        raise Invalid("cursor_malformed") from None
