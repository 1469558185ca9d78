"""The designer's pages: who may come in, how a draft begins, changes, is reviewed and published."""

import pytest

from motcua.catalogue.models import Edition
from tests.node import BIRTH, Node
from tests.sites.desk import Clock, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_only_those_who_design_or_review_come_in(node: Node, clock: Clock) -> None:
    assert signed_in("quantri").get("/quan-tri/").status_code == 200
    assert signed_in("chutich.hoasen").get("/quan-tri/").status_code == 200
    refused = signed_in("tiepnhan.hoasen").get("/quan-tri/")
    assert refused.status_code == 403
    assert "Trang này dành cho quản trị hệ thống" in text_of(refused)


def test_the_list_finds_a_procedure_without_accents(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    assert "Đăng ký khai sinh" in text_of(client.get("/quan-tri/?q=khai sinh"))
    assert "Không có thủ tục nào" in text_of(client.get("/quan-tri/?q=nuoi ong"))


def test_a_new_procedure_begins_as_a_sound_draft(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    answer = client.post(
        "/quan-tri/moi/", {"code": "9.000777", "name": "Cấp thẻ thư viện", "name_en": "Library card"}
    )
    edition = Edition.objects.get(procedure__code="9.000777")
    assert (answer.status_code, answer.url) == (302, f"/quan-tri/ban-nhap/{edition.id}/")
    assert (edition.state, edition.changed_by) == ("draft", "Quản trị Minh Hoạ")
    page = text_of(client.get(answer.url))
    assert "Cấp thẻ thư viện" in page and "4 bước" in page and "chỗ cần sửa" not in page


def test_a_code_that_is_taken_begins_nothing(node: Node, clock: Clock) -> None:
    answer = signed_in("quantri").post("/quan-tri/moi/", {"code": BIRTH, "name": "Khai sinh nữa"})
    assert answer.status_code == 422 or answer.status_code == 409
    assert "đã có trong danh mục" in text_of(answer)
    assert Edition.objects.filter(procedure__code=BIRTH).count() == 1


def test_the_next_edition_begins_from_the_one_in_force(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    client.post(f"/quan-tri/thu-tuc/{BIRTH}/phien-ban-moi/")
    draft = Edition.objects.get(procedure__code=BIRTH, state="draft")
    published = Edition.objects.get(procedure__code=BIRTH, state="published")
    assert draft.number == published.number + 1
    assert draft.definition["process"] == published.definition["process"]
    assert "Đang soạn và đang duyệt" in text_of(client.get("/quan-tri/?loc=nhap"))
