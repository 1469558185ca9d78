"""What desk and portal say of the clocks: how long each step had a dossier, who was late, how the State counts it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from motcua.deadlines.queries import calendar_for
from motcua.dossiers import actions
from motcua.dossiers.queries import history, standing_by_code
from motcua.opinions.actions import Question, answer_opinion, ask_opinion
from motcua.people.models import Agency, Officer
from motcua.people.queries import actor_for
from motcua.printing.queries import hands_of
from tests.node import DAY, Node
from tests.sites.desk import Clock, address, seated, signed_in, text_of

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock")


def table(page: str) -> list[list[str]]:
    """The rows of the clocks as a person reads them."""
    body = page[page.index('id="clocks"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)[1:]
    return [[plain(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S)] for row in rows]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_the_desk_shows_who_had_it_how_long_and_who_was_late(node: Node, clock: Clock) -> None:
    dossier = node.received().dossier
    actions.assign(dossier.id, node.clerk.id, by=node.clerk, at=node.noon + 2 * HOUR)
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + 8 * HOUR)
    clock.at = node.noon + 24 * HOUR
    page = text_of(seated("hotich.hoasen", node.agency.id).get(address(dossier)))
    assert table(page) == [
        ["Tiếp nhận", "Tiếp nhận và trả kết quả", "09:00, 10/11/2026 – 10:00, 10/11/2026", "1 giờ", "1 giờ", "không"],
        [
            "Thẩm tra", f"Chuyên viên thụ lý: 1 giờ {node.clerk.name}: 4 giờ 30 phút",
            "10:00, 10/11/2026 – 17:00, 10/11/2026", "5 giờ 30 phút", "4 giờ", "1 giờ 30 phút",
        ],
        ["Ký duyệt đang ở đây", "Lãnh đạo ký duyệt", "17:00, 10/11/2026", "1 giờ 30 phút", "2 giờ", "không"],
    ]  # fmt: skip
    assert f"{node.clerk.name}, bước Thẩm tra: 1 giờ 30 phút" in page
    assert (
        "Theo cách tính của Cổng dịch vụ công quốc gia: đang giải quyết, đã quá hạn: so thời điểm tính 09:00 thứ Tư "
        "11/11/2026 với ngày hẹn trả 17:00 thứ Ba 10/11/2026." in page
    )


def test_a_wait_for_the_filer_is_nobodys_delay_and_is_told_apart(node: Node, clock: Clock) -> None:
    dossier = node.received().dossier
    actions.ask_supplement(dossier.id, [], "Giấy chứng sinh mờ", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.supplement(dossier.id, [], by=node.mother, at=node.noon + 26 * HOUR)
    clock.at = node.noon + 27 * HOUR
    page = text_of(seated("hotich.hoasen", node.agency.id).get(address(dossier)))
    assert table(page)[1][1:4:2] == ["Chuyên viên thụ lý chờ người nộp 8 giờ, không tính", "1 giờ 30 phút"]
    assert "Chờ người nộp tất cả 8 giờ: đã cộng vào ngày hẹn trả, không tính cho cơ quan." in page
    assert "Quá thời gian của bước:" not in page
    assert "đang giải quyết, còn trong hạn" in page


def test_an_agency_that_owes_its_opinion_is_named_with_what_it_delayed(node: Node, clock: Clock) -> None:
    other = Agency.objects.get(code="H99.102")
    dossier = node.received().dossier
    asks = Question("Gia đình có cư trú tại phường không?", agency=other.code, hours=1)
    ask_opinion(dossier.id, asks, by=node.clerk, at=node.noon + 2 * HOUR)
    clock.at = node.noon + 8 * HOUR
    page = text_of(seated("hotich.hoasen", node.agency.id).get(address(dossier)))
    assert f"{other.name}, chậm trả lời ý kiến ở bước Thẩm tra: 1 giờ 30 phút" in page
    assert f"{other.name} chưa trả lời, đã quá 3 giờ 30 phút" in page
    there = actor_for(Officer.objects.get(account__login="thuly.hoamai"), other, on=DAY)
    key = page_key(dossier.id)
    answer_opinion(dossier.id, key, True, "Có", by=there, at=node.noon + 8 * HOUR)
    page = text_of(seated("hotich.hoasen", node.agency.id).get(address(dossier)))
    assert f"{other.name} trả lời chậm 3 giờ 30 phút" in page


def page_key(dossier: object) -> str:
    """The one opinion that was asked about it."""
    from motcua.opinions.models import Opinion

    return str(Opinion.objects.get(dossier=dossier).id)


def test_the_time_of_a_step_told_by_the_facts_is_the_one_that_the_standing_keeps(node: Node) -> None:
    dossier, noon = node.received().dossier, node.noon
    acts: list[Callable[[datetime], object]] = [
        lambda at: actions.assign(dossier.id, node.clerk.id, by=node.clerk, at=at),
        lambda at: actions.ask_supplement(dossier.id, [], "Mờ", by=node.clerk, at=at),
        lambda at: actions.supplement(dossier.id, [], by=node.mother, at=at),
        lambda at: node.demanded(dossier, 10_000, "Lệ phí", at),
        lambda at: node.paid(dossier, at),
        lambda at: actions.pass_on(dossier.id, "pass", by=node.clerk, at=at),
        lambda at: actions.pass_on(dossier.id, "return", by=node.approver, at=at),
        lambda at: actions.pass_on(dossier.id, "pass", by=node.clerk, at=at),
        lambda at: actions.decide(dossier.id, True, by=node.approver, at=at),
    ]
    for number, act in enumerate(acts):
        at = noon + timedelta(minutes=90 + 55 * number)
        act(at)
        standing = standing_by_code(dossier.code)
        told = hands_of(standing, history(dossier), calendar_for("H99.101"), at)
        assert told[-1].due_at == standing.step_due_at, number
        assert (told[-1].step, told[-1].role) == (standing.step, standing.role)


def test_the_filer_reads_in_one_sentence_where_it_is_and_how_long(node: Node, clock: Clock) -> None:
    dossier = node.received().dossier
    mother, path = signed_in("me.lan"), f"/ho-so/{dossier.code}/"
    clock.at = node.noon + 2 * HOUR
    said = "Hồ sơ đã ở bước Thẩm tra 1 giờ làm việc; bước này được phép 4 giờ."
    assert said in text_of(mother.get(path))
    clock.at = node.noon + 8 * HOUR
    late = "Hồ sơ đã ở bước Thẩm tra 5 giờ 30 phút làm việc, quá 1 giờ 30 phút so với 4 giờ được phép."
    assert late in text_of(mother.get(path))
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + 8 * HOUR)
    clock.at = node.noon + 24 * HOUR
    page = text_of(signed_in("me.lan").get(path))
    assert "Hồ sơ đã ở bước Ký duyệt 1 giờ 30 phút làm việc; bước này được phép 2 giờ. " in page
    assert "Bước trước đó bị chậm: Thẩm tra 1 giờ 30 phút." in page
    assert node.clerk.name not in page


def test_while_the_filer_has_the_turn_no_sentence_speaks_of_the_step(node: Node, clock: Clock) -> None:
    dossier = node.received().dossier
    actions.ask_supplement(dossier.id, [], "Mờ", by=node.clerk, at=node.noon + 2 * HOUR)
    clock.at = node.noon + 3 * HOUR
    assert "Hồ sơ đã ở bước" not in text_of(signed_in("me.lan").get(f"/ho-so/{dossier.code}/"))
