"""A birth is registered: the mother files, the counter receives, the clerk examines, the chairman decides."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.dossiers import actions, checks, queries
from motcua.dossiers.models import Dossier, Standing, Tally
from motcua.dossiers.states import State
from motcua.drafts import actions as drafts
from motcua.filing.actions import submit
from motcua.notices.queries import inbox
from motcua.results.queries import result_for, results_of, verified
from tests.node import Node

HOUR = timedelta(hours=1)


def names(dossier: Dossier) -> list[str]:
    return [fact.name for fact in queries.history(dossier)]


def test_from_the_filing_to_the_result_in_the_mothers_account(committed_node: Node) -> None:
    node = committed_node
    dossier = node.submitted()
    assert dossier.code == "H99.101-261110-0001"

    standing = actions.receive(dossier.id, by=node.reception, at=node.noon + HOUR, seen=2)
    assert standing.state == State.RECEIVED
    assert (standing.step, standing.role) == ("tham-tra", "clerk")
    assert standing.due_at == datetime(2026, 11, 10, 10, 0, tzinfo=UTC)  # received before 15:00: the same day, 17:00

    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.decide(dossier.id, True, by=node.approver, at=node.noon + 3 * HOUR)
    with pytest.raises(Refused, match="result_not_ready"):
        actions.hand_over(dossier.id, by=node.reception, at=node.noon + 4 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    actions.hand_over(dossier.id, by=node.reception, at=node.noon + 4 * HOUR)
    actions.close(dossier.id, by=node.reception, at=node.noon + 5 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)

    assert names(dossier) == [
        "dossiers.submitted", "dossiers.paper_added", "dossiers.received", "dossiers.passed_on", "dossiers.decided",
        "dossiers.handed_over", "dossiers.closed",
    ]  # fmt: skip
    (result,) = results_of(node.mother.id)
    assert result.number == "1/2026/KQ-H99.101"
    assert verified(result.number, result.check_code) == result
    assert [notice.title for notice in inbox(node.mother.id)] == [
        f"Đã trả kết quả hồ sơ {dossier.code}",
        f"Hồ sơ {dossier.code} đã có kết quả",
        f"Hồ sơ {dossier.code} đã được tiếp nhận",
        f"Đã nộp hồ sơ {dossier.code}",
    ]
    assert [list(check()) for check in (checks.check_tips, checks.check_states, checks.check_counts)] == [[], [], []]
    assert dict(Tally.objects.exclude(count=0).values_list("state", "count")) == {"closed": 1}


def test_a_supplement_stops_the_clock_and_the_waiting_is_added(node: Node) -> None:
    standing = node.received()
    due = standing.due_at
    asked = node.noon + 2 * HOUR  # Tuesday 11:00
    actions.ask_supplement(standing.dossier_id, ["giay-chung-sinh"], "Giấy chứng sinh mờ", by=node.clerk, at=asked)
    standing = Standing.objects.get(pk=standing.pk)
    assert (standing.state, standing.paused_at) == (State.SUPPLEMENTING, asked)

    with pytest.raises(Invalid, match="papers_missing"):
        actions.supplement(standing.dossier_id, [], by=node.mother, at=asked + HOUR)
    attached = node.filing().papers
    after = actions.supplement(standing.dossier_id, attached, by=node.mother, at=asked + timedelta(days=1))
    assert after.state == State.PROCESSING
    assert due is not None
    assert after.due_at == due + timedelta(days=1)
    assert after.paused_at is None


def test_before_reception_the_counter_may_ask_and_no_clock_runs(node: Node) -> None:
    dossier = node.submitted()
    actions.ask_supplement(dossier.id, [], "Xin chụp lại", by=node.reception, at=node.noon)
    back = actions.supplement(dossier.id, [], by=node.mother, at=node.noon + HOUR)
    assert (back.state, back.due_at) == (State.SUBMITTED, None)
    assert actions.receive(dossier.id, by=node.reception, at=node.noon + 2 * HOUR).state == State.RECEIVED


def test_the_same_filing_sent_twice_is_one_dossier(node: Node) -> None:
    filing = node.filing()
    first = submit(filing, by=node.mother, at=node.noon)
    again = submit(filing, by=node.mother, at=node.noon + HOUR)
    assert again.code == first.code
    assert Dossier.objects.count() == 1
    assert Fact.objects.filter(stream=first.stream).count() == 2
    assert node.submitted().code == "H99.101-261110-0002"  # and no number was lost


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "pigeon"}, "channel_unknown"),
        ({"answers": {}}, "answers_invalid"),
        ({"papers": ()}, "papers_missing"),
    ],
)
def test_a_wrong_filing_is_refused_and_nothing_is_written(node: Node, changes: dict[str, object], code: str) -> None:
    before = Fact.objects.count()
    with pytest.raises(Refused, match=code):
        submit(node.filing(**changes), by=node.mother, at=node.noon)
    assert (Dossier.objects.count(), Fact.objects.count()) == (0, before)
    assert node.submitted().code.endswith("-0001")


def test_of_two_officers_one_wins_and_the_other_is_told(node: Node) -> None:
    dossier = node.submitted()
    actions.receive(dossier.id, by=node.reception, at=node.noon, seen=2)
    with pytest.raises(Conflict, match="acted_first"):
        actions.refuse(dossier.id, "Thiếu giấy tờ", by=node.reception, at=node.noon, seen=2)
    assert Standing.objects.get(pk=dossier.id).state == State.RECEIVED


def test_wrong_people_are_refused(node: Node) -> None:
    standing = node.received()
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.pass_on(standing.dossier_id, "pass", by=node.stranger, at=node.noon)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        actions.pass_on(standing.dossier_id, "pass", by=node.approver, at=node.noon)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        actions.pass_on(standing.dossier_id, "pass", by=node.reception, at=node.noon)
    with pytest.raises(Refused, match="not_the_deciding_step"):
        actions.decide(standing.dossier_id, True, by=node.clerk, at=node.noon)
    assert len(queries.history(standing.dossier)) == 3


def test_an_apology_comes_in_time_once_and_with_a_reason(node: Node) -> None:
    standing = node.received()
    later = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="extension_too_late"):  # due today: the law wants a day's notice
        actions.extend(standing.dossier_id, later, "Xác minh", by=node.approver, at=node.noon + HOUR)
    early = node.noon - timedelta(days=1)
    with pytest.raises(Invalid, match="reason_missing"):
        actions.extend(standing.dossier_id, later, "  ", by=node.approver, at=early)
    assert actions.extend(standing.dossier_id, later, "Xác minh", by=node.approver, at=early).due_at == later
    with pytest.raises(Refused, match="extended_before"):
        actions.extend(standing.dossier_id, later + HOUR, "Lại xác minh", by=node.approver, at=early)


def test_a_refusal_is_proposed_by_the_clerk_and_signed_by_the_approver(node: Node) -> None:
    standing = node.received()
    moved = actions.pass_on(standing.dossier_id, "refuse", by=node.clerk, at=node.noon, note="Không đủ căn cứ")
    assert moved.step == "ky"
    with pytest.raises(Invalid, match="reason_missing"):
        actions.decide(standing.dossier_id, False, by=node.approver, at=node.noon)
    actions.decide(standing.dossier_id, False, by=node.approver, at=node.noon, reason="Không đủ căn cứ")
    result = result_for(standing.dossier.stream)
    assert result is not None
    assert result.template == "tu-choi"


def test_a_fee_is_asked_for_and_the_receipt_starts_the_clock_again(node: Node) -> None:
    standing = node.received()
    assert node.demanded(standing.dossier, 8000, "Phí bản sao", node.noon).state == State.PAYING
    paid = node.paid(standing.dossier, node.noon + HOUR)
    assert (paid.state, paid.paused_at) == (State.PROCESSING, None)
    assert queries.history(standing.dossier)[-1].data["receipt"] == "0000001/2026/BL-H99.101"


def test_withdrawn_by_its_filer_only_and_for_good(node: Node) -> None:
    standing = node.received()
    with pytest.raises(Forbidden):
        actions.withdraw(standing.dossier_id, "Đổi ý", by=node.reception, at=node.noon)
    assert actions.withdraw(standing.dossier_id, "Đổi ý", by=node.mother, at=node.noon).state == State.WITHDRAWN
    with pytest.raises(Refused, match="wrong_state"):
        actions.withdraw(standing.dossier_id, "Đổi ý", by=node.mother, at=node.noon)


def test_every_look_is_a_fact_once_a_day(node: Node) -> None:
    standing = node.received()
    for minutes in (0, 5, 60):
        actions.look(standing.dossier_id, "Thụ lý", by=node.clerk, at=node.noon + timedelta(minutes=minutes))
    assert Fact.objects.filter(name="dossiers.looked").count() == 1


def test_a_draft_keeps_what_is_wrong_too_and_becomes_one_dossier(node: Node) -> None:
    filing = node.filing()
    draft = drafts.start_draft(filing.edition, {}, by=node.mother, at=node.noon)
    faults = drafts.save_section(draft.id, "nguoi-duoc-khai-sinh", {"ho_ten": ""}, by=node.mother, at=node.noon)
    assert "ho_ten" in faults
    for section in ("nguoi-yeu-cau", "nguoi-duoc-khai-sinh", "noi-sinh", "me", "cha", "hon-nhan-cha-me", "de-nghi"):
        assert drafts.save_section(draft.id, section, filing.answers, by=node.mother, at=node.noon) == {}
    where = {"agency": node.agency.id, "return_by": "online", "on_behalf_of": {}}
    drafts.set_filing(draft.id, by=node.mother, at=node.noon, **where)
    with pytest.raises(Invalid, match="papers_missing"):
        drafts.file_draft(draft.id, by=node.mother, at=node.noon)
    pdf = b"%PDF-1.4\n%%EOF\n"
    drafts.attach(draft.id, "giay-chung-sinh", [pdf], "../../etc/passwd.pdf", by=node.mother, at=node.noon)
    one = drafts.file_draft(draft.id, by=node.mother, at=node.noon)
    two = drafts.file_draft(draft.id, by=node.mother, at=node.noon)
    assert one.code == two.code
    assert Dossier.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM drafts_draft")
        assert cursor.fetchall() == [("{}",)] or cursor.rowcount == 1
