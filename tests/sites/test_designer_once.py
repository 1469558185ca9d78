"""The once-only report as pages: who reads it, what it says, when it is old or on its way, and the files."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree

import msgspec
import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.base.actor import SYSTEM
from motcua.base.models import Fact
from motcua.catalogue import actions as catalogue
from motcua.catalogue.definition import Paper, Text
from motcua.catalogue.models import Edition
from motcua.catalogue.queries import catalogue_version
from motcua.designs.starts import minimal
from motcua.people.actions.loading import load_agencies, load_people
from motcua.surveys import actions, jobs
from motcua.surveys.models import Survey
from tests.node import BIRTH, DAY, Node, shipped
from tests.sites.desk import Clock, signed_in, text_of

pytestmark = pytest.mark.django_db
ONCE = "/quan-tri/ra-soat/"
SCHOOL = "9.000888"
ASKED = "- Bản sao Giấy khai sinh của trẻ <i>5 tuổi</i>"


@pytest.fixture(autouse=True)
def _nothing_begun() -> Iterator[None]:
    jobs._work.clear()
    yield
    jobs._work.clear()


def publish_school(node: Node, code: str = SCHOOL, known_from: str = "") -> None:
    """A procedure that asks for what birth registration gives, and for what it must ask."""
    made = minimal(code, Text("Nhập học thử", "Going to school"), DAY)
    papers = (Paper("don", "Đơn xin nhập học", 1), Paper("khai-sinh", ASKED, None, 2, known_from=known_from))
    edition = catalogue.draft(msgspec.structs.replace(made, papers=papers), by=SYSTEM, at=node.noon)
    catalogue.publish(edition, by=SYSTEM, at=node.noon)


@pytest.fixture
def reported(node: Node, clock: Clock) -> Survey:
    """A report over birth registration and the school."""
    publish_school(node)
    actions.ask(by=SYSTEM, at=node.noon)
    while jobs.compute():
        pass
    return Survey.objects.get()


def key_of(survey: Survey) -> str:
    (top,) = survey.head["top"]
    return str(top["key"])


@pytest.mark.parametrize("login", ["quantri", "phong.hoasen", "chutich.hoasen"])
def test_leaders_and_administrators_read_it(reported: Survey, login: str) -> None:
    page = text_of(signed_in(login).get(ONCE))
    assert "1 dòng giấy tờ ở 1 thủ tục không cần hỏi người dân nữa" in page
    assert f"từ danh mục phiên bản {reported.version}" in page


@pytest.mark.parametrize(
    "page",
    ["", "thu-tuc/", f"thu-tuc/{SCHOOL}/", "hinh.svg", "hinh-hep.svg", "bao-cao.json", "bao-cao.csv", "bao-cao.xlsx"],
)
def test_nobody_else_reads_any_of_it(reported: Survey, page: str) -> None:
    assert signed_in("tiepnhan.hoasen").get(ONCE + page).status_code == 403
    assert signed_in("hotich.hoasen").get(ONCE + page).status_code == 403
    assert Client().get(ONCE + page).status_code == 302
    assert "dành cho quản trị hệ thống và lãnh đạo" in text_of(signed_in("hotich.hoasen").get(ONCE + page))


def test_a_head_reads_but_does_not_design_and_is_shown_no_way_there(reported: Survey) -> None:
    client = signed_in("phong.hoasen")
    assert 'href="/quan-tri/moi/"' not in text_of(client.get(ONCE))
    assert "Ghi nhận: lấy từ kho kết quả" not in text_of(client.get(f"{ONCE}thu-tuc/{SCHOOL}/"))
    assert client.post(f"{ONCE}thu-tuc/{SCHOOL}/2/ghi-nhan/").status_code == 403
    assert not Edition.objects.filter(state="draft").exists()


def test_the_paper_opens_into_the_procedures_and_lines_behind_it(reported: Survey) -> None:
    page = text_of(signed_in("quantri").get(f"{ONCE}giay-to/{key_of(reported)}/"))
    assert "1 thủ tục đòi, 2 bản khi mỗi thủ tục làm một lần." in page
    assert "Nhập học thử" in page and "số hồ sơ một năm: không rõ" in page
    assert "Bản sao Giấy khai sinh của trẻ &lt;i&gt;5 tuổi&lt;/i&gt;" in page
    assert "tên kết quả là phần đầu tên giấy tờ" in page
    assert "Đăng ký khai sinh" in page
    register = text_of(signed_in("quantri").get(f"{ONCE}co-so-du-lieu/civil_status/"))
    assert "Cơ sở dữ liệu hộ tịch điện tử" in register and "Nhập học thử" in register


def test_a_volume_is_told_where_it_is_known_and_never_as_zero(node: Node, clock: Clock) -> None:
    publish_school(node)
    first = text_of(ready(node).get(ONCE))
    assert "không rõ" in first
    node.submitted()
    assert "không rõ" in text_of(ready(node).get(ONCE))  # of the school nobody filed anything
    (row,) = Survey.objects.latest("ended_at").head["top"]
    assert (row["dossiers_a_year"], row["procedures_with_volume"]) == (None, 0)


def ready(node: Node) -> Client:
    actions.ask(by=SYSTEM, at=node.noon)
    while jobs.compute():
        pass
    return signed_in("quantri")


def test_the_procedure_says_which_papers_and_why(reported: Survey) -> None:
    client = signed_in("quantri")
    assert "1/2 dòng không cần hỏi" in text_of(client.get(f"{ONCE}thu-tuc/"))
    page = text_of(client.get(f"{ONCE}thu-tuc/{SCHOOL}/"))
    assert "1 trong 2 dòng thành phần hồ sơ có bằng chứng" in page
    assert "Đơn xin nhập học" not in page
    assert "Luật Hộ tịch số 60/2014/QH13" in page
    assert client.get(f"{ONCE}thu-tuc/{BIRTH}x/").status_code == 404
    assert client.get(f"{ONCE}giay-to/0000000000/").status_code == 404
    assert client.get(f"{ONCE}co-so-du-lieu/khong-co/").status_code == 404


def test_the_button_opens_the_line_in_a_draft_and_the_next_press_the_same_draft(reported: Survey) -> None:
    client = signed_in("quantri")
    answer = client.post(f"{ONCE}thu-tuc/{SCHOOL}/2/ghi-nhan/")
    draft = Edition.objects.get(procedure__code=SCHOOL, state="draft")
    assert (answer.status_code, answer.url) == (302, f"/quan-tri/ban-nhap/{draft.id}/giay-to/2/")
    assert "Giấy khai sinh" in text_of(client.get(answer.url))
    assert client.post(f"{ONCE}thu-tuc/{SCHOOL}/2/ghi-nhan/").url == answer.url
    assert Edition.objects.filter(procedure__code=SCHOOL).count() == 2
    gone = client.post(f"{ONCE}thu-tuc/{SCHOOL}/9/ghi-nhan/")
    assert gone.url == f"/quan-tri/ban-nhap/{draft.id}/giay-to/"


def test_a_line_that_is_recorded_says_so_and_has_no_button(node: Node, clock: Clock) -> None:
    publish_school(node, known_from="KQ.G15.000031")
    page = text_of(ready(node).get(f"{ONCE}thu-tuc/{SCHOOL}/"))
    assert "đã ghi nhận: được lấy từ nơi Nhà nước đã có" in page and "cùng mã kết quả" in page
    assert "ghi-nhan/" not in page


def test_an_empty_catalogue_says_so_and_offers_no_button(db: None, clock: Clock) -> None:
    load_agencies(shipped("agencies.yaml")["agencies"], at=clock.at)
    load_people(shipped("people.yaml"), at=clock.at)
    signed = signed_in("quantri")
    page = text_of(signed.get(ONCE))
    assert "Danh mục chưa có thủ tục nào đang có hiệu lực" in page
    assert "Tính báo cáo" not in page
    refused = signed.post(f"{ONCE}tinh-lai/")
    assert refused.status_code == 409
    assert "không có gì để rà soát" in text_of(refused)
    assert Survey.objects.count() == 0


def test_before_the_first_report_the_button_asks_and_the_page_shows_how_far_it_is(node: Node, clock: Clock) -> None:
    client = signed_in("chutich.hoasen")
    assert "Chưa có báo cáo nào" in text_of(client.get(ONCE))
    assert client.post(f"{ONCE}tinh-lai/").status_code == 302
    jobs._begin()
    Survey.objects.update(done=1, beat_at=clock.at)
    page = text_of(client.get(ONCE))
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "Đang tính báo cáo mới" in page and "1/2" in page
    assert "Tính lại" not in page and "Chưa có tiến trình nào nhận việc" not in page
    client.post(f"{ONCE}tinh-lai/")
    assert Survey.objects.count() == 1


def test_a_report_nobody_works_at_is_told_with_what_to_do(node: Node, clock: Clock) -> None:
    actions.ask(by=SYSTEM, at=clock.at - timedelta(minutes=5))
    page = text_of(signed_in("quantri").get(ONCE))
    assert "Chưa có tiến trình nào nhận việc tính báo cáo" in page


def test_one_that_failed_is_told_beside_the_last_good_one(reported: Survey, clock: Clock) -> None:
    row = actions.ask(by=SYSTEM, at=clock.at)
    holder = actions.take(jobs.new_id(), DAY, 1, at=clock.at).holder
    actions.give_up(row.id, holder, "MemoryError", by=SYSTEM, at=clock.at)
    page = text_of(signed_in("quantri").get(ONCE))
    assert "không xong" in page and "MemoryError" in page and "Báo cáo dưới đây là của lần trước" in page
    assert "1 dòng giấy tờ ở 1 thủ tục" in page


def test_a_changed_catalogue_makes_it_old_and_the_page_says_so(reported: Survey, node: Node) -> None:
    client = signed_in("quantri")
    assert "Danh mục đã thay đổi" not in text_of(client.get(ONCE))
    Node.publish("2.000635", node.noon)
    page = text_of(client.get(ONCE))
    assert f"(phiên bản {catalogue_version()}) sau báo cáo này (phiên bản {reported.version})" in page


def test_opening_it_costs_the_same_few_queries_whatever_it_holds(
    reported: Survey, node: Node, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("quantri")
    with django_assert_num_queries(7):
        client.get(ONCE)
    publish_school(node, "9.000889")
    publish_school(node, "9.000890")
    ready(node)
    with django_assert_num_queries(7):
        page = client.get(ONCE)
    assert "3 thủ tục không cần hỏi" in text_of(page)


def test_the_files_say_the_same(reported: Survey) -> None:
    client = signed_in("phong.hoasen")
    found = json.loads(client.get(f"{ONCE}bao-cao.json").content)
    assert (found["catalogue_version"], found["figures"]["by_result"]["count"]) == (reported.version, 1)
    answer = client.get(f"{ONCE}bao-cao.csv")
    assert re.fullmatch(r'attachment; filename="ra-soat-\d{8}-\d{4}.csv"', answer["Content-Disposition"])
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["Thành phần hồ sơ"] == f"'{ASKED}"  # begins like a formula
    assert (told["Mã thủ tục"], told["Dòng số"], told["Số bản"]) == (SCHOOL, "2", "2")
    assert (told["Là kết quả"], told["Cả dòng không cần hỏi"]) == ("Giấy khai sinh", "có")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{ONCE}bao-cao.xlsx").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert (list(rows[1]), rows[2][4], len(rows)) == (head, ASKED, 3)


def test_the_pictures_are_drawings_without_script(reported: Survey) -> None:
    client = signed_in("quantri")
    for name in ("hinh.svg", "hinh-hep.svg"):
        answer = client.get(ONCE + name)
        assert answer["Content-Type"] == "image/svg+xml"
        assert {part.tag.rpartition("}")[2] for part in ElementTree.fromstring(answer.content).iter()} <= {
            "svg", "title", "desc", "rect", "text", "path",
        }  # fmt: skip
        assert "Giấy khai sinh" in answer.content.decode()


def test_reading_writes_nothing_and_a_get_asks_for_nothing(reported: Survey) -> None:
    facts, client = Fact.objects.count(), signed_in("quantri")
    for page in ("", "tinh-lai/", "thu-tuc/", f"thu-tuc/{SCHOOL}/", f"thu-tuc/{SCHOOL}/2/ghi-nhan/", "bao-cao.csv"):
        client.get(ONCE + page)
    assert (Fact.objects.count(), Survey.objects.count()) == (facts, 1)


def test_it_speaks_english(reported: Survey) -> None:
    client = signed_in("quantri")
    page = text_of(client.get("/en" + ONCE))
    assert "Lines needless by a result" in page and "Civil status database" in page
    assert "Reviewing papers" in page


def test_the_first_view_is_small(reported: Survey) -> None:
    assert len(gzip.compress(signed_in("quantri").get(ONCE).content)) < 100_000
