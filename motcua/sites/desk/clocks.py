"""How long each step had the dossier, who was late, and how the State counts it: what the page says of the clocks."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as now_

from motcua.base.ledger import Row
from motcua.base.worktime import Calendar
from motcua.catalogue.queries import Plan, plan
from motcua.catalogue.rules import term_of
from motcua.deadlines.counted import Law, counted
from motcua.deadlines.stretches import Asked, Delay, Stretch, asked, delays, waited_minutes
from motcua.deadlines.words import counted_words, worked_words
from motcua.dossiers.models import Standing
from motcua.printing.queries import hands_of
from motcua.sites.desk.words import ROLES
from motcua.sites.frame.words import language, step_name

Names = dict[str, str]


def clocks(standing: Standing, facts: Sequence[Row], names: Names, office: Calendar, at: datetime) -> dict[str, Any]:
    """What ``desk/clocks.html`` shows. No query. ``names`` are those of `printing.queries.names_of`."""
    edition, told = plan(standing.dossier.edition_id), hands_of(standing, facts, office, at)
    opinions = asked(facts, office, at)
    called = {each.agency: each.name for each in opinions}
    return {
        "visits": [_visit(list(stay), edition, names) for _, stay in groupby(told, key=lambda each: each.visit)],
        "delays": [_delay(one, edition, names, called) for one in delays(told, opinions, office)],
        "opinions": [_opinion(one) for one in opinions if one.late_minutes],
        "waited": spent(waited_minutes(told)) if waited_minutes(told) else "",
        "counted": as_the_state_counts(standing, facts, office, at),
    }


def as_the_state_counts(standing: Standing, facts: Sequence[Row], office: Calendar, at: datetime) -> str:
    """One sentence: on time or late by the rules of the national portal, and why."""
    channels = plan(standing.dossier.edition_id).definition.channels.get(standing.dossier.channel, ())
    terms = [term for offer in channels if (term := term_of(offer.limit))]
    return counted_words(counted(facts, Law(terms, office), at), language())


def spent(minutes: int) -> str:
    """Working time in words."""
    return worked_words(minutes, language())


def _visit(stay: list[Stretch], edition: Plan, names: Names) -> dict[str, Any]:
    """One row: a stay at a step, all hands it went through together."""
    mine = [each for each in stay if not each.waiting]
    used, late = (sum(getattr(each, name) for each in mine) for name in ("worked_minutes", "late_minutes"))
    waited = sum(each.worked_minutes for each in stay if each.waiting)
    allowed = stay[0].allowed_minutes
    return {
        "step": _step(stay[0].step, edition),
        "who": _hands(mine, names)
        + ([now_("chờ người nộp %(time)s, không tính") % {"time": spent(waited)}] if waited else []),
        "since": stay[0].since,
        "until": stay[-1].until if stay[-1].closed else None,
        "allowed": now_("không đặt hạn") if allowed is None else spent(allowed),
        "used": spent(used),
        "late": spent(late) if late else "",
        "bar": {"allowed": allowed, "used": used, "most": max(allowed, used)} if allowed else None,
    }


def _hands(mine: list[Stretch], names: Names) -> list[str]:
    """Who had it, each with the working time when there were several."""
    had: dict[str, int] = {}
    for each in mine:
        had[_holder(each.officer, each.role, names)] = had.get(_holder(each.officer, each.role, names), 0)
        had[_holder(each.officer, each.role, names)] += each.worked_minutes
    several = {name: minutes for name, minutes in had.items() if minutes} or had
    if len(several) == 1:
        return list(several)
    return [f"{name}: {spent(minutes)}" for name, minutes in several.items()]


def _delay(delay: Delay, edition: Plan, names: Names, called: Names) -> str:
    step = _step(delay.step, edition)
    if delay.opinion:
        who = called.get(delay.agency) or now_("Cơ quan được hỏi ý kiến")
        said = now_("%(who)s, chậm trả lời ý kiến ở bước %(step)s: %(time)s")
    else:
        who, said = _holder(delay.officer, delay.role, names), now_("%(who)s, bước %(step)s: %(time)s")
    return said % {"who": who, "step": step, "time": spent(delay.minutes)}


def _opinion(one: Asked) -> str:
    said = now_("%(who)s chưa trả lời, đã quá %(time)s") if one.open else now_("%(who)s trả lời chậm %(time)s")
    return said % {"who": one.name or now_("Cơ quan được hỏi ý kiến"), "time": spent(one.late_minutes)}


def _holder(officer: str, role: str, names: Names) -> str:
    return names.get(officer, "") or str(ROLES.get(role, role))


def _step(code: str, edition: Plan) -> str:
    step = edition.steps.get(code)
    return step_name(step) if step else code
