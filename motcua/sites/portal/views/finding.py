"""Finding a procedure: a question with filters, and lists by name. What is asked stands in the address."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now_

from motcua.base.wires import provider
from motcua.catalogue import queries
from motcua.catalogue.models import Procedure
from motcua.search.ports import Filters, Search
from motcua.sites.frame.fields import Choice, FieldView
from motcua.sites.frame.public import public_page
from motcua.sites.frame.words import LEVELS, ONLINE, SUBJECTS, english, language
from motcua.sites.front import VERSION
from motcua.sites.portal.asking import asked, today
from motcua.sites.portal.life_events import life_events
from motcua.sites.portal.words import listed

HITS, MORE_HITS = 10, 40
NAMES = {"field": "linh-vuc", "level": "cap", "subject": "doi-tuong", "life_event": "su-kien"}


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """The best answers to a question, or the procedures that pass the filters, by name. At most three queries, and
    none behind the front, which knows the state of the catalogue, where all that is shown was drawn before."""
    text = asked(request, "q")
    filters = {key: asked(request, name, 120) for key, name in NAMES.items()}
    given = {key: value for key, value in filters.items() if value}
    version = request.META.get(VERSION) or queries.catalogue_stamp()
    context = {
        "text": text,
        "filters": _filters(version, language(), tuple(filters.values())),
        "filtered": bool(given),
    }
    if text:
        context |= _found(request, text, given, version) | {"asked": True}
    elif given:
        context |= _page(request, given) | {"asked": True}
    return render(request, "portal/search.html", context)


def _found(request: HttpRequest, text: str, given: dict[str, str], version: str) -> dict[str, Any]:
    """The best answers; a link to more while there are some and more were not asked for."""
    all_of_them = "them" in request.GET
    limit = MORE_HITS if all_of_them else HITS
    hits = provider(Search).find(text, on=today(), limit=limit, filters=Filters(**given), stamp=version)
    asked_so_far = [("q", text), *((NAMES[key], value) for key, value in given.items())]
    more = f"?{urlencode([*asked_so_far, ('them', '1')])}" if len(hits) == HITS and not all_of_them else ""
    return {"rows": _rows([hit.code for hit in hits], version), "more": more}


def _rows(codes: list[str], version: str) -> list[SafeString]:
    """The procedures with these codes as a list shows them. One query for those that were not drawn yet."""
    drawn = _drawn(version, language())
    if missing := [code for code in codes if code not in drawn]:
        drawn.update((each.code, row(each)) for each in queries.procedures_by_code(missing))
    return [drawn[code] for code in codes if code in drawn]


@lru_cache(maxsize=4)
def _drawn(_version: str, _language: str) -> dict[str, SafeString]:
    """The rows drawn so far in one state of the catalogue and one language, by code; `_rows` adds to them."""
    return {}


def procedures_page(
    request: HttpRequest, title: str = "", lead: str = "", filters: dict[str, str] | None = None
) -> HttpResponse:
    """A list of procedures by name under a heading. One or two queries."""
    context = {"title": title or now_("Tất cả thủ tục"), "lead": lead, **_page(request, filters or {})}
    return render(request, "portal/procedures.html", context)


def row(procedure: Procedure) -> SafeString:
    """A procedure as a list shows it."""
    field = procedure.field
    names = [(english() and field.name_en) or field.name if field else "", listed(procedure.levels, LEVELS)]
    about = {
        "code": procedure.code,
        "name": (english() and procedure.name_en) or procedure.name,
        "foreign": english() and not procedure.name_en,
        "about": " · ".join(filter(None, names)),
        "tag": online_tag(language()) if procedure.fileable and procedure.online in {"full", "partial"} else "",
    }
    return render_to_string("portal/listed.html", {"row": about})


@lru_cache(maxsize=4)
def online_tag(_language: str) -> SafeString:
    """What a list shows beside a procedure that can be filed online; drawn once a language."""
    return render_to_string("portal/online.html")


def _page(request: HttpRequest, filters: dict[str, str]) -> dict[str, Any]:
    """One page after the procedure whose code the address names; an unknown code begins again."""
    after = asked(request, "sau", 40)
    before = queries.procedures_by_code([after]) if after else []
    key = (before[0].folded_name, before[0].code) if before else None
    rows, following = queries.browse(filters, after=key)
    kept = [(name, value) for name, value in request.GET.items() if name in NAMES.values()]
    onward = f"?{urlencode([*kept, ('sau', following[1])])}" if following else ""
    return {"rows": [row(each) for each in rows], "next": onward}


@lru_cache(maxsize=256)
def _filters(_version: str, _language: str, chosen: tuple[str, ...]) -> SafeString:
    """The four filters as the page shows them: made once per state of the catalogue, language and choice."""
    fields = [(each.code, (english() and each.name_en) or each.name) for each, _ in queries.counts_by_field()]
    offered: dict[str, list[tuple[str, str]]] = {
        now_("Lĩnh vực"): fields,
        now_("Cấp giải quyết"): [(code, str(word)) for code, word in LEVELS.items()],
        now_("Ai làm thủ tục"): [(code, str(word)) for code, word in SUBJECTS.items()],
        now_("Sự kiện trong đời"): [(each.code, each.name) for each in life_events()],
    }
    views = [
        FieldView(name, label, "select", choices=tuple(Choice(*one, one[0] == value) for one in options))
        for (label, options), name, value in zip(offered.items(), NAMES.values(), chosen, strict=True)
    ]
    return render_to_string("portal/filters.html", {"filters": views})


def online_words(level: str | None) -> str:
    """How far the procedure can be done online."""
    return str(ONLINE[level]) if level in ONLINE else now_("Chưa rõ")
