"""The register at the desk, and the letters of a dossier for officer and citizen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.base.models import Fact
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import history
from motcua.printing import registers
from motcua.printing.letters import letters_in
from motcua.sites.desk.views import register
from tests.node import Node
from tests.printing.reading import words
from tests.sites.desk import Clock, address, seated, signed_in, text_of

HOUR = timedelta(hours=1)
BOOK = "/can-bo/so-theo-doi/?linh-vuc=ho-tich&nam=2026"


@pytest.fixture(autouse=True)
def _at_the_desk(clock: Clock) -> None:
    """The clock of the desk runs in every test here."""


@pytest.fixture
def counter(node: Node) -> Client:
    return seated("tiepnhan.hoasen", node.agency.id)


def asked_twice(node: Node) -> Dossier:
    """A dossier that was sent back twice before reception."""
    dossier = node.submitted()
    for why in ("Thiếu chữ ký", "Thiếu trang hai"):
        actions.ask_supplement(dossier.id, [], why, by=node.reception, at=node.noon)
        actions.supplement(dossier.id, [], by=node.mother, at=node.noon)
    return dossier


def test_the_books_of_a_year_stand_with_how_many_lines(node: Node, counter: Client) -> None:
    node.received()
    node.received()
    page = text_of(counter.get("/can-bo/so-theo-doi/"))
    assert '<a href="?linh-vuc=ho-tich&amp;nam=2026">Hộ tịch</a>' in page
    assert "2 hồ sơ" in page
    empty = text_of(counter.get("/can-bo/so-theo-doi/?nam=2025"))
    assert "Năm này chưa tiếp nhận hồ sơ nào" in empty


def test_a_book_shows_its_lines(node: Node, counter: Client) -> None:
    code = node.received().dossier.code
    page = text_of(counter.get(BOOK))
    for told in ("Sổ theo dõi hồ sơ: Hộ tịch", code, "Nguyễn Thị Lan", "0900000101", "10:00, 10/11/2026", "Chưa trả"):
        assert told in page
    assert "/can-bo/so-theo-doi/tep/pdf/?linh-vuc=ho-tich&amp;nam=2026&amp;thang=" in page
    assert "Sổ này chưa có dòng nào" in text_of(counter.get(f"{BOOK}&thang=10"))


def test_another_agency_has_its_own_books(node: Node) -> None:
    code = node.received().dossier.code
    stranger = seated("thuly.hoamai", node.stranger.agency)
    assert code not in text_of(stranger.get(BOOK))
    assert code not in words(stranger.get("/can-bo/so-theo-doi/tep/pdf/?linh-vuc=ho-tich&nam=2026").content)


def test_a_citizen_sees_no_register(node: Node) -> None:
    for path in ("", "tep/pdf/?linh-vuc=ho-tich", "tep/xlsx/?linh-vuc=ho-tich"):
        assert signed_in("me.lan").get(f"/can-bo/so-theo-doi/{path}").status_code == 403
    assert not Fact.objects.filter(name="printing.register_taken").exists()


def test_pages_of_a_book_follow_one_another(node: Node, counter: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "PAGE", 2)
    for _ in range(3):
        node.received()
    first = counter.get(BOOK)
    second = counter.get(f"/can-bo/so-theo-doi/{first.context['next']}")
    numbers = [row["line"].number for page in (first, second) for row in page.context["rows"]]
    assert (numbers, second.context["next"]) == ([1, 2, 3], "")


@pytest.mark.parametrize("many", [1, 3])
def test_a_book_costs_the_same_however_long(
    node: Node, counter: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        node.received()
    with django_assert_num_queries(6):  # session, account, posts, roles; field, lines
        assert len(counter.get(BOOK).context["rows"]) == many
    with django_assert_num_queries(6):  # session, account, posts, roles; counts, fields
        counter.get("/can-bo/so-theo-doi/")


@pytest.mark.parametrize(
    "query",
    [
        "linh-vuc=khong-co", "nam=1999", "nam=2027", "nam=x", "nam=²", "thang=13", "thang=-1", "linh-vuc=ho-tich&sau=x",
        "linh-vuc=ho-tich&sau=2026-11-10~x", "linh-vuc=ho-tich&sau=2026-11-10~00000000-0000-0000-0000-000000000000",
        "linh-vuc=%00",
    ],
)  # fmt: skip
def test_a_book_that_cannot_be_is_not_found(node: Node, counter: Client, query: str) -> None:
    assert counter.get(f"/can-bo/so-theo-doi/?{query}").status_code == (200 if query == "linh-vuc=%00" else 404)


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK\x03\x04")])
def test_a_book_is_taken_as_a_file_and_that_is_recorded(
    node: Node, counter: Client, kind: str, begins: bytes
) -> None:
    node.received()
    response = counter.get(f"/can-bo/so-theo-doi/tep/{kind}/?linh-vuc=ho-tich&nam=2026&thang=11")
    assert response.content.startswith(begins)
    assert response["Content-Disposition"] == f'attachment; filename="so-theo-doi-ho-tich-2026-11.{kind}"'
    [taken] = Fact.objects.filter(name="printing.register_taken")
    assert (taken.actor, taken.data["kind"], taken.data["lines"]) == (node.reception.ref, kind, 1)


@pytest.mark.parametrize("path", ["tep/doc/?linh-vuc=ho-tich", "tep/pdf/", "tep/pdf/?linh-vuc=khong-co"])
def test_there_is_no_other_file(node: Node, counter: Client, path: str) -> None:
    assert counter.get(f"/can-bo/so-theo-doi/{path}").status_code == 404


def test_a_book_too_long_is_refused_with_what_to_do(
    node: Node, counter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "MOST_IN_PDF", 0)
    node.received()
    response = counter.get("/can-bo/so-theo-doi/tep/pdf/?linh-vuc=ho-tich&nam=2026")
    assert response.status_code == 409
    assert "Hãy chọn từng tháng, hoặc tải dạng Excel." in text_of(response)
    assert not Fact.objects.filter(name="printing.register_taken").exists()


def test_every_page_of_the_register_has_its_english_twin(node: Node, counter: Client) -> None:
    node.received()
    assert "Register of dossiers" in text_of(counter.get("/en/can-bo/so-theo-doi/"))
    page = text_of(counter.get(f"/en{BOOK}"))
    assert "Birth registration" in page
    assert "Download the register (PDF)" in page


def test_the_page_of_a_dossier_leads_to_each_letter(node: Node, counter: Client) -> None:
    dossier = asked_twice(node)
    page = text_of(counter.get(address(dossier)))
    assert "Giấy tiếp nhận và hẹn trả kết quả (mẫu 01)" not in page
    assert "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02)" in page
    assert "Số 2/2026/YCBS-H99.101, 10/11/2026" in page
    first, second = (each.fact.seq for each in letters_in(history(dossier)))
    for seq, why in ((first, "Thiếu chữ ký"), (second, "Thiếu trang hai")):
        assert f'href="{address(dossier, "in/02/")}?su-kien={seq}"' in page
        printed = counter.get(address(dossier, f"in/02/?su-kien={seq}"))
        assert printed["Content-Disposition"] == f'inline; filename="{dossier.code}-02.pdf"'
        assert why in words(printed.content)
    assert "Thiếu trang hai" in words(counter.get(address(dossier, "in/02/")).content)


@pytest.mark.parametrize("path", ["in/03/", "in/04/", "in/05/", "in/07/", "in/02/?su-kien=1", "in/02/?su-kien=x"])
def test_a_letter_that_was_not_written_is_not_found(node: Node, counter: Client, path: str) -> None:
    assert counter.get(address(asked_twice(node), path)).status_code == 404


def test_the_citizen_downloads_the_letters_of_an_own_dossier_only(node: Node) -> None:
    dossier = node.received().dossier
    head = replace(node.approver, roles=node.approver.roles | {"head"})
    actions.stop(dossier.id, "Người yêu cầu đã mất", by=head, at=node.noon + HOUR)
    client = signed_in("me.lan")
    page = text_of(client.get(f"/ho-so/{dossier.code}/"))
    seq = letters_in(history(dossier))[0].fact.seq
    where = f"/ho-so/{dossier.code}/van-ban/05/{seq}/"
    assert "Văn bản của cơ quan" in page
    assert f'href="{where}"' in page
    response = client.get(where)
    assert response["Content-Disposition"] == f'attachment; filename="{dossier.code}-05.pdf"'
    assert "Người yêu cầu đã mất" in words(response.content)
    assert client.get(f"/ho-so/{dossier.code}/van-ban/02/{seq}/").status_code == 404
    assert client.get(f"/ho-so/{dossier.code}/van-ban/05/{seq + 1}/").status_code == 404
    assert signed_in("chu.hung").get(where).status_code == 404
    assert Client().get(where).status_code == 302


def test_a_dossier_without_letters_names_none(node: Node) -> None:
    dossier = node.submitted()
    assert "Văn bản của cơ quan" not in text_of(signed_in("me.lan").get(f"/ho-so/{dossier.code}/"))
