"""The citizen's side of a running dossier: correct, answer, authorise, follow, take home, choose the return."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.corrections.models import Correction
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.drafts.models import AnswerPaper
from motcua.filing.actions import submit
from motcua.mandates.models import Mandate
from motcua.notices.models import Follow
from motcua.people.models import Citizen
from motcua.sites.portal.bundle import PIECE, Entry, zipped
from tests.node import Node, birth_answers
from tests.sites.desk import Clock, seated, signed_in, text_of

HOUR = timedelta(hours=1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SECTION = "nguoi-duoc-khai-sinh"


@pytest.fixture(autouse=True)
def _at_two(clock: Clock) -> None:
    """It is 11:00 of the day of the filings."""


def posted(answers: dict[str, Any]) -> dict[str, str]:
    """Answers as a browser posts them."""
    found = {}
    for name, value in answers.items():
        parts = str(value).split("-")
        whole_date = len(parts) == 3 and len(parts[0]) == 4
        found[name] = (
            str(value).lower() if isinstance(value, bool) else "/".join(reversed(parts)) if whole_date else str(value)
        )
    return found


def renamed() -> dict[str, str]:
    """The page of the child with another name."""
    return {
        name: value.replace("Trần Minh Khôi", "Trần Minh Khoa") for name, value in posted(birth_answers()).items()
    }


def page(dossier: Dossier, more: str = "") -> str:
    return f"/ho-so/{dossier.code}/{more}"


def seq(dossier: Dossier) -> int:
    return Standing.objects.get(pk=dossier.pk).seq


def pdf(name: str = "ro.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def names_of(dossier: Dossier) -> list[str]:
    return list(Fact.objects.filter(stream=dossier.stream).order_by("seq").values_list("name", flat=True))


def authorised(client: Client, dossier: Dossier, **changes: str) -> Any:
    """Mr Hùng is authorised, as the page asks."""
    given = {
        "full_name": "Trần Văn Hùng", "identity_number": "001085000102", "basis": "vợ chồng", "until": "20/11/2026",
    }  # fmt: skip
    return client.post(page(dossier, "uy-quyen/"), given | changes)


# correcting


def test_before_reception_the_answers_are_corrected_page_by_page(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.submitted()
    review = text_of(client.get(page(dossier, "sua/")))
    assert "có hiệu lực ngay" in review
    assert "Lý do sửa" not in review
    assert "Trần Minh Khôi" in text_of(client.get(page(dossier, f"sua/phan/{SECTION}/")))
    saved = client.post(page(dossier, f"sua/phan/{SECTION}/"), renamed())
    assert saved["Location"] == page(dossier, "sua/")
    review = text_of(signed_in("me.lan").get(page(dossier, "sua/")))  # another browser
    assert "<del>" in review
    assert "Trần Minh Khoa" in review
    assert Dossier.objects.get().answers == birth_answers()
    assert client.post(page(dossier, "sua/"), {"reason": " ", "seen": seq(dossier)}).status_code == 422
    assert client.post(page(dossier, "sua/"), {"reason": "Nhầm tên", "seen": seq(dossier)}).status_code == 302
    assert "Trần Minh Khoa" in Dossier.objects.get().answers.values()
    shown = text_of(client.get(page(dossier)))
    assert "Đã sửa thông tin đã khai" in shown
    assert "Trần Minh Khoa" in shown


def test_a_wrong_page_is_told_and_nothing_is_sent(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.submitted()
    response = client.post(page(dossier, f"sua/phan/{SECTION}/"), {})
    assert response.status_code == 422
    review = text_of(client.get(page(dossier, "sua/")))
    assert "Có chỗ cần sửa" in review
    assert "Lý do sửa" not in review
    sent = client.post(page(dossier, "sua/"), {"reason": "Cứ gửi", "seen": seq(dossier)})
    assert sent.status_code == 422
    assert "Tờ khai còn chỗ chưa đúng." in text_of(sent)
    assert (Correction.objects.count(), Dossier.objects.get().answers) == (0, birth_answers())
    assert client.post(page(dossier, "sua/bo/")).status_code == 302
    assert "Có chỗ cần sửa" not in text_of(client.get(page(dossier, "sua/")))


def test_after_reception_the_officer_sees_old_and_new_and_answers(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.received().dossier
    client.post(page(dossier, f"sua/phan/{SECTION}/"), renamed())
    client.post(page(dossier, "sua/"), {"reason": "Ghi nhầm", "seen": seq(dossier)})
    assert "đang chờ cơ quan trả lời" in text_of(client.get(page(dossier)))
    assert client.get(page(dossier, f"sua/phan/{SECTION}/")).status_code == 404
    assert "Trần Minh Khôi" in Dossier.objects.get().answers.values()

    desk = seated("hotich.hoasen", node.agency.id)
    shown = text_of(desk.get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "Người nộp xin sửa thông tin đã khai" in shown
    assert "Trần Minh Khoa" in shown
    assert "Ghi nhầm" in shown
    answer = f"/can-bo/ho-so/{dossier.code}/tra-loi-sua/"
    refused = desk.post(answer, {"refuse": "1", "reason": "", "seen": seq(dossier)}, follow=True)
    assert "Hãy" in text_of(refused)
    stale = desk.post(answer, {"accept": "1", "seen": "1"}, follow=True)
    assert "Người khác vừa thao tác trên hồ sơ này trước bạn." in text_of(stale)
    assert Correction.objects.get().decided_at is None
    assert desk.post(answer, {"accept": "1", "seen": seq(dossier)}).status_code == 302
    assert "Trần Minh Khoa" in Dossier.objects.get().answers.values()
    assert "Người nộp xin sửa thông tin đã khai" not in text_of(desk.get(f"/can-bo/ho-so/{dossier.code}/"))[:4000]
    assert names_of(dossier)[-2:] == ["corrections.corrected", "corrections.decided"]


def test_a_refused_correction_is_told_with_its_reason(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.received().dossier
    client.post(page(dossier, f"sua/phan/{SECTION}/"), renamed())
    client.post(page(dossier, "sua/"), {"reason": "Ghi nhầm", "seen": seq(dossier)})
    desk = seated("hotich.hoasen", node.agency.id)
    given = {"refuse": "1", "reason": "Giấy chứng sinh ghi Khôi", "seen": seq(dossier)}
    desk.post(f"/can-bo/ho-so/{dossier.code}/tra-loi-sua/", given)
    shown = text_of(client.get(page(dossier)))
    assert "Cơ quan không chấp nhận sửa" in shown
    assert "Giấy chứng sinh ghi Khôi" in shown


def test_two_at_once_the_second_is_told_in_words(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.submitted()
    client.post(page(dossier, f"sua/phan/{SECTION}/"), renamed())
    actions.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    late = client.post(page(dossier, "sua/"), {"reason": "Nhầm tên", "seen": "2"})
    assert late.status_code == 409
    assert "Người khác vừa thao tác trên hồ sơ này trước bạn." in text_of(late)
    assert Correction.objects.count() == 0


# answering


def test_an_answer_is_prepared_file_by_file(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.received().dossier
    actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Ảnh mờ", by=node.clerk, at=node.noon + HOUR)
    shown = text_of(client.get(page(dossier)))
    assert "Hãy nộp bổ sung chậm nhất là thứ Tư, 02/12/2026 (còn 22 ngày)" in shown
    address = page(dossier, "bo-sung/")
    assert "Còn thiếu" in text_of(client.get(address))
    client.post(address, {"tep-giay-chung-sinh": pdf("mo.pdf")})
    client.post(address, {"tep-giay-chung-sinh": pdf("khong-phai.pdf", b"MZ\x00\x01")})
    kept = AnswerPaper.objects.get()
    assert kept.label == "mo.pdf"
    client.post(address, {"_remove": str(kept.id)})
    assert client.post(address, {"_remove": str(uuid4())}).status_code == 302
    assert client.post(address, {"_remove": "../../etc"}).status_code == 404
    assert AnswerPaper.objects.count() == 0
    sent = client.post(address, {"tep-giay-chung-sinh": pdf(), "_send": "1", "seen": seq(dossier)})
    assert sent.status_code == 302
    assert Standing.objects.get().state == "processing"


# authorising


def test_whom_the_mother_authorises_sees_and_acts_and_she_sees_that(node: Node) -> None:
    mother, hung, dossier = signed_in("me.lan"), signed_in("chu.hung"), node.submitted()
    assert hung.get(page(dossier)).status_code == 404
    assert authorised(mother, dossier).status_code == 302
    assert "Trần Văn Hùng" in text_of(mother.get(page(dossier, "uy-quyen/")))
    assert "Nguyễn Thị Lan uỷ quyền đến hết ngày 20/11/2026" in text_of(hung.get("/tai-khoan/"))
    seen = text_of(hung.get(page(dossier)))
    assert "Bạn xem hồ sơ này theo uỷ quyền của Nguyễn Thị Lan" in seen
    assert "Rút hồ sơ này" not in seen
    assert hung.get(page(dossier, "rut/")).status_code == 403
    assert hung.get(page(dossier, "cach-nhan/")).status_code == 404
    assert hung.get(page(dossier, "uy-quyen/")).status_code == 404
    hung.post(page(dossier, f"sua/phan/{SECTION}/"), renamed())
    hung.post(page(dossier, "sua/"), {"reason": "Sửa giúp", "seen": seq(dossier)})
    looked = text_of(mother.get(page(dossier, "uy-quyen/")))
    assert looked.count("Xem theo uỷ quyền") == 1
    assert "Người được uỷ quyền" in text_of(mother.get(page(dossier)))

    mandate = Mandate.objects.get()
    assert mother.post(page(dossier, f"uy-quyen/{uuid4()}/thu-hoi/")).status_code == 404
    assert signed_in("ong.tu").post(page(dossier, f"uy-quyen/{mandate.id}/thu-hoi/")).status_code == 404
    assert hung.get(page(dossier)).status_code == 200
    assert mother.post(page(dossier, f"uy-quyen/{mandate.id}/thu-hoi/")).status_code == 302
    assert hung.get(page(dossier)).status_code == 404


def test_a_wrong_mandate_is_refused_at_its_field(node: Node) -> None:
    mother, dossier = signed_in("me.lan"), node.submitted()
    unknown = text_of(authorised(mother, dossier, full_name="Trần Văn Hải"))
    assert "khớp cả số định danh và họ tên này" in unknown
    assert "Ngày cuối phải từ hôm nay đến ngày 10/11/2027." in text_of(
        authorised(mother, dossier, until="20/11/2028")
    )
    assert authorised(mother, dossier, until="30/02/2027").status_code == 422
    assert authorised(mother, dossier, basis="").status_code == 422
    assert Mandate.objects.count() == 0


# following


def test_a_dossier_is_followed_from_the_page_of_its_code(committed_node: Node) -> None:
    node, hung = committed_node, signed_in("chu.hung")
    dossier = node.submitted()
    tracked = text_of(hung.get("/tra-cuu/", {"ma": dossier.code}))
    assert "Theo dõi hồ sơ này" in tracked
    assert "Theo dõi hồ sơ này" not in text_of(Client().get("/tra-cuu/", {"ma": dossier.code}))
    assert hung.post("/tra-cuu/theo-doi/", {"ma": "H99.101-000000-9999"}).status_code == 404
    hung.post("/tra-cuu/theo-doi/", {"ma": dossier.code})
    listed = text_of(hung.get("/tai-khoan/"))
    assert dossier.code in listed
    assert "Nguyễn Thị Lan" not in listed
    assert hung.get(page(dossier)).status_code == 404
    actions.receive(dossier.id, by=node.reception, at=timezone.now() + HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert "đã được tiếp nhận" in text_of(hung.get("/tai-khoan/thong-bao/"))
    hung.post("/tra-cuu/bo-theo-doi/", {"ma": dossier.code})
    assert Follow.objects.count() == 0


def test_the_filer_follows_anyway(node: Node) -> None:
    dossier = node.submitted()
    assert signed_in("me.lan").post("/tra-cuu/theo-doi/", {"ma": dossier.code}).status_code == 302
    assert Follow.objects.count() == 0
    assert Client().post("/tra-cuu/theo-doi/", {"ma": dossier.code})["Location"].startswith("/dang-nhap/")


# the account


def test_the_account_shows_twenty_at_a_time_open_and_ended_apart(node: Node, django_assert_num_queries: Any) -> None:
    client, filed = signed_in("me.lan"), []
    for minute in range(23):
        filing = node.filing(id=new_id())
        filed.append(submit(filing, by=node.mother, at=node.noon + timedelta(minutes=minute)))
    actions.withdraw(filed[5].id, "Thôi", by=node.mother, at=node.noon + HOUR)
    client.get("/tai-khoan/")
    with django_assert_num_queries(11):
        first = client.get("/tai-khoan/")
    assert [row[0].dossier.code for row in first.context["dossiers"]] == [
        each.code for each in filed[:1:-1] if each != filed[5]
    ][:20]
    second = client.get("/tai-khoan/" + first.context["next"])
    assert [row[0].dossier.code for row in second.context["dossiers"]] == [filed[1].code, filed[0].code]
    ended = client.get("/tai-khoan/", {"loc": "xong"})
    assert [row[0].dossier.code for row in ended.context["dossiers"]] == [filed[5].code]
    for forged in ("x", "2026-11-10", "9" * 50, "2026-11-10T00:00"):
        assert client.get("/tai-khoan/", {"truoc": forged}).status_code == 200


# taking home


def whole(client: Client, dossier: Dossier) -> zipfile.ZipFile:
    response = client.get(page(dossier, "toan-bo/"))
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_whole_dossier_is_one_file_with_an_index(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.received().dossier
    actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Ảnh mờ", by=node.clerk, at=node.noon + HOUR)
    archive = whole(client, dossier)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "to-khai.pdf",
        "giay-tiep-nhan.pdf",
        "van-ban/004-mau-02.pdf",
        "giay-to/01-giay-chung-sinh-giay chung sinh.pdf",
        "dien-bien.txt",
        "muc-luc-sha256.txt",
    ]
    assert archive.read("to-khai.pdf").startswith(b"%PDF")
    assert "Ảnh mờ" in archive.read("dien-bien.txt").decode()
    lines = archive.read("muc-luc-sha256.txt").decode().splitlines()
    assert [line.partition("  ")[0] for line in lines] == [
        hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()[:-1]
    ]
    taken = Fact.objects.get(name="printing.dossier_taken")
    assert (taken.data, taken.actor) == ({"dossier": str(dossier.id), "files": 5}, node.mother.ref)


def test_a_strangers_pages_are_not_there_and_leave_no_trace(node: Node) -> None:
    dossier, stranger = node.submitted(), signed_in("chu.hung")
    for more in ("toan-bo/", "to-khai/", "sua/", f"sua/phan/{SECTION}/", "bo-sung/", "uy-quyen/", "cach-nhan/"):
        assert stranger.get(page(dossier, more)).status_code == 404, more
        assert stranger.post(page(dossier, more), {"reason": "x", "how": "counter"}).status_code in {404, 405}, more
    assert stranger.get("/ho-so/H99.101-000000-0001/toan-bo/").status_code == 404
    assert Fact.objects.filter(name__in=["printing.dossier_taken", "dossiers.looked"]).count() == 0
    assert (names_of(dossier), Dossier.objects.get().return_by) == (
        ["dossiers.submitted", "dossiers.paper_added"],
        "online",
    )


def test_names_of_files_in_the_bundle_are_harmless(node: Node) -> None:
    dossier = node.submitted()
    dossier.papers.update(label="../../etc/passwd\\x.pdf")
    (name,) = [name for name in whole(signed_in("me.lan"), dossier).namelist() if name.startswith("giay-to/")]
    assert name == "giay-to/01-giay-chung-sinh-etc-passwd-x.pdf"


# the return


def test_the_way_of_the_result_is_changed_until_the_decision(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.received().dossier
    address = page(dossier, "cach-nhan/")
    assert "đường Hoa Sen" in text_of(client.get(address))
    empty = client.post(address, {"how": "post", "address": " ", "seen": seq(dossier)})
    assert empty.status_code == 422
    assert "Nhận qua bưu chính cần có địa chỉ." in text_of(empty)
    stale = client.post(address, {"how": "counter", "seen": "1"})
    assert stale.status_code == 409
    assert client.post(address, {"how": "pigeon", "seen": seq(dossier)}).status_code == 422
    assert Dossier.objects.get().return_by == "online"
    client.post(address, {"how": "post", "address": "Số 9 phố Mới", "seen": seq(dossier)})
    assert "Số 9 phố Mới" in text_of(client.get(page(dossier)))
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + 2 * HOUR)
    actions.decide(dossier.id, True, by=node.approver, at=node.noon + 2 * HOUR)
    assert client.get(address).status_code == 409


def test_the_page_of_withdrawing_says_what_becomes_of_money_and_papers(node: Node) -> None:
    client, dossier = signed_in("me.lan"), node.received().dossier
    shown = text_of(client.get(page(dossier, "rut/")))
    assert "chưa ghi nhận khoản phí, lệ phí nào" in shown
    node.demanded(dossier, 20_000, "Phí bản sao", node.noon + HOUR)
    node.paid(dossier, node.noon + 2 * HOUR)
    shown = text_of(client.get(page(dossier, "rut/")))
    assert "20.000 ₫ (0000001/2026/BL-H99.101)" in shown
    assert "bộ phận một cửa để nhận lại" in shown


def test_post_needs_an_address_when_filing_too(node: Node, noon: datetime) -> None:
    from motcua.base.errors import Invalid
    from motcua.drafts import actions as drafts

    Citizen.objects.filter(pk=node.mother.id).update(address="")
    draft = drafts.start_draft(node.filing().edition, {}, by=node.mother, at=noon)
    with pytest.raises(Invalid, match="return_address_missing"):
        drafts.set_filing(draft.id, by=node.mother, at=noon, agency=node.agency.id, return_by="post", on_behalf_of={})


def test_a_large_bundle_is_sent_in_small_pieces() -> None:
    piece, many = b"x" * PIECE, 200
    bundle = [Entry("lon.bin", lambda: (piece for _ in range(many))), Entry("rong.bin", lambda: ())]
    sent = list(zipped(bundle, datetime(2026, 11, 10, tzinfo=UTC)))
    assert max(map(len, sent)) < 2 * PIECE
    archive = zipfile.ZipFile(io.BytesIO(b"".join(sent)))
    assert archive.testzip() is None
    assert [each.file_size for each in archive.infolist()[:2]] == [PIECE * many, 0]
