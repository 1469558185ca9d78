"""The pages that anybody sees: finding, the procedure, the door, tracking, verification, both languages."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from motcua.base.actor import SYSTEM
from motcua.base.models import StoredFile
from motcua.base.text import initials
from motcua.catalogue import actions as catalogue
from motcua.catalogue.definition import Fee, Limit, parse
from motcua.catalogue.models import Edition
from motcua.catalogue.ports import Record
from motcua.catalogue.queries import catalogue_stamp
from motcua.dossiers import actions
from motcua.fees.definition import Amount, Exemption
from motcua.people.models import Account, Citizen
from motcua.results.models import Result
from motcua.sites.front import VERSION
from motcua.sites.portal.words import fee_words, limit_words
from tests.node import BIRTH, Node, paper, shipped

PUBLIC = ["/", "/tim-kiem/", "/tim-kiem/?q=khai+sinh", "/su-kien/sinh-con/", "/linh-vuc/", "/linh-vuc/ho-tich/",
          "/thu-tuc/", f"/thu-tuc/{BIRTH}/"]  # fmt: skip
CHECKS = ["/ket-qua/", "/tra-cuu/bien-lai/"]
OPEN = [*PUBLIC, *CHECKS, "/tra-cuu/", "/dang-nhap/", "/dang-ky/"]
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
MARKED_VIETNAMESE = re.compile(r"<([a-z0-9]+)\b[^>]*\blang=\"vi\"[^>]*>.*?</\1>", re.DOTALL)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HOA = {
    "full_name": "Lê Thị Hoa", "identity_number": "001199000999", "birth_date": "05/09/1999", "gender": "female",
    "phone": "0912345678", "login": "le.hoa", "password": "mat-khau-cua-hoa",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _vietnamese(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    settings.MADE_ROOT = tmp_path_factory.getbasetemp() / "made"
    with translation.override("vi"):
        yield


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_promises_to_be_the_same_for_everybody(node: Node, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    assert int(response["X-Public-Page"]) > 0
    assert "cookie" not in response.get("Vary", "").lower()
    assert not response.cookies


@pytest.mark.parametrize("address", CHECKS)
def test_what_may_be_taken_back_at_any_moment_is_kept_by_nobody(node: Node, address: str) -> None:
    response = Client().get(address)
    assert "X-Public-Page" not in response
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/tra-cuu/"])
@pytest.mark.parametrize("check", CHECKS)
def test_what_can_be_checked_is_found_from_where_one_looks(node: Node, address: str, check: str) -> None:
    assert f'href="{check}"' in text(Client().get(address))


@pytest.mark.parametrize("address", OPEN)
def test_an_english_page_has_no_vietnamese_but_what_is_marked_as_such(node: Node, address: str) -> None:
    catalogue.load_fields(shipped("fields.yaml"), by=SYSTEM)
    page = text(Client().get(f"/en{address}"))
    visible = re.sub(r"<title>.*?</title>|<head>.*?</head>", "", page, flags=re.DOTALL)
    visible = re.sub(r"value=\"[^\"]*\"", "", MARKED_VIETNAMESE.sub("", visible))
    assert VIETNAMESE.findall(visible) == [], VIETNAMESE.split(visible)[0][-200:]


def test_the_first_page_searches_first_and_counts_the_fields(node: Node) -> None:
    page = text(Client().get("/"))
    assert page.index('name="q"') < page.index("Sinh con") < page.index("Hộ tịch")
    assert "1 thủ tục" in page


@pytest.mark.parametrize("question", ["dang ky khai sinh", "làm giấy khai sinh cho con", "khai sihn", BIRTH])
def test_a_question_finds_the_procedure(node: Node, question: str) -> None:
    page = text(Client().get("/tim-kiem/", {"q": question}))
    assert f'href="/thu-tuc/{BIRTH}/"' in page


def test_an_answer_drawn_before_costs_no_query_behind_the_front_and_is_the_same_page(
    node: Node, django_assert_num_queries: Any
) -> None:
    alone = text(Client().get("/tim-kiem/", {"q": "dang ky khai sinh"}))
    stamp = {VERSION: catalogue_stamp()}
    text(Client().get("/tim-kiem/", {"q": "khai sinh"}, **stamp))
    with django_assert_num_queries(0):
        assert text(Client().get("/tim-kiem/", {"q": "dang ky khai sinh"}, **stamp)) == alone
    assert f'href="/thu-tuc/{BIRTH}/"' in alone


def test_a_new_name_of_a_procedure_is_shown_with_its_publication(node: Node) -> None:
    assert "Đăng ký khai sinh thử" not in text(Client().get("/tim-kiem/", {"q": "khai sinh"}))
    known = parse(Edition.objects.get(procedure__code=BIRTH).definition)
    renamed = msgspec.structs.replace(known, name=msgspec.structs.replace(known.name, vi="Đăng ký khai sinh thử"))
    catalogue.load_batch([Record(BIRTH, renamed, rank=2)], source="data", by=SYSTEM, at=node.noon)
    assert "Đăng ký khai sinh thử" in text(Client().get("/tim-kiem/", {"q": "khai sinh"}))


def test_filters_stay_in_the_address_and_hold(node: Node) -> None:
    chosen = {"linh-vuc": "ho-tich", "cap": "commune", "doi-tuong": "citizen", "su-kien": "sinh-con"}
    page = text(Client().get("/tim-kiem/", chosen))
    assert f'href="/thu-tuc/{BIRTH}/"' in page
    assert '<option value="ho-tich" selected>' in page
    page = text(Client().get("/tim-kiem/", {"q": "khai sinh", "cap": "ministry"}))
    assert f'href="/thu-tuc/{BIRTH}/"' not in page
    assert "Chưa tìm thấy thủ tục phù hợp" in page


@pytest.mark.parametrize("question", ["\x00", "zzqqxx", "🙂" * 90, "a" * 5000, "<script>alert(1)</script>", "' OR 1"])
def test_any_question_gets_a_page_that_helps(node: Node, question: str) -> None:
    response = Client().get("/tim-kiem/", {"q": question, "sau": question, "cap": question})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


@pytest.mark.parametrize(
    "address", ["/su-kien/khong-co/", "/linh-vuc/khong-co/", "/thu-tuc/9.9/", "/thu-tuc/%00/", "/ho-so/"]
)
def test_what_is_not_there_is_said_kindly(node: Node, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 404
    assert "Bạn có thể làm gì" in text(response)


def test_the_page_of_a_procedure_says_all_that_is_needed(node: Node, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        page = text(Client().get(f"/thu-tuc/{BIRTH}/"))
    told = [
        "8 giờ làm việc; nhận sau 15:00 thì trả ngày làm việc tiếp theo", "Giấy chứng sinh", "1 bản chính",
        "Ủy ban nhân dân cấp xã", "60/2014/QH13", "Giấy khai sinh", "01/07/2025", f'href="/nop/{BIRTH}/"',
    ]  # fmt: skip
    for words in told:
        assert words in page


def test_lists_cost_the_same_with_one_procedure_and_three(node: Node, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        Client().get("/thu-tuc/")
    Node.publish("1.000894", node.noon)
    Node.publish("1.000656", node.noon)
    with django_assert_num_queries(1):
        page = text(Client().get("/thu-tuc/"))
    assert page.count('href="/thu-tuc/') == 5  # three procedures, the navigation, the way back to all
    with django_assert_num_queries(2):
        Client().get("/linh-vuc/ho-tich/")


def test_a_procedure_that_is_only_published_says_why_it_cannot_be_filed(node: Node) -> None:
    definition = msgspec.structs.replace(parse(Edition.objects.get().definition), procedure="9.000001", process=())
    record = Record("9.000001", definition)
    catalogue.load_batch([record], source="test", by=SYSTEM, at=node.noon)
    page = text(Client().get("/thu-tuc/9.000001/"))
    assert "Chưa nộp trực tuyến được ở đây" in page
    assert 'href="/nop/9.000001/"' not in page


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(), "Chưa có thông tin về thời hạn"),
        (Limit(text="Ngay sau khi nhận"), "Chưa đọc được thành số; nguyên văn: “Ngay sau khi nhận”"),
        (Limit(hours=8), "8 giờ làm việc"),
        (Limit(working_days=2.5), "2,5 ngày làm việc"),
        (Limit(days=30), "30 ngày"),
        (Limit(months=1), "1 tháng"),
    ],
)
def test_a_limit_in_words(limit: Limit, words: str) -> None:
    assert limit_words(limit) == words


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (Fee(amount_vnd=0), "Không mất tiền (0 ₫)"),
        (Fee(name="Lệ phí", amount_vnd=8000, per="bản"), "Lệ phí: 8.000\u00a0₫ / bản"),
        (Fee(), "chưa rõ mức thu"),
        (Fee(text="Theo quy định"), "Chưa đọc được thành số; nguyên văn: “Theo quy định”"),
        (Fee(name="Lệ phí", decided_by="provincial_council"), "Lệ phí: do Hội đồng nhân dân cấp tỉnh quyết định"),
        (
            Fee(
                "Phí",
                "fee",
                200_000,
                text="Nộp một lần",
                table=(Amount("sinh_vien", 100_000, "Sinh viên"),),
                exempt=(Exemption("tre_em", "Trẻ em"),),
            ),
            "Phí: 200.000\u00a0₫; Sinh viên: 100.000\u00a0₫; Miễn: Trẻ em; Nộp một lần",
        ),
        (Fee("Phí", "fee", table=(Amount("nho", 5_000, "Nhỏ"),)), "Phí: theo trường hợp; Nhỏ: 5.000\u00a0₫"),
    ],
)
def test_a_fee_in_words_is_never_free_unless_it_is(fee: Fee, words: str) -> None:
    assert fee_words(fee) == words


def test_signing_up_opens_an_account_and_signs_in(node: Node) -> None:
    client = Client()
    given = HOA | {"next": f"/nop/{BIRTH}/"}
    response = client.post("/dang-ky/", given)
    assert response["Location"] == f"/nop/{BIRTH}/"
    assert client.get("/tai-khoan/").status_code == 200
    assert Citizen.objects.get(account__login="le.hoa").full_name == "Lê Thị Hoa"
    again = Client().post("/dang-ky/", given)
    assert again.status_code == 409
    assert "đã có người dùng" in text(again) or "đang đứng tên" in text(again)


def test_signing_up_wrongly_says_where_keeps_the_answers_and_opens_nothing(node: Node) -> None:
    accounts = Account.objects.count()
    given = HOA | {"identity_number": "001099000999", "birth_date": "30/02/1999", "phone": "12"}
    response = Client().post("/dang-ky/", given)
    assert response.status_code == 422
    assert text(response).count("Ngày phải có thật") == 2
    response = Client().post("/dang-ky/", given | {"birth_date": "05/09/1999"})
    assert response.status_code == 422
    assert text(response).count("Số định danh cá nhân không khớp với giới tính đã khai.") == 2
    assert text(response).count("Số điện thoại không đúng dạng.") == 2
    assert 'value="Lê Thị Hoa"' in text(response)
    assert "mat-khau-cua-hoa" not in text(response)
    assert Client().post("/dang-ky/", {"full_name": "\x00" * 10_000}).status_code == 422
    assert Account.objects.count() == accounts


def test_signing_in_and_out(node: Node) -> None:
    client = Client()
    wrong = client.post("/dang-nhap/", {"login": "me.lan", "password": "sai"})
    assert wrong.status_code == 409
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in text(wrong)
    right = {"login": "me.lan", "password": "mot-cua-trinh-dien"}
    assert client.post("/dang-nhap/", right)["Location"] == "/tai-khoan/"
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/")["Location"] == "/"
    assert client.get("/tai-khoan/").status_code == 302


def test_officers_go_to_the_desk_and_nobody_to_another_site(node: Node) -> None:
    officer = {"login": "tiepnhan.hoasen", "password": "mot-cua-trinh-dien", "next": "/tai-khoan/"}
    assert Client().post("/dang-nhap/", officer)["Location"] == "/can-bo/"
    assert (
        Client().post("/dang-nhap/", officer | {"next": "/can-bo/?han=overdue"})["Location"] == "/can-bo/?han=overdue"
    )
    for address in ("https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"):
        mother = {"login": "me.lan", "password": "mot-cua-trinh-dien", "next": address}
        assert Client().post("/dang-nhap/", mother)["Location"] == "/tai-khoan/"


def test_demo_accounts_are_shown_on_a_demo_node_alone(node: Node, settings: Any) -> None:
    for demo in (False, True):
        settings.DEMO = demo
        assert ("me.lan" in text(Client().get("/dang-nhap/"))) is demo
        assert ("mot-cua-trinh-dien" in text(Client().get("/dang-nhap/?dien=me.lan"))) is demo
    assert 'value="quantri2"' not in text(Client().get("/dang-nhap/?dien=quantri2"))


def test_tracking_shows_where_it_is_and_no_person(node: Node) -> None:
    dossier = node.submitted()
    actions.receive(dossier.id, by=node.reception, at=node.noon + timedelta(hours=1))
    page = text(Client().get("/tra-cuu/", {"ma": f" {dossier.code.lower()} "}))
    assert "Được tiếp nhận" in page
    assert "17:00, 10/11/2026" in page
    assert "Ủy ban nhân dân phường Hoa Sen" in page
    for secret in ("Nguyễn Thị Lan", "001196000101", "0900000101", "Trần Minh Khôi", "Đỗ Thu Hà"):
        assert secret not in page


@pytest.mark.parametrize("code", ["H99.101-261110-9999", "\x00", "x" * 500, "'; DROP TABLE"])
def test_an_unknown_code_is_said_kindly(node: Node, code: str) -> None:
    response = Client().get("/tra-cuu/", {"ma": code})
    assert response.status_code == (404 if code.strip("\x00") else 200)
    if response.status_code == 404:
        assert "Không có hồ sơ nào mang mã này." in text(response)


def test_verification_needs_both_the_number_and_the_code(node: Node) -> None:
    result = Result.objects.create(
        number="7/2026/KQ-H99.101", check_code="ABCD2345", reference="x", kind="k", title="Giấy khai sinh",
        template="t", agency=node.agency, holder_name="Nguyễn Thị Lan", content={}, issued_at=node.noon,
        valid_from=node.noon.date(),
        file_id=paper(node.noon),
    )  # fmt: skip
    page = text(Client().get("/ket-qua/", {"so": result.number, "ma": " abcd2345 "}))
    assert str(result.file_id) in page
    assert "N. T. L." in page
    for wrong in ({"so": result.number, "ma": "ABCD2346"}, {"so": "8/2026/KQ-H99.101", "ma": "ABCD2345"},
                  {"so": "\x001", "ma": "x" * 900}):  # fmt: skip
        response = Client().get("/ket-qua/", wrong)
        assert response.status_code == 404
        assert "Không có kết quả nào khớp với mã này." in text(response)
    assert initials("Nguyễn Thị  Lan") == "N. T. L."


def test_a_file_is_compared_with_the_one_in_the_records_and_not_kept(node: Node) -> None:
    result = Result.objects.create(
        number="7/2026/KQ-H99.101", check_code="ABCD2345", reference="x", kind="k", title="Giấy khai sinh",
        template="t", agency=node.agency, holder_name="Nguyễn Thị Lan", content={}, issued_at=node.noon,
        valid_from=node.noon.date(),
        file_id=paper(node.noon, PDF),
    )  # fmt: skip
    address = f"/ket-qua/doi-chieu/?so={result.number}&ma=ABCD2345"
    kept = StoredFile.objects.count()
    assert "Đúng là tệp do hệ thống cấp" in text(Client().post(address, {"tep": SimpleUploadedFile("a.pdf", PDF)}))
    other = text(Client().post(address, {"tep": SimpleUploadedFile("a.pdf", PDF + b" ")}))
    assert "Khác với tệp trong kho của kết quả ghi trong tệp." in other
    assert "Đúng là tệp do hệ thống cấp" not in other
    assert Client().post(address).status_code == 422
    assert Client().get("/ket-qua/doi-chieu/?so=1&ma=2").status_code == 404
    assert StoredFile.objects.count() == kept


def test_a_request_longer_than_all_files_may_be_is_refused_before_it_is_kept(node: Node, settings: Any) -> None:
    settings.MAX_REQUEST_BYTES = 1000
    response = Client().post("/dang-nhap/", {"x": SimpleUploadedFile("to.pdf", b"x" * 2000)})
    assert response.status_code == 413
    assert "quá lớn" in text(response)
