"""On time as the State counts it: one case for every rule of the published scoring."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.worktime import VIETNAM
from motcua.deadlines.counted import Law, Verdict, counted
from motcua.deadlines.counting import Term
from motcua.deadlines.national import national
from motcua.deadlines.words import counted_words
from tests.deadlines.test_stretches import Said, at, said

DUE = "2026-11-12T10:00:00+00:00"  # 17:00 on Thursday 12/11/2026 in Hà Nội
LAW = Law((), national())
RECEIVED = said("received", "2026-11-10T09:00", "received", step="tham-tra", due_at=DUE)
UNPROMISED = said("received", "2026-11-10T09:00", "received", step="tham-tra", due_at=None)


def verdict(*facts: Said, until: str = "2026-12-01T00:00", terms: tuple[Term, ...] = ()) -> Verdict:
    return counted(facts, Law(terms, national()), at(until))


def short(found: Verdict) -> tuple[str, str, str]:
    return found.outcome, found.because, found.by


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [("2026-11-12T16:59", "on_time"), ("2026-11-12T17:00", "on_time"), ("2026-11-12T17:01", "late")],
)
def test_rule_1_it_ends_not_later_than_the_appointment(decided: str, outcome: str) -> None:
    assert short(verdict(RECEIVED, said("decided", decided))) == (outcome, "appointment", "decided")


def test_rule_2_the_decision_is_the_end_and_not_the_handing_over() -> None:
    found = verdict(RECEIVED, said("decided", "2026-11-12T10:00"), said("handed_over", "2026-11-20T10:00"))
    assert short(found) == ("on_time", "appointment", "decided")
    assert found.end == at("2026-11-12T10:00")


@pytest.mark.parametrize("end", ["handed_over", "stopped", "refused_to_receive", "withdrawn"])
def test_rule_2_without_a_decision_whatever_ended_it_is_the_end(end: str) -> None:
    assert short(verdict(RECEIVED, said(end, "2026-11-13T10:00"))) == ("late", "appointment", end)


def test_rule_2_handing_over_comes_before_a_stop_whichever_was_first() -> None:
    found = verdict(RECEIVED, said("stopped", "2026-11-11T10:00"), said("handed_over", "2026-11-13T10:00"))
    assert short(found) == ("late", "appointment", "handed_over")


def test_rule_2_a_withdrawal_counts_only_once_received() -> None:
    filed = said("submitted", "2026-11-10T08:00", "submitted")
    assert short(verdict(filed, said("withdrawn", "2026-11-11T10:00"))) == ("not_counted", "not_received", "")
    assert short(verdict(filed, RECEIVED, said("withdrawn", "2026-11-11T10:00")))[0] == "on_time"


@pytest.mark.parametrize(
    ("until", "outcome"), [("2026-11-12T17:00", "open_in_time"), ("2026-11-12T17:01", "open_late")]
)
def test_rule_3_without_an_end_the_end_of_the_period_stands_for_it(until: str, outcome: str) -> None:
    assert short(verdict(RECEIVED, until=until)) == (outcome, "appointment", "period")


def test_rule_3_what_happened_after_the_period_is_not_known_yet() -> None:
    decided = said("decided", "2026-11-20T10:00")
    assert short(verdict(RECEIVED, decided, until="2026-11-12T12:00")) == ("open_in_time", "appointment", "period")
    assert short(verdict(RECEIVED, decided)) == ("late", "appointment", "decided")


def test_rule_4_while_a_supplement_is_awaited_its_request_stands_for_the_end() -> None:
    found = verdict(RECEIVED, said("supplement_asked", "2026-11-11T10:00", "supplementing"))
    assert short(found) == ("open_in_time", "appointment", "supplement_asked")
    assert found.end == at("2026-11-11T10:00")
    late = verdict(RECEIVED, said("supplement_asked", "2026-11-13T10:00", "supplementing"))
    assert short(late) == ("open_late", "appointment", "supplement_asked")


def test_rule_4_a_second_request_makes_it_late_however_early_it_ends() -> None:
    requests = [
        said("supplement_asked", "2026-11-10T10:00", "supplementing"),
        said("supplemented", "2026-11-10T11:00", due_at=DUE),
        said("supplement_asked", "2026-11-10T14:00", "supplementing"),
    ]
    assert short(verdict(RECEIVED, *requests)) == ("open_late", "second_supplement", "supplement_asked")
    answered = said("supplemented", "2026-11-10T15:00", due_at=DUE)
    found = verdict(RECEIVED, *requests, answered, said("decided", "2026-11-10T16:00"))
    assert short(found) == ("late", "second_supplement", "decided")


def test_rule_5_the_time_to_the_answer_is_not_counted() -> None:
    wait = [
        said("supplement_asked", "2026-11-11T10:00", "supplementing"),
        said("supplemented", "2026-11-16T10:00", due_at="2026-11-17T10:00:00+00:00"),
    ]
    found = verdict(RECEIVED, *wait, said("decided", "2026-11-17T17:00"))
    assert short(found) == ("on_time", "appointment", "decided")
    assert found.due == at("2026-11-17T17:00")


def test_an_extension_is_the_appointment_that_is_compared() -> None:
    extended = said("extended", "2026-11-11T10:00", due_at="2026-11-18T10:00:00+00:00")
    assert short(verdict(RECEIVED, extended, said("decided", "2026-11-18T16:00")))[0] == "on_time"
    assert short(verdict(RECEIVED, extended, said("decided", "2026-11-19T08:00")))[0] == "late"


def test_rule_6_without_an_appointment_the_longest_time_of_the_law_less_the_wait_counts() -> None:
    terms = (Term(working_days=1), Term(working_days=2))
    wait = [
        said("supplement_asked", "2026-11-11T10:00", "supplementing"),
        said("supplemented", "2026-11-13T10:00", due_at=None),
    ]
    in_time = verdict(UNPROMISED, *wait, said("decided", "2026-11-16T17:00"), terms=terms)
    assert short(in_time) == ("on_time", "law", "decided")
    assert in_time.due == at("2026-11-16T17:00")
    assert short(verdict(UNPROMISED, *wait, said("decided", "2026-11-17T07:31"), terms=terms))[0] == "late"


def test_without_an_appointment_and_without_a_limit_it_is_not_counted_as_on_time() -> None:
    assert short(verdict(UNPROMISED, said("decided", "2026-11-11T10:00"))) == ("not_counted", "no_limit", "decided")


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(1, 20))
def test_whatever_is_late_at_one_moment_is_late_at_every_later_one(first: int, more: int, days: int) -> None:
    received = Said("dossiers.received", at("2026-03-02T09:00"), {"due_at": None, "to": "received"})
    law = Law((Term(working_days=days),), national())
    earlier, later = (received.at + timedelta(minutes=minutes) for minutes in (first, first + more))
    outcomes = [counted([received], law, moment).outcome for moment in (earlier, later)]
    assert outcomes in (["open_in_time", "open_in_time"], ["open_in_time", "open_late"], ["open_late", "open_late"])


def test_every_verdict_is_a_sentence_in_both_languages() -> None:
    on_time = verdict(RECEIVED, said("decided", "2026-11-12T16:00"))
    assert counted_words(on_time) == (
        "đúng hạn: so lúc giải quyết xong 16:00 thứ Năm 12/11/2026 với ngày hẹn trả 17:00 thứ Năm 12/11/2026."
    )
    assert counted_words(on_time, "en") == (
        "on time: the decision at 16:00 Thursday 12/11/2026 is compared with the appointment, "
        "17:00 Thursday 12/11/2026."
    )
    waiting = verdict(said("submitted", "2026-11-10T08:00", "submitted"))
    assert counted_words(waiting) == "không tính: hồ sơ chưa được tiếp nhận."
    open_one = verdict(RECEIVED, until="2026-11-11T09:00")
    assert counted_words(open_one) == (
        "đang giải quyết, còn trong hạn: so thời điểm tính 09:00 thứ Tư 11/11/2026 với ngày hẹn trả "
        "17:00 thứ Năm 12/11/2026."
    )
    assert datetime(2026, 11, 11, 9, tzinfo=VIETNAM) == open_one.end
