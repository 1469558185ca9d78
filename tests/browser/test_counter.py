"""A filing at the counter by keyboard: the number, Enter, what is left to type, and the receipt by one key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from motcua.desks.models import Queue
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from tests.browser.conftest import sign_in
from tests.node import BIRTH, Node, birth_answers
from tests.sites.desk import seated

pytestmark = pytest.mark.browser


def test_enter_looks_the_person_up_and_files_nothing(committed_node: Node, person: Callable[[int], Page]) -> None:
    page = person(1280)
    sign_in(page, "tiepnhan.hoasen")
    page.goto(f"/can-bo/tiep-nhan-moi/{BIRTH}/")
    page.locator("#f-quay-owner_identity").fill("001196000101")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nguyễn Thị Lan đã được xác minh danh tính.")).to_be_visible()
    expect(page.locator("#f-quay-owner_name")).to_have_value("Nguyễn Thị Lan")
    assert not Dossier.objects.exists()

    page.get_by_label("Đã đối chiếu giấy tờ tuỳ thân").check()
    fill_in(page, birth_answers())
    page.get_by_label("Bản chính: Giấy chứng sinh").fill("1")
    page.get_by_role("button", name="Ghi nhận và tiếp nhận").click()
    page.wait_for_url("**/tiep-nhan-moi/xong/**")
    dossier = Dossier.objects.get()
    assert str(dossier.filed_by_id) == committed_node.mother.id
    expect(page.get_by_text(dossier.code).first).to_be_visible()
    page.keyboard.press("n")
    page.wait_for_url("**/can-bo/tiep-nhan-moi/")


def fill_in(page: Page, answers: dict[str, object]) -> None:
    """Answer what is asked, as a hand would: boxes typed, choices ticked."""
    for name, value in answers.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        fields = page.locator(f'[name="{name}"]')
        kind = fields.first.get_attribute("type")
        if kind == "radio":
            page.locator(f'[name="{name}"][value="{text}"]').check()
        elif kind == "checkbox":
            fields.first.check()
        elif fields.first.evaluate("field => field.tagName") == "SELECT":
            fields.first.select_option(text)
        else:
            fields.first.fill(text)


def test_the_waiting_room_fits_a_telephone(committed_node: Node, person: Callable[[int], Page]) -> None:
    counter = seated("tiepnhan.hoasen", Agency.objects.get(code="H99.101").id)
    counter.post("/can-bo/so-thu-tu/mo-hang/", {"ten": "Mọi thủ tục"})
    counter.post("/can-bo/so-thu-tu/lay-so/", {"hang": str(Queue.objects.get().id)})
    counter.post("/can-bo/so-thu-tu/goi/", {"quay": "Quầy 3", "seen": ""})
    page = person(360)
    page.goto("/can-bo/so-thu-tu/man-hinh/H99.101/")
    expect(page.get_by_role("cell", name="Quầy 3")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
