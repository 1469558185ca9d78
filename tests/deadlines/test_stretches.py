"""Who had a dossier how long, and who caused which delay: sums that must hold, and lives told by hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motcua.base.worktime import VIETNAM
from motcua.deadlines.counting import due_after_pause
from motcua.deadlines.national import national
from motcua.deadlines.stretches import (
    Stretch,
    asked,
    delays,
    stretches,
    waited_minutes,
    worked_minutes,
)

OFFICE = national()
WARD, POLICE = "ward", "police"


@dataclass(frozen=True)
class StepTime:
    role: str
    minutes: int | None


@dataclass(frozen=True)
class Said:
    name: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    actor: str = "officer:clerk"


STEPS = {
    "tiep-nhan": StepTime("reception", 60),
    "tham-tra": StepTime("clerk", 240),
    "ky": StepTime("approver", 120),
    "tra": StepTime("reception", 60),
}


def at(text: str) -> datetime:
    """A moment on the clock of Hà Nội."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def full(name: str) -> str:
    """A fact of the dossier itself where no other part is named."""
    return name if "." in name else f"dossiers.{name}"


def said(name: str, moment: str, to: str = "processing", **data: Any) -> Said:
    return Said(full(name), at(moment), {"to": to, "agency": WARD, **data})


def life(*facts: Said, now: str = "2026-12-31T17:00", restarts: bool = False) -> list[Stretch]:
    return stretches(facts, STEPS, OFFICE, at(now), restarts)


def row(one: Stretch) -> tuple[str, str, int, int, str]:
    return one.step, one.officer or one.role, one.worked_minutes, one.late_minutes, one.waiting


def test_every_stay_is_a_row_with_its_time_and_its_delay() -> None:
    told = life(
        said("submitted", "2026-11-10T08:00", "submitted"),
        said("received", "2026-11-10T09:30", "received", step="tham-tra"),
        said("assigned", "2026-11-10T10:30", step="tham-tra", officer="hoa"),
        said("passed_on", "2026-11-10T16:30", step="ky"),
        said("decided", "2026-11-11T09:00", "decided", step="tra"),
        said("handed_over", "2026-11-11T09:30", "handed_over"),
        said("closed", "2026-11-11T10:00", "closed"),
    )
    assert [row(one) for one in told] == [
        ("tiep-nhan", "reception", 90, 30, ""),
        ("tham-tra", "clerk", 60, 0, ""),
        ("tham-tra", "officer:hoa", 270, 90, ""),
        ("ky", "approver", 120, 0, ""),
        ("tra", "reception", 30, 0, ""),
    ]
    assert [one.counted for one in told] == [False, True, True, True, False]
    assert [one.visit for one in told] == [1, 2, 2, 3, 4]
    assert told[2].due_at == at("2026-11-10T15:00") == told[2].late_from
    assert (worked_minutes(told), waited_minutes(told)) == (450, 0)


def test_what_lies_at_a_step_now_is_told_up_to_now() -> None:
    told = life(said("received", "2026-11-10T09:30", "received", step="tham-tra"), now="2026-11-10T15:30")
    assert [row(one) for one in told] == [("tham-tra", "clerk", 270, 30, "")]
    assert told[0].closed is None and told[0].until == at("2026-11-10T15:30")


def test_while_the_filer_has_the_turn_the_time_is_the_filers_and_the_step_loses_none() -> None:
    told = life(
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said("supplement_asked", "2026-11-10T10:00", "supplementing"),
        said("supplemented", "2026-11-13T09:00"),
        said("payment_asked", "2026-11-13T10:00", "paying"),
        said("payment_confirmed", "2026-11-13T15:00"),
        said("passed_on", "2026-11-13T16:30", step="ky"),
        now="2026-11-13T16:30",
    )
    assert [row(one) for one in told][:5] == [
        ("tham-tra", "clerk", 120, 0, ""),
        ("tham-tra", "clerk", 1380, 0, "supplement"),
        ("tham-tra", "clerk", 60, 0, ""),
        ("tham-tra", "clerk", 210, 0, "payment"),
        ("tham-tra", "clerk", 90, 30, ""),
    ]
    assert waited_minutes(told) == 1590
    assert delays(told, [], OFFICE)[0].minutes == 30


def test_what_the_filer_took_before_reception_is_not_of_the_clock_of_the_law() -> None:
    told = life(
        said("submitted", "2026-11-10T08:00", "submitted"),
        said("supplement_asked", "2026-11-10T08:30", "returned"),
        said("supplemented", "2026-11-11T08:00", "submitted"),
        said("received", "2026-11-11T08:30", "received", step="tham-tra"),
        now="2026-11-11T08:30",
    )
    assert [(one.worked_minutes, one.waiting, one.counted) for one in told] == [
        (30, "", False), (450, "supplement", False), (30, "", False), (0, "", True),
    ]  # fmt: skip
    assert (worked_minutes(told), waited_minutes(told)) == (0, 0)


def test_a_return_is_a_new_stay_with_the_whole_time_of_the_step() -> None:
    told = life(
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said("passed_on", "2026-11-10T11:00", step="ky"),
        said("passed_on", "2026-11-10T14:00", step="tham-tra"),
        said("passed_on", "2026-11-11T09:00", step="ky"),
        said("decided", "2026-11-11T10:00", "decided", step="tra"),
    )
    assert [row(one)[:4] for one in told][:4] == [
        ("tham-tra", "clerk", 180, 0),
        ("ky", "approver", 90, 0),
        ("tham-tra", "clerk", 270, 30),
        ("ky", "approver", 60, 0),
    ]


def test_a_step_without_a_limit_is_never_late() -> None:
    told = stretches(
        [said("received", "2026-11-10T08:00", "received", step="cho")],
        {"cho": StepTime("clerk", None)}, OFFICE, at("2026-12-10T08:00"),
    )  # fmt: skip
    assert (told[0].allowed_minutes, told[0].late_minutes, told[0].due_at) == (None, 0, None)


def test_another_agency_that_takes_over_goes_on_with_the_same_time() -> None:
    told = life(
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said("agency_changed", "2026-11-10T10:00", agency="new"),
        now="2026-11-10T14:30",
    )
    assert [(one.agency, one.worked_minutes, one.late_minutes, one.visit) for one in told] == [
        (WARD, 120, 0, 1), ("new", 180, 60, 1),
    ]  # fmt: skip


def test_with_the_full_dossier_a_restarted_clock_gives_the_step_its_whole_time_again() -> None:
    told = life(
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said("supplement_asked", "2026-11-10T11:00", "supplementing"),
        said("supplemented", "2026-11-11T08:00"),
        now="2026-11-11T15:00",
        restarts=True,
    )
    assert [(one.worked_minutes, one.late_minutes) for one in told if not one.waiting] == [(180, 0), (330, 90)]
    assert told[-1].due_at == at("2026-11-11T13:30")


def test_a_step_that_was_escalated_is_the_heads_and_no_longer_the_officers() -> None:
    told = life(
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said("assigned", "2026-11-10T08:00", step="tham-tra", officer="hoa"),
        said("supervision.escalated", "2026-11-10T15:30", step="tham-tra", role="head"),
        now="2026-11-10T16:30",
    )
    assert [row(one)[1:4] for one in told] == [("clerk", 0, 0), ("officer:hoa", 360, 120), ("head", 60, 60)]
    assert [one.officer for one in told] == ["", "officer:hoa", ""]


def test_an_automatic_step_takes_nobodys_time_and_is_no_stretch() -> None:
    steps = {**STEPS, "tu-dong": StepTime("", 0)}
    facts = [
        said("received", "2026-11-10T08:00", "received", step="tu-dong"),
        said("passed_on", "2026-11-10T08:00", step="tham-tra", automatic=True),
    ]
    told = stretches(facts, steps, OFFICE, at("2026-11-10T09:00"))
    assert [row(one) for one in told] == [("tham-tra", "clerk", 60, 0, "")]


def test_a_late_answer_of_another_agency_is_its_delay_and_only_what_is_beyond_is_the_holders() -> None:
    facts = [
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said(
            "opinions.asked", "2026-11-10T08:30", opinion="1", asked=POLICE, opinion_due="2026-11-10T06:00:00+00:00"
        ),
        said("opinions.answered", "2026-11-10T16:00", opinion="1"),
        said("passed_on", "2026-11-11T08:00", step="ky"),
    ]
    told, opinions = life(*facts, now="2026-11-11T08:00"), asked(facts, OFFICE, at("2026-11-11T08:00"))
    assert [(one.agency, one.late_minutes, one.open) for one in opinions] == [(POLICE, 180, False)]
    assert told[0].late_minutes == 240 and told[0].due_at == at("2026-11-10T13:30")
    assert [(one.agency, one.opinion, one.minutes) for one in delays(told, opinions, OFFICE)] == [
        (POLICE, True, 150), (WARD, False, 90),
    ]  # fmt: skip


def test_nobody_owes_an_answer_once_the_dossier_was_decided() -> None:
    facts = [
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said(
            "opinions.asked", "2026-11-10T08:30", opinion="1", asked=POLICE, opinion_due="2026-11-10T06:00:00+00:00"
        ),
        said("decided", "2026-11-10T14:00", "decided", step="tra"),
    ]
    assert [(one.late_minutes, one.open) for one in asked(facts, OFFICE, at("2026-12-01T08:00"))] == [(60, False)]


def test_of_two_agencies_that_owe_an_answer_each_late_minute_is_charged_once() -> None:
    due = "2026-11-10T06:00:00+00:00"
    facts = [
        said("received", "2026-11-10T08:00", "received", step="tham-tra"),
        said("opinions.asked", "2026-11-10T08:30", opinion="1", asked=POLICE, opinion_due=due),
        said("opinions.asked", "2026-11-10T08:40", opinion="2", asked="tax", opinion_due=due),
        said("opinions.answered", "2026-11-10T15:00", opinion="1"),
    ]
    now = at("2026-11-10T16:30")
    told, opinions = stretches(facts, STEPS, OFFICE, now), asked(facts, OFFICE, now)
    assert [one.late_minutes for one in opinions] == [120, 210]
    assert [(one.agency, one.minutes) for one in delays(told, opinions, OFFICE)] == [(POLICE, 90), ("tax", 90)]


gaps = st.integers(0, 5 * 24 * 60)
verbs = st.lists(
    st.tuples(st.sampled_from(["assign", "pass", "return", "supplement", "pay", "ask", "answer"]), gaps),
    max_size=14,
)
starts = st.datetimes(datetime(2026, 1, 5), datetime(2026, 9, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001
CHAIN = list(STEPS)


def lived(start: datetime, acts: list[tuple[str, int]], ends: bool) -> tuple[list[Said], datetime, datetime]:
    """A life by the same rules as the real one: a pause ends before anything else happens; when the clock ended."""
    moment, place, opinions = start, 1, 0
    facts = [Said("dossiers.submitted", moment - timedelta(hours=3), {"to": "submitted", "agency": WARD})]

    def tell(name: str, gap: int, to: str = "processing", **data: Any) -> None:
        nonlocal moment
        moment += timedelta(minutes=gap)
        facts.append(Said(full(name), moment, {"to": to, "agency": WARD, **data}))

    tell("received", 0, "received", step=CHAIN[1])
    for act, gap in acts:
        if act == "assign":
            tell("assigned", gap, step=CHAIN[place], officer=f"o{gap % 3}")
        elif act in {"pass", "return"}:
            place = min(place + 1, 2) if act == "pass" else max(place - 1, 1)
            tell("passed_on", gap, step=CHAIN[place])
        elif act in {"supplement", "pay"}:
            asks, gives, state = (
                ("supplement_asked", "supplemented", "supplementing")
                if act == "supplement"
                else ("payment_asked", "payment_confirmed", "paying")
            )
            tell(asks, gap, state)
            tell(gives, gap // 2)
        elif act == "ask":
            opinions += 1
            due = (moment + timedelta(minutes=gap * 2)).isoformat()
            tell("opinions.asked", gap, opinion=str(opinions), asked=f"a{opinions % 2}", opinion_due=due)
        elif opinions:
            tell("opinions.answered", gap, opinion=str(opinions))
    if ends:
        tell("decided", 60, "decided", step="tra")
    ended = moment
    if ends:
        tell("handed_over", 600, "handed_over")
    return facts, ended, moment


@given(starts, verbs, st.booleans())
def test_all_time_from_reception_to_the_end_is_somebodys_and_only_once(
    start: datetime, acts: list[tuple[str, int]], ends: bool
) -> None:
    facts, ended, now = lived(start, acts, ends)
    told = stretches(facts, STEPS, OFFICE, now)
    assert worked_minutes(told) + waited_minutes(told) == OFFICE.working_minutes_between(start, ended)
    assert all(one.until == other.since for one, other in pairwise(told))
    assert all(0 <= one.late_minutes <= one.worked_minutes for one in told)


@given(starts, verbs, st.booleans())
def test_delays_are_the_late_minutes_of_the_steps_no_minute_twice(
    start: datetime, acts: list[tuple[str, int]], ends: bool
) -> None:
    facts, _, now = lived(start, acts, ends)
    told, opinions = stretches(facts, STEPS, OFFICE, now), asked(facts, OFFICE, now)
    found = delays(told, opinions, OFFICE)
    assert sum(one.minutes for one in found) == sum(one.late_minutes for one in told)
    assert all(one.minutes > 0 for one in found)
    assert sum(one.minutes for one in found if one.opinion) <= sum(one.late_minutes for one in opinions)


@given(starts, verbs)
def test_late_minutes_of_a_stay_are_what_it_used_beyond_its_time(
    start: datetime, acts: list[tuple[str, int]]
) -> None:
    facts, _, now = lived(start, acts, ends=True)
    told = stretches(facts, STEPS, OFFICE, now)
    for visit in {one.visit for one in told}:
        stay = [one for one in told if one.visit == visit]
        used = sum(one.worked_minutes for one in stay if not one.waiting)
        allowed = stay[0].allowed_minutes
        assert allowed is not None
        assert sum(one.late_minutes for one in stay) == max(0, used - allowed)
        last = stay[-1]
        if last.due_at and not last.waiting:
            assert (last.until > last.due_at) == (used > allowed) or used == allowed


@given(starts, st.lists(gaps, min_size=2, max_size=2))
def test_a_way_straight_through_is_late_by_its_delays_less_what_it_saved(start: datetime, took: list[int]) -> None:
    facts, ended, now = lived(start, [("pass", took[0]), ("assign", took[1])], ends=True)
    told = [one for one in stretches(facts, STEPS, OFFICE, now) if one.counted]
    allowed = sum(STEPS[step].minutes or 0 for step in ("tham-tra", "ky"))
    lost = sum(one.late_minutes for one in told)
    saved = sum(
        max(0, (STEPS[step].minutes or 0) - sum(one.worked_minutes for one in told if one.step == step))
        for step in ("tham-tra", "ky")
    )
    assert OFFICE.working_minutes_between(start, ended) - allowed == lost - saved


@given(starts, st.integers(1, 3000), st.integers(0, 20_000), gaps)
def test_a_wait_moves_the_time_of_a_step_as_it_moves_the_appointment(
    start: datetime, allowed: int, wait: int, before: int
) -> None:
    steps = {"a": StepTime("reception", 1), "b": StepTime("clerk", allowed)}
    asks, answers = start + timedelta(minutes=before), start + timedelta(minutes=before + wait)
    facts = [
        Said("dossiers.received", start, {"to": "received", "step": "b", "agency": WARD}),
        Said("dossiers.payment_asked", asks, {"to": "paying", "agency": WARD}),
        Said("dossiers.payment_confirmed", answers, {"to": "processing", "agency": WARD}),
    ]
    promised = OFFICE.add_working_minutes(start, allowed)
    told = stretches(facts, steps, OFFICE, answers)
    assert told[-1].due_at == due_after_pause(promised, asks, answers, OFFICE)
