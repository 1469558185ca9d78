"""From what a browser posted to typed answers, and from what the State knows to answers filled in before."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.base.errors import Invalid
from motcua.base.text import clean
from motcua.forms.calculated import VALUE
from motcua.forms.shape import Definition, sections

POST_CHARACTERS = 200_000  # all values of one page together: several hundred times a page filled with care
# Control characters, lone surrogates, marks that turn the reading direction: nobody types them.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
MONTH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
WHOLE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})")
DECIMAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?")
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+")
ROW = re.compile(r"([0-9]{1,3})-([a-z0-9_]+)")
GENDERS = {"male": "nam", "female": "nu"}

Post = Mapping[str, list[str]]


def parse_post(form: Definition, section_code: str, post: Post) -> dict[str, Any]:
    """Typed answers of one section. Empty means absent.

    Text is cleaned (NFC, blanks, control characters); what can't be read as its type is kept as written: the
    person sees it again beside the error. Raises `Invalid` ``form_too_big``; `KeyError`: unknown section.
    """
    if sum(len(value) for values in post.values() for value in values) > POST_CHARACTERS:
        raise Invalid("form_too_big", limit=POST_CHARACTERS)
    own = next((section.fields for section in sections(form) if section.code == section_code), None)
    if own is None:
        raise KeyError(section_code)
    asked = [name for name in own if VALUE not in form["properties"][name]]
    answers = {name: _answer(form["properties"][name], name, post) for name in asked}
    return {name: value for name, value in answers.items() if value is not None}


def strange_names(form: Definition, post: Post) -> list[str]:
    """Names in a post that no question of the form has: no page of ours asks them, so somebody made them up.

    What begins with an underscore or is Django's own token is the page's business.
    """
    sent = (name for name in post if not name.startswith("_") and name != "csrfmiddlewaretoken")
    return sorted(name for name in sent if name.partition("-")[0] not in form["properties"])


def _answer(field: Mapping[str, Any], name: str, post: Post) -> Any:
    if field["type"] == "array":
        return _rows(field["items"]["properties"], name, post) or None
    values = post.get(name)
    return typed(field, values[-1]) if values else None


def _rows(columns: Mapping[str, Any], name: str, post: Post) -> list[dict[str, Any]]:
    """Rows posted as ``name-0-column``, in the order of their numbers; rows left empty are dropped."""
    rows: dict[int, dict[str, Any]] = {}
    for key, values in post.items():
        found = ROW.fullmatch(key[len(name) + 1 :]) if key.startswith(name + "-") else None
        if found and found[2] in columns and values:
            value = typed(columns[found[2]], values[-1])
            if value is not None:
                rows.setdefault(int(found[1]), {})[found[2]] = value
    return [rows[number] for number in sorted(rows)]


def typed(field: Mapping[str, Any], posted: str) -> Any:
    """The value a person meant by a posted text; the cleaned text where it can't be read; None when empty."""
    text = UNWANTED.sub("", posted)
    text = _lines(text) if field.get("x-widget") == "textarea" else clean(text)
    if not text:
        return None
    return READERS.get(field.get("format") or field["type"], str)(text)


def _lines(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line) for line in lines).strip("\n")


def _day(text: str) -> str:
    found = DAY.fullmatch(text)
    if found is None:
        return text
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return text


def _partial_day(text: str) -> str:
    found = MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= 12:
        return _day(text)
    return f"{found[2]}-{int(found[1]):02d}"


def _whole(text: str) -> int | str:
    return int(text.replace(".", "")) if WHOLE.fullmatch(text) else text


def _decimal(text: str) -> float | int | str:
    """``75,5`` and ``75.5``; but ``1.500`` may be meant as 1500 or as 1,5 and is not guessed."""
    if THOUSANDS.fullmatch(text) or not DECIMAL.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _yes_no(text: str) -> bool | str:
    return {"true": True, "on": True, "false": False}.get(text, text)


READERS: dict[str, Callable[[str], Any]] = {
    "date": _day,
    "partial-date": _partial_day,
    "integer": _whole,
    "number": _decimal,
    "boolean": _yes_no,
}


def prefill(form: Definition, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Answers the State already knows, by field. ``sources`` is ``{"citizen": {…}, "organisation": {…}}``.

    What is unknown, empty, or not among a field's options is left for the person to fill in.
    """
    known = {name: _known(field, sources) for name, field in form["properties"].items() if "x-prefill" in field}
    return {name: value for name, value in known.items() if value is not None}


def _known(field: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> Any:
    source, _, key = field["x-prefill"].partition(".")
    value = sources.get(source, {}).get(key)
    if isinstance(value, date):
        value = value.isoformat()[:10]
    if value in (None, ""):
        return None
    options = [option["const"] for option in field.get("oneOf", ())]
    value = GENDERS.get(value, value) if key == "gender" else value
    return value if not options or value in options else None
