"""Forms 02 to 05 say what their fact says, under a number that is given once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import NotFound, Refused
from motcua.base.models import Counter, Fact
from motcua.base.wires import provider
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.queries import history, standing_by_code
from motcua.dossiers.rules import Owner
from motcua.people.models import Agency
from motcua.printing.letters import content, letter, letters_in
from motcua.results.ports import Typesetter
from tests.node import Node
from tests.printing.reading import words

HOUR = timedelta(hours=1)


def numbers(dossier: Dossier) -> list[tuple[str, str]]:
    """The letters of a dossier: form and number."""
    return [(each.form, each.number) for each in letters_in(history(dossier))]


def said(dossier: Dossier, form: str, seq: int | None = None) -> str:
    return words(letter(standing_by_code(dossier.code), form, seq)).replace("\u200b", "")


def head_of(node: Node) -> Actor:
    return replace(node.approver, roles=node.approver.roles | {"head"})


def extended(node: Node) -> Dossier:
    """A dossier whose appointment is two days away and was then put off."""
    dossier = node.received().dossier
    Standing.objects.filter(pk=dossier.pk).update(due_at=node.noon + timedelta(days=3))
    later = node.noon + timedelta(days=6)
    actions.extend(dossier.id, later, "Chờ xác minh nơi sinh", by=head_of(node), at=node.noon + 2 * HOUR)
    return dossier


def test_the_request_for_papers_tells_what_why_and_until_when(node: Node) -> None:
    dossier = node.received().dossier
    at = node.noon + 2 * HOUR
    actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Ảnh chụp mờ, không đọc được", by=node.clerk, at=at)
    text = said(dossier, "02")
    for told in [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Số: 1/2026/YCBS-H99.101",
        "Hoa Sen, ngày 10 tháng 11 năm 2026",
        "Hồ sơ của: Nguyễn Thị Lan",
        "Số định danh cá nhân: 001196000101",
        f"Mã hồ sơ: {dossier.code}",
        "1. Giấy chứng sinh",
        "Ảnh chụp mờ, không đọc được",
        "Đề nghị bổ sung đến hết ngày: 02/12/2026",
        "thời hạn giải quyết tạm dừng tính",
        node.clerk.name,
        f"/tra-cuu/?ma={dossier.code}",
    ]:
        assert told in text


def test_before_reception_no_clock_is_said_to_stand_still(node: Node) -> None:
    dossier = node.submitted()
    actions.ask_supplement(dossier.id, [], "Sai tên", by=node.reception, at=node.noon)
    text = said(dossier, "02")
    assert "tạm dừng tính" not in text
    assert "được tính từ khi nhận đủ và tiếp nhận hồ sơ" in text
    assert "Nội dung khai nêu trong phần lý do" in text


def test_the_refusal_to_receive_tells_why_and_what_can_be_done(node: Node) -> None:
    dossier = node.submitted()
    actions.refuse(dossier.id, "Không thuộc thẩm quyền của phường", by=node.reception, at=node.noon + HOUR)
    text = said(dossier, "03")
    for told in [
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Số: 1/2026/TCTN-H99.101",
        "Nộp lúc: 09:00 thứ Ba 10/11/2026",
        "Không thuộc thẩm quyền của phường",
        "khiếu nại theo Luật Khiếu nại",
        node.reception.name,
    ]:
        assert told in text


def test_the_apology_tells_both_appointments(node: Node) -> None:
    text = said(extended(node), "04")
    for told in [
        "đề nghị gia hạn thời gian giải quyết hồ sơ",
        "Số: 1/2026/XL-H99.101",
        "Kính gửi: Nguyễn Thị Lan",
        "Đã hẹn trả kết quả lúc: 09:00 thứ Sáu 13/11/2026",
        "Chờ xác minh nơi sinh",
        "chân thành xin lỗi",
        "Hẹn lại ngày trả kết quả: 09:00 thứ Hai 16/11/2026",
    ]:
        assert told in text


def test_the_notice_of_stopping_tells_why_and_from_when(node: Node) -> None:
    dossier = node.received().dossier
    actions.stop(dossier.id, "Người yêu cầu đã mất", by=head_of(node), at=node.noon + 2 * HOUR)
    text = said(dossier, "05")
    for told in [
        "Về việc dừng giải quyết hồ sơ",
        "Số: 1/2026/DXL-H99.101",
        "Tiếp nhận lúc: 10:00 thứ Ba 10/11/2026",
        "kể từ ngày 10 tháng 11 năm 2026",
        "Người yêu cầu đã mất",
        node.approver.name,
    ]:
        assert told in text


def test_what_the_clock_stopped_is_signed_by_nobody_yet(node: Node) -> None:
    dossier = node.received().dossier
    actions.ask_supplement(dossier.id, [], "Sai tên", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.stop(dossier.id, "Quá thời hạn bổ sung", by=SYSTEM, at=node.noon + timedelta(days=30))
    text = said(dossier, "05")
    assert "Hoa Sen, ngày 10 tháng 12 năm 2026" in text
    assert "Hệ thống" not in text


def test_every_letter_keeps_its_own_words_number_and_day(node: Node) -> None:
    dossier = node.submitted()
    for day, why in enumerate(["Thiếu chữ ký", "Thiếu trang hai"]):
        at = node.noon + timedelta(days=day)
        actions.ask_supplement(dossier.id, [], why, by=node.reception, at=at)
        actions.supplement(dossier.id, [], by=node.mother, at=at + HOUR)
    assert numbers(dossier) == [("02", "1/2026/YCBS-H99.101"), ("02", "2/2026/YCBS-H99.101")]
    first, second = (each.fact.seq for each in letters_in(history(dossier)))
    assert "Thiếu chữ ký" in said(dossier, "02", first)
    assert "ngày 10 tháng 11 năm 2026" in said(dossier, "02", first)
    assert "Thiếu trang hai" in said(dossier, "02", second)
    assert said(dossier, "02") == said(dossier, "02", second)


def test_a_letter_printed_again_is_the_same_to_the_byte(node: Node) -> None:
    dossier = extended(node)
    standing = standing_by_code(dossier.code)
    assert letter(standing, "04") == letter(standing, "04")
    assert Counter.objects.get(key="letter:04:H99.101:2026").value == 1


def test_numbers_run_by_form_agency_and_year_of_the_office(node: Node) -> None:
    dossiers = [node.submitted() for _ in range(3)]
    last_evening = datetime.fromisoformat("2026-12-31T23:30:00+07:00")
    moments = [node.noon, last_evening, last_evening + HOUR]
    for dossier, at in zip(dossiers, moments, strict=True):
        actions.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=at)
    assert [numbers(dossier)[0][1] for dossier in dossiers] == [
        "1/2026/TCTN-H99.101",
        "2/2026/TCTN-H99.101",
        "1/2027/TCTN-H99.101",
    ]


def test_a_move_that_is_undone_takes_no_number(node: Node) -> None:
    dossier = node.received().dossier
    with pytest.raises(Refused, match="reason_missing"):
        actions.stop(dossier.id, " ", by=head_of(node), at=node.noon + 2 * HOUR)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.stop(dossier.id, "Nhầm", by=head_of(node), at=node.noon + 2 * HOUR)
        raise RuntimeError
    assert not Counter.objects.filter(key__startswith="letter:").exists()
    assert not Fact.objects.filter(name="dossiers.stopped").exists()


@pytest.mark.parametrize("form", ["02", "03", "04", "05", "01", ""])
def test_there_is_no_letter_without_its_fact(node: Node, form: str) -> None:
    standing = standing_by_code(node.received().dossier.code)
    with pytest.raises(NotFound, match="letter_unknown"):
        letter(standing, form)


def test_the_fact_of_another_form_makes_no_letter(node: Node) -> None:
    dossier = extended(node)
    seq = letters_in(history(dossier))[0].fact.seq
    for form, wanted in (("02", seq), ("04", 1), ("04", 99)):
        with pytest.raises(NotFound, match="letter_unknown"):
            letter(standing_by_code(dossier.code), form, wanted)


def test_a_letter_without_a_number_has_a_line_to_write_it_on(node: Node) -> None:
    dossier = node.submitted()
    actions.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    [written] = letters_in(history(dossier))
    written.fact.data.pop("number")
    [brought_in] = letters_in([written.fact])
    data = content(standing_by_code(dossier.code), brought_in, {})
    assert data["number"] == ""
    assert "Số: ........" in words(provider(Typesetter).pdf("tu-choi-tiep-nhan", data))


def test_a_letter_stays_with_the_agency_that_wrote_it(node: Node) -> None:
    dossier = node.submitted()
    actions.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    Standing.objects.filter(pk=dossier.pk).update(agency=Agency.objects.get(code="H99.102"))
    text = said(dossier, "03")
    assert "PHƯỜNG HOA SEN" in text
    assert "HOA MAI" not in text


def test_the_owner_stands_on_the_letter_beside_who_filed(node: Node) -> None:
    basis = {"name": "Trần Văn Bình", "identity_number": "", "basis": "Giấy ủy quyền số 12"}
    dossier = node.submitted(on_behalf_of=basis, owner=Owner("Trần Văn Bình"))
    actions.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    text = said(dossier, "03")
    assert "Hồ sơ của: Nguyễn Thị Lan" in text
    assert "Nộp thay cho (chủ hồ sơ): Trần Văn Bình" in text


def test_a_letter_costs_a_fixed_number_of_queries(node: Node) -> None:
    dossier = node.submitted()
    actions.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    standing = standing_by_code(dossier.code)
    with CaptureQueriesContext(connection) as spent:
        letter(standing, "03")
    assert len(spent) == 2  # facts, name of the officer
