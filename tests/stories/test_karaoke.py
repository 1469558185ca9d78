"""The interlinked chain of Nghị định 297/2025/NĐ-CP: 3 + 3 + 10 working days, cut-offs, a new start, the 15-day close.

November 2026: the 13th is a Friday, the 24th a day off (Ngày Văn hóa Việt Nam).
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua import wiring
from motcua.base.actor import SYSTEM, Actor
from motcua.base.cursors import run_until_read
from motcua.base.errors import Refused
from motcua.base.ids import new_id
from motcua.base.worktime import VIETNAM, local
from motcua.catalogue.queries import plan
from motcua.charging import actions as charging
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.dossiers.states import State
from motcua.filing.actions import submit
from motcua.opinions import actions as opinions
from motcua.opinions.actions import Question
from motcua.opinions.queries import open_of
from motcua.people.models import Agency
from motcua.printing.receipts import explained
from motcua.processes.checking import total_hours
from motcua.supervision import jobs
from tests.node import Node, officer, paper

CODE = "9.000297"
ANSWERS = {
    "ho_ten": "Trần Văn Hùng", "ngay_sinh": "1985-11-02", "so_dinh_danh": "001085000102", "noi_cu_tru": "Phường Hoa Sen",
    "dien_thoai": "0900000102", "ten_ho": "Hộ kinh doanh Tiếng Hát", "dia_chi": "12 phố Sen, phường Hoa Sen",
    "von": 500_000_000, "so_phong": 4, "dien_tich_nho_nhat": 22.5, "nghiem_thu": "cong_an",
    "nguoi_phu_trach": "Trần Văn Hùng", "so_dinh_danh_phu_trach": "001085000102", "cam_ket": True,
}  # fmt: skip


def at(text: str) -> datetime:
    """A moment of 2026 on the clock of Việt Nam: ``"13/11 17:20"``."""
    return datetime.strptime(f"2026/{text}", "%Y/%d/%m %H:%M").replace(tzinfo=VIETNAM).astimezone(UTC)


def told(moment: datetime | None) -> str:
    return f"{local(moment):%d/%m %H:%M}" if moment else ""


class Chain:
    """One request for a karaoke licence at the department, with a clock that the test moves."""

    def __init__(self, node: Node, filed: str) -> None:
        self.node = node
        edition = node.publish(CODE, node.noon)
        department = Agency.objects.get(code="H99.08")
        self.reception = officer("tiepnhan.tinh", department)
        self.clerk = officer("thuly.vanhoa", department)
        self.head = officer("phong.vanhoa", department)
        self.approver = officer("lanhdao.vanhoa", department)
        papers = tuple(
            Attached(code, paper(node.noon), f"{code}.pdf") for code in ("nghiem-thu-pccc", "ly-lich-tu-phap")
        )
        filing = Filing(
            new_id(), edition.id, department.id, "online", Owner("Trần Văn Hùng", "001085000102"), ANSWERS, papers
        )
        self.dossier: Dossier = submit(filing, by=node.mother, at=at(filed))

    @property
    def now(self) -> Standing:
        return Standing.objects.get(pk=self.dossier.id)

    @property
    def last(self) -> dict[str, Any]:
        return queries.history(self.dossier)[-1].data

    def receive(self, when: str) -> Standing:
        return actions.receive(self.dossier.id, by=self.reception, at=at(when))

    def work(self, *tasks: str, by: Actor, when: str, action: str = "pass") -> Standing:
        for task in tasks:
            actions.do_task(self.dossier.id, task, by=by, at=at(when))
        return actions.pass_on(self.dossier.id, action, by=by, at=at(when))

    def ask_more(self, when: str) -> Standing:
        by = self.reception if self.now.state == State.SUBMITTED else self.clerk
        why = "Bản chụp văn bản nghiệm thu bị mờ"
        return actions.ask_supplement(self.dossier.id, ["nghiem-thu-pccc"], why, by=by, at=at(when))

    def answer(self, when: str) -> Standing:
        again = [Attached("nghiem-thu-pccc", paper(self.node.noon), "nghiem-thu-2.pdf")]
        return actions.supplement(self.dossier.id, again, by=self.node.mother, at=at(when))


def test_the_parts_of_the_chain_are_three_and_three_and_ten_days_and_ten_is_three_and_four_and_three(
    node: Node,
) -> None:
    edition = plan(node.publish(CODE, node.noon).id)
    days = {step.step: (step.hours or 0) / 8 for step in edition.definition.process}
    assert days["tiep-nhan"] + days["ho-kinh-doanh"] == days["an-ninh"] == 3
    assert (days["tham-dinh"], days["thuc-te"], days["cap-phep"] + days["tra"]) == (3, 4, 3)
    assert total_hours(edition.definition.process) == 16 * 8


@pytest.mark.parametrize(
    ("received", "counted_from", "due"),
    [
        ("13/11 15:30", "16/11 07:30", "08/12 17:00"),  # Friday in hours: day one is Monday
        ("13/11 16:30", "16/11 08:00", "08/12 17:00"),  # in the last hour: as if on Monday morning
        ("13/11 17:20", "16/11 08:00", "08/12 17:00"),  # after 17:00
        ("14/11 09:00", "16/11 08:00", "08/12 17:00"),  # a Saturday
        ("16/11 07:40", "17/11 07:30", "09/12 17:00"),  # Monday, before eight: within the day, day one is Tuesday
        ("16/11 09:00", "17/11 07:30", "09/12 17:00"),
        ("23/11 17:01", "25/11 08:00", "16/12 17:00"),  # the eve of a holiday
    ],
)
def test_from_when_the_sixteen_days_count(node: Node, received: str, counted_from: str, due: str) -> None:
    chain = Chain(node, received)
    standing = chain.receive(received)
    assert told(datetime.fromisoformat(chain.last["counted_from"])) == counted_from
    assert told(standing.due_at) == due


def test_filed_on_a_friday_evening_and_licensed_in_time(committed_node: Node) -> None:
    chain = Chain(committed_node, "13/11 17:20")
    assert chain.now.due_at is None  # nothing is promised before it was received
    assert told(chain.receive("16/11 08:10").due_at) == "09/12 17:00"

    with pytest.raises(Refused, match="tasks_open"):
        chain.work("kiem-tra", by=chain.clerk, when="17/11 10:00")
    chain.work("giay-chung-nhan", by=chain.clerk, when="18/11 16:00")

    police = officer("thuly.congan", Agency.objects.get(code="H99.10"))
    asked = Question("Đề nghị xác nhận điều kiện về an ninh, trật tự", "cong-an", agency="H99.10")
    opinions.ask_opinion(chain.dossier.id, asked, by=chain.clerk, at=at("18/11 16:30"))
    (opinion,) = open_of(police.agency)
    assert told(opinion.due_at) == "23/11 16:30"  # three working days of the police
    with pytest.raises(Refused, match="opinions_open"):
        chain.work(by=chain.clerk, when="20/11 09:00")
    opinions.answer_opinion(chain.dossier.id, opinion.id, True, "Đủ điều kiện", by=police, at=at("20/11 15:00"))
    chain.work(by=chain.clerk, when="20/11 16:00")

    assert (
        told(chain.work(by=chain.clerk, when="25/11 16:00").step_due_at) == "01/12 16:00"
    )  # four days for the visit
    chain.work("bien-ban", by=chain.head, when="30/11 16:00")
    actions.decide(chain.dossier.id, True, by=chain.approver, at=at("02/12 10:00"))
    run_until_read(wiring.SUBSCRIBERS)
    with pytest.raises(Refused, match="fee_unknown"):  # so many rooms, so much: nobody has said how much
        actions.hand_over(chain.dossier.id, by=chain.reception, at=at("02/12 14:00"))
    charging.exempt(chain.dossier.id, "Đã thu theo số phòng, biên lai của Sở", by=chain.head, at=at("02/12 14:30"))
    actions.hand_over(chain.dossier.id, by=chain.reception, at=at("02/12 15:00"))
    ended = chain.now
    assert (ended.state, told(ended.ended_at), told(ended.due_at)) == (
        State.HANDED_OVER,
        "02/12 10:00",
        "09/12 17:00",
    )


def test_with_the_full_dossier_the_sixteen_days_begin_again(node: Node) -> None:
    chain = Chain(node, "13/11 17:20")
    assert told(chain.receive("16/11 08:10").due_at) == "09/12 17:00"
    waiting = chain.ask_more("16/11 15:00")
    assert (waiting.state, chain.last["answer_by"]) == (State.SUPPLEMENTING, "2026-12-08")
    back = chain.answer("30/11 17:05")  # after 17:00: day one is Tuesday 1 December
    assert (back.state, told(back.due_at)) == (State.PROCESSING, "22/12 17:00")
    assert told(back.step_due_at) == "03/12 15:00"  # the step begins again too: 22 hours
    assert back.paused_at is None
    why = explained(queries.standing_by_code(chain.dossier.code), queries.history(chain.dossier), "vi")
    assert "01/12/2026" in why
    assert why.endswith("22/12/2026.")
    chain.work(
        "kiem-tra", "giay-chung-nhan", by=chain.clerk, when="01/12 10:00"
    )  # and there is no second asking here
    with pytest.raises(Refused, match="no_such_action"):
        chain.ask_more("01/12 11:00")


def test_asked_before_reception_nothing_was_promised_and_nothing_begins_again(node: Node) -> None:
    chain = Chain(node, "13/11 15:00")
    chain.ask_more("13/11 16:00")
    assert (chain.answer("16/11 10:00").state, chain.now.due_at) == (State.SUBMITTED, None)
    assert told(chain.receive("16/11 10:30").due_at) == "09/12 17:00"


@pytest.mark.parametrize("before_reception", [True, False])
def test_fifteen_working_days_without_an_answer_close_it(node: Node, before_reception: bool) -> None:
    chain = Chain(node, "13/11 15:00")
    if not before_reception:
        chain.receive("13/11 15:30")
    chain.ask_more("13/11 16:00")
    assert chain.last["answer_by"] == "2026-12-07"  # 15 working days after Friday 13, without Tuesday 24
    assert jobs.stop_unanswered(at("07/12 23:59")) == 0  # the whole last day is the citizen's
    assert jobs.stop_unanswered(at("08/12 00:10")) == 1
    assert jobs.stop_unanswered(at("08/12 00:20")) == 0
    assert chain.now.state == (State.REFUSED if before_reception else State.STOPPED)
    assert chain.last["reason"] == jobs.UNANSWERED
    with pytest.raises(Refused, match="wrong_state"):
        chain.answer("08/12 09:00")


def test_answered_on_the_last_evening_it_goes_on(node: Node) -> None:
    chain = Chain(node, "13/11 15:00")
    chain.receive("13/11 15:30")
    chain.ask_more("13/11 16:00")
    assert told(chain.answer("07/12 23:50").due_at) == "29/12 17:00"
    assert jobs.stop_unanswered(at("08/12 00:10")) == 0


def test_an_apology_comes_a_day_before_at_the_latest_and_once(node: Node) -> None:
    chain = Chain(node, "13/11 17:20")
    due = chain.receive("16/11 08:10").due_at
    assert due == at("09/12 17:00")
    new = at("14/12 17:00")
    with pytest.raises(Refused, match="extension_too_late"):
        actions.extend(chain.dossier.id, new, "Chờ xác minh", by=chain.head, at=at("09/12 07:30"))
    assert actions.extend(chain.dossier.id, new, "Chờ xác minh", by=chain.head, at=at("08/12 16:59")).due_at == new
    with pytest.raises(Refused, match="extended_before"):
        actions.extend(chain.dossier.id, new + timedelta(days=1), "Vẫn chờ", by=chain.head, at=at("10/12 09:00"))
    assert chain.now.due_at == new


def test_a_step_that_lasts_is_reminded_of_and_then_the_head_has_it(node: Node) -> None:
    chain = Chain(node, "16/11 08:00")
    chain.receive("16/11 08:00")
    chain.work("kiem-tra", "giay-chung-nhan", by=chain.clerk, when="17/11 08:00")
    assert jobs.watch_steps(at("19/11 15:29")) == 0
    assert told(chain.now.watch_at) == "19/11 15:30"  # 22 hours
    assert [jobs.watch_steps(at(when)) for when in ("19/11 15:30", "19/11 15:30", "23/11 08:00")] == [1, 0, 1]
    assert (chain.now.role, chain.last["step"]) == ("head", "an-ninh")
    assert date(2026, 11, 23) == local(queries.history(chain.dossier)[-1].at).date()
    assert queries.history(chain.dossier)[-1].actor == SYSTEM.ref
