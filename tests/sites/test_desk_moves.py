"""Moves at the desk: the whole road as officers, and every no, which leaves the ledger as it was."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.models import Fact
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Extension, Standing, Supplement
from motcua.payments.models import Bill
from tests.node import Node
from tests.sites.desk import Clock, act, address, seated, text_of

pytestmark = pytest.mark.usefixtures("clock")
RECEPTION, CLERK, APPROVER = "tiepnhan.hoasen", "hotich.hoasen", "chutich.hoasen"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def state_of(dossier: Dossier) -> str:
    return Standing.objects.get(pk=dossier.id).state


def banner(client: Any, response: Any) -> str:
    """What the page says after a move that was done."""
    assert response.status_code == 302, text_of(response)[-3000:]
    found = re.search(r'class="banner-title">([^<]*)<', text_of(client.get(response["Location"])))
    assert found is not None
    return found[1]


def test_the_whole_road_as_three_officers(committed_node: Node, clock: Clock) -> None:
    node, dossier = committed_node, committed_node.submitted()
    reception, clerk, approver = (seated(login, node.agency.id) for login in (RECEPTION, CLERK, APPROVER))

    assert banner(reception, act(reception, dossier, "tiep-nhan")) == "Đã tiếp nhận hồ sơ."
    assert banner(clerk, act(clerk, dossier, "phan-cong", officer=node.clerk.id)) == "Đã phân công."
    assert banner(clerk, act(clerk, dossier, "chuyen", action="pass", note="Đủ điều kiện")) == "Đã chuyển bước."
    decided = act(approver, dossier, "quyet-dinh", outcome="grant")
    assert banner(approver, decided) == "Đã quyết định. Kết quả đang được tạo."
    assert act(reception, dossier, "tra-ket-qua", how="counter").status_code == 409  # its document is being made
    run_until_read(wiring.SUBSCRIBERS)
    result = reception.get(address(dossier, "ket-qua/"))
    assert result.content.startswith(b"%PDF-")
    assert banner(reception, act(reception, dossier, "tra-ket-qua", how="counter")) == "Đã trả kết quả."
    assert banner(reception, act(reception, dossier, "dong", note="")) == "Đã đóng hồ sơ."

    page = text_of(reception.get(address(dossier)))
    for words in (
        "Giao cho Vũ Minh Đức.", "Bước: Ký duyệt. Đủ điều kiện", "Quyết định: đồng ý giải quyết", "Bùi Quang Vinh",
        "Trả tại bộ phận một cửa.", "Đã đóng hồ sơ",
    ):  # fmt: skip
        assert words in page


def test_a_supplement_asked_by_the_clerk_is_brought_to_the_counter(node: Node) -> None:
    dossier = node.received().dossier
    clerk, reception = seated(CLERK, node.agency.id), seated(RECEPTION, node.agency.id)
    asked = act(clerk, dossier, "bo-sung", papers=["giay-chung-sinh"], reason="Ảnh mờ")
    assert banner(clerk, asked) == "Đã yêu cầu bổ sung. Thời hạn tạm dừng tính."
    assert Supplement.objects.get().papers == ["giay-chung-sinh"]

    empty = act(reception, dossier, "nop-bo-sung")
    assert empty.status_code == 422
    assert "Hãy chọn tệp cho giấy tờ này." in text_of(empty)
    poor = act(reception, dossier, "nop-bo-sung", **{"tep_giay-chung-sinh": SimpleUploadedFile("a.pdf", b"MZ text")})
    assert poor.status_code == 422
    assert "Loại tệp này không được nhận." in text_of(poor)
    assert state_of(dossier) == "supplementing"
    brought = SimpleUploadedFile("giấy mới.pdf", PDF + b"2")
    done = act(reception, dossier, "nop-bo-sung", **{"tep_giay-chung-sinh": brought})
    assert banner(reception, done) == "Đã nhận phần bổ sung."
    assert state_of(dossier) == "processing"
    assert "giấy mới.pdf" in text_of(reception.get(address(dossier)))


def test_a_fee_that_is_asked_for_is_a_bill_and_nobody_types_its_receipt(node: Node) -> None:
    dossier = node.received().dossier
    clerk, reception = seated(CLERK, node.agency.id), seated(RECEPTION, node.agency.id)
    asked = act(clerk, dossier, "thu-phi", amount_vnd="8.000", reason="Lệ phí bản sao")
    assert banner(clerk, asked) == "Đã yêu cầu nộp phí, lệ phí."
    assert dossier.code in text_of(reception.get("/can-bo/"))  # to confirm the payment is the counter's work
    assert "8.000 ₫" in text_of(reception.get(address(dossier)))
    assert Bill.objects.get().total_vnd == 8000
    assert act(reception, dossier, "xac-nhan-phi", receipt="BL-0001").status_code == 404
    assert state_of(dossier) == "paying"
    node.paid(dossier, node.noon + timedelta(hours=2))
    assert "Biên lai số 0000001/2026/BL-H99.101." in text_of(reception.get(address(dossier)))


def test_an_apology_names_a_working_day_and_is_due_when_the_office_closes(node: Node, clock: Clock) -> None:
    dossier = node.received().dossier
    clock.at = node.noon - timedelta(days=1)
    approver = seated(APPROVER, node.agency.id)
    sunday = act(approver, dossier, "gia-han", until="15/11/2026", reason="Chờ xác minh")
    assert sunday.status_code == 422
    assert "Hạn mới rơi vào ngày nghỉ." in text_of(sunday)
    assert not Extension.objects.exists()
    done = act(approver, dossier, "gia-han", until="16/11/2026", reason="Chờ xác minh")
    assert banner(approver, done) == "Đã xin lỗi và hẹn lại ngày trả."
    assert "17:00, 16/11/2026" in text_of(approver.get(address(dossier)))


def test_a_file_may_be_returned_to_the_step_before(node: Node) -> None:
    dossier = node.received().dossier
    actions.pass_on(dossier.id, "refuse", by=node.clerk, at=node.noon, note="Không đủ căn cứ")
    approver = seated(APPROVER, node.agency.id)
    page = text_of(approver.get(address(dossier)))
    assert "Trả lại: Thẩm tra" in page
    assert page.index("Quyết định</summary>") < page.index("Chuyển bước</summary>")
    act(approver, dossier, "chuyen", action="return", note="Bổ sung căn cứ")
    assert Standing.objects.get(pk=dossier.id).step == "tham-tra"


@pytest.mark.parametrize(
    ("login", "slug", "given", "status", "words"),
    [
        (APPROVER, "tiep-nhan", {}, 409, "Hồ sơ đang ở bước không làm được việc này."),
        (RECEPTION, "quyet-dinh", {"outcome": "grant"}, 403, "Việc này không thuộc vai trò của bạn."),
        (APPROVER, "chuyen", {"action": "pass"}, 403, "Bước này thuộc vai trò khác"),
        (CLERK, "quyet-dinh", {"outcome": "grant"}, 409, "không phải bước quyết định"),
        (CLERK, "chuyen", {"action": "fly"}, 422, "Hãy chọn một trong các lựa chọn đã cho."),
        (CLERK, "bo-sung", {"reason": "", "papers": []}, 422, "Mục này chưa được trả lời."),
        (
            CLERK,
            "bo-sung",
            {"reason": "Thiếu", "papers": ["la-khac"]},
            422,
            "Hãy chọn một trong các lựa chọn đã cho.",
        ),
        (CLERK, "bo-sung", {"reason": "x" * 2001}, 422, "Tối đa 2000 ký tự."),
        (CLERK, "phan-cong", {"officer": "x"}, 422, "Hãy chọn một trong các lựa chọn đã cho."),
        (CLERK, "thu-phi", {"amount_vnd": "0", "reason": "Phí"}, 422, "Số tiền phải lớn hơn 0."),
        (CLERK, "thu-phi", {"amount_vnd": "mười", "reason": "Phí"}, 422, "Số tiền chỉ gồm chữ số"),
        (CLERK, "thu-phi", {"amount_vnd": "1.5", "reason": "Phí"}, 422, "Số tiền chỉ gồm chữ số"),
        (CLERK, "thu-phi", {"amount_vnd": "-8.000", "reason": "Phí"}, 422, "Số tiền phải lớn hơn 0."),
        (CLERK, "thu-phi", {"amount_vnd": "9" * 30, "reason": "Phí"}, 422, "Số tiền quá lớn."),
        (APPROVER, "gia-han", {"until": "31/02/2026", "reason": "x"}, 422, "Ngày phải có thật"),
        (APPROVER, "gia-han", {"until": "20/11/2026", "reason": "x"}, 409, "chậm nhất một ngày trước hạn 10/11/2026"),
        (APPROVER, "gia-han", {"until": "20/11/9998", "reason": "x"}, 409, "Lịch làm việc năm 9998 chưa được nạp"),
        (CLERK, "dung", {"reason": "Trùng"}, 403, "Việc này không thuộc vai trò của bạn."),
        (RECEPTION, "tra-ket-qua", {"how": "counter"}, 409, "Hồ sơ đang ở bước không làm được việc này."),
        (RECEPTION, "nop-bo-sung", {}, 409, "Hồ sơ đang ở bước không làm được việc này."),
        (RECEPTION, "bay", {}, 404, "Không tìm thấy trang này."),
    ],
)
def test_a_no_says_why_and_writes_nothing(
    node: Node, login: str, slug: str, given: dict[str, Any], status: int, words: str
) -> None:
    standing = node.received()
    written = Fact.objects.exclude(name="dossiers.looked")  # the page that comes back shows the dossier
    before = written.count()
    response = act(seated(login, node.agency.id), standing.dossier, slug, **given)
    assert response.status_code == status
    assert words in text_of(response)
    assert written.count() == before
    assert Standing.objects.values("state", "step", "seq").get(pk=standing.pk) == {
        "state": "received", "step": "tham-tra", "seq": 3,
    }  # fmt: skip


def test_of_two_officers_the_second_is_told_who_was_first_and_keeps_what_was_typed(node: Node) -> None:
    dossier = node.submitted()
    reception = seated(RECEPTION, node.agency.id)
    seen = Standing.objects.get(pk=dossier.id).seq
    assert act(reception, dossier, "tiep-nhan", seen=seen).status_code == 302
    second = act(reception, dossier, "tu-choi", seen=seen, reason="Sai thẩm quyền")
    page = text_of(second)
    assert second.status_code == 409
    assert "Người khác vừa thao tác trên hồ sơ này trước bạn." in page
    assert "Đã tiếp nhận · Đỗ Thu Hà · 11:00, 10/11/2026" in page
    assert ">Sai thẩm quyền</textarea>" in page
    assert state_of(dossier) == "received"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 20])
def test_a_move_without_what_was_seen_is_not_understood(node: Node, seen: str) -> None:
    dossier = node.submitted()
    response = seated(RECEPTION, node.agency.id).post(address(dossier, "tiep-nhan/"), {"seen": seen})
    assert response.status_code == 400
    assert state_of(dossier) == "submitted"


def test_the_address_of_a_move_opened_by_hand_leads_to_the_dossier(node: Node) -> None:
    dossier = node.submitted()
    response = seated(RECEPTION, node.agency.id).get(address(dossier, "tiep-nhan/"))
    assert (response.status_code, response["Location"]) == (302, address(dossier))
    assert state_of(dossier) == "submitted"


def test_a_refusal_before_reception_and_a_stop_need_their_reason(node: Node) -> None:
    dossier, standing = node.submitted(), node.received()
    reception, approver = seated(RECEPTION, node.agency.id), seated(APPROVER, node.agency.id)
    assert act(reception, dossier, "tu-choi", reason="  ").status_code == 422
    assert (
        banner(reception, act(reception, dossier, "tu-choi", reason="Sai nơi nộp")) == "Đã từ chối tiếp nhận hồ sơ."
    )
    assert banner(approver, act(approver, standing.dossier, "dung", reason="Trùng")) == "Đã dừng xử lý hồ sơ."
    assert (state_of(dossier), state_of(standing.dossier)) == ("refused", "stopped")
