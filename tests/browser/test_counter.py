"""A filing at the counter by keyboard: the number, Enter, what is left to type, and the receipt by one key."""

import sys
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
MOST_KEYS = 300  # what a hand presses for one birth, names and places included


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


class Hands:
    """An officer's two hands on the keyboard: every key is counted, and every box that had to be gone to."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.boxes = page, 0, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def to(self, name: str) -> None:
        """Tab to a question."""
        here = "document.activeElement.name"
        while self.page.evaluate(here) != name:
            self.press("Tab")
            assert self.keys < MOST_KEYS, f"no way to {name}, at {self.page.evaluate(here)}"
        self.boxes += 1

    def answer(self, name: str, value: object) -> None:
        """Answer one question as a hand does: words are typed, one of several is gone to, a box is ticked."""
        self.to(name)
        field = self.page.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") == "checkbox":
            self.press("Space")
        elif field.first.get_attribute("type") == "radio":
            values = field.evaluate_all("all => all.map(each => each.value)")
            at = values.index(str(value).lower() if isinstance(value, bool) else str(value))
            self.press(*["Space", *["ArrowDown"] * at])
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            at = field.first.evaluate("(field, value) => [...field.options].findIndex(o => o.value === value)", value)
            self.press(*["ArrowDown"] * at)
        else:
            self.type(str(value))


def test_a_birth_is_taken_in_without_a_mouse(committed_node: Node, person: Callable[[int], Page]) -> None:
    page = person(1280)
    sign_in(page, "tiepnhan.hoasen")
    page.goto("/can-bo/tiep-nhan-moi/")
    hands = Hands(page)
    hands.type("khai sinh")
    hands.press("Enter")
    page.wait_for_url("**q=khai*")
    hands.press("j", "Enter")
    page.wait_for_url(f"**/{BIRTH}/")
    hands.type("001196000101")
    hands.press("Enter")
    expect(page.locator("#f-quay-owner_name")).to_have_value("Nguyễn Thị Lan")
    hands.press("Space")  # the card was seen: the page waits there
    for name, value in birth_answers().items():
        field = page.locator(f'[name="{name}"]')
        known = field.first.get_attribute("type") not in ("radio", "checkbox") and field.first.input_value()
        if field.first.is_visible() and not known and value is not False:
            hands.answer(name, dd_mm_yyyy(value))
        elif value is False and field.first.get_attribute("type") == "radio":
            hands.answer(name, value)
    hands.press("Control+Enter")
    page.wait_for_url("**/tiep-nhan-moi/xong/**")
    assert Dossier.objects.get().owner_name == "Nguyễn Thị Lan"
    sys.stdout.write(f"\na birth at the counter: {hands.keys} keys, {hands.boxes} questions answered by hand\n")
    assert hands.keys < MOST_KEYS


def dd_mm_yyyy(value: object) -> object:
    """A day as a hand types it."""
    parts = str(value).split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 and len(value) == 10 else value  # type: ignore[arg-type]


def test_the_waiting_room_fits_a_telephone(committed_node: Node, person: Callable[[int], Page]) -> None:
    counter = seated("tiepnhan.hoasen", Agency.objects.get(code="H99.101").id)
    counter.post("/can-bo/so-thu-tu/mo-hang/", {"ten": "Mọi thủ tục"})
    counter.post("/can-bo/so-thu-tu/lay-so/", {"hang": str(Queue.objects.get().id)})
    counter.post("/can-bo/so-thu-tu/goi/", {"quay": "Quầy 3", "seen": ""})
    page = person(360)
    page.goto("/can-bo/so-thu-tu/man-hinh/H99.101/")
    expect(page.get_by_role("cell", name="Quầy 3")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
