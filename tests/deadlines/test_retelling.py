"""An appointment that was moved is told with everything that moved it, as one sentence a citizen understands."""

from datetime import datetime

import pytest
from hypothesis import given

from motcua.deadlines.counting import Due, Term, due, due_after_pause
from motcua.deadlines.national import national
from motcua.deadlines.retelling import retold
from motcua.deadlines.words import explain, term_words, worked_words
from tests.deadlines.test_stretches import OFFICE, Said, at, lived, said, starts, verbs

RECEIVED = said("received", "2026-11-16T09:00", "received", step="tham-tra")


def first(term: Term, received: str = "2026-11-16T09:00") -> Due:
    found = due(at(received), term, national())
    assert found is not None
    return found


def again(term: Term) -> object:
    return lambda moment: due(moment, term, national())


def test_a_fee_that_was_awaited_is_not_called_a_supplement() -> None:
    facts = [
        RECEIVED,
        said("payment_asked", "2026-11-16T10:00", "paying"),
        said("payment_confirmed", "2026-11-16T14:30"),
    ]
    found = retold(facts, first(Term(hours=4)), OFFICE)
    assert explain(found.explanation) == (
        "Nhận lúc 09:00 thứ Hai 16/11/2026, tính ngay từ lúc nhận; thời hạn 4 giờ làm việc; "
        "chờ nộp phí, lệ phí từ 10:00 thứ Hai 16/11/2026 đến 14:30 thứ Hai 16/11/2026, cộng thêm 3 giờ làm việc; "
        "hẹn trả 08:00 thứ Ba 17/11/2026."
    )
    assert "3 h of working time added for a fee, awaited 10:00 Monday 16/11/2026" in explain(found.explanation, "en")


def test_a_clock_that_begins_again_tells_both_receptions() -> None:
    term = Term(working_days=3)
    facts = [
        RECEIVED,
        said("supplement_asked", "2026-11-17T09:00", "supplementing"),
        said("supplemented", "2026-11-19T10:15"),
    ]
    found = retold(facts, first(term), OFFICE, again(term))  # type: ignore[arg-type]
    assert found.at == at("2026-11-25T17:00")
    assert explain(found.explanation) == (
        "Nhận lần đầu lúc 09:00 thứ Hai 16/11/2026; nhận đủ hồ sơ lúc 10:15 thứ Năm 19/11/2026 nên thời hạn "
        "được tính lại từ đầu, tính từ thứ Sáu 20/11/2026; thời hạn 3 ngày làm việc; "
        "thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam; hẹn trả 17:00 thứ Tư 25/11/2026."
    )
    assert explain(found.explanation, "en").startswith(
        "First received at 09:00 Monday 16/11/2026; complete at 10:15 Thursday 19/11/2026, so the time begins again, "
        "counted from Friday 20/11/2026; 3 working days; "
    )


def test_a_second_beginning_still_names_the_very_first_reception() -> None:
    term = Term(hours=8)
    facts = [RECEIVED]
    for day in ("17", "18"):
        facts += [
            said("supplement_asked", f"2026-11-{day}T09:00", "supplementing"),
            said("supplemented", f"2026-11-{day}T10:00"),
        ]
    found = retold(facts, first(term), OFFICE, again(term))  # type: ignore[arg-type]
    assert found.at == at("2026-11-19T10:00")
    assert "Nhận lần đầu lúc 09:00 thứ Hai 16/11/2026; nhận đủ hồ sơ lúc 10:00 thứ Tư 18/11/2026" in explain(
        found.explanation
    )


def test_an_apology_tells_the_appointment_before_and_why() -> None:
    extended = said(
        "extended", "2026-11-17T09:00",
        before="2026-11-19T10:00:00+00:00", due_at="2026-11-23T10:00:00+00:00", reason="Chờ xác minh tại nơi cư trú.",
    )  # fmt: skip
    found = retold([RECEIVED, extended], first(Term(working_days=3)), OFFICE)
    assert found.at == at("2026-11-23T17:00")
    assert explain(found.explanation) == (
        "Nhận lúc 09:00 thứ Hai 16/11/2026, tính từ thứ Ba 17/11/2026; thời hạn 3 ngày làm việc; "
        "cơ quan xin lỗi và hẹn lại một lần, lần hẹn trước là 17:00 thứ Năm 19/11/2026, "
        "lý do: Chờ xác minh tại nơi cư trú; hẹn trả 17:00 thứ Hai 23/11/2026."
    )


def test_where_the_appointment_before_was_set_elsewhere_only_the_apology_is_told() -> None:
    extended = said(
        "extended", "2026-11-17T09:00",
        before="2026-11-18T10:00:00+00:00", due_at="2026-11-23T10:00:00+00:00", reason="Chờ xác minh",
    )  # fmt: skip
    found = retold([RECEIVED, extended], first(Term(working_days=3)), OFFICE)
    assert explain(found.explanation) == (
        "Nhận lúc 09:00 thứ Hai 16/11/2026; cơ quan xin lỗi và hẹn lại một lần, "
        "lần hẹn trước là 17:00 thứ Tư 18/11/2026, lý do: Chờ xác minh; hẹn trả 17:00 thứ Hai 23/11/2026."
    )


def test_another_agency_that_takes_over_is_named_and_the_date_stays() -> None:
    promise = first(Term(working_days=3))
    left = said("left_agency", "2026-11-17T15:00", "", receiver="b", receiver_name="UBND phường Sen Mới")
    found = retold([RECEIVED, left], promise, OFFICE)
    assert found.at == promise.at
    assert explain(found.explanation) == (
        "Nhận lúc 09:00 thứ Hai 16/11/2026, tính từ thứ Ba 17/11/2026; thời hạn 3 ngày làm việc; "
        "hồ sơ chuyển đến UBND phường Sen Mới lúc 15:00 thứ Ba 17/11/2026, thời hạn vẫn tính tiếp; "
        "hẹn trả 17:00 thứ Năm 19/11/2026."
    )


def test_what_was_asked_before_reception_moves_no_appointment() -> None:
    promise = first(Term(working_days=3))
    facts = [
        said("supplement_asked", "2026-11-13T09:00", "returned"),
        said("supplemented", "2026-11-16T08:00", "submitted"),
        RECEIVED,
    ]
    assert retold(facts, promise, OFFICE, again(Term(working_days=9))) == promise  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "amount", "vietnamese", "english"),
    [
        ("working_days", 0.5, "thời hạn nửa ngày làm việc", "half a working day"),
        ("working_days", 1.0, "thời hạn 1 ngày làm việc", "1 working day"),
        ("working_days", 2.5, "thời hạn 2 ngày rưỡi làm việc", "2 and a half working days"),
        ("hours", 0.5, "thời hạn nửa giờ làm việc", "half a working hour"),
        ("hours", 3.25, "thời hạn 3,25 giờ làm việc", "3.25 working hours"),
        ("days", 15, "thời hạn 15 ngày", "15 days"),
        ("months", 1, "thời hạn 1 tháng", "1 month"),
    ],
)
def test_halves_are_told_as_people_say_them(unit: str, amount: float, vietnamese: str, english: str) -> None:
    note = {"kind": "term", "unit": unit, "amount": amount}
    assert (term_words(note, "vi"), term_words(note, "en")) == (vietnamese, english)


@pytest.mark.parametrize(
    ("minutes", "vietnamese", "english"),
    [
        (0, "0 phút", "0 min"),
        (90, "1 giờ 30 phút", "1 h 30 min"),
        (959, "15 giờ 59 phút", "15 h 59 min"),
        (960, "2 ngày", "2 d"),
        (3450, "7 ngày 1 giờ 30 phút", "7 d 1 h 30 min"),
    ],
)
def test_much_working_time_is_told_in_days_of_eight_hours(minutes: int, vietnamese: str, english: str) -> None:
    assert (worked_words(minutes, "vi"), worked_words(minutes, "en")) == (vietnamese, english)


@given(starts, verbs)
def test_a_retold_appointment_is_the_first_one_with_every_wait_that_began_in_time(
    start: datetime, acts: list[tuple[str, int]]
) -> None:
    facts, _, _ = lived(start, acts, ends=True)
    promise = due(start, Term(hours=20), OFFICE)
    assert promise is not None
    moved, since = promise.at, None
    for fact in facts:
        since = asked_at(fact) or since
        if fact.name in {"dossiers.supplemented", "dossiers.payment_confirmed"} and since:
            moved, since = (
                due_after_pause(moved, max(since, promise.starts), max(fact.at, promise.starts), OFFICE),
                None,
            )
    found = retold(facts, promise, OFFICE)
    assert found.at == moved
    assert explain(found.explanation).endswith(".")


def asked_at(fact: Said) -> datetime | None:
    return fact.at if fact.name in {"dossiers.supplement_asked", "dossiers.payment_asked"} else None
