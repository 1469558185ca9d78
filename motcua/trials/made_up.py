"""Lives of dossiers that nobody lived: who filed what, what happened when. Pure; the same seed gives the same lives.

Times are working minutes of the national calendar, kept as one long table: a moment is a place in it.
"""

import hashlib
import random
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from motcua.base.numbering import day_key, dossier_code
from motcua.base.worktime import Calendar, instant, local
from motcua.catalogue.definition import Definition, Step
from motcua.catalogue.rules import form_of, term_of
from motcua.deadlines import counting
from motcua.dossiers import events, rules
from motcua.dossiers.rules import Owner
from motcua.processes.conditions import Circumstances
from motcua.trials.actions import Life, Told

FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Mai Tô Nông Lò"
MIDDLES = "Thị Văn Minh Ngọc Thu Quang Đức Hữu Thanh Bảo Gia Xuân Hoài Kim Quốc"
GIVENS = (
    "An Anh Bình Chi Cường Dung Dũng Giang Hà Hải Hạnh Hiếu Hoa Hùng Huy Khánh Khôi Lan Linh Long Mai Minh Nam Nga "
    "Nhung Phong Phúc Phương Quân Quỳnh Sơn Tâm Thảo Thắng Thủy Trang Trí Tuấn Tùng Uyên Vân Việt Vinh Yến"
)
NAMES = [words.split() for words in (FAMILIES, MIDDLES, GIVENS)]
BLURRED = "Bản chụp giấy tờ bị mờ, đề nghị nộp lại"
NOT_HERE = "Hồ sơ không thuộc thẩm quyền giải quyết"
UNMET = "Không đủ điều kiện theo quy định"
CHANGED = "Không còn nhu cầu"
UNANSWERED = "Quá thời hạn bổ sung mà không nhận được phần bổ sung"
UNLIMITED = 8  # hours that somebody takes for a step without a limit


class Clock:
    """The working minutes of a calendar from ``first`` to ``last``: place ↔ moment."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self.calendar = calendar
        self.opened: list[int] = []  # seconds since 1970 at which each working minute begins
        for day in calendar.days(first, last):
            midnight = int(instant(day.date, 0).timestamp())
            self.opened += [midnight + 60 * minute for start, end in day.intervals for minute in range(start, end)]

    def at(self, place: int, second: int = 0) -> datetime:
        """The moment ``second`` seconds into a working minute."""
        return datetime.fromtimestamp(self.opened[place] + second, UTC)

    def place(self, at: datetime) -> int:
        """The first working minute that does not begin before ``at``."""
        return bisect_left(self.opened, int(at.timestamp()))

    def after(self, place: int, minutes: int) -> datetime:
        """The moment ``minutes`` working minutes from the beginning of the minute ``place`` are over."""
        return datetime.fromtimestamp(self.opened[place + minutes - 1] + 60, UTC)


@dataclass
class Case:
    """One procedure at one agency: its steps in order, who does them, what is answered."""

    edition: str
    definition: Definition
    agency: str
    agency_code: str
    channels: tuple[str, ...]
    officers: Mapping[str, tuple[str, ...]]  # role → refs
    answers: Mapping[str, Any]
    steps: list[Step] = field(init=False)  # from the first after reception to the one that decides
    counter: Step = field(init=False)
    terms: dict[str, counting.Term | None] = field(init=False)
    promised: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        definition = self.definition
        limits = {name: [offer.limit for offer in definition.channels[name]] for name in self.channels}
        known = {name: [limit for limit in found if limit.known] for name, found in limits.items()}
        self.terms = {name: term_of(found[0]) if found else None for name, found in known.items()}
        step = rules.first_step(definition)
        self.steps = []
        while step.does != "decide" and len(self.steps) < 30:
            asked = Circumstances(form_of(definition), self.answers)
            action = rules.automatic_action(step, asked) if step.does == "automatic" else "pass"
            step = rules.step_of(definition, rules.exit_of(step, action, asked).to)
            self.steps += [] if step.does == "automatic" else [step]
        self.counter = rules.step_that(definition, "hand_over")

    def due(self, channel: str, place: int, clock: Clock) -> tuple[datetime | None, datetime]:
        """What was promised for a reception then, and since when it counts; days are computed once a day."""
        at = clock.at(place)
        term = self.terms[channel]
        if term is None:
            return None, at
        if term.unit == "hours" and term.if_after is None:
            return clock.after(place, max(1, round((term.hours or 0) * 60))), at
        here = local(at)
        key = (channel, here.date(), term.if_after is not None and f"{here:%H:%M}" > term.if_after)
        if key not in self.promised:
            self.promised[key] = counting.due(at, term, clock.calendar)
        found = self.promised[key]
        return found.at, at if term.if_after is not None else found.starts


class Story:
    """One life as it goes on; it ends where the clock says that today is reached."""

    def __init__(self, case: Case, clock: Clock, chance: random.Random, place: int, today: int) -> None:
        self.case, self.clock, self.chance, self.place, self.today = case, clock, chance, place, today
        self.id, self.channel = self.new_id(clock.at(place)), chance.choice(case.channels)
        self.told: list[Told] = []
        self.step, self.role, self.officer = rules.first_step(case.definition).step, "reception", None
        self.received_at: datetime | None = None
        self.due_at: datetime | None = None
        self.step_due_at: datetime | None = None
        self.paused_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.supplements: list[tuple[Any, ...]] = []

    def new_id(self, at: datetime) -> str:
        """A UUID of version 7 for that moment, from the seed."""
        bits = self.chance.getrandbits(74)
        number = int(at.timestamp() * 1000) << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & (1 << 62) - 1
        text = f"{number:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def passes(self, minutes: float) -> bool:
        """Let working time go by; False when that leads past today."""
        self.place += max(2, round(self.chance.expovariate(1 / minutes)))
        return self.place < self.today

    def tell(self, event: Any, to: str, role: str = "") -> datetime:
        """One fact, done by somebody of ``role`` (empty: by the system)."""
        at = self.clock.at(self.place, self.chance.randrange(60))
        by = self.chance.choice(self.case.officers[role]) if role else "system"
        self.told.append(Told(self.new_id(at), event, to, by, at))
        return at

    def go_to(self, step: Step) -> None:
        """The step that has the file now, and until when."""
        self.step, self.role, self.officer = step.step, step.role, None
        self.step_due_at = None if step.minutes is None else self.clock.after(self.place, step.minutes)

    def resume(self, at: datetime) -> None:
        """The clock goes on: what was waited is added."""
        paused, calendar = self.paused_at, self.clock.calendar
        self.paused_at = None
        if paused and self.due_at:
            self.due_at = counting.due_after_pause(self.due_at, paused, at, calendar)
        if paused and self.step_due_at:
            self.step_due_at = counting.due_after_pause(self.step_due_at, paused, at, calendar)

    def happens(self, share: float) -> bool:
        """Whether something that happens to this share of dossiers happens now."""
        return self.chance.random() < share

    def live(self, code: str, answers: bytes) -> None:
        """From filing as far as it goes."""
        case, sha256 = self.case, hashlib.sha256(answers).hexdigest()
        procedure = case.definition.procedure
        filed = events.Submitted(code, procedure, case.edition, case.agency, self.channel, "", False, sha256)
        self.tell(filed, "submitted", "reception")
        if self.comes_in() and self.is_worked_on():
            self.ends()

    def comes_in(self) -> bool:
        """Completed, refused or received; True when it was received."""
        if self.happens(0.03) and not (self.passes(120) and self.asks("returned", "reception", "submitted")):
            return False
        if not self.passes(90) or self.happens(0.01):
            return False
        if self.happens(0.03):
            self.ended_at = self.tell(events.RefusedToReceive(NOT_HERE), "refused", "reception")
            return False
        self.due_at, since = self.case.due(self.channel, self.place, self.clock)
        self.go_to(self.case.steps[0])
        due = self.due_at.isoformat() if self.due_at else None
        self.received_at = self.tell(events.Received(self.step, due, since.isoformat()), "received", "reception")
        return True

    def is_worked_on(self) -> bool:
        """Through the steps until somebody decides; False when it stopped on the way."""
        for here, after in zip(self.case.steps, [*self.case.steps[1:], None], strict=True):
            asks = here.then.get("ask_more") and self.happens(0.06)
            if asks and not (
                self.passes((here.hours or UNLIMITED) * 20) and self.asks("supplementing", here.role, "processing")
            ):
                return False
            if self.happens(0.012) or not self.passes((here.hours or UNLIMITED) * 40):
                return False
            if after:
                event = events.PassedOn(after.step, here.step, "pass", "")
                self.go_to(after)
                self.tell(event, "processing", here.role)
        return True

    def asks(self, state: str, role: str, back: str) -> bool:
        """Ask for a supplement; True when it came."""
        last = self.clock.calendar.add_working_days(local(self.clock.at(self.place)).date(), 15)
        self.paused_at = asked = self.tell(events.SupplementAsked([], BLURRED, last.isoformat()), state, role)
        row = (self.new_id(asked), self.id, "[]", BLURRED, asked, self.told[-1].by, last)
        if not self.passes(1500):
            self.supplements.append((*row, None))
            return False
        if self.happens(0.1):
            self.supplements.append((*row, None))
            self.finish(events.Stopped(UNANSWERED), "stopped", "") if state == "supplementing" else None
            return False
        received_at = self.received_at
        answered = self.clock.at(self.place)
        self.resume(answered)
        due = self.due_at.isoformat() if self.due_at and received_at else None
        self.supplements.append((*row, self.tell(events.Supplemented([], due), back, "reception")))
        return True

    def ends(self) -> None:
        """Withdrawn at the last moment, or decided, handed over, put away."""
        role = self.case.steps[-1].role
        if self.happens(0.01):
            return self.finish(events.Withdrawn(CHANGED), "withdrawn", "citizen")
        granted = not self.happens(0.05)
        self.go_to(self.case.counter)
        decided = events.Decided(granted, "", "" if granted else UNMET, self.step)
        self.ended_at = self.tell(decided, "decided", role)
        if not self.passes(200) or self.happens(0.01):
            return None
        self.tell(events.HandedOver("counter"), "handed_over", "reception")
        self.step = self.role = ""
        self.step_due_at = None
        if self.passes(2400) and self.happens(0.8):
            self.tell(events.Closed(""), "closed")
        return None

    def finish(self, event: Any, state: str, role: str) -> None:
        """An end without a decision."""
        self.ended_at = self.tell(event, state, role)
        self.paused_at = self.step_due_at = None

    def life(self, code: str, owner: Owner, answers: str) -> Life:
        """The whole of it, ready to be written."""
        standing = (
            self.step, self.role, self.officer, self.received_at, self.due_at, self.step_due_at, self.paused_at,
            self.ended_at,
        )  # fmt: skip
        case = self.case
        return Life(
            self.id, code, case.edition, case.agency, self.channel, owner, answers, self.told, standing,
            self.supplements,
        )  # fmt: skip


def lives(
    cases: list[Case], clock: Clock, *, count: int, seed: int, until: datetime, numbers: dict[str, int]
) -> Iterator[Life]:
    """``count`` lives of the twelve months before ``until``, in order of filing.

    Effects: counts up ``numbers`` (keys as `base.numbering.day_key`, here from the day and agency of each filing).
    """
    chance = random.Random(seed)
    first, today = clock.place(until - timedelta(days=365)), clock.place(until)
    places = sorted(chance.randrange(first, today - 3) for _ in range(count))
    for place in places:
        case = chance.choice(cases)
        day = local(clock.at(place)).date()
        key = day_key(case.agency_code, day)
        numbers[key] = numbers.get(key, 0) + 1
        code = dossier_code(case.agency_code, day, numbers[key])
        owner, answers = somebody(chance, case.answers)
        story = Story(case, clock, chance, place, today)
        story.live(code, answers)
        yield story.life(code, owner, answers.decode())


def somebody(chance: random.Random, answers: Mapping[str, Any]) -> tuple[Owner, bytes]:
    """A made-up person and what they answered. No real person is meant: codes of provinces end at 096."""
    name = " ".join(chance.choice(names) for names in NAMES)
    number = f"099{chance.randrange(4)}{chance.randrange(100):02d}{chance.randrange(10**6):06d}"
    owner = Owner(name, number, f"0900{chance.randrange(10**6):06d}")
    return owner, orjson.dumps({**answers, "ho_ten": name}, option=orjson.OPT_SORT_KEYS)
