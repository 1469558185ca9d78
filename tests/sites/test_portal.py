"""The citizens' face, walked as a citizen walks it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.models import StoredFile
from motcua.catalogue.models import Procedure
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import State
from motcua.drafts.models import Draft, DraftPaper
from motcua.people.models import Account, Citizen
from motcua.results.queries import result_for
from tests.node import BIRTH, Node, birth_answers
from tests.translations import CATALOGUE

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def _vietnamese(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    settings.MADE_ROOT = tmp_path_factory.getbasetemp() / "made"
    with translation.override("vi"):
        yield


def signed_in(login: str = "me.lan") -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login), backend="motcua.people.queries.Sessions")
    return client


def text(response: Any) -> str:
    return response.content.decode()


def begun(client: Client) -> Draft:
    """A draft of a birth registration, begun by the page."""
    response = client.post(f"/nop/{BIRTH}/")
    assert response.status_code == 302
    return Draft.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def posted(value: Any) -> str:
    """An answer as a browser posts it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    parts = str(value).split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 and len(parts[0]) == 4 else str(value)


def fill(client: Client, draft: Draft, node: Node) -> str:
    """Answer every page as it is offered, file at the ward, attach the paper; returns the address of the review."""
    answers = {name: posted(value) for name, value in birth_answers().items()}
    here = f"/ho-so-nhap/{draft.id}/to-khai/nguoi-yeu-cau/"
    while "/to-khai/" in here:
        response = client.post(here, answers)
        assert response.status_code == 302, text(response)
        here = response["Location"]
    response = client.post(here, {"agency": str(node.agency.id), "return_by": "online"})
    here = response["Location"]
    response = client.post(here, {"tep-giay-chung-sinh": pdf(), "_next": "1"})
    assert response["Location"] == f"/ho-so-nhap/{draft.id}/kiem-tra/"
    return str(response["Location"])


def pdf(name: str = "giấy chứng sinh.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def filed(client: Client, node: Node) -> Dossier:
    """A birth registration, filed through the pages."""
    draft = begun(client)
    fill(client, draft, node)
    response = client.post(f"/ho-so-nhap/{draft.id}/nop/")
    assert response.status_code == 302, text(response)
    return Dossier.objects.get(pk=draft.id)


def test_a_mother_files_a_birth_and_gets_the_result(committed_node: Node) -> None:
    node, client = committed_node, signed_in()
    draft = begun(client)
    assert draft.answers["nyc_ho_ten"] == "Nguyễn Thị Lan"
    tasks = text(client.get(f"/ho-so-nhap/{draft.id}/"))
    assert "Chưa làm" in tasks
    assert "Chưa nộp được" in tasks

    review = client.get(fill(client, draft, node))
    assert "Trần Minh Khôi" in text(review)
    assert "Ủy ban nhân dân phường Hoa Sen" in text(review)
    receipt = client.post(f"/ho-so-nhap/{draft.id}/nop/", follow=True)
    dossier = Dossier.objects.get(pk=draft.id)
    assert receipt.redirect_chain == [(f"/ho-so/{dossier.code}/", 302)]
    assert dossier.code in text(receipt)
    assert "qr-code" in text(receipt)

    now = timezone.now()
    actions.receive(dossier.id, by=node.reception, at=now)
    page = text(client.get(f"/ho-so/{dossier.code}/"))
    assert "Ngày hẹn trả được tính thế nào" in page
    assert "chuyên viên thụ lý" in page
    assert client.get(f"/ho-so/{dossier.code}/giay-tiep-nhan/").content.startswith(b"%PDF")
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=now)
    actions.decide(dossier.id, True, by=node.approver, at=now)
    run_until_read(wiring.SUBSCRIBERS)
    assert client.get(f"/ho-so/{dossier.code}/ket-qua/").status_code == 404  # not before it was handed over
    actions.hand_over(dossier.id, by=node.reception, at=now)
    run_until_read(wiring.SUBSCRIBERS)

    page = text(client.get(f"/ho-so/{dossier.code}/"))
    assert "Tải kết quả về" in page
    assert "Đã trả cho người nộp" in page
    got = client.get(f"/ho-so/{dossier.code}/ket-qua/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    result = result_for(dossier.stream)
    assert result is not None
    genuine = text(Client().get("/ket-qua/", {"so": result.number, "ma": result.check_code}))
    assert "Có kết quả này trong kho" in genuine
    assert str(result.file_id) in genuine
    assert "Nguyễn Thị Lan" not in genuine
    assert "đã có kết quả" in text(client.get("/tai-khoan/thong-bao/"))
    client.post("/tai-khoan/thong-bao/da-doc/")
    assert "thông báo mới" not in text(client.get("/tai-khoan/"))


def test_private_pages_in_english_have_no_vietnamese_words_of_ours(node: Node) -> None:
    client = signed_in()
    dossier, draft = filed(client, node), begun(client)
    actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Blurred", by=node.reception, at=timezone.now())
    ours = [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete and "%" not in entry.msgid]
    for address in (
        f"/nop/{BIRTH}/", f"/ho-so-nhap/{draft.id}/", f"/ho-so-nhap/{draft.id}/to-khai/nguoi-yeu-cau/",
        f"/ho-so-nhap/{draft.id}/noi-nop/", f"/ho-so-nhap/{draft.id}/giay-to/", f"/ho-so-nhap/{draft.id}/kiem-tra/",
        f"/ho-so/{dossier.code}/", f"/ho-so/{dossier.code}/rut/", "/tai-khoan/", "/tai-khoan/thong-bao/",
        *(f"/ho-so/{dossier.code}/{more}/" for more in (
            "sua", "sua/phan/nguoi-duoc-khai-sinh", "bo-sung", "uy-quyen", "cach-nhan")),
        "/tai-khoan/thong-tin/",
    ):  # fmt: skip
        response = client.get(f"/en{address}")
        assert response.status_code == 200
        shown = {part.strip() for part in re.split(r"<[^>]*>", text(response))}
        assert shown & {msgid for msgid in ours if not msgid.isascii()} == set(), address


def test_filed_twice_is_one_dossier_and_the_draft_leads_to_the_receipt(node: Node) -> None:
    client = signed_in()
    dossier = filed(client, node)
    assert client.post(f"/ho-so-nhap/{dossier.id}/nop/")["Location"] == f"/ho-so/{dossier.code}/"
    assert client.get(f"/ho-so-nhap/{dossier.id}/")["Location"] == f"/ho-so/{dossier.code}/"
    assert Dossier.objects.count() == 1


def test_what_was_typed_wrong_is_told_twice_and_kept(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    address = f"/ho-so-nhap/{draft.id}/to-khai/nguoi-duoc-khai-sinh/"
    wrong = {"ho_ten": "A" * 10_000, "ngay_sinh": "30/02/2026", "que_quan": "Xã \x00Đồng Lúa"}
    response = client.post(address, wrong)
    page = text(response)
    assert response.status_code == 422
    assert page.count("Tối đa 100 ký tự.") == 2
    assert 'value="30/02/2026"' in page
    draft.refresh_from_db()
    assert (draft.answers["ngay_sinh"], draft.answers["que_quan"]) == ("30/02/2026", "Xã Đồng Lúa")
    assert len(draft.answers["ho_ten"]) == 10_000
    assert draft.done == []
    assert "Có chỗ cần sửa" in text(client.get(f"/ho-so-nhap/{draft.id}/"))


def test_a_question_that_the_form_does_not_have_is_refused_and_nothing_is_saved(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    address = f"/ho-so-nhap/{draft.id}/to-khai/nguoi-duoc-khai-sinh/"
    response = client.post(address, {"ho_ten": "Trần Minh Khôi", "quyen_han": "quan-tri"})
    assert (response.status_code, "Tờ khai không có mục: quyen_han" in text(response)) == (422, True)
    draft.refresh_from_db()
    assert "ho_ten" not in draft.answers


def test_who_stops_in_the_middle_keeps_what_was_typed_and_is_not_scolded(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    address = f"/ho-so-nhap/{draft.id}/to-khai/nguoi-duoc-khai-sinh/"
    assert client.post(address, {"ngay_sinh": "30/02/2026", "_later": "1"})["Location"] == f"/ho-so-nhap/{draft.id}/"
    draft.refresh_from_db()
    assert draft.answers["ngay_sinh"] == "30/02/2026"
    assert 'value="30/02/2026"' in text(client.get(address))
    assert 'class="error-summary"' in text(client.get(address + "?loi=1"))


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"ho_ten": "A" * 300_000}, 422),
        ({"ho_ten": "A" * 2_200_000}, 413),
        ({f"x{number}": "1" for number in range(2100)}, 413),
    ],
)
def test_a_page_too_big_is_refused_and_what_was_saved_before_stays(
    node: Node, posted: dict[str, str], status: int
) -> None:
    client = signed_in()
    draft = begun(client)
    address = f"/ho-so-nhap/{draft.id}/to-khai/nguoi-duoc-khai-sinh/"
    client.post(address, {"ho_ten": "Trần Minh Khôi"})
    response = client.post(address, posted)
    assert response.status_code == status
    assert "Bạn có thể làm gì" in text(response)
    draft.refresh_from_db()
    assert draft.answers["ho_ten"] == "Trần Minh Khôi"


def test_a_draft_that_is_not_ready_is_not_filed(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    response = client.post(f"/ho-so-nhap/{draft.id}/nop/")
    page = text(response)
    assert response.status_code == 422
    assert "Chưa chọn cơ quan nhận hồ sơ." in page
    assert "Còn thiếu: Giấy chứng sinh" in page
    assert (Dossier.objects.count(), Draft.objects.get(pk=draft.id).filed_at) == (0, None)


def test_a_page_saves_itself_while_one_types(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    address = f"/ho-so-nhap/{draft.id}/to-khai/nguoi-duoc-khai-sinh/"
    response = client.post(address, {"ho_ten": "Trần Minh"}, headers={"HX-Request": "true"})
    assert text(response).startswith("Đã lưu lúc")
    draft.refresh_from_db()
    assert draft.answers["ho_ten"] == "Trần Minh"


def test_before_filing_the_page_says_what_it_costs(node: Node) -> None:
    client = signed_in()
    page = text(client.get(f"/ho-so-nhap/{begun(client).id}/kiem-tra/"))
    assert re.search(r'id="phan-le-phi".*<h2>Phí, lệ phí</h2>.*Không mất tiền \(0 ₫\)', page, re.DOTALL)


@pytest.mark.parametrize("page", ["", "to-khai/nguoi-duoc-khai-sinh/", "noi-nop/", "giay-to/", "kiem-tra/"])
def test_a_strangers_draft_and_an_unknown_one_are_not_there(node: Node, page: str) -> None:
    draft = begun(signed_in())
    for client, whose in ((signed_in("chu.hung"), draft.id), (signed_in(), uuid4())):
        assert client.get(f"/ho-so-nhap/{whose}/{page}").status_code == 404
        assert client.post(f"/ho-so-nhap/{whose}/{page}", {"ho_ten": "x"}).status_code == 404
    assert Draft.objects.get().answers.get("ho_ten") is None


def test_pages_of_the_form_that_do_not_exist_or_do_not_apply_are_not_there(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    assert client.get(f"/ho-so-nhap/{draft.id}/to-khai/khong-co/").status_code == 404
    assert client.post(f"/ho-so-nhap/{draft.id}/to-khai/khong-co/", {"a": "b"}).status_code == 404


def test_files_are_attached_seen_and_taken_off(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    address = f"/ho-so-nhap/{draft.id}/giay-to/"
    assert client.post(address, {"tep-giay-chung-sinh": [pdf("a.pdf"), pdf("b.pdf", PDF + b" ")]}).status_code == 302
    page = text(client.get(address))
    assert "a.pdf" in page
    assert "b.pdf" in page
    first = DraftPaper.objects.get(label="a.pdf")
    client.post(address, {"_remove": str(first.id)})
    assert [each.label for each in DraftPaper.objects.all()] == ["b.pdf"]
    assert client.post(address, {"_remove": "không phải mã"}).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (EICAR, "Loại tệp này không được nhận."),
        (PDF + EICAR, "chứa mã độc"),
        (b"", "không có nội dung"),
        (b"MZ\x00\x01", "Loại tệp"),
    ],
)
def test_a_file_that_is_not_accepted_is_named_and_the_others_are_kept(node: Node, content: bytes, words: str) -> None:
    client = signed_in()
    draft = begun(client)
    sent = {"tep-giay-chung-sinh": [pdf("xau.pdf", content), pdf("tot.pdf")]}
    response = client.post(f"/ho-so-nhap/{draft.id}/giay-to/", sent)
    assert response.status_code == 422
    assert words in text(response)
    assert "xau.pdf" in text(response)
    assert [each.label for each in DraftPaper.objects.all()] == ["tot.pdf"]


def test_a_file_too_large_is_refused_with_the_limit(node: Node, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 1024 * 1024
    client = signed_in()
    draft = begun(client)
    response = client.post(f"/ho-so-nhap/{draft.id}/giay-to/", {"tep-khac": pdf("to.pdf", PDF + b" " * 1024 * 1024)})
    assert response.status_code == 422
    assert "Tệp lớn quá 1 MB." in text(response)
    assert (DraftPaper.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_filing_for_another_needs_who_and_why(node: Node) -> None:
    client = signed_in()
    draft = begun(client)
    given = {"agency": str(node.agency.id), "return_by": "counter", "behalf_name": "Bà Sáu"}
    response = client.post(f"/ho-so-nhap/{draft.id}/noi-nop/", given)
    assert response.status_code == 422
    assert "Thông tin người được nộp thay chưa đủ." in text(response)
    assert 'value="Bà Sáu"' in text(response)
    assert Draft.objects.get().agency_id is None
    wrong = {"agency": str(uuid4()), "return_by": "pigeon"}
    assert client.post(f"/ho-so-nhap/{draft.id}/noi-nop/", wrong).status_code == 422
    assert Draft.objects.get().agency_id is None


def test_a_supplement_is_answered_on_the_page_of_the_dossier(node: Node) -> None:
    client = signed_in()
    dossier = filed(client, node)
    actions.receive(dossier.id, by=node.reception, at=timezone.now())
    actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Ảnh mờ", by=node.clerk, at=timezone.now())
    page = text(client.get(f"/ho-so/{dossier.code}/"))
    assert "Ảnh mờ" in page
    assert "Đang chờ bạn" in page
    address = f"/ho-so/{dossier.code}/bo-sung/"
    empty = client.post(address, {"seen": "4", "_send": "1"})
    assert empty.status_code == 422
    assert "Hãy chọn tệp cho giấy tờ này." in text(empty)
    assert client.post(address, {"tep-giay-chung-sinh": pdf("ro.pdf", PDF + b"1")}).status_code == 302
    assert Standing.objects.get().state == State.SUPPLEMENTING
    assert "ro.pdf" in text(signed_in().get(address))  # another browser, later: it is still there
    assert "Đã có tệp" in text(client.get(f"/ho-so/{dossier.code}/"))
    assert client.post(address, {"_send": "1", "seen": "3"}).status_code == 409
    assert client.post(address, {"_send": "1", "seen": "4"}).status_code == 302
    assert Standing.objects.get().state == State.PROCESSING
    assert client.post(address, {"_send": "1"}).status_code == 409
    assert client.get(address).status_code == 409
    assert dossier.papers.count() == 2


def test_withdrawn_with_a_reason_and_once(node: Node) -> None:
    client = signed_in()
    dossier = filed(client, node)
    address = f"/ho-so/{dossier.code}/rut/"
    assert client.post(address, {"reason": "  "}).status_code == 422
    assert Standing.objects.get().state == State.SUBMITTED
    assert client.post(address, {"reason": "Khai nhầm", "seen": "1"}).status_code == 409  # something happened since
    assert client.post(address, {"reason": "Khai nhầm", "seen": "2"}).status_code == 302
    assert Standing.objects.get().state == State.WITHDRAWN
    assert client.post(address, {"reason": "Khai nhầm"}).status_code == 409


def test_a_strangers_dossier_and_its_files_are_not_there(node: Node) -> None:
    dossier = filed(signed_in(), node)
    paper = dossier.papers.get()
    stranger = signed_in("chu.hung")
    for page in ("", "rut/", "ket-qua/", "giay-tiep-nhan/", f"tep/{paper.id}/"):
        assert stranger.get(f"/ho-so/{dossier.code}/{page}").status_code == 404
    assert stranger.post(f"/ho-so/{dossier.code}/rut/", {"reason": "x"}).status_code == 404
    assert stranger.post(f"/ho-so/{dossier.code}/bo-sung/", {}).status_code == 404
    got = signed_in().get(f"/ho-so/{dossier.code}/tep/{paper.id}/")
    assert b"".join(got.streaming_content) == PDF
    assert signed_in().get(f"/ho-so/{dossier.code}/tep/{uuid4()}/").status_code == 404
    assert signed_in().get(f"/ho-so/{dossier.code}/tep/..%2f..%2fetc/").status_code == 404
    assert Standing.objects.get().state == State.SUBMITTED


def test_the_receipt_before_reception_is_refused(node: Node) -> None:
    client = signed_in()
    dossier = filed(client, node)
    assert client.get(f"/ho-so/{dossier.code}/giay-tiep-nhan/").status_code == 409


def test_who_is_not_signed_in_is_led_to_the_door_and_back(node: Node) -> None:
    response = Client().get(f"/nop/{BIRTH}/")
    assert response["Location"] == f"/dang-nhap/?next=%2Fnop%2F{BIRTH}%2F"
    assert Client().post(f"/ho-so-nhap/{uuid4()}/nop/")["Location"] == "/dang-nhap/?next=%2Ftai-khoan%2F"


def test_an_officers_account_has_no_citizens_pages(node: Node) -> None:
    response = signed_in("tiepnhan.hoasen").get("/tai-khoan/")
    assert response.status_code == 403
    assert "tài khoản công dân" in text(response)


def test_a_draft_cannot_be_begun_where_filing_is_closed(node: Node) -> None:
    client = signed_in()
    assert client.post("/nop/9.999999/").status_code == 404
    assert Draft.objects.count() == 0


def test_the_account_costs_the_same_with_one_dossier_and_three(node: Node, django_assert_num_queries: Any) -> None:
    client = signed_in()
    filed(client, node)
    client.get("/tai-khoan/")
    with django_assert_num_queries(11):
        client.get("/tai-khoan/")
    filed(client, node)
    filed(client, node)
    begun(client)
    with django_assert_num_queries(11):
        client.get("/tai-khoan/")


def test_the_page_of_a_dossier_costs_a_fixed_number_of_queries(node: Node, django_assert_num_queries: Any) -> None:
    client = signed_in()
    dossier = filed(client, node)
    actions.receive(dossier.id, by=node.reception, at=timezone.now() + timedelta(minutes=1))
    client.get(f"/ho-so/{dossier.code}/")
    with django_assert_num_queries(14):
        client.get(f"/ho-so/{dossier.code}/")


def test_contact_data_are_changed_and_what_is_wrong_is_said(node: Node) -> None:
    client = signed_in()
    response = client.post("/tai-khoan/thong-tin/", {"phone": "12", "email": "khong phai", "address": "x" * 301})
    assert response.status_code == 422
    given = {"phone": "12", "email": "khong phai", "address": "Số 1"}
    page = text(client.post("/tai-khoan/thong-tin/", given))
    assert "Số điện thoại không đúng dạng." in page
    assert "Địa chỉ thư điện tử không đúng dạng." in page
    assert Citizen.objects.get(account__login="me.lan").phone == "0900000101"
    right = {"phone": "0912 345 678", "email": "lan@example.vn", "address": "Số 1"}
    assert client.post("/tai-khoan/thong-tin/", right).status_code == 302
    assert Citizen.objects.get(account__login="me.lan").phone == "0912345678"


def test_every_published_procedure_is_listed(node: Node) -> None:
    assert Procedure.objects.filter(listed=True).count() == 1
    assert "Đăng ký khai sinh" in text(Client().get("/thu-tuc/"))
