"""An administrator makes a procedure from nothing in a browser; it is filed, processed, and guards its next edition."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.models import Edition, RecordedRun
from motcua.catalogue.queries import edition_for, plan_of
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.queries import history
from motcua.dossiers.states import State
from tests.browser.test_whole_road import PDF, Walk, moves
from tests.node import Node

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CODE = "9.100001"


class Design(Walk):
    """An administrator at a desktop, with the same pages on a phone beside it."""

    def __init__(self, page: Page, phone: Walk) -> None:
        super().__init__(page, 1280)
        self.phone = phone
        self.bench = ""

    def on(self, path: str, name: str = "") -> None:
        """Open a page of the bench, on the phone too where it is kept as a picture."""
        self.go(self.bench + path, f"designer-{name}" if name else "")
        if name:
            self.phone.go(self.bench + path, f"designer-{name}")

    def type(self, **given: object) -> None:
        """Fill in boxes of the page."""
        for name, value in given.items():
            self.fill(name, value)

    def save(self, words: str = "Lưu") -> None:
        """Press the button of the page's form."""
        self.press(f"main button:not(.hidden):has-text('{words}')")
        assert self.page.locator(".error-summary").count() == 0, self.page.locator(".error-summary").inner_text()


def begins(design: Design) -> None:
    """Name, limit, one paper, three questions of different kinds of which one is asked only of some."""
    page = design.page
    design.go("/quan-tri/")
    design.press("text=Thủ tục mới")
    design.type(code=CODE, name="Cấp thẻ thư viện phường", name_en="Ward library card")
    design.save("Lập bản nháp")
    design.bench = page.url[page.url.index("/quan-tri/") :]

    for channel in ("online", "direct"):
        design.on(f"thoi-han/{channel}/1/")
        design.type(amount="2", unit="working_days")
        design.save()
    design.on("thoi-han/", "terms")
    design.on("giay-to/them/")
    design.type(name="Ảnh chân dung", required=True, originals="1")
    design.save()

    design.on("to-khai/")
    design.press("button:has-text('Bắt đầu tờ khai trống')")
    if page.locator("a[href*='/to-khai/phan/']").count() == 0 or page.locator(".designer-card").count() == 0:
        design.on("to-khai/phan/")
        design.type(title="Người đề nghị", title_en="The applicant")
        design.save()
    add = page.locator("a[href$='/cau-hoi/']").first.get_attribute("href")
    assert add is not None
    design.go(f"{add}?loai=text")
    design.type(title="Họ và tên", title_en="Full name", name="ho_ten", most="100", prefill="citizen.full_name")
    design.save()
    design.go(f"{add}?loai=choice")
    design.type(
        title="Loại thẻ",
        title_en="Kind of card",
        name="loai_the",
        options="moi | Cấp mới | New\nlai | Cấp lại | Again",
    )
    design.save()
    design.go(f"{add}?loai=whole")
    design.type(title="Số lần đã cấp", title_en="Times issued", name="so_lan", least="1", most="9")
    page.locator("[name=when_0]").select_option(label="Loại thẻ: bằng Cấp lại")
    design.save()
    design.on("to-khai/", "form")


def draws(design: Design) -> None:
    """Four steps; a card that is issued again goes its own way to the signature."""
    page = design.page
    design.on("quy-trinh/", "process-unfit")
    assert "8 giờ / 16 giờ = 2 ngày làm việc" in page.inner_text("main")
    assert page.locator("text=Chưa khớp thời hạn").count() == 1
    design.on("quy-trinh/buoc/tham-tra/")
    design.type(hours="12")
    page.fill("[name=exits-3-name]", "Cấp lại")
    page.locator("[name=exits-3-to]").select_option("ky")
    page.fill("[name=exits-3-when]", 'loai_the == "la"')
    page.locator("[name=exits-3-when]").blur()
    page.wait_for_selector("#told-exits-3 >> text=Điều kiện hiểu được.")
    page.fill("[name=exits-3-when]", 'loai_the == "lai"')
    design.save("Lưu bước")
    design.on("quy-trinh/buoc/tham-tra/", "step")
    design.on("quy-trinh/", "process")
    assert "16 giờ / 16 giờ = 2 ngày làm việc" in page.inner_text("main")
    assert page.locator("text=Khớp thời hạn").count() == 1
    design.on("chay-thu/", "runs")


def publishes(design: Design) -> None:
    """Seen as a citizen would on a phone, sent to review, published."""
    design.on("", "bench")
    design.on("xem-thu/", "preview")
    design.on("cong-bo/", "review")
    design.save("Gửi duyệt")
    design.save("Công bố")
    assert Edition.objects.get(procedure__code=CODE).state == "published"


def files(walk: Walk) -> str:
    """A citizen asks for a second card; returns the code of the dossier."""
    page = walk.page
    walk.go(f"/thu-tuc/{CODE}/")
    walk.press("text=Nộp hồ sơ trực tuyến")
    walk.sign_in("me.lan")
    walk.press("main form button[type=submit]")
    draft = page.url
    walk.press("a[href*='/to-khai/']")
    assert page.locator("[name=ho_ten]").input_value() == "Nguyễn Thị Lan"
    walk.fill("loai_the", "lai")
    walk.fill("so_lan", "2")
    walk.press("button:has-text('Lưu và tiếp tục')")
    walk.go(f"{draft}noi-nop/")
    page.locator("select[name=agency]").select_option(label="Ủy ban nhân dân phường Hoa Sen")
    walk.press("button:has-text('Lưu và tiếp tục')")
    walk.go(f"{draft}giay-to/")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "anh.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    walk.press("button:has-text('Tải tệp lên')")
    walk.go(f"{draft}kiem-tra/")
    walk.press("main button:has-text('Nộp hồ sơ')")
    return page.url.rstrip("/").rpartition("/")[2]


def handles(person: Callable[[int], Page], code: str) -> None:
    """Three officers: counter, clerk by the exit that only a second card opens, chairman; and the counter again."""
    officers = {}
    for login in ("tiepnhan.hoasen", "hotich.hoasen", "chutich.hoasen"):
        walk = officers[login] = Walk(person(1280), 1280)
        walk.go("/dang-nhap/")
        walk.sign_in(login)
        if "vi-tri" in walk.page.url:
            walk.press("li:has-text('Ủy ban nhân dân phường Hoa Sen') button")
    moves(officers["tiepnhan.hoasen"], code, "tiep-nhan")
    moves(officers["hotich.hoasen"], code, "chuyen", choose="[value=cap_lai]")
    moves(officers["chutich.hoasen"], code, "quyet-dinh", choose="[value=grant]")
    run_until_read(provider(Subscribers))
    moves(officers["tiepnhan.hoasen"], code, "tra-ket-qua")


def test_a_new_procedure_from_nothing_and_its_next_edition_refused(person: Callable[[int], Page]) -> None:
    Node.load(datetime.now(UTC))
    phone = Walk(person(360), 360)
    design = Design(person(1280), phone)
    for walk in (phone, design):
        walk.go("/dang-nhap/")
        walk.sign_in("quantri")
    begins(design)
    draws(design)
    publishes(design)

    code = files(Walk(person(360), 360))
    handles(person, code)
    dossier = Dossier.objects.get(code=code)
    assert Standing.objects.get(pk=dossier.pk).state == State.HANDED_OVER
    assert [fact.data["action"] for fact in history(dossier) if fact.name == "dossiers.passed_on"] == ["cap_lai"]

    design.go(f"/quan-tri/thu-tuc/{CODE}/", "designer-procedure")
    design.press("button:has-text('Lập phiên bản mới')")
    design.bench = design.page.url[design.page.url.index("/quan-tri/") :]
    design.on("chay-thu/")
    design.page.locator("summary:has-text('Ghi một hồ sơ')").click()
    design.type(code=code, name="Cấp lại thẻ, đúng hạn")
    design.save("Ghi bài kiểm thử")
    assert RecordedRun.objects.get().content["answers"] == {
        "loai_the": "lai"
    }  # what the condition reads, nothing else

    design.on("quy-trinh/buoc/tham-tra/")
    row = design.page.locator("fieldset.step-row", has=design.page.locator("[name$=-name][value='Cấp lại']"))
    row.locator("[name$=-DELETE]").check()
    design.save("Lưu bước")
    design.on("chay-thu/", "runs-broken")
    assert "Bước Thẩm tra: không còn nút “cap_lai”." in design.page.inner_text("main")
    design.on("cong-bo/")
    design.save("Gửi duyệt")
    design.press("button:has-text('Công bố')", "designer-refused")
    told = design.page.inner_text("main")
    assert "không đi đúng đường của bài kiểm thử “Cấp lại thẻ, đúng hạn”: dừng ở bước Thẩm tra." in told
    assert [each.state for each in Edition.objects.filter(procedure__code=CODE).order_by("number")] == [
        "published", "in_review",
    ]  # fmt: skip
    today = plan_of(edition_for(CODE, local(datetime.now(UTC)).date()))
    assert "cap_lai" in today.steps["tham-tra"].then  # what is in force stays as it was
