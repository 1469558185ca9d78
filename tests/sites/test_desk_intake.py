"""Reception at the counter: the procedure is found, the filing typed in, received, and its receipt printed."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.dossiers.models import Dossier, DossierPaper, Standing
from motcua.people.models import Agency
from tests.node import BIRTH, Node, birth_answers
from tests.sites.desk import address, seated, text_of

pytestmark = pytest.mark.usefixtures("clock")
PAGE = f"/can-bo/tiep-nhan-moi/{BIRTH}/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def counter(node: Node) -> Client:
    return seated("tiepnhan.hoasen", node.agency.id)


def typed(**changes: Any) -> dict[str, Any]:
    """A filing that has everything, as a browser posts it."""
    answers = {
        name: str(value).lower() if isinstance(value, bool) else value for name, value in birth_answers().items()
    }
    owner = {
        "quay-agency": str(Agency.objects.get(code="H99.101").id),
        "quay-owner_name": "Nguyễn Thị Lan",
        "quay-owner_identity": "001196000101",
        "quay-owner_phone": "0900000101",
        "quay-channel": "direct",
        "quay-return_by": "counter",
    }
    papers = {"tep-giay-chung-sinh": SimpleUploadedFile("chứng sinh.pdf", PDF)}
    return {"id": str(new_id()), **answers, **owner, **papers, **changes}


def nothing_was_filed() -> bool:
    return not Dossier.objects.exists() and not Fact.objects.filter(stream__startswith="dossier:").exists()


def test_a_filing_at_the_counter_is_recorded_received_and_printed(node: Node, counter: Client) -> None:
    assert "Họ, chữ đệm, tên của trẻ" in text_of(counter.get(PAGE))
    response = counter.post(PAGE, typed())
    dossier = Dossier.objects.get()
    assert response["Location"] == f"/can-bo/tiep-nhan-moi/xong/{dossier.code}/"
    assert (dossier.channel, dossier.filed_by, dossier.owner_name) == ("direct", None, "Nguyễn Thị Lan")
    assert dossier.answers["ho_ten"] == "Trần Minh Khôi"
    assert [paper.label for paper in DossierPaper.objects.all()] == ["chứng sinh.pdf"]
    assert Standing.objects.get(pk=dossier.id).state == "received"
    assert f"Đã ghi nhận hồ sơ {dossier.code}." in text_of(counter.get(response["Location"]))
    assert counter.get(address(dossier, "in/01/")).content.startswith(b"%PDF-")


def test_the_same_filing_sent_twice_is_one_dossier(node: Node, counter: Client) -> None:
    filing = typed()
    first = counter.post(PAGE, filing)
    filing["tep-giay-chung-sinh"].seek(0)
    assert counter.post(PAGE, filing)["Location"] == first["Location"]
    assert Dossier.objects.count() == 1


def test_papers_may_be_missing_and_the_file_recorded_only(node: Node, counter: Client) -> None:
    filing = typed(_record="1")
    del filing["tep-giay-chung-sinh"]
    assert counter.post(PAGE, filing).status_code == 302
    assert "Còn thiếu giấy tờ bắt buộc" in text_of(counter.get(address(Dossier.objects.get())))
    assert Standing.objects.get().state == "submitted"


def test_somebody_may_file_for_the_owner_with_the_basis_named(node: Node, counter: Client) -> None:
    behalf = {"quay-filer_name": "Trần Văn Hùng", "quay-filer_basis": "Văn bản uỷ quyền số 12/2026"}
    assert counter.post(PAGE, typed(**behalf)).status_code == 302
    page = text_of(counter.get(address(Dossier.objects.get())))
    assert "Trần Văn Hùng (Văn bản uỷ quyền số 12/2026)" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quay-owner_name": ""}, "Mục này chưa được trả lời."),
        ({"quay-owner_identity": "12345"}, "Số định danh cá nhân có 12 chữ số"),
        ({"quay-owner_phone": "abc"}, "Số điện thoại"),
        ({"quay-channel": "pigeon"}, "Hãy chọn một trong các lựa chọn đã cho."),
        ({"quay-filer_name": "Trần Văn Hùng"}, "Thông tin người được nộp thay chưa đủ."),
        ({"ho_ten": ""}, "Họ, chữ đệm, tên của trẻ"),
        ({"ngay_sinh": "31/02/2026"}, "Ngày sinh của trẻ"),
        ({"tep-giay-chung-sinh": SimpleUploadedFile("a.exe", b"MZ" + b"\x00" * 60)}, "Loại tệp này không được nhận."),
    ],
)
def test_what_is_wrong_is_told_and_everything_typed_stays(
    node: Node, counter: Client, changes: dict[str, Any], words: str
) -> None:
    response = counter.post(PAGE, typed(**changes))
    page = text_of(response)
    assert response.status_code == 422
    assert words in page.partition('class="error-summary"')[2].partition("</ul>")[0]
    assert 'value="Phường Hoa Sen, tỉnh Minh Hoạ"' in page
    assert nothing_was_filed()


def test_a_file_brought_with_a_wrong_answer_need_not_be_brought_again(node: Node, counter: Client) -> None:
    filing = typed(ho_ten="")
    page = text_of(counter.post(PAGE, filing))
    (kept,) = re.findall(r'name="da-tai" value="([^"]+)"', page)
    again = {**typed(id=filing["id"]), "da-tai": kept}
    del again["tep-giay-chung-sinh"]
    assert counter.post(PAGE, again).status_code == 302
    assert [paper.paper for paper in DossierPaper.objects.all()] == ["giay-chung-sinh"]


def test_a_kept_file_belongs_to_its_own_filing_and_cannot_be_made_up(node: Node, counter: Client) -> None:
    page = text_of(counter.post(PAGE, typed(ho_ten="")))
    (kept,) = re.findall(r'name="da-tai" value="([^"]+)"', page)
    for word in (kept, kept[:-2] + "xx", "x"):
        other = {**typed(), "da-tai": word, "_record": "1"}
        del other["tep-giay-chung-sinh"]
        assert counter.post(PAGE, other).status_code == 302
    assert not DossierPaper.objects.exists()


@pytest.mark.parametrize("filing_id", ["", "x", "0"])
def test_a_filing_without_its_number_is_not_understood(node: Node, counter: Client, filing_id: str) -> None:
    assert counter.post(PAGE, typed(id=filing_id)).status_code == 422
    assert nothing_was_filed()


def test_a_question_that_the_form_does_not_ask_is_refused(node: Node, counter: Client) -> None:
    response = counter.post(PAGE, typed(dan_toc_cua_ong="Kinh"))
    assert response.status_code == 422
    assert "dan_toc_cua_ong" in text_of(response)
    assert nothing_was_filed()


@pytest.mark.parametrize("login", ["hotich.hoasen", "chutich.hoasen"])
def test_only_the_reception_takes_files_in(node: Node, login: str) -> None:
    officer = seated(login, node.agency.id)
    assert "Tiếp nhận tại quầy" not in text_of(officer.get("/can-bo/"))
    for path in ("/can-bo/tiep-nhan-moi/", PAGE):
        assert officer.get(path).status_code == 403
    assert officer.post(PAGE, typed()).status_code == 403
    assert nothing_was_filed()


def test_a_procedure_is_found_by_what_the_person_says(node: Node, counter: Client) -> None:
    page = text_of(counter.get("/can-bo/tiep-nhan-moi/?q=lam+giay+khai+sinh+cho+con"))
    assert f'href="{PAGE}"' in page
    nothing = text_of(counter.get("/can-bo/tiep-nhan-moi/?q=zzzzzz"))
    assert "Không tìm thấy thủ tục nào" in nothing


def test_a_procedure_that_nobody_in_the_province_decides_is_not_taken_in(node: Node) -> None:
    node.publish("1.001138", node.noon)  # the province's
    ministry = Agency.objects.get(code="G99")
    response = seated("tiepnhan.bo", ministry.id).get("/can-bo/tiep-nhan-moi/1.001138/")
    assert response.status_code == 403
    assert "không có thẩm quyền giải quyết thủ tục này" in text_of(response)
    assert seated("tiepnhan.bo", ministry.id).get("/can-bo/tiep-nhan-moi/9.999999/").status_code == 404
