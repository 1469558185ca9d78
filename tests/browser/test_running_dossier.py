"""What a mother does with a running dossier on a cheap phone, and at a desk: every page is checked and drawn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.filing.actions import submit
from tests.browser.test_whole_road import PASSWORD, Walk
from tests.node import Node

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PDF = {
    "name": "chung-sinh-ro.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n2",
}


@pytest.mark.parametrize("width", [360, 1280])
def test_correct_answer_authorise_and_take_home(
    committed_node: Node, person: Callable[[int], Page], width: int
) -> None:
    node, at = committed_node, datetime.now(UTC)
    dossier = submit(node.filing(), by=node.mother, at=at - timedelta(hours=2))
    actions.receive(dossier.id, by=node.reception, at=at - timedelta(hours=1))
    here = f"/ho-so/{dossier.code}/"
    walk = Walk(person(width), width)
    page = walk.page
    walk.go("/dang-nhap/?next=" + here)
    page.fill("[name=login]", "me.lan")
    page.fill("[name=password]", PASSWORD)
    walk.press("main button.button-primary", "running-dossier")

    walk.go(here + "sua/phan/nguoi-duoc-khai-sinh/")
    page.fill("[name=ho_ten]", "Trần Minh Khoa")
    walk.press("main button.button-primary", "running-correct")
    page.fill("[name=reason]", "Ghi nhầm tên cháu")
    page.locator("main button.button-primary").click()
    page.wait_for_load_state()
    walk.seen("running-corrected")

    actions.ask_supplement(
        dossier.id, ["giay-chung-sinh"], "Ảnh giấy chứng sinh bị mờ", by=node.clerk, at=datetime.now(UTC)
    )
    walk.go(here, "running-asked")
    walk.go(here + "bo-sung/", "running-supplement")
    page.locator("input[type=file]").first.set_input_files(files=[PDF])
    walk.press("main button.button-primary", "running-supplement-kept")

    walk.go(here + "uy-quyen/", "running-authorise")
    for name, value in {"full_name": "Trần Văn Hùng", "identity_number": "001085000102", "basis": "vợ chồng"}.items():
        page.fill(f"[name={name}]", value)
    walk.press("main form:has([name=full_name]) button.button-primary", "running-authorised")
    walk.go(here + "cach-nhan/", "running-return")
    walk.go(here + "rut/", "running-withdraw")
    walk.go("/tai-khoan/", "running-account")
    with page.expect_download() as taken:
        page.goto(here)
        page.locator(f"a[href='{here}toan-bo/']").click()
    assert taken.value.suggested_filename == f"{dossier.code}.zip"

    officer = Walk(person(1280), 1280)
    officer.go(f"/dang-nhap/?next=/can-bo/ho-so/{dossier.code}/")
    officer.page.fill("[name=login]", "hotich.hoasen")
    officer.page.fill("[name=password]", PASSWORD)
    officer.press("main button.button-primary", "running-desk")
    officer.press("[name=accept]", "running-desk-accepted")
    assert Standing.objects.get().dossier.answers["ho_ten"] == "Trần Minh Khoa"

    hung = Walk(person(width), width)
    hung.go("/dang-nhap/?next=/tai-khoan/")
    hung.page.fill("[name=login]", "chu.hung")
    hung.page.fill("[name=password]", PASSWORD)
    hung.press("main button.button-primary", "running-entrusted")
    hung.go(here, "running-by-mandate")
    hung.go(f"/tra-cuu/?ma={dossier.code}", "running-track")
