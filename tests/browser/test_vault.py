"""The vault on a phone and on a desk: shared with an agency, opened there, and seen by its owner."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from motcua.vault.models import Share, Version
from tests.browser.test_whole_road import Walk
from tests.node import Node
from tests.vault.conftest import registered


@pytest.mark.parametrize("width", [360, 1280])
def test_a_certificate_is_shared_with_an_agency_and_its_owner_sees_who_opened_it(
    committed_node: Node, person: object, width: int
) -> None:
    registered(committed_node)
    registered(committed_node, later=timedelta(days=1))
    sit_down = person
    page: Page = sit_down(width)  # type: ignore[operator]
    lan = Walk(page, width)
    lan.go("/dang-nhap/")
    lan.sign_in("me.lan")
    lan.go("/kho/", "vault")
    version = Version.objects.filter(result__isnull=False).earliest("at")
    lan.go(f"/kho/{version.item_id}/")
    page.fill("[name=agency]", "H99.101")
    page.fill("[name=purpose]", "Làm hộ chiếu cho con")
    page.fill("[name=until]", f"{timezone.localtime() + timedelta(days=30):%d/%m/%Y}")
    lan.press("main form button:has-text('Chia sẻ')", "vault-item")
    desk = Walk(sit_down(width), width)  # type: ignore[operator]
    desk.go("/dang-nhap/")
    desk.sign_in("hotich.hoasen")
    desk.go("/can-bo/duoc-chia-se/", "vault-desk")
    desk.press("main table a", "vault-desk-item")
    lan.go("/kho/ai-da-xem/", "vault-looks")
    assert "Vũ Minh Đức" in page.inner_text("main")
    assert "Làm hộ chiếu cho con" in page.inner_text("main")
    Share.objects.get()
    lan.go(f"/en/kho/{version.item_id}/")
