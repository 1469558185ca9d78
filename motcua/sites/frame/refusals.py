"""The sentence behind every code of refusal: what happened, and what the person can do.

The sentences stand in ``sentences/``, their English in the locale. ``{name}`` is filled from the refusal's details;
a detail that is missing shows nothing rather than breaking the page. A test scans the code for codes without words.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refused
from motcua.forms import Fault
from motcua.people.states import ROLES
from motcua.sites.frame.sentences import (
    api,
    catalogue,
    certifying,
    corrections,
    counter,
    credentials,
    desks,
    dossiers,
    files,
    general,
    loading,
    payments,
    people,
    results,
    signing,
    vault,
)
from motcua.sites.frame.templatetags.frame import day, moment


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal in the reader's language."""

    what: str
    do: str


SENTENCES: dict[str, general.Sentence] = {
    code: sentence
    for part in (
        general,
        people,
        catalogue,
        certifying,
        corrections,
        dossiers,
        desks,
        counter,
        credentials,
        files,
        api,
        loading,
        payments,
        results,
        signing,
        vault,
    )
    for code, sentence in part.SENTENCES.items()
}


def said(error: Refused) -> Said:
    """The sentences for a refusal; a code without one is told as a plain no, never as nothing."""
    what, do = SENTENCES.get(error.code, (_("Việc này chưa thực hiện được."), general.ASK_DESK))
    details = Shown({key: shown(named(key, value)) for key, value in error.details.items()})
    return Said(*(re.sub(" +", " ", str(text).format_map(details)) for text in (what, do)))


def problem(error: Refused) -> dict[str, Any]:
    """The refusal as RFC 9457 asks: ``type``, ``title``, ``status``, ``detail``, and ``code`` with its details."""
    words = said(error)
    return {
        "type": f"urn:motcua:refusal:{error.code}",
        "title": words.what,
        "status": error.status,
        "detail": words.do,
        "code": error.code,
        "details": {key: plain(value) for key, value in error.details.items()},
    }


class Shown(dict[str, str]):
    """Details by name; what is missing shows nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def shown(value: Any) -> str:
    """A detail as a person reads it."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(shown(item) for item in value)
    return now_("chưa rõ") if value is None else str(value)


def named(key: str, value: Any) -> Any:
    """A detail that is the key of a role, by the role's name; any other detail as it stands."""
    return now_(ROLES[value]) if key in {"needed", "role"} and isinstance(value, str) and value in ROLES else value


def plain(value: Any) -> Any:
    """A detail as JSON can carry it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Fault):
        return {"code": value.code, "message": value.sentence(get_language() or "vi")}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
