"""Lives of a dossier through the whole language of processes: ``process.yaml`` beside this file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.catalogue.models import Edition
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import actions, checks, queries
from motcua.dossiers.models import Standing, Supplement
from motcua.dossiers.states import State
from motcua.opinions import actions as opinions
from motcua.opinions.actions import Question
from motcua.opinions.checks import check_counted
from motcua.opinions.models import Opinion
from motcua.opinions.queries import answered_by, open_of, opinions_of
from motcua.supervision import jobs
from tests.node import Node
from tests.stories.life import FEW, MANY, Life, change, of, publish, written

HOUR = timedelta(hours=1)


@pytest.fixture
def edition(node: Node, tmp_path: Path) -> Edition:
    return publish(written(), tmp_path, node.noon)


@pytest.fixture
def life(node: Node, edition: Edition) -> Life:
    return Life(node, edition)


def test_an_automatic_step_sends_a_large_amount_to_examination_and_a_small_one_to_the_desk_that_decides(
    node: Node, edition: Edition
) -> None:
    large, small = Life(node, edition, MANY), Life(node, edition, FEW)
    assert (large.now.step, large.now.role) == ("tham-dinh", "clerk")
    assert (small.now.step, small.now.role) == ("ky", "approver")
    received, passed = small.facts[-2:]
    assert (received.name, received.data["step"]) == ("dossiers.received", "phan-loai")
    assert {key: passed.data[key] for key in ("before", "step", "action", "automatic", "from", "to")} == {
        "before": "phan-loai", "step": "ky", "action": "nho", "automatic": True, "from": "received", "to": "received",
    }  # fmt: skip
    assert passed.at == received.at


def test_a_step_is_left_forward_only_when_its_tasks_are_done(life: Life) -> None:
    node, at = life.node, life.noon + HOUR
    before = Fact.objects.count()
    with pytest.raises(Refused, match="tasks_open") as no:
        life.passes("pass", node.clerk, at)
    assert no.value.details == {"tasks": ["Kiểm tra hiện trạng nhà"]}
    with pytest.raises(Refused, match="task_unknown"):
        life.done("bay-len-trang", at)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        life.done("kiem-tra-nha", at, by=node.approver)
    assert (Fact.objects.count(), life.now.step) == (before, "tham-dinh")

    life.done("kiem-tra-nha", at)
    with pytest.raises(Refused, match="task_done"):
        life.done("kiem-tra-nha", at)
    assert life.passes("pass", node.clerk, at).step == "ky"


def test_work_is_asked_for_again_when_the_step_is_reached_again(life: Life) -> None:
    node, at = life.node, life.noon + HOUR
    life.done("kiem-tra-nha", at)
    life.passes("pass", node.clerk, at)
    assert life.passes("return", node.approver, at + HOUR).step == "tham-dinh"
    with pytest.raises(Refused, match="tasks_open"):
        life.passes("pass", node.clerk, at + 2 * HOUR)
    life.done("kiem-tra-nha", at + 2 * HOUR)
    assert life.passes("pass", node.clerk, at + 2 * HOUR).step == "ky"


def test_a_refusal_may_be_proposed_with_the_work_undone(life: Life) -> None:
    assert life.passes("refuse", life.node.clerk, life.noon + HOUR).step == "ky"


def test_opinions_run_side_by_side_and_only_those_not_yet_overdue_hold_the_step(life: Life) -> None:
    node, at = life.node, life.noon + HOUR  # Tuesday 10:00
    life.done("kiem-tra-nha", at)
    first, second = life.ask("hoa-mai", at), life.ask("dong-lua", at)
    assert first.due_at == datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # 8 hours: Wednesday 10:00
    assert second.due_at == datetime(2026, 11, 12, 3, 0, tzinfo=UTC)  # 16 hours: Thursday 10:00
    assert (life.now.opinions_open, life.now.opinions_until) == (2, second.due_at)
    assert life.now.due_at == life.received.due_at  # the clock of the dossier goes on

    with pytest.raises(Refused, match="opinions_open") as no:
        life.passes("pass", node.clerk, first.due_at + HOUR)
    assert no.value.details == {"count": 2, "until": second.due_at}

    answerer = of("H99.103", "thuly.donglua")
    opinions.answer_opinion(life.dossier.id, second.id, True, "Đất của gia đình", by=answerer, at=second.due_at)
    assert (life.now.opinions_open, life.now.opinions_until, life.now.opinions_agreed) == (1, first.due_at, 1)
    moved = life.passes("pass", node.clerk, second.due_at + HOUR)  # the other one is overdue: it holds nobody
    assert moved.step == "ky"

    late = first.due_at + timedelta(days=3)
    opinions.answer_opinion(life.dossier.id, first.id, False, "Chưa rõ", by=node.stranger, at=late)
    assert list(check_counted()) == []
    assert [(each.agrees, each.late(late)) for each in opinions_of(life.dossier)] == [(False, True), (True, False)]
    answered = [fact.data for fact in life.facts if fact.name == "opinions.answered"]
    assert [(each["name"], each["agrees"], each["late"]) for each in answered] == [
        ("Ủy ban nhân dân xã Đồng Lúa", True, False),
        ("Ủy ban nhân dân phường Hoa Mai", False, True),
    ]
    assert (life.now.opinions_open, life.now.opinions_against) == (0, 1)


def test_an_opinion_is_due_by_the_calendar_of_the_agency_that_is_asked(life: Life) -> None:
    from motcua.deadlines.models import CalendarDay

    CalendarDay.objects.create(agency_code="H99.102", date=date(2026, 11, 11), minutes=[], reason="Bão")
    assert calendar_for("H99.101").day(date(2026, 11, 11)).working
    assert life.ask("hoa-mai", life.noon + HOUR).due_at == datetime(2026, 11, 12, 3, 0, tzinfo=UTC)


def test_who_was_asked_answers_and_does_nothing_else(life: Life) -> None:
    node, at = life.node, life.noon + HOUR
    asked, before = life.ask("hoa-mai", at), Fact.objects.count()
    assert [each.id for each in open_of(node.stranger.agency)] == [asked.id]
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.pass_on(life.dossier.id, "pass", by=node.stranger, at=at)
    with pytest.raises(NotFound, match="opinion_unknown"):  # neither a third agency nor the one that asked
        opinions.answer_opinion(life.dossier.id, asked.id, True, "Đồng ý", by=of("H99.103", "thuly.donglua"), at=at)
    with pytest.raises(NotFound, match="opinion_unknown"):
        opinions.answer_opinion(life.dossier.id, asked.id, True, "Đồng ý", by=node.clerk, at=at)
    with pytest.raises(Forbidden, match="wrong_role"):
        opinions.answer_opinion(life.dossier.id, asked.id, True, "Đồng ý", by=of("H99.102", "tiepnhan.hoamai"), at=at)
    with pytest.raises(Invalid, match="opinion_answer_missing"):
        opinions.answer_opinion(life.dossier.id, asked.id, True, "  ", by=node.stranger, at=at)
    assert Fact.objects.count() == before

    opinions.answer_opinion(life.dossier.id, asked.id, True, "Đồng ý", by=node.stranger, at=at)
    with pytest.raises(Refused, match="opinion_closed"):
        opinions.answer_opinion(life.dossier.id, asked.id, False, "Đổi ý", by=node.stranger, at=at)
    assert [each.answer for each in answered_by(node.stranger.agency)] == ["Đồng ý"]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question("", "hoa-mai"), "opinion_question_missing"),
        (Question("?" * 4001, "hoa-mai"), "opinion_text_too_long"),
        (Question("?", "bo-y-te"), "opinion_unknown_here"),
        (Question("?", agency="H99.102"), "opinion_hours_missing"),
        (Question("?", hours=8), "opinion_agency_missing"),
        (Question("?", agency="H99.102", hours=-1), "opinion_hours_wrong"),
        (Question("?", agency="H99.101", hours=8), "opinion_of_oneself"),
        (Question("?", agency="H99.888", hours=8), "agency_unknown"),
    ],
)
def test_a_wrong_question_is_not_asked(life: Life, question: Question, code: str) -> None:
    before = Fact.objects.count()
    with pytest.raises(Refused, match=code):
        opinions.ask_opinion(life.dossier.id, question, by=life.node.clerk, at=life.noon + HOUR)
    assert (Opinion.objects.count(), Fact.objects.count(), life.now.opinions_open) == (0, before, 0)


def test_a_question_withdrawn_holds_nobody_and_may_be_asked_again(life: Life) -> None:
    at = life.noon + HOUR
    asked = life.ask("hoa-mai", at)
    with pytest.raises(Refused, match="opinion_asked_already"):
        life.ask("hoa-mai", at)
    opinions.withdraw_opinion(life.dossier.id, asked.id, "Hỏi nhầm", by=life.node.clerk, at=at)
    assert (life.now.opinions_open, life.now.opinions_until) == (0, None)
    with pytest.raises(Refused, match="opinion_closed"):
        opinions.answer_opinion(life.dossier.id, asked.id, True, "Đồng ý", by=life.node.stranger, at=at)
    assert life.ask("hoa-mai", at).id != asked.id


def test_after_the_decision_the_result_is_stamped_before_it_is_handed_over(life: Life) -> None:
    node, at = life.node, life.noon + HOUR
    life.done("kiem-tra-nha", at)
    life.passes("pass", node.clerk, at)
    decided = actions.decide(life.dossier.id, True, by=node.approver, at=at + HOUR)
    assert (decided.state, decided.step, decided.role, decided.ended_at) == (
        State.DECIDED, "dong-dau", "clerk", at + HOUR,
    )  # fmt: skip
    with pytest.raises(Refused, match="not_at_hand_over_step"):
        actions.hand_over(life.dossier.id, by=node.reception, at=at + 2 * HOUR)
    own = queries.Filters(own=True)
    assert [each.dossier_id for each in queries.worklist(node.clerk, own, soon=at, at=at)] == [life.dossier.id]
    assert queries.worklist(node.reception, own, soon=at, at=at) == []

    stamped = life.passes("pass", node.clerk, at + 2 * HOUR)
    assert (stamped.state, stamped.step, stamped.ended_at) == (State.DECIDED, "tra", at + HOUR)
    with pytest.raises(Refused, match="not_a_step"):
        life.passes("hand_over", node.reception, at + 3 * HOUR)
    assert [each.dossier_id for each in queries.worklist(node.reception, own, soon=at, at=at)] == [life.dossier.id]


def test_a_refusal_goes_straight_to_the_counter(life: Life) -> None:
    life.passes("refuse", life.node.clerk, life.noon + HOUR)
    actions.decide(life.dossier.id, False, by=life.node.approver, at=life.noon + HOUR, reason="Không đủ điều kiện")
    assert (life.now.state, life.now.step) == (State.DECIDED, "tra")


def test_a_step_that_lasts_too_long_is_reminded_of_then_the_head_has_it_then_the_dossier_is_closed(
    life: Life,
) -> None:
    noon, node = life.noon, life.node  # Tuesday 09:00, 25 hours later Friday 10:00
    actions.assign(life.dossier.id, node.clerk.id, by=node.clerk, at=noon)
    reminded = datetime(2026, 11, 13, 3, 0, tzinfo=UTC)
    assert life.now.watch_at == reminded
    with pytest.raises(Refused, match="nothing_timed_out"):
        life.times_out(reminded - timedelta(minutes=1))
    assert (life.times_out(reminded).timeouts_fired, life.now.role) == (1, "clerk")
    with pytest.raises(Refused, match="nothing_timed_out"):  # a second worker, a moment later
        life.times_out(reminded)

    escalated = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 32 hours: Monday 09:00
    assert life.now.watch_at == escalated
    life.times_out(escalated)
    assert (life.now.role, life.now.officer_id) == ("head", None)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        life.passes("refuse", node.clerk, escalated + HOUR)
    head = of("H99.101", "phong.hoasen")
    life.done("kiem-tra-nha", escalated + HOUR, by=head)

    closed = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)  # 20 working days; 24/11 is a day off
    assert life.now.watch_at == closed
    assert life.times_out(closed).state == State.STOPPED
    assert life.now.watch_at is None
    assert [fact.name for fact in life.facts][2:] == [
        "dossiers.passed_on", "dossiers.assigned", "supervision.reminded", "supervision.escalated",
        "dossiers.task_done", "dossiers.stopped",
    ]  # fmt: skip
    assert life.facts[-1].data["reason"] == "Quá thời gian quy định của bước “Thẩm định” trong quy trình của thủ tục"
    assert life.facts[-1].actor == "system"


def test_the_head_passes_on_what_was_given_to_him_and_the_next_step_has_its_own_clock(life: Life) -> None:
    life.times_out(datetime(2026, 11, 13, 3, 0, tzinfo=UTC))
    life.times_out(datetime(2026, 11, 16, 2, 0, tzinfo=UTC))
    at, head = datetime(2026, 11, 16, 3, 0, tzinfo=UTC), of("H99.101", "phong.hoasen")
    life.done("kiem-tra-nha", at, by=head)
    after = life.passes("pass", head, at)
    assert (after.step, after.role, after.watch_at, after.timeouts_fired) == ("ky", "approver", None, 0)


def test_waiting_for_the_citizen_moves_the_timeout_as_it_moves_the_due_date(life: Life) -> None:
    node, at = life.node, life.noon + HOUR
    watch = life.now.watch_at
    assert watch is not None
    actions.ask_supplement(life.dossier.id, [], "Thiếu ảnh", by=node.clerk, at=at)
    with pytest.raises(Refused, match="wrong_state"):
        life.times_out(watch + timedelta(days=30))
    actions.supplement(life.dossier.id, [], by=node.mother, at=at + timedelta(days=1))
    assert life.now.watch_at == watch + timedelta(days=3)  # Friday and a working day: Monday


def test_after_the_decision_nothing_is_closed_by_the_clock(life: Life, node: Node) -> None:
    at = life.noon + HOUR
    life.passes("refuse", node.clerk, at)
    actions.decide(life.dossier.id, True, by=node.approver, at=at, reason="")
    assert life.now.watch_at == datetime(2026, 11, 10, 6, 30, tzinfo=UTC)  # two hours: 13:30
    life.times_out(datetime(2026, 11, 10, 6, 30, tzinfo=UTC))
    assert (life.now.state, life.now.watch_at, life.facts[-1].name) == (State.DECIDED, None, "supervision.reminded")


def test_a_step_without_a_limit_promises_nothing_and_is_never_late(node: Node, tmp_path: Path) -> None:
    procedure = written()
    procedure["channels"] = {"online": [{"limit": {}}]}
    change(procedure["process"], "tham-dinh", hours=None, timeouts=[])
    life = Life(node, publish(procedure, tmp_path, node.noon))
    assert (life.now.due_at, life.now.step_due_at, life.now.watch_at) == (None, None, None)
    life.done("kiem-tra-nha", life.noon)
    assert life.passes("pass", node.clerk, life.noon + HOUR).step_due_at == datetime(2026, 11, 10, 8, 30, tzinfo=UTC)


def test_a_condition_may_ask_what_other_agencies_said(node: Node, tmp_path: Path) -> None:
    procedure = written()
    guarded = {"to": "ky", "when": "opinions.against == 0 && opinions.agreed > 0"}
    change(
        procedure["process"], "tham-dinh", tasks=[], then={"pass": guarded, "xem-lai": "ky", "ask_more": "supplement"}
    )
    life = Life(node, publish(procedure, tmp_path, node.noon))
    asked = life.ask("hoa-mai", life.noon)
    opinions.answer_opinion(life.dossier.id, asked.id, False, "Không", by=node.stranger, at=life.noon + HOUR)
    with pytest.raises(Refused, match="guard_not_met"):
        life.passes("pass", node.clerk, life.noon + HOUR)
    assert life.passes("xem-lai", node.clerk, life.noon + HOUR).step == "ky"


def test_the_second_request_for_a_supplement_says_that_it_is_the_second(life: Life) -> None:
    node, at = life.node, life.noon + HOUR
    for number in (1, 2):
        actions.ask_supplement(life.dossier.id, [], "Thiếu ảnh", by=node.clerk, at=at)
        assert life.facts[-1].data["ordinal"] == number
        actions.supplement(life.dossier.id, [], by=node.mother, at=at + HOUR)


def test_a_dossier_ends_on_the_edition_it_was_filed_on_after_that_was_replaced(
    life: Life, edition: Edition, tmp_path: Path
) -> None:
    procedure, node = written(), life.node
    procedure["process"] = [each for each in procedure["process"] if each["step"] not in {"dong-dau", "phan-loai"}]
    change(procedure["process"], "tiep-nhan", then={"pass": "tham-dinh"})
    change(procedure["process"], "tham-dinh", hours=25, tasks=[])
    change(procedure["process"], "ky", then={"pass": "tra", "return": "tham-dinh", "refuse": "decide_refusal"})
    newer = publish(procedure, tmp_path, node.noon + HOUR)
    assert newer.id != edition.id
    at = node.noon + 2 * HOUR
    with pytest.raises(Refused, match="tasks_open"):
        life.passes("pass", node.clerk, at)
    life.done("kiem-tra-nha", at)
    life.passes("pass", node.clerk, at)
    assert actions.decide(life.dossier.id, True, by=node.approver, at=at).step == "dong-dau"


def test_a_dossier_that_ends_early_needs_no_opinion_any_more(committed_node: Node, tmp_path: Path) -> None:
    node = committed_node
    life = Life(node, publish(written(), tmp_path, node.noon))
    life.ask("hoa-mai", life.noon)
    actions.withdraw(life.dossier.id, "Đổi ý", by=node.mother, at=life.noon + HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert open_of(node.stranger.agency) == []
    with pytest.raises(Refused, match="wrong_state"):
        opinions.answer_opinion(
            life.dossier.id, Opinion.objects.get().id, True, "Muộn", by=node.stranger, at=life.noon + HOUR
        )
    assert [list(check()) for check in (checks.check_tips, checks.check_states, checks.check_counts)] == [[], [], []]


LONG_AGO = datetime(2025, 8, 5, 2, 0, tzinfo=UTC)


def test_two_workers_at_once_remind_of_each_dossier_once(committed_node: Node, tmp_path: Path) -> None:
    edition = publish(written(), tmp_path, committed_node.noon)
    lives = [Life(committed_node, edition) for _ in range(3)]
    Standing.objects.update(watch_at=LONG_AGO)

    def work(_: int) -> int:
        try:
            return jobs.watch_steps()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        # each of them reminds; by then the next timeout is due as well, and a run fires what it saw, once
        assert sum(pool.map(work, range(2))) >= 3
    for life in lives:
        fired = [fact.name for fact in life.facts if fact.name.startswith("supervision.")]
        assert fired in (["supervision.reminded"], ["supervision.reminded", "supervision.escalated"])
        assert life.now.timeouts_fired == len(fired)


def test_a_supplement_that_never_came_ends_the_dossier_on_either_side_of_the_counter(
    node: Node, edition: Edition
) -> None:
    received, waiting = Life(node, edition), node.submitted()
    actions.ask_supplement(received.dossier.id, [], "Thiếu ảnh", by=node.clerk, at=node.noon)
    actions.ask_supplement(waiting.id, [], "Thiếu ảnh", by=node.reception, at=node.noon)
    assert {each.answer_by for each in Supplement.objects.all()} == {
        date(2026, 12, 2)
    }  # 15 working days without 24/11
    Supplement.objects.update(answer_by=LONG_AGO.date())
    assert (jobs.stop_unanswered(), jobs.stop_unanswered()) == (2, 0)
    ended = {each.dossier_id: each.state for each in Standing.objects.all()}
    assert ended == {received.dossier.id: State.STOPPED, waiting.id: State.REFUSED}
    last = queries.history(waiting)[-1]
    assert (last.actor, last.data["reason"]) == ("system", jobs.UNANSWERED)
    assert last.data["number"].endswith("/TCTN-H99.101")


def test_the_work_of_the_last_step_is_done_before_the_result_leaves_the_house(
    committed_node: Node, tmp_path: Path
) -> None:
    node, procedure = committed_node, written()
    change(procedure["process"], "tra", tasks=[{"task": "ky-so", "name": "Ký sổ giao nhận"}])
    life = Life(node, publish(procedure, tmp_path, node.noon), FEW)
    actions.decide(life.dossier.id, True, by=node.approver, at=node.noon)
    life.passes("pass", node.clerk, node.noon)
    run_until_read(wiring.SUBSCRIBERS)
    with pytest.raises(Refused, match="tasks_open"):
        actions.hand_over(life.dossier.id, by=node.reception, at=node.noon)
    life.done("ky-so", node.noon, by=node.reception)
    assert actions.hand_over(life.dossier.id, by=node.reception, at=node.noon).state == State.HANDED_OVER


def test_a_standing_that_miscounts_its_opinions_is_found(life: Life) -> None:
    life.ask("hoa-mai", life.noon)
    assert list(check_counted()) == []
    Standing.objects.update(opinions_agreed=1)
    (finding,) = check_counted()
    assert finding.startswith(f"{life.dossier.code}: counted [1, 1, 0]")
