"""The desk by keyboard alone: down the list, into a dossier, back, to the search box, the help."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from motcua.printing.receipts import track_url
from tests.node import Node

pytestmark = pytest.mark.browser


def test_an_officer_works_the_list_with_keys(committed_node: Node, person: Callable[[int], Page]) -> None:
    first, second = committed_node.received().dossier, committed_node.received().dossier
    page = person(1280)
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("hotich.hoasen")
    page.get_by_label("Mật khẩu").fill("mot-cua-trinh-dien")
    page.keyboard.press("Enter")
    page.wait_for_url("**/can-bo/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=second.code)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{first.code}/")
    page.keyboard.press("u")
    page.wait_for_url("**/can-bo/")
    page.keyboard.press("?")
    expect(page.get_by_text("xuống, lên một dòng")).to_be_visible()
    page.keyboard.press("/")
    box = page.get_by_label("Mã hồ sơ, mã QR, số định danh hoặc tên")
    expect(box).to_be_focused()
    page.keyboard.type("jk?/")
    expect(box).to_have_value("jk?/")


def test_many_are_ticked_by_keys_and_a_hand_scanner_opens_a_dossier(
    committed_node: Node, person: Callable[[int], Page]
) -> None:
    _, second = committed_node.received().dossier, committed_node.received().dossier
    page = person(1280)
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("hotich.hoasen")
    page.get_by_label("Mật khẩu").fill("mot-cua-trinh-dien")
    page.keyboard.press("Enter")
    page.wait_for_url("**/can-bo/")

    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.locator("[data-picked]")).to_have_text("2")
    expect(page.get_by_label("Chọn cả trang")).to_be_checked()
    page.get_by_role("button", name="Chuyển bước").click()
    expect(page.get_by_role("heading", name="Chuyển bước: 2 hồ sơ")).to_be_visible()
    page.get_by_role("button", name="Chuyển bước").click()
    expect(page.get_by_text("Đã xong 2 hồ sơ")).to_be_visible()

    page.goto("/can-bo/")
    expect(page.get_by_role("button", name="Quét mã QR")).to_be_hidden()  # this browser has no barcode reader
    page.keyboard.press("/")
    page.keyboard.type(track_url(second.code))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{second.code}/")
