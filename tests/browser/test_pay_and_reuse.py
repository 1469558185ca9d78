"""A mother pays by QR, gets a signed result, a stranger verifies it, she uses it again, and sees who looked."""

import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
import zxingcpp
from playwright.sync_api import Page

from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.wires import bind, provider
from motcua.dossiers.models import Dossier
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.payments.models import Bill
from motcua.payments.ports import Providers
from motcua.results import jobs as results
from motcua.results.models import Result
from motcua.signing.development import PIN
from motcua.signing.ports import Keys
from tests.browser.test_whole_road import Walk, asked, moves
from tests.filing.residence import ANSWERS, KINSHIP, RESIDENCE
from tests.node import Node
from tests.payments.money import SECRET
from tests.signing.ca import signing_keys

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EXTRACT = "2.000635"  # a copy of a civil-status extract, for a fee
# A picture as rows of grey, told by the browser, which can read what it drew.
GREY = """async picture => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = document.createElement("canvas"), {width, height} = image;
    [canvas.width, canvas.height] = [width, height];
    const drawing = canvas.getContext("2d");
    drawing.drawImage(image, 0, 0);
    return [width, height, [...drawing.getImageData(0, 0, width, height).data].filter((_, at) => at % 4 == 1)];
}"""
REQUEST = {
    "nyc_quan_he": "Bản thân", "loai_viec": "khai_sinh", "ho_ten": "Nguyễn Thị Lan", "ngay_sinh": "12/03/1996",
    "noi_dang_ky": "Ủy ban nhân dân phường Hoa Sen", "so_ban_sao": 2, "cam_doan": True,
}  # fmt: skip


@pytest.fixture
def bank(address: str) -> Iterator[str]:
    """`motcua sandbox-bank` as a process of its own that calls our real address back; returns where it is."""
    words = [sys.executable, "-m", "motcua", "sandbox-bank", "--port", "0", "--secret", SECRET]
    process = subprocess.Popen(
        [*words, "--callback", f"{address}/api/thanh-toan/sandbox/"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    at = process.stdout.readline().split()[-1]
    before = provider(Providers)
    bind(Providers, Providers(sandbox=SandboxBank(at, SECRET)))
    yield at
    bind(Providers, before)
    process.terminate()
    process.wait(10)


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[None]:
    """The ward and its chairman can sign."""
    before: Keys = provider(Keys)  # type: ignore[type-abstract]
    bind(Keys, signing_keys(tmp_path, datetime.now(UTC)))  # type: ignore[type-abstract]
    yield
    bind(Keys, before)  # type: ignore[type-abstract]


def the_worker_reads() -> None:
    """What the worker does all the time: read the ledger, seal what waits for nobody else."""
    run_until_read(provider(Subscribers))
    results.seal_waiting()
    run_until_read(provider(Subscribers))


def files(walk: Walk, procedure: str, answers: dict[str, object], papers: Callable[[], None] | None = None) -> str:
    """From the page of the procedure to the receipt, answering what is asked; returns the code."""
    page = walk.page
    walk.go(f"/thu-tuc/{procedure}/")
    walk.press("text=Nộp hồ sơ trực tuyến")
    if "dang-nhap" in page.url:
        walk.sign_in("me.lan")
    walk.press("main form button[type=submit]")
    draft = page.url
    sections = page.locator("main a[href*='/to-khai/']").evaluate_all("all => all.map(each => each.href)")
    for section in dict.fromkeys(sections):
        walk.go(section)
        for name, value in asked(answers).items():
            if page.locator(f"[name={name}]").count() and page.locator(f"[name={name}]").first.is_visible():
                walk.fill(name, value)
        walk.press("button:has-text('Lưu và tiếp tục')")
    walk.go(f"{draft}noi-nop/")
    page.locator("select[name=agency]").select_option(label="Ủy ban nhân dân phường Hoa Sen")
    walk.press("button:has-text('Lưu và tiếp tục')")
    if papers:
        walk.go(f"{draft}giay-to/", "once-offered")
        papers()
    walk.go(f"{draft}kiem-tra/", "once-check" if papers else "")
    walk.press("main button:has-text('Nộp hồ sơ')")
    return page.url.rstrip("/").rpartition("/")[2]


def pays(walk: Walk, code: str, bank: str) -> None:
    """The QR on the page, read as a phone's camera reads it, leads to the bank; the bank tells us, not the mother."""
    walk.go(f"/ho-so/{code}/", "pay-owed")
    walk.go(f"/ho-so/{code}/nop-phi/", "pay-choose")
    walk.page.locator("[name=way][value=sandbox]").check()
    walk.press("button:has-text('Tiếp tục')", "pay-qr")
    qr = scanned(walk.page)
    assert qr.startswith(bank)
    urlopen(qr, data=b"as=approve", timeout=5).close()
    walk.page.wait_for_selector("text=Bạn đã nộp xong", timeout=20_000)
    walk.seen("pay-done")


def scanned(page: Page) -> str:
    """What a phone's camera reads from the QR code on the page."""
    picture = b64encode(page.locator("main .pay svg").first.screenshot()).decode()
    width, height, grey = page.evaluate(GREY, picture)
    (found,) = zxingcpp.read_barcodes(memoryview(bytes(grey)).cast("B", shape=(height, width)))
    return str(found.text)


def officer(walk: Walk, login: str) -> Walk:
    walk.go("/dang-nhap/")
    walk.sign_in(login)
    if "vi-tri" in walk.page.url:
        walk.press("li:has-text('Ủy ban nhân dân phường Hoa Sen') button")
    return walk


def works(person: Callable[[int], Page], width: int, code: str) -> None:
    """Reception, clerk, chairman with the own key and PIN, reception again."""
    reception = officer(Walk(person(width), width), "tiepnhan.hoasen")
    moves(reception, code, "tiep-nhan", "pay-desk")
    moves(officer(Walk(person(width), width), "hotich.hoasen"), code, "chuyen", choose="[value=pass]")
    chairman = officer(Walk(person(width), width), "chutich.hoasen")
    moves(chairman, code, "quyet-dinh", choose="[value=grant]")
    the_worker_reads()
    signs(chairman)
    the_worker_reads()
    moves(reception, code, "tra-ket-qua")
    the_worker_reads()


def signs(walk: Walk) -> None:
    """Look at the document, then sign what was looked at."""
    walk.go("/can-bo/ky-so/", "sign-waiting")
    looked = walk.page.request.get(str(walk.page.locator("main tbody th a").first.get_attribute("href")))
    assert looked.headers["content-type"] == "application/pdf"
    walk.go("/can-bo/ky-so/", "sign-ready")
    walk.page.fill("[name=pin]", PIN)
    walk.press("main button:has-text('Ký các văn bản')", "sign-done")
    assert "Đã ký 1 văn bản" in walk.page.locator("main").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_paid_once_signed_verified_by_a_stranger_used_again_and_seen_who_looked(
    person: Callable[[int], Page], width: int, bank: str, keys: None, tmp_path: Path
) -> None:
    noon = datetime.now(UTC)
    node = Node.load(noon)
    for procedure in (EXTRACT, RESIDENCE):
        Node.publish(procedure, noon)
    mother = Walk(person(width), width)

    code = files(mother, EXTRACT, REQUEST)
    the_worker_reads()
    pays(mother, code, bank)
    bill = Bill.objects.get()
    assert (bill.state, bill.total_vnd) == ("paid", 16_000)
    works(person, width, code)

    result = Result.objects.get()
    mother.go(f"/ho-so/{code}/", "once-result")
    with mother.page.expect_download() as got:
        mother.page.locator("text=Tải kết quả về").first.click()
    signed = tmp_path / "ket-qua.pdf"
    got.value.save_as(signed)

    stranger = Walk(person(width), width)
    stranger.go("/ket-qua/tep/", "verify-empty")
    stranger.page.locator("input[type=file]").first.set_input_files(signed)
    stranger.press("main form:has(input[type=file]) button[type=submit]", "verify-good")
    told = stranger.page.locator("main").inner_text()
    assert "Bùi Quang Vinh" in told and "Nguyễn Thị Lan" not in told
    spoiled = tmp_path / "sua.pdf"
    content = bytearray(signed.read_bytes())
    content[len(content) // 2] ^= 1
    spoiled.write_bytes(content)
    stranger.go("/ket-qua/tep/")
    stranger.page.locator("input[type=file]").first.set_input_files(spoiled)
    stranger.page.locator("main form:has(input[type=file]) button[type=submit]").first.click()
    stranger.seen("verify-spoiled")
    assert "Bùi Quang Vinh" not in stranger.page.locator("main h1").first.inner_text()

    again = files(mother, RESIDENCE, ANSWERS, lambda: mother.press("button:has-text('Dùng giấy này')", "once-used"))
    kept = Dossier.objects.get(code=again).papers.get()
    assert (kept.paper, kept.source, kept.file_id) == (KINSHIP, result.stream, result.file_id)
    reception = officer(Walk(person(width), width), "tiepnhan.hoasen")
    reception.go(f"/can-bo/ho-so/{again}/", "once-desk")

    mother.go("/kho/", "vault")
    mother.go("/kho/ai-da-xem/", "vault-looks")
    told = mother.page.locator("main").inner_text()
    assert "Đỗ Thu Hà" in told and again in told
    assert node.noon == noon
