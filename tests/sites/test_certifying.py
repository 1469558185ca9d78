"""Certified copies at the desk: the counter, the approver, the register book."""

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from motcua.base.cursors import run_until_read
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.certifying import actions
from motcua.certifying.models import Copy
from motcua.certifying.rules import Original
from motcua.payments.models import Bill
from motcua.people.models import Agency, Citizen
from motcua.results.models import Result
from motcua.vault.looks import Key, looks_at_person
from motcua.wiring import SUBSCRIBERS
from tests.archival import archival_faults
from tests.certifying.copies import certified, compared, pdf, png, taken
from tests.node import Node
from tests.sites.desk import Clock, seated, signed_in, text_of

HERE = "/can-bo/chung-thuc/"
TYPED = {
    "name": "Nguyễn Thị Lan", "title": "Bằng tốt nghiệp đại học", "issued_by": "Trường Đại học Minh Hoạ",
    "number": "123/QĐ", "issued_on": "01/07/2018",
}  # fmt: skip


@pytest.fixture
def counter(node: Node, clock: Clock) -> Client:
    """Reception of the ward."""
    return seated("tiepnhan.hoasen", node.agency.id)


@pytest.fixture
def approver(node: Node, clock: Clock) -> Client:
    """Who certifies there."""
    return signed_in("chutich.hoasen")


def scan(content: bytes = png(), name: str = "bằng.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def posted(client: Client, **changes: Any) -> Any:
    given = {"id": str(new_id()), **TYPED, "scans": [scan()], "_ghi": "1"}
    return client.post(HERE, {key: value for key, value in (given | changes).items() if value is not None})


def at(copy: Copy, slug: str = "") -> str:
    return f"{HERE}{copy.id}/{slug}"


def test_a_request_is_taken_in_and_compared_on_one_page(counter: Client) -> None:
    answer = posted(counter, compared="on", scans=[scan(pdf(2), "bằng.pdf"), scan()])
    assert (answer.status_code, answer["Location"]) == (302, HERE)
    copy = Copy.objects.get()
    assert (copy.state, copy.pages, copy.title, copy.original_number) == ("compared", 3, TYPED["title"], "123/QĐ")
    assert Bill.objects.get().total_vnd == 5_000
    page = text_of(counter.get(HERE))
    assert "Đã ghi nhận: 3 trang, phí 5.000 ₫." in page
    assert "Chờ chứng thực" in page


def test_without_the_statement_it_waits_to_be_compared(counter: Client) -> None:
    posted(counter)
    assert (Copy.objects.get().state, Bill.objects.count()) == ("taken", 0)
    assert "Chờ đối chiếu" in text_of(counter.get(HERE))


def test_the_next_original_of_the_same_person_needs_no_typing_of_the_person(counter: Client) -> None:
    answer = posted(counter, identity="001196000101", card_seen="on", _ghi=None, _nua="1")
    assert answer["Location"] == f"{HERE}?cung={Copy.objects.get().id}"
    page = text_of(counter.get(answer["Location"]))
    assert 'value="Nguyễn Thị Lan"' in page
    assert 'value="001196000101"' in page
    (look,) = Fact.objects.filter(name="certifying.looked")
    lan = Citizen.objects.get(identity_number="001196000101")
    assert (look.data["purpose"], look.data["copy"]) == (
        "Chứng thực tiếp cho cùng người yêu cầu",
        str(Copy.objects.get().id),
    )
    assert "copy" in [each.kind for each in looks_at_person(lan, before=Key(look.at + timedelta(days=1)))]
    assert 'value="Bằng tốt nghiệp đại học"' not in page


def test_a_number_looked_up_fills_the_name_in_and_keeps_what_was_typed_and_scanned(counter: Client) -> None:
    answer = posted(counter, identity="001196000101", name="", _ghi=None, **{"_tra-cuu": "1"})
    page = text_of(answer)
    assert 'value="Nguyễn Thị Lan"' in page
    assert "đã được xác minh danh tính" in page
    assert 'value="Bằng tốt nghiệp đại học"' in page
    assert "bằng.png" in page
    assert Copy.objects.count() == 0
    assert Fact.objects.filter(name="people.citizen_looked_up").count() == 1


def test_the_card_makes_it_the_accounts_only_when_it_was_seen_and_the_account_is_verified(counter: Client) -> None:
    posted(counter, identity="001196000101")
    posted(counter, identity="001196000101", card_seen="on")
    posted(counter, identity="001304000104", card_seen="on")  # an account that nobody verified
    lan = Citizen.objects.get(identity_number="001196000101")
    assert list(Copy.objects.order_by("taken_at", "id").values_list("presenter", flat=True)) == [None, lan.id, None]


def test_a_fault_keeps_everything_typed_and_the_scan(counter: Client) -> None:
    answer = posted(counter, title="")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Tên bản chính: Mục này chưa được trả lời." in page
    signed = answer.context["form"].kept[0][2]
    again = posted(counter, id=answer.context["form"]["id"].value(), scans=None, **{"ban-quet": signed})
    assert again.status_code == 302
    assert Copy.objects.get().pages == 1


def test_a_scan_of_another_request_is_not_brought_back(counter: Client) -> None:
    signed = posted(counter, title="").context["form"].kept[0][2]
    answer = posted(counter, scans=None, **{"ban-quet": [signed, signed + "x"]})
    assert answer.status_code == 422
    assert "Chưa có bản quét của bản chính." in text_of(answer)
    assert Copy.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"scans": None}, "Chưa có bản quét của bản chính."),
        ({"scans": [scan(b"%PDF-1.4 broken", "a.pdf")]}, "Không đọc được bản quét"),
        ({"scans": [scan(b"MZ" + b"\0" * 90, "a.exe")]}, "a.exe"),
        ({"identity": "123"}, "Số định danh"),
        ({"issued_on": "31/02/2020"}, "Ngày phải có thật"),
        ({"issued_on": "01/01/2030"}, "Ngày cấp bản chính không thể ở sau hôm nay."),
        ({"name": "x" * 301}, "Tối đa 300 ký tự."),
        ({"id": "x"}, "Có chỗ cần sửa"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(counter: Client, changes: dict[str, Any], told: str) -> None:
    answer = posted(counter, **changes)
    assert answer.status_code in (404, 409, 422)
    assert told in text_of(answer)
    assert (Copy.objects.count(), Bill.objects.count()) == (0, 0)


def test_sent_twice_it_is_one_copy_and_one_bill(counter: Client) -> None:
    same = str(new_id())
    for _ in range(2):
        assert posted(counter, id=same, scans=[scan()], compared="on").status_code == 302
    assert (Copy.objects.count(), Bill.objects.count()) == (1, 1)


def test_the_approver_looks_certifies_and_is_led_to_the_next(node: Node, approver: Client) -> None:
    first, second = compared(node), compared(node)
    shown = approver.get(at(first, "xem/"))
    assert (shown["Content-Type"], shown.content[:5]) == ("application/pdf", b"%PDF-")
    assert Fact.objects.get(name="certifying.looked").actor == node.approver.ref
    answer = approver.post(at(first, "chung-thuc/"))
    assert answer["Location"] == at(second)
    page = text_of(approver.get(at(second)))
    assert "Đã chứng thực." in page
    assert approver.post(at(second, "chung-thuc/"))["Location"] == HERE
    assert list(Copy.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_the_page_of_a_copy_says_what_it_is_and_offers_what_one_may_do(
    node: Node, counter: Client, approver: Client
) -> None:
    copy = compared(node, pdf(3), presenter_identity="001196000101")
    page = text_of(approver.get(at(copy)))
    for told in ("Bằng tốt nghiệp đại học", "123/QĐ-ĐH", "********0101", "Vũ Minh Đức", "Chưa thu 5.000 ₫"):
        assert told in page
    assert "001196000101" not in page
    assert ('/chung-thuc/"' in page, '/tu-choi/"' in page, '/thu-tien-mat/"' in page) == (True, True, False)
    page = text_of(counter.get(at(copy)))
    assert ('/chung-thuc/"' in page.replace(f'{HERE}"', ""), '/huy/"' in page, '/thu-tien-mat/"' in page) == (
        False,
        True,
        True,
    )


def test_a_refusal_says_the_ground_of_the_law(node: Node, approver: Client) -> None:
    copy = compared(node)
    answer = approver.post(
        at(copy, "tu-choi/"), {"tu-choi-ground": "altered", "tu-choi-note": "Trang 2 sửa ngày sinh"}
    )
    assert answer["Location"] == at(copy)
    page = text_of(approver.get(at(copy)))
    assert "Bản chính bị tẩy xoá, sửa chữa, thêm hoặc bớt nội dung không hợp lệ" in page
    assert "Trang 2 sửa ngày sinh" in page
    assert Result.objects.count() == 0


@pytest.mark.parametrize(
    ("slug", "given", "status"),
    [
        ("tu-choi/", {"tu-choi-ground": "khac"}, 422),
        ("huy/", {"huy-reason": " "}, 422),
        ("doi-chieu/", {}, 302),
        ("tra/", {}, 302),
        ("thu-tien-mat/", {}, 302),
        ("xoa/", {}, 404),
    ],
)
def test_an_act_that_is_refused_changes_nothing(
    node: Node, approver: Client, slug: str, given: dict[str, str], status: int
) -> None:
    copy = compared(node)
    before = Fact.objects.count()
    assert approver.post(at(copy, slug), given).status_code == status
    assert (Fact.objects.count(), Copy.objects.get().state) == (before, "compared")


def test_a_verb_is_not_done_by_looking_at_its_address(node: Node, approver: Client) -> None:
    copy = compared(node)
    assert approver.get(at(copy, "chung-thuc/")).status_code == 405
    assert Copy.objects.get().state == "compared"


def test_the_fee_is_taken_at_the_counter_in_cash_or_by_card(node: Node, counter: Client) -> None:
    cash, card = certified(node), certified(node)
    counter.post(at(cash, "thu-tien-mat/"), {"ve": "danh-sach"})
    assert counter.post(at(card, "thu-the/"), {"thu-the-slip": ""}).status_code == 422
    counter.post(at(card, "thu-the/"), {"thu-the-slip": "POS-77"})
    assert list(Bill.objects.values_list("state", flat=True)) == ["paid", "paid"]
    assert f'<a href="{at(card, "bien-lai/")}">biên lai' in text_of(counter.get(at(card)))
    printed = counter.get(at(card, "bien-lai/"))
    told = re.sub(r"\s+", " ", PdfReader(io.BytesIO(printed.content)).pages[0].extract_text())
    for words in ("Nguyễn Thị Lan", "Chứng thực số 2, quyển số 1/2026-SCT/BS", "2.000", "Thẻ tại quầy", "POS-77"):
        assert words in told


def test_there_is_no_receipt_of_what_was_not_paid(node: Node, counter: Client) -> None:
    assert counter.get(at(taken(node), "bien-lai/")).status_code == 404
    assert counter.get(at(compared(node), "bien-lai/")).status_code == 404


def test_not_paid_it_is_not_handed_over_and_the_page_says_why(node: Node, counter: Client) -> None:
    copy = certified(node)
    counter.post(at(copy, "tra/"))
    assert "Chưa thu phí chứng thực của bản sao này" in text_of(counter.get(at(copy)))
    assert Result.objects.get().handed_over_at is None


def test_a_scan_is_a_download_and_the_look_is_recorded(node: Node, counter: Client) -> None:
    copy = taken(node, pdf(2), png())
    answer = counter.get(at(copy, "ban-quet/2/"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == png()  # type: ignore[attr-defined]
    assert Fact.objects.filter(name="certifying.looked").count() == 1
    assert counter.get(at(copy, "ban-quet/3/")).status_code == 404


@pytest.mark.parametrize("slug", ["", "xem/", "ban-sao/", "bien-lai/", "ban-quet/1/"])
def test_another_ward_sees_nothing(node: Node, clock: Clock, slug: str) -> None:
    copy = certified(node)
    assert signed_in("chutich.hoamai").get(at(copy, slug)).status_code == 404
    assert Fact.objects.filter(name="certifying.looked").count() == 0


@pytest.mark.parametrize("place", ["", "so/", "so/tep/"])
def test_a_citizen_has_no_business_here(node: Node, clock: Clock, place: str) -> None:
    assert signed_in("me.lan").get(f"{HERE}{place}").status_code == 403
    assert Client().get(f"{HERE}{place}").status_code == 302


def test_the_centre_has_no_form_and_no_link(node: Node, clock: Clock) -> None:
    centre = seated("tiepnhan.hoasen", Agency.objects.get(code="H99.101.01").id)
    page = text_of(centre.get(HERE))
    assert "Ghi nhận, thêm giấy tờ" not in page
    answer = posted(centre)
    assert answer.status_code == 403
    assert Copy.objects.count() == 0


def test_the_book_is_searched_and_shows_each_line(node: Node, counter: Client) -> None:
    certified(node)
    certified(node, original=Original("Giấy khai sinh", "UBND phường Hoa Mai"), presenter_name="Trần Văn Hùng",
              presenter_identity="001085000102")  # fmt: skip
    page = text_of(counter.get(f"{HERE}so/"))
    for told in ("1/2026-SCT/BS", "Bằng tốt nghiệp đại học", "********0102", "Bùi Quang Vinh", "chưa thu phí"):
        assert told in page
    assert page.index("Giấy khai sinh") < page.index("Bằng tốt nghiệp")
    found = text_of(counter.get(f"{HERE}so/?q=khai sinh"))
    assert ("Giấy khai sinh" in found, "Bằng tốt nghiệp" in found) == (True, False)
    assert "Không có dòng nào" in text_of(counter.get(f"{HERE}so/?q=xyz"))
    assert "Sổ năm này chưa có dòng nào" in text_of(counter.get(f"{HERE}so/?nam=2025"))


@pytest.mark.parametrize("asked", ["nam=1999", "nam=2027", "nam=abc", "sau=-1", "sau=x", "nam=²"])
def test_a_book_that_cannot_be_is_not_found(counter: Client, asked: str) -> None:
    assert counter.get(f"{HERE}so/?{asked}").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_ask_as_often_for_three_as_for_one(
    node: Node, counter: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        certified(node)
        compared(node)
        taken(node)
    counter.get(HERE)
    with django_assert_num_queries(8):
        counter.get(HERE)
    with django_assert_num_queries(7):
        counter.get(f"{HERE}so/")


def test_a_long_book_has_pages(node: Node, counter: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.certifying.queries.PAGE", 2)
    for _ in range(3):
        certified(node)
    first = counter.get(f"{HERE}so/")
    assert [copy.number for copy, _ in first.context["rows"]] == [3, 2]
    assert first.context["next"] == "?nam=2026&q=&sau=2"
    second = counter.get(f"{HERE}so/{first.context['next']}")
    assert ([copy.number for copy, _ in second.context["rows"]], second.context["next"]) == ([1], "")


def test_the_book_as_excel_has_the_columns_of_the_law(node: Node, counter: Client) -> None:
    certified(node, pdf(3), presenter_identity="001196000101")
    actions.refuse(taken(node).id, "secret", by=node.clerk, at=node.noon)
    certified(node)
    counter.post(at(Copy.objects.get(number=2), "thu-tien-mat/"))
    answer = counter.get(f"{HERE}so/tep/")
    assert answer["Content-Disposition"] == 'attachment; filename="so-chung-thuc-ban-sao-2026.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][0] == "Sổ chứng thực bản sao từ bản chính, quyển số 1/2026-SCT/BS, Ủy ban nhân dân phường Hoa Sen"
    assert rows[1] == (
        "Số thứ tự/số chứng thực", "Ngày, tháng, năm chứng thực",
        "Họ tên, số giấy tờ tuỳ thân của người yêu cầu chứng thực", "Tên của bản chính giấy tờ, văn bản",
        "Họ tên, chức danh người ký chứng thực", "Số bản sao đã được chứng thực", "Phí chứng thực (đồng)", "Ghi chú",
    )  # fmt: skip
    when = (node.noon + timedelta(hours=7)).replace(tzinfo=None)
    signer = "Bùi Quang Vinh, Phó Chủ tịch Ủy ban nhân dân phường"
    assert rows[2:] == [
        (1, when, "Nguyễn Thị Lan, ********0101", "Bằng tốt nghiệp đại học", signer, 1, 5000,
         "Bản sao điện tử, kết quả số 1/2026/KQ-H99.101; chưa thu phí"),
        (2, when, "Nguyễn Thị Lan", "Bằng tốt nghiệp đại học", signer, 1, 2000,
         "Bản sao điện tử, kết quả số 2/2026/KQ-H99.101"),
    ]  # fmt: skip
    assert Fact.objects.get(name="certifying.book_taken").data == {
        "agency": str(node.agency.id), "year": 2026, "lines": 2,
    }  # fmt: skip


def test_the_desk_leads_to_it(counter: Client) -> None:
    assert 'href="/can-bo/chung-thuc/"' in text_of(counter.get("/can-bo/"))


def test_the_whole_road_from_the_counter_to_a_stranger_who_verifies(committed_node: Node, clock: Clock) -> None:
    node = committed_node
    counter, approver = seated("tiepnhan.hoasen", node.agency.id), signed_in("chutich.hoasen")
    posted(counter, compared="on", scans=[scan(pdf(3), "bằng.pdf")], identity="001196000101", card_seen="on")
    copy = Copy.objects.get()
    page = text_of(counter.get(HERE))  # who pays at once is not sent to another page
    assert f'action="{at(copy, "thu-tien-mat/")}"' in page and "đang được tạo" not in page
    assert counter.post(at(copy, "thu-tien-mat/"), {"ve": "danh-sach"})["Location"] == HERE
    assert approver.post(at(copy, "chung-thuc/"))["Location"] == HERE
    run_until_read(SUBSCRIBERS)
    assert counter.post(at(copy, "tra/"), {"ve": "danh-sach"})["Location"] == HERE
    run_until_read(SUBSCRIBERS)
    copy.refresh_from_db()
    assert (copy.certification, Bill.objects.get().state) == ("1, quyển số 1/2026-SCT/BS", "paid")

    book = text_of(counter.get(f"{HERE}so/"))
    assert "Bằng tốt nghiệp đại học" in book and "chưa thu phí" not in book
    sheet = openpyxl.load_workbook(io.BytesIO(counter.get(f"{HERE}so/tep/").content)).active
    assert [row[6] for row in sheet.iter_rows(min_row=3, values_only=True)] == [5000]  # type: ignore[union-attr]

    result = Result.objects.get()
    page = text_of(Client().get("/ket-qua/", {"so": result.number, "ma": result.check_code}))
    for told in ("Bản sao chứng thực: Bằng tốt nghiệp đại học", "Đang có hiệu lực", node.agency.name):
        assert told in page
    assert "Nguyễn Thị Lan" not in page and "001196000101" not in page
    made = counter.get(at(copy, "ban-sao/")).content
    examined = text_of(Client().post("/ket-qua/tep/", {"tep": SimpleUploadedFile("ban-sao.pdf", made)}))
    assert result.number in examined
    assert "Bản sao chứng thực: Bằng tốt nghiệp đại học" in text_of(signed_in("me.lan").get("/kho/"))
    assert archival_faults(made) == []
