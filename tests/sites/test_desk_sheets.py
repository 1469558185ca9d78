"""Sheets of filings as reception sends them: the blank sheet, refusals in words, progress, the wrong rows back."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.desks import jobs
from motcua.desks.models import SheetRun
from motcua.dossiers.models import Dossier, Standing
from tests.desks.test_sheets import right, sheet
from tests.node import Node
from tests.sites.desk import seated, text_of

pytestmark = pytest.mark.usefixtures("clock")
SEND = "/can-bo/nhap-bang/1.001193/"


@pytest.fixture
def counter(node: Node) -> Client:
    jobs._readings.clear()
    return seated("tiepnhan.hoasen", node.agency.id)


def post(client: Client, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("tháng 11.xlsx", content)
    return client.post(SEND, {"bang": file, **more})


def work() -> None:
    while jobs.bring_in_sheets():
        pass


def test_the_blank_sheet_is_named_after_the_procedure_and_offers_the_choices(node: Node, counter: Client) -> None:
    response = counter.get(f"{SEND}mau/")
    assert response["Content-Disposition"] == 'attachment; filename="mau-nhap-1.001193.xlsx"'
    page = openpyxl.load_workbook(io.BytesIO(response.content)).active
    header = [cell.value for cell in page[1]]
    assert (page.title, header[:2]) == ("1.001193", ["Chủ hồ sơ", "Số định danh của chủ hồ sơ"])
    assert '"Nam,Nữ"' in {rule.formula1 for rule in page.data_validations.dataValidation}


def test_a_sheet_goes_in_while_the_page_comes_again_by_itself(node: Node, counter: Client) -> None:
    sent = post(counter, sheet([right(1), right(2) | {"ngay_sinh": "30/02/2026"}]), receive="1")
    run = SheetRun.objects.get()
    assert sent["Location"] == f"/can-bo/nhap-bang/luot/{run.id}/"
    running = text_of(counter.get(sent["Location"]))
    assert '<meta http-equiv="refresh" content="2">' in running
    assert "Đang nhập, trang tự cập nhật" in running
    work()
    page = text_of(counter.get(sent["Location"]))
    assert "http-equiv" not in page
    assert "Đã nhập xong, còn 1 dòng cần sửa" in page
    assert '<strong lang="vi">Ngày sinh của trẻ:</strong> Ngày phải có thật' in page
    assert list(Standing.objects.values_list("state", flat=True)) == ["received"]
    assert "tháng 11.xlsx" in text_of(counter.get("/can-bo/nhap-bang/"))


def test_the_wrong_rows_come_back_with_their_reasons(node: Node, counter: Client) -> None:
    post(counter, sheet([right(1), right(2) | {"ngay_sinh": "30/02/2026"}]))
    work()
    response = counter.get(f"/can-bo/nhap-bang/luot/{SheetRun.objects.get().id}/can-sua/")
    page = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert [row[1] for row in rows] == ["Nguyễn Thị Lan 2"]
    assert rows[0][0].startswith("Ngày sinh của trẻ: Ngày phải có thật")
    assert "30/02/2026" in rows[0]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"a,b\n1,2\n", 422),
        (b"", 422),
    ],
)
def test_what_is_no_sheet_is_refused_on_the_page(node: Node, counter: Client, content: bytes, status: int) -> None:
    response = post(counter, content)
    assert response.status_code == status
    assert 'id="bang-loi"' in text_of(response)
    assert SheetRun.objects.count() == 0


def test_no_file_at_all_is_refused_on_the_page(node: Node, counter: Client) -> None:
    assert 'id="bang-loi"' in text_of(counter.post(SEND, {}))


def test_the_columns_of_another_sheet_are_named(node: Node, counter: Client) -> None:
    strange = sheet([right()], also=lambda book, page: page.write(0, 1, "Số xe"))
    page = text_of(post(counter, strange))
    assert "Bảng có cột không thuộc thủ tục này: Số xe." in page
    assert Dossier.objects.count() == 0


def test_only_reception_of_the_agency_sees_its_sheets(node: Node, counter: Client) -> None:
    post(counter, sheet([right()]))
    run = SheetRun.objects.get()
    clerk, stranger = seated("hotich.hoasen", node.agency.id), seated("thuly.hoamai", node.stranger.agency)
    for path in ("", "1.001193/", "1.001193/mau/", f"luot/{run.id}/", f"luot/{run.id}/can-sua/"):
        assert clerk.get(f"/can-bo/nhap-bang/{path}").status_code == 403
        assert stranger.get(f"/can-bo/nhap-bang/{path}").status_code == 403
    for wrong in ("x", "0" * 32):
        assert counter.get(f"/can-bo/nhap-bang/luot/{wrong}/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_sheets_costs_the_same_however_long(
    node: Node, counter: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        post(counter, sheet([right(number)]))
    with django_assert_num_queries(5):  # session, account, posts, roles; sheets
        assert counter.get("/can-bo/nhap-bang/").status_code == 200


@pytest.mark.parametrize("path", ["nhap-bang/", "nhap-bang/1.001193/", "danh-sach/"])
def test_every_page_has_its_english_twin(node: Node, counter: Client, path: str) -> None:
    page = text_of(counter.get(f"/en/can-bo/{path}"))
    assert '<html lang="en">' in page
    assert "Danh sách" not in page.partition("<main")[2].replace("Đăng ký khai sinh", "")
