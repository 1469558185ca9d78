"""Who had a dossier how long, and who caused which delay: read from its facts, never counted by the way. Pure.

A *visit* is one stay at a step: it begins when the file arrives and has the step's time; a return is a new visit. A
visit is cut into *stretches*, one for each pair of hands. While the filer has the turn (supplement, payment) the
visit's time stands still. Facts are taken by shape (name, data, actor, at), steps by their role and minutes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from motcua.base.worktime import Calendar

ARRIVALS = {"dossiers.received", "dossiers.passed_on", "dossiers.decided"}
WAITING = {"supplementing": "supplement", "returned": "supplement", "paying": "payment"}  # by the state it led to
LAST = {"dossiers.handed_over", "dossiers.closed", "dossiers.stopped", "dossiers.withdrawn",
        "dossiers.refused_to_receive"}  # fmt: skip
ENDS_THE_CLOCK = LAST | {"dossiers.decided"}
HANDS = {"dossiers.assigned", "supervision.escalated"}  # facts that name who has the step from now on


class Told(Protocol):
    """A fact, as the ledger gives it."""

    @property
    def name(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def actor(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class StepTime(Protocol):
    """What a process says of a step here: whose it is, and its working minutes (None: no limit)."""

    @property
    def role(self) -> str: ...
    @property
    def minutes(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """The file lay in one pair of hands from ``since`` to ``until``; ``closed`` None: it still does.

    ``worked_minutes`` is the working time in between. Of it, ``late_minutes`` lie after the visit's time was used up at
    ``due_at``; ``allowed_minutes`` is the time of the whole visit, None where the step has no limit. ``waiting``
    ("supplement", "payment"): the filer has the turn, and the time is the filer's. ``officer`` (a ref) is empty while
    anybody of the ``role`` may take the file. ``counted``: the clock of the law ran, from reception to the end.
    """

    step: str
    visit: int
    role: str
    agency: str
    officer: str
    since: datetime
    until: datetime
    worked_minutes: int
    allowed_minutes: int | None
    late_minutes: int
    due_at: datetime | None
    waiting: str
    counted: bool
    opened: Told
    closed: Told | None

    @property
    def late_from(self) -> datetime | None:
        """When its late minutes begin; None when there are none."""
        if not self.late_minutes or self.due_at is None:
            return None
        return max(self.since, self.due_at)


@dataclass(frozen=True, slots=True)
class Asked:
    """Another agency (then called ``name``) was asked for its opinion, due ``due_at``.

    ``until`` is the answer, or now while it is ``open``.
    """

    opinion: str
    agency: str
    name: str
    since: datetime
    until: datetime
    due_at: datetime | None
    late_minutes: int
    open: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """Working ``minutes`` beyond the time of a step, and who had them: an officer or a role of an agency at a step, or
    (``opinion``) an agency that was asked and had not answered in time."""

    step: str
    role: str
    agency: str
    officer: str
    opinion: bool
    minutes: int


@dataclass
class Visit:
    """The stay that is being told: how much of the step's time is used, who has the file."""

    step: str
    number: int
    role: str
    allowed: int | None
    agency: str
    since: datetime
    opened: Told
    used: int = 0
    officer: str = ""
    waiting: str = ""
    due_at: datetime | None = None


def stretches(
    facts: Iterable[Told], steps: Mapping[str, StepTime], office: Calendar, now: datetime, restarts: bool = False
) -> list[Stretch]:
    """Who had the file when, oldest first, from its filing to its hand-over or to ``now``.

    ``steps`` in the order of the process; ``restarts``: a step counts from zero with the full dossier. The working
    minutes of the counted stretches add up to the working time from reception to the decision (or stop, withdrawal,
    ``now``): worked and waited together, nothing twice, nothing lost.
    """
    telling = Telling(steps, office, restarts)
    for fact in facts:
        telling.hear(fact)
    return telling.so_far(now)


class Telling:
    """Hears the facts of one dossier in order and cuts its life into stretches."""

    def __init__(self, steps: Mapping[str, StepTime], office: Calendar, restarts: bool) -> None:
        self.steps, self.office, self.restarts = steps, office, restarts
        self.done: list[Stretch] = []
        self.here: Visit | None = None
        self.counted, self.visits = False, 0
        self.through: Told | None = None  # what brought the file to the automatic step that it just went through

    def hear(self, fact: Told) -> None:
        """Take one fact: the file goes on, changes hands, waits or comes to its end; others change nothing."""
        if fact.name == "dossiers.submitted":
            return self._arrive(fact, next(iter(self.steps), ""))
        if fact.name in LAST:
            return self._end(fact)
        if fact.name in ARRIVALS:
            self._cut(fact)
            self.counted = fact.name not in ENDS_THE_CLOCK and (self.counted or fact.name == "dossiers.received")
            return self._arrive(fact, fact.data["step"])
        if self.here is not None:
            self._change_hands(fact, self.here)
        return None

    def so_far(self, now: datetime) -> list[Stretch]:
        """What was told, with the open stretch up to ``now``."""
        open_one = [self._stretch(self.here, max(now, self.here.since), None)] if self.here else []
        return [*self.done, *open_one]

    def _change_hands(self, fact: Told, here: Visit) -> None:
        """Somebody of the step gets it, the filer gets the turn or gives it back, another agency takes over.

        A fact that leads nowhere (the file leaves an agency) is told by the one that follows it.
        """
        if not fact.data.get("to"):
            return
        data, given = fact.data, fact.data if fact.name in HANDS else {}
        waiting, agency = WAITING.get(data.get("to", ""), ""), data.get("agency", here.agency)
        stays = here.officer if agency == here.agency and not given else ""
        officer = _ref(given.get("officer", stays))
        role = given.get("role", here.role)
        if (waiting, officer, role, agency) == (here.waiting, here.officer, here.role, here.agency):
            return
        self._cut(fact)
        here.waiting, here.officer, here.role, here.agency = waiting, officer, role, agency
        here.since, here.opened = fact.at, fact
        if self.restarts and self.counted and fact.name == "dossiers.supplemented":
            here.used, here.due_at = 0, None

    def _arrive(self, fact: Told, step: str) -> None:
        known = self.steps.get(step)
        self.visits += 1
        role, allowed = (known.role, known.minutes) if known else ("", None)
        opened, self.through = self.through or fact, None
        self.here = Visit(step, self.visits, role, allowed, fact.data.get("agency", ""), fact.at, opened)

    def _end(self, fact: Told) -> None:
        self._cut(fact)
        self.here, self.counted = None, False

    def _cut(self, fact: Told) -> None:
        """The stretch ends with this fact. One that lasted no time in nobody's hands (an automatic step) is none."""
        here = self.here
        if here is None:
            return
        found = self._stretch(here, fact.at, fact)
        if not here.role and not found.worked_minutes:
            self.through = here.opened
        else:
            self.done.append(found)
        if not here.waiting:
            here.used, here.due_at = here.used + found.worked_minutes, found.due_at

    def _stretch(self, here: Visit, until: datetime, closed: Told | None) -> Stretch:
        worked = self.office.working_minutes_between(here.since, until)
        due_at = here.due_at if here.waiting else self._due(here)
        late = 0 if here.waiting else over(here.used + worked, here.allowed) - over(here.used, here.allowed)
        return Stretch(
            here.step, here.number, here.role, here.agency, here.officer, here.since, until, worked, here.allowed,
            late, due_at, here.waiting, self.counted, here.opened, closed,
        )  # fmt: skip

    def _due(self, here: Visit) -> datetime | None:
        """When the time of the visit is over, if it goes on from here without a wait."""
        if here.allowed is None or (here.due_at is not None and here.used >= here.allowed):
            return here.due_at
        return self.office.add_working_minutes(here.since, here.allowed - here.used)


def over(used: int, allowed: int | None) -> int:
    """Minutes beyond what was allowed; none where there is no limit."""
    return 0 if allowed is None else max(0, used - allowed)


def asked(facts: Sequence[Told], office: Calendar, now: datetime) -> list[Asked]:
    """The opinions that were asked for, each with its own clock beside that of the step, oldest first.

    An answer, a withdrawal and the end of the dossier's clock end it.
    """
    found: dict[str, Asked] = {}
    for fact in facts:
        if fact.name == "opinions.asked":
            due, key = fact.data.get("opinion_due"), fact.data["opinion"]
            due_at = datetime.fromisoformat(due) if due else None
            found[key] = Asked(key, fact.data["asked"], fact.data.get("name", ""), fact.at, now, due_at, 0, open=True)
        ended = fact.data.get("opinion") if fact.name in {"opinions.answered", "opinions.withdrawn"} else None
        for key, one in found.items():
            if one.open and (key == ended or fact.name in ENDS_THE_CLOCK):
                found[key] = replace(one, until=fact.at, open=False)
    return [replace(one, late_minutes=_late(one, office)) for one in found.values()]


def delays(told: Iterable[Stretch], opinions: Sequence[Asked], office: Calendar) -> list[Delay]:
    """Who caused which delay, the longest first; together exactly the late minutes of the stretches.

    A late minute of a step while an agency that was asked owed its answer is that agency's (of several, the one that
    owed it first); every other is of who held the file. Waiting for the filer is nobody's delay. The sum is not the
    lateness of the dossier: time that other steps saved makes up for it, a return gives a step its time again
    but the dossier none, and an extension gives the dossier time but no step.
    """
    minutes: dict[tuple[str, str, str, str, bool], int] = {}
    for stretch in told:
        if stretch.late_from is None:
            continue
        rest = stretch.late_minutes
        for agency, owed in _owed(stretch, opinions, office):
            key = (stretch.step, "", agency, "", True)
            minutes[key] = minutes.get(key, 0) + owed
            rest -= owed
        key = (stretch.step, stretch.role, stretch.agency, stretch.officer, False)
        minutes[key] = minutes.get(key, 0) + rest
    found = [Delay(*key, minutes=count) for key, count in minutes.items() if count]
    return sorted(found, key=lambda delay: -delay.minutes)


def waited_minutes(told: Iterable[Stretch]) -> int:
    """Working minutes of the filer's turns while the clock of the law existed: what was added to the appointment."""
    return sum(stretch.worked_minutes for stretch in told if stretch.waiting and stretch.counted)


def worked_minutes(told: Iterable[Stretch]) -> int:
    """Working minutes in the hands of the State, from reception to the end."""
    return sum(stretch.worked_minutes for stretch in told if not stretch.waiting and stretch.counted)


def _owed(stretch: Stretch, opinions: Sequence[Asked], office: Calendar) -> list[tuple[str, int]]:
    """For each agency that owed an answer, the late minutes of the stretch that fall to it; no minute twice."""
    if stretch.late_from is None:
        return []
    free_from, found = stretch.late_from, []
    overdue = [one for one in opinions if one.due_at is not None and one.until > one.due_at]
    for one in sorted(overdue, key=lambda one: (one.due_at, one.since)):
        start, end = max(free_from, one.due_at or free_from), min(stretch.until, one.until)
        if start < end:
            found.append((one.agency, office.working_minutes_between(start, end)))
            free_from = end
    return found


def _late(one: Asked, office: Calendar) -> int:
    if one.due_at is None or one.until <= one.due_at:
        return 0
    return office.working_minutes_between(one.due_at, one.until)


def _ref(officer: str) -> str:
    return officer if not officer or ":" in officer else f"officer:{officer}"
