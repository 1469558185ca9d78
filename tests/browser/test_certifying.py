"""Two originals of one person at the counter, without a mouse but for the scan; the approver certifies by one key."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from motcua.certifying.models import Copy
from tests.browser.conftest import sign_in
from tests.browser.test_whole_road import Walk
from tests.certifying.copies import pdf, png
from tests.node import Node

pytestmark = pytest.mark.browser
HERE = "/can-bo/chung-thuc/"


def scan(page: Page, name: str, content: bytes) -> None:
    kind = "application/pdf" if name.endswith("pdf") else "image/png"
    page.locator("#f-scans").set_input_files({"name": name, "mimeType": kind, "buffer": io.BytesIO(content).read()})


def test_a_counter_takes_two_originals_in_and_the_approver_certifies_them(
    committed_node: Node, person: Callable[[int], Page]
) -> None:
    page = person(1280)
    sign_in(page, "tiepnhan.hoasen")
    counter = Walk(page, 1280)
    counter.go(HERE)
    page.keyboard.press("n")
    page.keyboard.type("001196000101")
    page.keyboard.press("Enter")
    expect(page.locator("#f-name")).to_have_value("Nguyễn Thị Lan")
    page.locator("#f-title").fill("Bằng tốt nghiệp đại học")
    page.locator("#f-issued_by").fill("Trường Đại học Minh Hoạ")
    scan(page, "bang.pdf", pdf(3))
    page.get_by_label("Đã đối chiếu đúng với bản chính").check()
    page.get_by_role("button", name="Ghi nhận, thêm giấy tờ của người này").click()
    page.wait_for_url("**/chung-thuc/?cung=*")
    counter.seen()
    expect(page.locator("#f-name")).to_have_value("Nguyễn Thị Lan")
    page.locator("#f-title").fill("Học bạ")
    page.locator("#f-issued_by").fill("Trường THPT Minh Hoạ")
    scan(page, "hoc-ba.png", png())
    page.get_by_label("Đã đối chiếu đúng với bản chính").check()
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    page.wait_for_url(f"**{HERE}")
    expect(page.get_by_role("heading", name="Chờ chứng thực (2)")).to_be_visible()

    for width in (360, 1280):
        page = person(width)
        sign_in(page, "chutich.hoasen")
        approver = Walk(page, width)
        approver.go(HERE)
        page.locator("[data-row] a").first.click()
        page.wait_for_url("**/chung-thuc/*-*/")
        approver.seen()
        page.keyboard.press("n")
        expect(page.get_by_text("Đã chứng thực.")).to_be_visible()
        approver.go(f"{HERE}so/")
    assert list(Copy.objects.order_by("number").values_list("number", "title", "pages")) == [
        (1, "Bằng tốt nghiệp đại học", 3),
        (2, "Học bạ", 1),
    ]
