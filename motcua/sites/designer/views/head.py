"""The pages of a bench beside form and process: general data, limits and fees, papers, results."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_

from motcua.base.errors import NotFound, Refused
from motcua.catalogue.definition import Definition, Paper, Result
from motcua.designs import heads
from motcua.designs.differences import limit_words
from motcua.sites.designer.asking import Workbench, workbench
from motcua.sites.designer.forms import Asked
from motcua.sites.designer.head_forms import (
    FEES,
    ChannelForm,
    ClockForm,
    HeadForm,
    PaperForm,
    ResultForm,
    channel_of,
    head_of,
    values_of,
)
from motcua.sites.designer.known import warn
from motcua.sites.designer.problems import told
from motcua.sites.frame.paying import fee_rules
from motcua.sites.frame.refusals import said
from motcua.sites.frame.words import CHANNELS, language

Change = Callable[[], Definition]
REDIRECTED = 302
LISTS = {"terms": "designer/terms.html", "papers": "designer/papers.html", "results": "designer/results.html"}


@workbench
def head(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """General data."""
    typed = HeadForm(request.POST or None, initial=head_of(bench.definition))

    def made() -> Definition:
        return heads.describe(bench.definition, typed.period(), **typed.head())

    return _edit(request, bench, typed, made, now_("Thông tin chung"), "bench", "head")


@workbench
def terms(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """Ways of filing with their limits and fees; a post adds or removes one."""
    channels = [
        (CHANNELS.get(kind, kind), kind,
         [(place, limit_words(each.limit, language()), [(fee, fee_rules(fee)) for fee in each.fees])
          for place, each in enumerate(some)])
        for kind, some in bench.definition.channels.items()
    ]  # fmt: skip
    more = {
        "channels": channels,
        "kinds": [one for one in CHANNELS.items() if one[0] not in bench.definition.channels],
        "clock": bench.definition.clock,
    }
    return _list(request, bench, "terms", now_("Thời hạn và phí"), _terms, more)


def _terms(definition: Definition, verb: str, name: str) -> Definition:
    kind, _, place = name.partition(":")
    if verb == "add":
        return heads.add_channel(definition, kind)
    if verb == "remove":
        return heads.remove_channel(definition, kind, number_in(place))
    raise NotFound("not_found")


@workbench
def channel(request: HttpRequest, bench: Workbench, kind: str, place: int) -> HttpResponse:
    """One limit with its fees."""
    found = bench.definition.channels.get(kind, ())
    if not 1 <= place <= len(found):
        raise NotFound("design_place_unknown", place=place)
    old = found[place - 1]
    typed = ChannelForm(request.POST or None, initial=channel_of(old), many=min(len(old.fees) + 1, FEES))

    def made() -> Definition:
        return heads.change_channel(bench.definition, kind, place - 1, typed.channel(old))

    return _edit(
        request, bench, typed, made, f"{now_('Thời hạn và phí')}: {CHANNELS.get(kind, kind)}", "terms", "terms"
    )


@workbench
def clock(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """How the time is counted."""
    now = bench.definition.clock
    initial = {name: getattr(now, name) for name in ClockForm.base_fields}
    typed = ClockForm(request.POST or None, initial=initial)

    def made() -> Definition:
        return heads.set_clock(bench.definition, typed.clock())

    return _edit(request, bench, typed, made, now_("Cách tính thời hạn"), "terms", "terms")


@workbench
def papers(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The components of the dossier; a post moves or removes one."""
    return _list(request, bench, "papers", now_("Thành phần hồ sơ"), _papers, {"items": bench.definition.papers})


def _papers(definition: Definition, verb: str, name: str) -> Definition:
    place = number_in(name)
    if verb in {"up", "down"}:
        return heads.move_paper(definition, place, verb == "down")
    if verb == "remove":
        return heads.remove_paper(definition, place)
    raise NotFound("not_found")


@workbench
def paper(request: HttpRequest, bench: Workbench, place: int = 0) -> HttpResponse:
    """A new paper, or one there is."""
    old = _item(bench.definition.papers, place) if place else None
    typed = PaperForm(request.POST or None, initial=values_of(old) if old else {"required": True})

    def made() -> Definition:
        given: Paper = typed.paper()
        return (
            heads.change_paper(bench.definition, place - 1, given)
            if old
            else heads.add_paper(bench.definition, given)
        )

    answer = _edit(request, bench, typed, made, old.name if old else now_("Thêm giấy tờ"), "papers", "papers")
    if answer.status_code == REDIRECTED:
        warn(request, typed.cleaned_data["known_from"])
    return answer


@workbench
def results(request: HttpRequest, bench: Workbench) -> HttpResponse:
    """The kinds of result; a post removes one."""
    return _list(request, bench, "results", now_("Kết quả"), _results, {"items": bench.definition.results})


def _results(definition: Definition, verb: str, name: str) -> Definition:
    if verb != "remove":
        raise NotFound("not_found")
    return heads.remove_result(definition, number_in(name))


@workbench
def result(request: HttpRequest, bench: Workbench, place: int = 0) -> HttpResponse:
    """A new kind of result, or one there is."""
    old = _item(bench.definition.results, place) if place else None
    typed = ResultForm(request.POST or None, initial=values_of(old) if old else {"template": "ket-qua"})

    def made() -> Definition:
        given: Result = typed.result()
        return (
            heads.change_result(bench.definition, place - 1, given)
            if old
            else heads.add_result(bench.definition, given)
        )

    return _edit(request, bench, typed, made, old.name if old else now_("Thêm kết quả"), "results", "results")


def number_in(text: str) -> int:
    """A place in a list. Raises `NotFound` ``not_found``."""
    if not (text.isdecimal() and len(text) < 4):
        raise NotFound("not_found")
    return int(text)


def _item(items: tuple[Any, ...], place: int) -> Any:
    if place > len(items):
        raise NotFound("design_place_unknown", place=place)
    return items[place - 1]


def _list(
    request: HttpRequest, bench: Workbench, page: str, title: str, change: Callable[[Definition, str, str], Definition],
    more: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """A list whose buttons post ``_do=verb:name``."""
    refused: Refused | None = None
    if request.method == "POST":
        verb, _, name = request.POST.get("_do", "").partition(":")
        try:
            bench.revise(change(bench.definition, verb, name), request)
        except Refused as no:
            refused = no
        else:
            return redirect(bench.address(page))
    context = {
        "who": bench, "bench": bench, "title": title, "problems": told(page, bench),
        "refused": refused and said(refused), "code": refused and refused.code, **more,
    }  # fmt: skip
    return render(request, LISTS[page], context, status=refused.status if refused else 200)


def _edit(
    request: HttpRequest, bench: Workbench, typed: Asked, made: Change, title: str, back: str, part: str
) -> HttpResponse:
    """Show what may be typed; on a post write it and go back. Refused, everything typed stays."""
    status = 200
    if request.method == "POST":
        status = 422
        if typed.is_valid():
            try:
                bench.revise(made(), request)
            except Refused as no:
                status = typed.refuse(no)
            else:
                messages.success(request, now_("Đã lưu."))
                return redirect(bench.address(back))
    context = {"who": bench, "bench": bench, "title": title, "typed": typed, "back": bench.address(back),
               "problems": told(part, bench)}  # fmt: skip
    return render(request, "designer/edit.html", context, status=status)
