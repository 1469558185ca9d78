"""The work of a step at the desk: tasks, opinions of other agencies, the page of who is asked."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from motcua.base.models import Fact
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.opinions.models import Opinion
from motcua.people.models import Agency
from tests.node import Node
from tests.sites.desk import Clock, address, seated, signed_in, text_of
from tests.stories.life import Life, publish, written

HOUR = timedelta(hours=1)


@pytest.fixture
def life(node: Node, tmp_path: Path, clock: Clock) -> Life:
    found = Life(node, publish(written(), tmp_path, node.noon))
    clock.at = node.noon + HOUR
    return found


@pytest.fixture
def clerk(life: Life) -> Client:
    return seated("hotich.hoasen", life.node.agency.id)


@pytest.fixture
def asked() -> Client:
    """A clerk of the ward that is asked."""
    return seated("thuly.hoamai", Agency.objects.get(code="H99.102").id)


def seen(life: Life) -> int:
    return Standing.objects.get(pk=life.dossier.id).seq


def ask(client: Client, life: Life, **given: object) -> object:
    fields = {
        "seen": seen(life),
        "opinion": "hoa-mai",
        "agency": "",
        "hours": "",
        "question": "Người này có ở đây không?",
    }
    return client.post(address(life.dossier, "lay-y-kien/"), fields | given)


def test_tasks_are_a_checklist_that_keeps_the_step(life: Life, clerk: Client) -> None:
    page = text_of(clerk.get(address(life.dossier)))
    assert page.count("Đã làm xong<span") == 2
    clerk.post(address(life.dossier, "viec/"), {"seen": seen(life), "task": "kiem-tra-nha"})
    page = text_of(clerk.get(address(life.dossier)))
    assert "Xong lúc 10:00, 10/11/2026" in page
    assert page.count("Đã làm xong<span") == 1
    assert "Đã làm xong một việc của bước" in page  # the timeline


def test_a_task_of_nobody_or_of_an_old_page_is_refused_in_words(life: Life, clerk: Client) -> None:
    before = Fact.objects.exclude(name="dossiers.looked").count()
    where = address(life.dossier, "viec/")
    answer = clerk.post(where, {"seen": seen(life), "task": "bay"}, follow=True)
    assert "không có việc này" in text_of(answer)
    assert "thao tác trên hồ sơ này trước bạn" in text_of(
        clerk.post(where, {"seen": 1, "task": "kiem-tra-nha"}, follow=True)
    )
    assert clerk.get(where).status_code == 405
    assert Fact.objects.exclude(name="dossiers.looked").count() == before


def test_another_agency_is_asked_reads_the_papers_and_answers(life: Life, clerk: Client, asked: Client) -> None:
    form = text_of(clerk.get(address(life.dossier, "lay-y-kien/")))
    assert "Tình trạng cư trú (8 giờ)" in form
    assert "Việc khác" in form
    assert "Ủy ban nhân dân phường Hoa Mai" in form
    assert "Trung tâm Phục vụ hành chính công phường Hoa Mai" not in form
    assert ask(clerk, life).status_code == 302  # type: ignore[attr-defined]
    page = text_of(clerk.get(address(life.dossier)))
    assert "Tình trạng cư trú" in page
    assert "Còn 1 ngày làm việc" in page

    (opinion,) = Opinion.objects.all()
    listed = text_of(asked.get("/can-bo/y-kien/"))
    assert "Hỗ trợ sửa chữa nhà ở" in listed
    question = text_of(asked.get(f"/can-bo/y-kien/{opinion.id}/"))
    assert "Người này có ở đây không?" in question
    assert "Nguyễn Thị Lan" not in question  # no more than the question and the papers
    assert "200" not in question.split("Nội dung cần hỏi")[1].split("Trả lời")[0]
    assert Fact.objects.filter(name="dossiers.looked", data__purpose="opinion").count() == 1
    assert asked.get(address(life.dossier)).status_code == 404

    wrong = asked.post(f"/can-bo/y-kien/{opinion.id}/", {"agrees": "yes", "answer": " "})
    assert (wrong.status_code, Opinion.objects.get().answered_at) == (422, None)
    asked.post(f"/can-bo/y-kien/{opinion.id}/", {"agrees": "no", "answer": "Đã chuyển đi năm 2024"})
    page = text_of(clerk.get(address(life.dossier)))
    assert "Không đồng ý" in page
    assert "Đã chuyển đi năm 2024" in page
    assert "Đã trả lời gần đây" in text_of(asked.get("/can-bo/y-kien/"))


def test_only_the_agency_that_is_asked_sees_the_question(life: Life, clerk: Client) -> None:
    ask(clerk, life)
    (opinion,) = Opinion.objects.all()
    third = seated("thuly.donglua", Agency.objects.get(code="H99.103").id)
    for client in (third, clerk):
        assert client.get(f"/can-bo/y-kien/{opinion.id}/").status_code == 404
        assert client.post(f"/can-bo/y-kien/{opinion.id}/", {"agrees": "yes", "answer": "x"}).status_code == 404
    assert third.get(f"/can-bo/y-kien/{opinion.id}/tep/{opinion.id}/").status_code == 404
    assert third.get("/can-bo/y-kien/khong-phai-ma/").status_code == 404
    assert signed_in("me.lan").get("/can-bo/y-kien/").status_code == 403
    assert Opinion.objects.get().answered_at is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"question": ""}, "Mục này chưa được trả lời."),
        ({"opinion": "khac", "hours": "8"}, "Chưa chọn cơ quan để lấy ý kiến."),
        ({"opinion": "khac", "agency": "H99.102"}, "Chưa ghi thời hạn trả lời."),
        ({"hours": "0"}, "hours"),
        ({"agency": "H99.101"}, "Hãy chọn một trong các lựa chọn đã cho."),
    ],
)
def test_a_question_that_lacks_something_comes_back_with_what_was_typed(
    life: Life, clerk: Client, given: dict[str, str], says: str
) -> None:
    answer = ask(clerk, life, **given)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert says in text_of(answer)
    assert Opinion.objects.count() == 0


def test_a_question_is_taken_back_on_the_page_of_the_dossier(life: Life, clerk: Client) -> None:
    ask(clerk, life)
    where = address(life.dossier, f"lay-y-kien/{Opinion.objects.get().id}/rut/")
    assert "Chưa ghi lý do" in text_of(clerk.post(where, {"seen": seen(life), "reason": ""}, follow=True))
    assert "Đã rút" in text_of(clerk.post(where, {"seen": seen(life), "reason": "Hỏi nhầm"}, follow=True))


def test_the_citizen_reads_who_is_asked_and_until_when(life: Life, clerk: Client, client: Client) -> None:
    ask(clerk, life)
    page = text_of(signed_in("me.lan").get(f"/ho-so/{life.dossier.code}/"))
    assert "Đang lấy ý kiến của Ủy ban nhân dân phường Hoa Mai, hạn trả lời 10:00, 11/11/2026." in page


def test_before_a_second_supplement_the_page_warns(life: Life, clerk: Client) -> None:
    node, words = life.node, "Nhà nước tính hồ sơ này là trễ hạn"
    assert words not in text_of(clerk.get(address(life.dossier)))
    actions.ask_supplement(life.dossier.id, [], "Thiếu ảnh", by=node.clerk, at=node.noon + HOUR)
    actions.supplement(life.dossier.id, [], by=node.mother, at=node.noon + HOUR)
    assert words in text_of(clerk.get(address(life.dossier)))


def test_after_the_decision_the_page_offers_the_stamp_and_not_the_counter(life: Life, clerk: Client) -> None:
    node, at = life.node, life.node.noon + HOUR
    life.passes("refuse", node.clerk, at)
    actions.decide(life.dossier.id, True, by=node.approver, at=at)
    page = text_of(clerk.get(address(life.dossier)))
    assert "Chuyển tiếp: Trả kết quả" in page
    moved = clerk.post(
        address(life.dossier, "chuyen/"), {"seen": seen(life), "chuyen-action": "pass", "chuyen-note": ""}
    )
    assert moved.status_code == 302
    assert life.now.step == "tra"
    assert "Chuyển bước" not in text_of(clerk.get(address(life.dossier))).split("Diễn biến")[0]
