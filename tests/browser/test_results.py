"""Results in a real browser: the chairman looks and signs, a stranger verifies what was signed, changed, taken back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from motcua import wiring
from motcua.base import files
from motcua.base.cursors import run_until_read
from motcua.base.wires import bind
from motcua.results import actions
from motcua.results.models import Result
from motcua.signing.development import PIN
from motcua.signing.ports import Keys
from tests.browser.test_whole_road import PASSWORD, Walk
from tests.node import Node
from tests.results.decided import documented, issued, names
from tests.results.giving import deputy
from tests.signing.ca import Ring

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Iterator[Ring]:
    """Keys that count today."""
    before, made = Ring.bound(), Ring.made(tmp_path / "keys", datetime.now(UTC))
    made.agency()
    made.person()
    made.bind()
    settings.SIGNING = str(tmp_path / "keys/signing.yaml")
    yield made
    bind(Keys, before)  # type: ignore[type-abstract]


def sent(walk: Walk, content: bytes, name: str) -> str:
    """A file is sent to be verified; what the page says."""
    walk.page.locator("input[type=file]").set_input_files(
        files=[{"name": "ket-qua.pdf", "mimeType": "application/pdf", "buffer": content}]
    )
    walk.press("main button.button-primary", name)
    return walk.page.inner_text("main")


@pytest.mark.parametrize("width", [360, 1280])
def test_look_sign_verify_and_take_back(
    committed_node: Node, ring: Ring, person: Callable[[int], Page], width: int
) -> None:
    node = committed_node
    results = [documented(node), documented(node, holder_name="Đỗ Văn Bình", validity="5 năm"), documented(node)]
    chairman = Walk(person(width), width)
    page = chairman.page
    chairman.go("/dang-nhap/?next=/can-bo/ky-so/")
    page.fill("[name=login]", "chutich.hoasen")
    page.fill("[name=password]", PASSWORD)
    chairman.press("main button.button-primary", "results-to-sign")
    assert page.locator("[name=chon]").count() == 0
    for result in results[:2]:
        assert page.request.get(f"/can-bo/ky-so/{result.pk}/").headers["content-type"] == "application/pdf"
    chairman.go("/can-bo/ky-so/", "results-looked")
    assert page.locator("[name=chon]").count() == 2
    page.fill("[name=pin]", PIN)
    chairman.press("main button.button-primary", "results-signed")
    assert "Đã ký 2 văn bản" in page.inner_text("main")
    assert Result.objects.exclude(signed_by="").count() == 2

    first = Result.objects.get(pk=results[0].pk)
    with files.open_file(str(first.file_id)) as kept:
        content = bytearray(kept.read())
    stranger = Walk(person(width), width)
    stranger.go("/ket-qua/tep/", "results-examine")
    assert "Đúng là tệp do hệ thống cấp" in sent(stranger, bytes(content), "results-genuine")
    content[content.index(b"stream\n") + 40] ^= 1
    assert "đã bị thay đổi" in sent(stranger, bytes(content), "results-changed")
    assert "không phải tệp PDF" in sent(stranger, b"hello", "results-no-pdf")

    chairman.go("/can-bo/ket-qua/", "results-book")
    chairman.go(f"/can-bo/ket-qua/{first.pk}/")
    page.locator("#viec-thu-hoi summary").click()
    page.fill("[name=thu-hoi-reason]", "Cấp sai đối tượng")
    page.fill("[name=thu-hoi-decision]", "15/QĐ-UBND")
    chairman.press("#viec-thu-hoi button:not(.hidden)", "results-one")
    stranger.go(f"/ket-qua/?so={first.number}&ma={first.check_code}", "results-revoked")
    assert "theo quyết định số 15/QĐ-UBND" in stranger.page.inner_text("main")
    actions.suspend(results[1].pk, "Xác minh", by=node.approver, at=datetime.now(UTC))
    chairman.go("/can-bo/ket-qua/", "results-book-after")
    assert (chairman.errors, stranger.errors) == ([], [])


@pytest.mark.parametrize("width", [360, 1280])
def test_somebody_else_is_asked_to_sign_and_the_holder_hears_of_a_result_taken_back(
    committed_node: Node, ring: Ring, person: Callable[[int], Page], width: int
) -> None:
    node = committed_node
    result, gone = documented(node), issued(node)
    deputy(node, ring)
    chairman = Walk(person(width), width)
    page = chairman.page
    chairman.go("/dang-nhap/?next=/can-bo/ky-so/")
    page.fill("[name=login]", "chutich.hoasen")
    page.fill("[name=password]", PASSWORD)
    chairman.press("main button.button-primary")
    chairman.press("main a:has-text('Giao người khác ký')", "signature-give")
    page.locator("[name=officer]").first.check()
    page.fill("[name=reason]", "Đi công tác dài ngày")
    chairman.press("main button.button-primary", "signature-given")
    assert "Đã giao người khác ký." in page.inner_text("body")
    assert names(result)[-1] == "signature_given"

    actions.revoke(gone.id, "Cấp sai đối tượng", "15/QĐ-UBND", by=node.approver, at=node.noon)
    run_until_read(wiring.SUBSCRIBERS)
    mother = Walk(person(width), width)
    mother.go("/dang-nhap/?next=/tai-khoan/thong-bao/")
    mother.page.fill("[name=login]", "me.lan")
    mother.page.fill("[name=password]", PASSWORD)
    mother.press("main button.button-primary", "inbox-result")
    told = mother.page.inner_text("main")
    assert f"Giấy khai sinh số {gone.number} đã bị thu hồi." in told
    assert "Lý do: Cấp sai đối tượng (quyết định số 15/QĐ-UBND)" in told
