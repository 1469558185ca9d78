"""Many dossiers at once at the desk: which verbs, what each still asks, what would be refused and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.worktime import local
from motcua.catalogue.queries import plan, plans
from motcua.desks.actions.bulk import MOST, Chosen
from motcua.desks.queries import looked_at, standings
from motcua.diagrams import words
from motcua.dossiers import queries
from motcua.dossiers.models import Standing
from motcua.dossiers.states import MACHINE
from motcua.people.queries import colleagues
from motcua.sites.desk import forms
from motcua.sites.desk.asking import Desk, id_in
from motcua.sites.desk.moves import move_label
from motcua.sites.frame.refusals import Said, said
from motcua.sites.frame.words import language, text_of


@dataclass(frozen=True)
class Together:
    """A verb for many: ``slug`` is its address, ``form`` what it asks once for all, ``hint`` stands above it."""

    slug: str
    verb: str
    form: type[forms.MoveForm]
    hint: Any = ""


USUAL = {"pass": 0, "return": 1, "refuse": 2}  # the order of the actions that most steps have
TOGETHER = (
    Together("tiep-nhan", "receive", forms.MoveForm),
    Together("phan-cong", "assign", forms.Assign),
    Together("chuyen", "pass_on", forms.PassOn),
    Together("quyet-dinh", "decide", forms.MoveForm,
             _("Ký đồng ý giải quyết cho những hồ sơ bạn đã mở xem hôm nay. Từ chối thì làm tại trang của từng hồ sơ, vì"
               " mỗi lần từ chối cần lý do riêng.")),
    Together("tra-ket-qua", "hand_over", forms.MoveForm,
             _("Mỗi hồ sơ được trả theo cách người nộp đã chọn.")),
    Together("dong", "close", forms.Note),
)  # fmt: skip
LABELS = {"decide": _("Ký đồng ý")}


@dataclass(frozen=True)
class Line:
    """One chosen dossier before the act: ``refusal`` says why nothing would happen to it, None when it may."""

    standing: Standing
    procedure: str
    value: str
    refusal: Said | None


def together_at(slug: str) -> Together:
    """The verb at an address. Raises `NotFound` ``not_found``."""
    found = next((row for row in TOGETHER if row.slug == slug), None)
    if found is None:
        raise NotFound("not_found")
    return found


def label_of(verb: str) -> str:
    """What the button for many says."""
    return str(LABELS[verb]) if verb in LABELS else move_label(verb)


def buttons(by: Actor) -> list[tuple[str, str]]:
    """The verbs for many that a role of the officer may use at all: address and label."""
    open_to = {row.verb for row in MACHINE if row.roles & by.roles}
    return [(row.slug, label_of(row.verb)) for row in TOGETHER if row.verb in open_to]


def chosen_in(request: HttpRequest) -> list[Chosen]:
    """The rows that were ticked, as the page showed them. Raises `Invalid` ``none_chosen``, ``too_many_chosen``."""
    ticked = list(dict.fromkeys(request.POST.getlist("chon")))
    if not ticked:
        raise Invalid("none_chosen")
    if len(ticked) > MOST:
        raise Invalid("too_many_chosen", limit=MOST, chosen=len(ticked))
    return [_chosen(text) for text in ticked]


def _chosen(text: str) -> Chosen:
    dossier, _sign, seen = text.partition("~")
    found = id_in(dossier)
    if found is None or not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        raise Invalid("body_invalid")
    return Chosen(found, int(seen))


def lines_of(row: Together, chosen: list[Chosen], desk: Desk) -> list[Line]:
    """What would happen to each of the chosen that stand at this agency. At most three queries."""
    ids = [each.dossier for each in chosen]
    found = standings(ids, desk.by)
    plans({standing.dossier.edition_id for standing in found.values()})
    looked = looked_at(ids, desk.by, at=desk.at) if row.verb == "decide" else set(ids)
    return [_line(row, found[each.dossier], each, looked, desk) for each in chosen if each.dossier in found]


def _line(row: Together, standing: Standing, each: Chosen, looked: set[UUID], desk: Desk) -> Line:
    name = text_of(plan(standing.dossier.edition_id).definition.name)
    offered = next((offer for offer in queries.offered(standing, desk.by) if offer.row.verb == row.verb), None)
    refusal = offered.refusal if offered else Refused("wrong_state", state=standing.state)
    if refusal is None and each.dossier not in looked:
        refusal = Refused("not_looked_at")
    return Line(standing, name, f"{standing.pk}~{standing.seq}", said(refusal) if refusal else None)


def form_of(row: Together, lines: list[Line], desk: Desk, given: Mapping[str, Any] | None = None) -> forms.MoveForm:
    """What the verb asks once for all: the colleagues of the steps' roles, the exits of the steps."""
    free = [line.standing for line in lines if line.refusal is None]
    offers = forms.Offers(
        colleagues=_colleagues(free, desk) if row.verb == "assign" else [],
        exits=_exits(free) if row.verb == "pass_on" else [],
    )
    return row.form(offers, given, prefix=row.slug)


def _colleagues(free: list[Standing], desk: Desk) -> forms.Choices:
    on = local(desk.at).date()
    roles = sorted({standing.role for standing in free if standing.role})
    found = {str(each.id): each.full_name for role in roles for each in colleagues(desk.agency, role=role, on=on)}
    own = {desk.by.id: now_("Tôi: %(name)s") % {"name": desk.by.name}} if desk.by.id in found else {}
    return list((own | {key: name for key, name in found.items() if key not in own}).items())


def _exits(free: list[Standing]) -> forms.Choices:
    """The actions that some of the steps have, the usual ones first, each called as the first of them calls it."""
    called: dict[str, str] = {}
    for standing in free:
        step = plan(standing.dossier.edition_id).steps.get(standing.step)
        for action in queries.exits(standing):
            if step and action not in {"ask_more", "hand_over"}:
                called.setdefault(action, words.action(step, action, language()))
    return sorted(called.items(), key=lambda pair: (USUAL.get(pair[0], len(USUAL)), pair))
