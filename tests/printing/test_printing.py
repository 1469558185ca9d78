"""The receipt and the control slip say what the facts say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Refused
from motcua.base.worktime import local
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import history, standing_by_code
from motcua.dossiers.rules import Owner
from motcua.filing.actions import submit
from motcua.printing.receipts import receipt
from motcua.printing.slips import control_slip, outcome, slip_of
from motcua.results.queries import result_for
from motcua.results.subscribers import render
from tests.node import Node
from tests.printing.reading import words

HOUR = timedelta(hours=1)


def told(standing: Standing) -> list[tuple[str, str, str, str, str]]:
    """The rows of the control slip: from, to, when, outcome, note."""
    rows = slip_of(standing, history(standing.dossier))
    return [(who(row["from"]), who(row["to"]), row["at"], row["outcome"], row["note"]) for row in rows]


def who(hand: dict[str, str]) -> str:
    return ", ".join(part for part in (hand["step"], hand["name"]) if part)


def test_the_receipt_tells_who_filed_what_and_when_to_come_back(node: Node) -> None:
    standing = node.received()
    text = words(receipt(standing_by_code(standing.dossier.code)))
    for said in [
        "Ủy ban nhân dân phường Hoa Sen",
        f"Mã hồ sơ: {standing.dossier.code}",
        "Hoa Sen, ngày 10 tháng 11 năm 2026",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Lan",
        "Số định danh cá nhân: 001196000101",
        "Nội dung yêu cầu giải quyết:",
        "Giấy chứng sinh (1 tệp)",
        "Thời hạn giải quyết theo quy định: giải quyết trong ngày tiếp nhận",
        "Thời gian nhận hồ sơ: 10:00 thứ Ba 10/11/2026",
        "Hẹn trả kết quả: 17:00 thứ Ba 10/11/2026",
        "Cách tính: Nhận lúc 10:00 thứ Ba 10/11/2026",
        "Nhận trực tuyến",
        node.reception.name,
        f"/tra-cuu/?ma={standing.dossier.code}",
    ]:
        assert said in text


def test_a_receipt_costs_a_fixed_number_of_queries(node: Node) -> None:
    standing = standing_by_code(node.received().dossier.code)
    with CaptureQueriesContext(connection) as spent:
        receipt(standing)
    assert len(spent) == 6
    standing = standing_by_code(standing.dossier.code)
    with CaptureQueriesContext(connection) as spent:
        control_slip(standing)
    assert len(spent) == 3


def test_nothing_is_printed_before_the_dossier_was_received(node: Node) -> None:
    standing = standing_by_code(node.submitted().code)
    for form in (receipt, control_slip):
        with pytest.raises(Refused, match="not_received_yet"):
            form(standing)


def test_who_files_for_another_stands_on_the_receipt_with_the_basis(node: Node) -> None:
    basis = {"name": "Trần Văn Bình", "identity_number": "", "basis": "Giấy ủy quyền số 12"}
    dossier = node.submitted(on_behalf_of=basis, owner=Owner("Trần Văn Bình"))
    standing = actions.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    text = words(receipt(standing))
    assert "Tiếp nhận hồ sơ của: Nguyễn Thị Lan" in text
    assert "Nộp thay cho (chủ hồ sơ): Trần Văn Bình" in text
    assert "Căn cứ nộp thay: Giấy ủy quyền số 12" in text


def test_after_a_wait_the_receipt_explains_the_new_date(node: Node) -> None:
    standing = node.received()
    asked = node.noon + 2 * HOUR
    actions.ask_supplement(standing.dossier_id, [], "Mờ", by=node.clerk, at=asked)
    actions.supplement(standing.dossier_id, [], by=node.mother, at=asked + timedelta(days=1))
    text = words(receipt(standing_by_code(standing.dossier.code)))
    assert "Hẹn trả kết quả: 17:00 thứ Tư 11/11/2026" in text
    assert "chờ bổ sung từ 11:00 thứ Ba 10/11/2026 đến 11:00 thứ Tư 11/11/2026" in text


def test_after_an_apology_the_receipt_tells_the_first_appointment_and_the_reason(node: Node) -> None:
    standing = node.received()
    head = replace(node.approver, roles=node.approver.roles | {"head"})
    dossier = standing.dossier
    later = node.noon + timedelta(days=6)
    Standing.objects.filter(pk=standing.pk).update(due_at=node.noon + timedelta(days=3))
    actions.extend(dossier.id, later, "Chờ xác minh", by=head, at=node.noon + 2 * HOUR)
    text = words(receipt(standing_by_code(dossier.code)))
    assert "Hẹn trả kết quả: 09:00 thứ Hai 16/11/2026" in text
    assert "lần hẹn trước là 09:00 thứ Sáu 13/11/2026, lý do: Chờ xác minh" in text


def test_a_filing_at_the_counter_names_the_owner(node: Node) -> None:
    dossier = submit(node.filing(channel="direct"), by=node.reception, at=node.noon)
    standing = actions.receive(dossier.id, by=node.reception, at=node.noon)
    text = words(receipt(standing))
    assert "Tiếp nhận hồ sơ của: Nguyễn Thị Lan" in text
    assert "Số điện thoại: 0900000101" in text
    assert "Nộp thay cho" not in text


def test_a_fee_that_was_asked_for_stands_on_the_slip_and_stops_the_clock(node: Node) -> None:
    standing = node.received()
    dossier, noon = standing.dossier, node.noon
    node.demanded(dossier, 10_000, "Lệ phí bản sao", noon + 2 * HOUR)
    node.paid(dossier, noon + timedelta(days=1, hours=2))
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=noon + timedelta(days=1, hours=4))
    rows = told(standing_by_code(dossier.code))
    assert [row[4] for row in rows] == [
        "",
        "Yêu cầu nộp phí, lệ phí 10.000\u00a0₫: Lệ phí bản sao",
        "Đã nộp phí, lệ phí",
        "",
    ]
    assert rows[3][3] == "Đúng hạn"


def test_the_control_slip_has_a_row_for_every_hand_over(node: Node) -> None:
    standing = node.received()
    dossier, noon = standing.dossier, node.noon
    actions.assign(dossier.id, node.clerk.id, by=node.clerk, at=noon + 2 * HOUR)
    actions.ask_supplement(dossier.id, [], "Giấy chứng sinh mờ", by=node.clerk, at=noon + 2 * HOUR)
    actions.supplement(dossier.id, [], by=node.mother, at=noon + timedelta(days=1, hours=2))
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=noon + timedelta(days=1, hours=5), note="Đề nghị ký")
    actions.decide(dossier.id, True, by=node.approver, at=noon + timedelta(days=2))
    rows = told(standing_by_code(dossier.code))
    counter, clerk, chair = node.reception.name, node.clerk.name, node.approver.name
    assert rows == [
        (f"Tiếp nhận, {counter}", "Thẩm tra, Chuyên viên thụ lý", "10:00 10/11/2026", "", ""),
        (f"Thẩm tra, {clerk}", f"Thẩm tra, {clerk}", "11:00 10/11/2026", "", ""),
        (f"Thẩm tra, {clerk}", "Người nộp hồ sơ", "11:00 10/11/2026", "", "Yêu cầu bổ sung: Giấy chứng sinh mờ"),
        ("Người nộp hồ sơ", f"Thẩm tra, {clerk}", "11:00 11/11/2026", "", "Đã bổ sung"),
        (f"Thẩm tra, {clerk}", "Ký duyệt, Lãnh đạo ký duyệt", "14:00 11/11/2026", "Đúng hạn", "Đề nghị ký"),
        (f"Ký duyệt, {chair}", "Trả kết quả, Tiếp nhận và trả kết quả", "09:00 12/11/2026", "Quá hạn", ""),
    ]
    text = words(control_slip(standing_by_code(dossier.code)))
    assert dossier.code in text
    assert "Giấy chứng sinh mờ" in text.replace("\u200b", "")
    assert "Quá hạn" in text


def test_the_step_due_on_the_slip_is_the_one_that_was_promised(node: Node) -> None:
    standing = node.received()
    promised = standing.step_due_at
    assert promised is not None
    actions.pass_on(standing.dossier_id, "pass", by=node.clerk, at=node.noon + 2 * HOUR)
    rows = slip_of(standing, history(standing.dossier))
    assert [row["due"] for row in rows] == ["", f"{local(promised):%H:%M %d/%m/%Y}"]


def test_a_withdrawn_dossier_ends_the_slip(node: Node) -> None:
    standing = node.received()
    actions.withdraw(standing.dossier_id, "Không còn cần", by=node.mother, at=node.noon + 2 * HOUR)
    last = told(standing_by_code(standing.dossier.code))[-1]
    assert last == ("Người nộp hồ sơ", "Kết thúc", "11:00 10/11/2026", "", "Người nộp rút hồ sơ: Không còn cần")


def test_early_is_before_the_day_on_time_is_on_it_and_late_is_after_the_minute(node: Node) -> None:
    due = node.noon
    assert outcome(due - timedelta(days=1), due) == "Trước hạn"
    assert outcome(due - HOUR, due) == "Đúng hạn"
    assert outcome(due, due) == "Đúng hạn"
    assert outcome(due + timedelta(minutes=1), due) == "Quá hạn"
    assert outcome(due, None) == ""


def test_the_certificate_carries_the_answers_and_the_address_that_verifies_it(node: Node) -> None:
    standing = node.received()
    actions.pass_on(standing.dossier_id, "pass", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.decide(standing.dossier_id, True, by=node.approver, at=node.noon + 3 * HOUR)
    result = result_for(standing.dossier.stream)
    assert result is not None
    text = words(render(result))
    for said in [
        "TRẦN MINH KHÔI",
        "02/11/2026",
        "tháng mười một",
        "Xã Đồng Lúa",
        node.approver.name,
        result.check_code,
    ]:
        assert said in text
    assert f"/ket-qua/?so={result.number}&ma={result.check_code}" in text.replace(" ", "")


def test_a_general_result_lists_the_answers_by_their_questions_without_telephone_numbers(node: Node) -> None:
    standing = node.received()
    actions.pass_on(standing.dossier_id, "pass", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.decide(standing.dossier_id, True, by=node.approver, at=node.noon + 3 * HOUR)
    result = result_for(standing.dossier.stream)
    assert result is not None
    result.template = "ket-qua"
    text = words(render(result))
    assert "Ngày sinh của trẻ 02/11/2026" in text
    assert "Giới tính của trẻ Nam" in text
    assert "0900000101" not in text
    assert "cam đoan" not in text


def test_a_refusal_tells_why(node: Node) -> None:
    standing = node.received()
    actions.pass_on(standing.dossier_id, "refuse", by=node.clerk, at=node.noon + 2 * HOUR)
    reason = "Trẻ đã được đăng ký khai sinh tại nơi khác"
    actions.decide(standing.dossier_id, False, by=node.approver, at=node.noon + 3 * HOUR, reason=reason)
    result = result_for(standing.dossier.stream)
    assert result is not None
    text = words(render(result))
    assert reason in text
    assert "từ chối giải quyết hồ sơ" in text
    assert standing.dossier.code in text
