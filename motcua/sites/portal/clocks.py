"""How long the dossier has been where it is, in one sentence for the one who waits for it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as now_

from motcua.base.ledger import Row
from motcua.catalogue.queries import Plan, plan
from motcua.deadlines.queries import calendar_for
from motcua.deadlines.stretches import Asked, Stretch, asked
from motcua.deadlines.words import worked_words
from motcua.dossiers.models import Standing
from motcua.dossiers.states import State
from motcua.printing.queries import hands_of
from motcua.sites.frame.words import language, step_name

AT_WORK = {State.RECEIVED, State.PROCESSING}


def how_long(standing: Standing, facts: Sequence[Row], at: datetime) -> str:
    """How long it lies at its step, what the step is allowed, and which steps were late; empty while nobody works on it.

    Officers are not named. One query, for the calendar, and none while nobody works on it.
    """
    if standing.state not in AT_WORK:
        return ""
    edition, office = plan(standing.dossier.edition_id), calendar_for(standing.agency.code)
    told = hands_of(standing, facts, office, at)
    here = [each for each in told if each.visit == told[-1].visit]
    before = [each for each in told if each.visit != told[-1].visit and each.counted]
    owing = [one for one in asked(facts, office, at) if one.open and one.late_minutes]
    return " ".join(part for part in (_here(here, edition), _owing(owing), _before(before, edition)) if part)


def _here(here: list[Stretch], edition: Plan) -> str:
    mine = [each for each in here if not each.waiting]
    used, late = (sum(getattr(each, name) for each in mine) for name in ("worked_minutes", "late_minutes"))
    allowed = here[0].allowed_minutes
    if allowed is None:
        said = now_("Hồ sơ đã ở bước %(step)s %(used)s làm việc; bước này không có thời hạn riêng.")
    elif late:
        said = now_("Hồ sơ đã ở bước %(step)s %(used)s làm việc, quá %(late)s so với %(allowed)s được phép.")
    else:
        said = now_("Hồ sơ đã ở bước %(step)s %(used)s làm việc; bước này được phép %(allowed)s.")
    amounts = {"used": _worked(used), "late": _worked(late), "allowed": _worked(allowed or 0)}
    return said % {"step": _step(here[0], edition), **amounts}


def _owing(owing: list[Asked]) -> str:
    """Who was asked and has not answered in time: that is why the dossier waits."""
    return " ".join(
        now_("%(who)s chậm trả lời ý kiến %(time)s.") % {"who": one.name, "time": _worked(one.late_minutes)}
        for one in owing
    )


def _before(before: list[Stretch], edition: Plan) -> str:
    late: dict[str, int] = {}
    for each in before:
        if each.late_minutes:
            late[_step(each, edition)] = late.get(_step(each, edition), 0) + each.late_minutes
    if not late:
        return ""
    told = ", ".join(f"{step} {_worked(minutes)}" for step, minutes in late.items())
    return now_("Bước trước đó bị chậm: %(steps)s.") % {"steps": told}


def _step(stretch: Stretch, edition: Plan) -> str:
    step = edition.steps.get(stretch.step)
    return step_name(step) if step else stretch.step


def _worked(minutes: int) -> str:
    return worked_words(minutes, language())
