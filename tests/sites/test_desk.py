"""The desk: who may sit there, the worklist, the page of a dossier, files and prints."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.base.models import Fact
from motcua.catalogue import queries as catalogue
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import actions
from motcua.dossiers.models import DossierPaper, Standing
from motcua.dossiers.rules import Owner
from motcua.people.models import Post
from motcua.sites.desk.words import deadline, overdue, remaining
from tests.node import Node
from tests.sites.desk import act, address, seated, signed_in, text_of

HOUR = timedelta(hours=1)


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def counter(node: Node) -> Client:
    return seated("tiepnhan.hoasen", node.agency.id)


def test_nobody_sits_at_the_desk_without_signing_in(node: Node) -> None:
    response = Client().get("/can-bo/?viec=tat-ca")
    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/?next=%2Fcan-bo%2F%3Fviec%3Dtat-ca")
    assert Client().get("/en/can-bo/")["Location"] == "/en/dang-nhap/?next=%2Fen%2Fcan-bo%2F"


@pytest.mark.parametrize("path", ["", "vi-tri/", "tiep-nhan-moi/", "ho-so/H99.101-261110-0001/"])
def test_a_citizen_is_told_that_the_desk_is_for_officers(node: Node, path: str) -> None:
    node.submitted()
    response = signed_in("me.lan").get(f"/can-bo/{path}")
    assert response.status_code == 403
    assert "Trang này dành cho cán bộ." in text_of(response)


def test_an_officer_of_several_agencies_chooses_one_and_goes_on(node: Node) -> None:
    client = signed_in("tiepnhan.hoasen")
    asked = client.get("/can-bo/?viec=tat-ca")
    assert asked["Location"] == "/can-bo/vi-tri/?next=%2Fcan-bo%2F%3Fviec%3Dtat-ca"
    page = text_of(client.get(asked["Location"]))
    assert "H99.101" in page
    assert "H99.101.01" in page
    chosen = client.post("/can-bo/vi-tri/", {"agency": str(node.agency.id), "next": "/can-bo/?viec=tat-ca"})
    assert chosen["Location"] == "/can-bo/?viec=tat-ca"
    assert client.get("/can-bo/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test/can-bo/", "/tai-khoan/"])
def test_the_choice_of_a_post_leads_nowhere_but_to_the_desk(node: Node, elsewhere: str) -> None:
    client = signed_in("tiepnhan.hoasen")
    assert (
        client.post("/can-bo/vi-tri/", {"agency": str(node.agency.id), "next": elsewhere})["Location"] == "/can-bo/"
    )


def test_a_post_one_does_not_hold_cannot_be_chosen(node: Node) -> None:
    client = signed_in("tiepnhan.hoasen")
    for agency in (node.stranger.agency, "", "x"):
        assert client.post("/can-bo/vi-tri/", {"agency": agency}).status_code == 403
    assert "post" not in client.session


def test_a_post_that_ended_is_refused_and_then_forgotten(node: Node, counter: Client) -> None:
    ended = Post.objects.filter(agency=node.agency, officer=node.reception.id)
    ended.update(valid_until=datetime(2026, 11, 9, tzinfo=UTC).date(), valid_from=datetime(2026, 1, 1, tzinfo=UTC))
    dossier = node.submitted()
    response = act(counter, dossier, "tiep-nhan")
    assert response.status_code == 403
    assert "Bạn không giữ vị trí nào tại cơ quan đã chọn." in text_of(response)
    assert Standing.objects.get(pk=dossier.id).state == "submitted"
    assert counter.get("/can-bo/").status_code == 200  # the other post, at the centre, is the only one left


def test_the_list_begins_with_ones_own_work_and_shows_all_on_request(node: Node, counter: Client) -> None:
    waiting, received = node.submitted(), node.received().dossier
    clerk = seated("hotich.hoasen", node.agency.id)
    own, mine = text_of(counter.get("/can-bo/")), text_of(clerk.get("/can-bo/"))
    assert (waiting.code in own, received.code in own) == (True, False)
    assert (waiting.code in mine, received.code in mine) == (False, True)
    everything = text_of(clerk.get("/can-bo/?viec=tat-ca"))
    assert waiting.code in everything
    assert everything.index(received.code) < everything.index(waiting.code)  # what is due first burns first
    assert "Còn 5 giờ làm việc" in everything


def test_what_was_given_to_a_colleague_is_not_ones_own_work(node: Node) -> None:
    standing = node.received()
    clerk = seated("hotich.hoasen", node.agency.id)
    Standing.objects.filter(pk=standing.pk).update(officer=node.approver.id)
    assert standing.dossier.code not in text_of(clerk.get("/can-bo/"))
    assert standing.dossier.code in text_of(clerk.get("/can-bo/?viec=tat-ca"))


def test_another_agency_sees_nothing_of_it(node: Node) -> None:
    dossier = node.submitted()
    stranger = seated("thuly.hoamai", node.stranger.agency)
    page = text_of(stranger.get("/can-bo/?viec=tat-ca"))
    assert dossier.code not in page
    assert "Cơ quan chưa có hồ sơ nào đang mở" in page
    for path in ("", "in/01/", "ket-qua/", f"tep/{dossier.id}/"):
        assert stranger.get(address(dossier, path)).status_code == 404
    assert act(stranger, dossier, "tiep-nhan").status_code == 404
    assert Standing.objects.get(pk=dossier.id).state == "submitted"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tran van hung", ["B"]),
        ("q=001085000102", ["B"]),
        ("q=h99.101-261110", ["B", "A"]),
        ("trang-thai=received", ["B"]),
        ("trang-thai=closed", []),
        ("vai-tro=clerk", ["B"]),
        ("han=later", []),
        ("han=soon", ["B"]),
        ("han=overdue", []),
        ("thu-tuc=1.001193", ["B", "A"]),
        ("thu-tuc=1.000656", []),
        ("trang-thai=nonsense&vai-tro=x&sau=x~y&han=z", ["B", "A"]),
    ],
)
def test_filters_stand_in_the_address(node: Node, counter: Client, query: str, found: list[str]) -> None:
    first = node.submitted()
    second = node.submitted(owner=Owner("Trần Văn Hùng", "001085000102"))
    actions.receive(second.id, by=node.reception, at=node.noon)
    names = {"A": first.code, "B": second.code}
    page = text_of(counter.get(f"/can-bo/?viec=tat-ca&{query}"))
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert sorted(names[name] for name in found) == sorted(code for code in names.values() if code in rows)
    assert ("Không có hồ sơ nào khớp" in page) == (not found)


def test_a_closed_dossier_is_found_by_its_code(node: Node, counter: Client) -> None:
    dossier = node.submitted()
    actions.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    assert dossier.code not in text_of(counter.get("/can-bo/?viec=tat-ca"))
    assert counter.get(f"/can-bo/?q={dossier.code}")["Location"] == address(dossier)
    assert dossier.code in text_of(counter.get("/can-bo/?q=001196000101"))


def test_pages_of_the_list_follow_one_another_without_a_gap(node: Node, counter: Client) -> None:
    filed = {node.submitted().code for _ in range(51)}
    first = counter.get("/can-bo/?viec=tat-ca")
    rows = first.context["rows"]
    assert len(rows) == 50
    second = counter.get(f"/can-bo/{first.context['next']}")
    assert {row.standing.dossier.code for row in [*rows, *second.context["rows"]]} == filed
    assert second.context["next"] == ""


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_long(
    node: Node, counter: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        node.received()
    catalogue._plans.clear()
    # session, account, posts, roles; office days, list, editions, notes, counts, saved lists
    with django_assert_num_queries(10):
        response = counter.get("/can-bo/?viec=tat-ca")
    assert len(response.context["rows"]) == many


@pytest.mark.parametrize("supplements", [1, 3])
def test_the_page_of_a_dossier_costs_the_same_however_long_its_story(
    node: Node, counter: Client, supplements: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dossier = node.submitted()
    for _ in range(supplements):
        actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Mờ", by=node.reception, at=node.noon)
        actions.supplement(dossier.id, node.filing().papers, by=node.mother, at=node.noon)
    # session, account, posts, roles; dossier, look, facts, names, office days, colleagues, papers, result; correction,
    # counted papers, bills, attempts, signatures, notes
    with django_assert_num_queries(18):
        assert counter.get(address(dossier)).status_code == 200


def test_the_page_says_everything_and_records_the_look(node: Node, counter: Client) -> None:
    standing = node.received()
    page = text_of(counter.get(address(standing.dossier)))
    for words in (
        "Nguyễn Thị Lan", "Trần Minh Khôi", "giay chung sinh.pdf", "Đã tiếp nhận", "Đỗ Thu Hà", "Thẩm tra",
        "Chuyên viên thụ lý", "17:00, 10/11/2026", "hẹn trả 17:00 thứ Ba 10/11/2026", "Còn 5 giờ làm việc",
        "Việc này không thuộc vai trò của bạn.",
    ):  # fmt: skip
        assert words in page
    looked = Fact.objects.filter(name="dossiers.looked")
    assert [(fact.actor, fact.data["purpose"]) for fact in looked] == [(node.reception.ref, "handling")]


def test_moves_that_are_not_open_say_why(node: Node) -> None:
    dossier = node.submitted()
    page = text_of(seated("hotich.hoasen", node.agency.id).get(address(dossier)))
    assert "Hiện không có việc nào trên hồ sơ này thuộc phần của bạn." in page
    assert "<strong>Tiếp nhận</strong>: Việc này không thuộc vai trò của bạn." in page
    assert f'action="{address(dossier, "tiep-nhan/")}"' not in page


def test_a_step_is_given_away_by_its_own_role_and_an_apology_must_be_in_time(node: Node, counter: Client) -> None:
    dossier = node.received().dossier
    page = text_of(counter.get(address(dossier)))
    assert "<strong>Phân công</strong>: Bước này thuộc vai trò khác" in page
    late = text_of(seated("chutich.hoasen", node.agency.id).get(address(dossier)))
    assert "<strong>Gia hạn và xin lỗi</strong>: Phải xin lỗi và gia hạn chậm nhất một ngày trước hạn" in late
    assert f'action="{address(dossier, "phan-cong/")}"' in late


def test_a_paper_is_downloaded_under_a_harmless_name_and_the_look_recorded(node: Node, counter: Client) -> None:
    dossier = node.submitted()
    paper = DossierPaper.objects.get(dossier=dossier)
    DossierPaper.objects.filter(pk=paper.pk).update(label='../a"\r\nb.exe')
    response = counter.get(address(dossier, f"tep/{paper.id}/"))
    assert b"".join(response.streaming_content).startswith(b"%PDF-1.4")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="a-b.pdf"'
    assert Fact.objects.filter(name="dossiers.looked").count() == 1


@pytest.mark.parametrize("paper", ["x", "0" * 32])
def test_a_paper_that_is_not_of_this_dossier_is_not_found(node: Node, counter: Client, paper: str) -> None:
    assert counter.get(address(node.submitted(), f"tep/{paper}/")).status_code == 404


@pytest.mark.parametrize("form", ["01", "06"])
def test_forms_are_printed_after_reception_only(node: Node, counter: Client, form: str) -> None:
    early = counter.get(address(node.submitted(), f"in/{form}/"))
    assert early.status_code == 409
    assert "Hồ sơ chưa được tiếp nhận nên chưa có giấy này." in text_of(early)
    dossier = node.received().dossier
    printed = counter.get(address(dossier, f"in/{form}/"))
    assert printed.content.startswith(b"%PDF-")
    assert printed["Content-Disposition"] == f'inline; filename="{dossier.code}-{form}.pdf"'


@pytest.mark.parametrize("path", ["ho-so/H99.101-261110-9999/", "ho-so/%00/", "in/07/", "khong-co/"])
def test_what_does_not_exist_is_not_found(node: Node, counter: Client, path: str) -> None:
    where = f"/can-bo/{path}" if path.startswith("ho-so") else address(node.received().dossier, path)
    assert counter.get(where).status_code == 404


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("vi-tri/", "Choose your post"),
        ("?viec=tat-ca", "Birth registration"),
        ("ho-so/H99.101-261110-0001/", "What can be done"),
        ("tiep-nhan-moi/?q=khai+sinh", "What does the person need?"),
        ("tiep-nhan-moi/1.001193/", "Record and receive"),
    ],
)
def test_every_page_has_its_english_twin(node: Node, counter: Client, path: str, words: str) -> None:
    node.submitted()
    page = text_of(counter.get(f"/en/can-bo/{path}"))
    assert '<html lang="en">' in page
    assert words in page


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "Còn 1 giờ làm việc"),
        (120, "Còn 2 giờ làm việc"),
        (480, "Còn 1 ngày làm việc"),
        (961, "Còn 3 ngày làm việc"),
    ],
)
def test_what_is_left_is_told_in_working_time(minutes: int, words: str) -> None:
    assert remaining(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "Vừa quá hạn"),
        (60, "Quá hạn 1 giờ làm việc"),
        (480, "Quá hạn 1 ngày làm việc"),
        (1500, "Quá hạn 3 ngày làm việc"),
    ],
)
def test_what_is_late_is_told_in_working_time(minutes: int, words: str) -> None:
    assert overdue(minutes) == words


def changed(**values: Any) -> Callable[[Standing], Standing]:
    def change(standing: Standing) -> Standing:
        for name, value in values.items():
            setattr(standing, name, value)
        return standing

    return change


DUE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # a Friday, 17:00 in Hà Nội


@pytest.mark.parametrize(
    ("at", "change", "kind", "words"),
    [
        (DUE - timedelta(days=4), {}, "ok", "Còn 4 ngày làm việc"),
        (DUE - timedelta(days=2), {}, "soon", "Còn 2 ngày làm việc"),
        (DUE + timedelta(days=3), {}, "late", "Quá hạn 1 ngày làm việc"),  # the weekend does not count
        (DUE, {"due_at": None}, "plain", "Không có hạn"),
        (DUE, {"state": "supplementing"}, "plain", "Tạm dừng tính hạn"),
        (DUE, {"state": "decided", "ended_at": DUE}, "ok", "Xong đúng hạn"),
        (DUE, {"state": "decided", "ended_at": DUE + HOUR}, "late", "Xong quá hạn"),
    ],
)
def test_a_deadline_has_a_colour_and_always_the_words(
    node: Node, at: datetime, change: dict[str, Any], kind: str, words: str
) -> None:
    standing = changed(due_at=DUE)(node.received())
    tag = deadline(changed(**change)(standing), calendar_for(node.agency.code), at)
    assert (tag.kind, tag.label) == (kind, words)


def test_a_filing_is_to_be_received_within_its_working_day(node: Node) -> None:
    standing = Standing.objects.select_related("dossier").get(pk=node.submitted().id)
    office = calendar_for(node.agency.code)
    assert deadline(standing, office, node.noon + 8 * HOUR + timedelta(minutes=30)).label == "Vừa quá hạn"
    assert deadline(standing, office, node.noon + HOUR).label == "Còn 6 giờ làm việc"


def test_an_officer_who_is_refused_is_led_back_to_the_desk_and_anybody_else_home(node: Node) -> None:
    refused = text_of(signed_in("hotich.hoasen").get("/can-bo/ho-so/H99.101-261110-0009/"))
    assert "Người quản trị của cơ quan bạn." in refused
    assert 'href="/can-bo/"' in refused
    assert "nơi bạn nộp hồ sơ" not in refused
    citizen = text_of(signed_in("me.lan").get("/can-bo/"))
    assert "Bộ phận một cửa nơi bạn nộp hồ sơ." in citizen
    assert "Người quản trị của cơ quan bạn." not in citizen
