"""The whole road of a birth registration, walked by three people in a real browser, phone and desktop."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.wires import provider
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import State
from motcua.people.models import Citizen
from tests.browser.conftest import SCREENS
from tests.node import Node, birth_answers, shipped

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = shipped("people.yaml")["password"]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
# Elements that make the page scroll sideways; empty when it does not.
WIDER = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("main *")]
    .filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML.slice(0, 160))"""


class Walk:
    """One person walking: every page is checked by axe, shown to have no side-scroll, and may be kept as a picture."""

    def __init__(self, page: Page, width: int) -> None:
        self.page, self.width = page, width
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "response", lambda answer: answer.status >= 500 and self.errors.append(f"{answer.status} {answer.url}")
        )

    def seen(self, name: str = "") -> None:
        """What must hold of every page."""
        found = Axe().run(self.page).response["violations"]
        told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
        assert told == [], f"axe on {self.page.url}: {told}"
        assert self.page.evaluate(WIDER, self.width) == [], f"side-scroll on {self.page.url}"
        assert self.errors == []
        if name:
            SCREENS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENS / f"{name}-{self.width}.png", full_page=True)

    def go(self, path: str, name: str = "") -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status} {path}"
        self.seen(name)

    def press(self, selector: str, name: str = "") -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.seen(name)

    def sign_in(self, login: str) -> None:
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main form button[type=submit]:has-text('Đăng nhập')")

    def fill(self, name: str, value: object) -> None:
        """Answer one question of the form, whatever control it has."""
        field = self.page.locator(f"[name={name}]")
        kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName.toLowerCase()")
        said = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        if kind == "radio":
            self.page.locator(f"[name={name}][value='{said}']").check()
        elif kind == "checkbox":
            field.first.check()
        elif kind == "select":
            field.first.select_option(str(said))
        else:
            field.first.fill(str(said))


def asked(answers: dict[str, object]) -> dict[str, object]:
    """Answers as a person types them: dates as dd/mm/yyyy."""
    typed = {}
    for name, value in answers.items():
        if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            value = datetime.fromisoformat(value).strftime("%d/%m/%Y")
        typed[name] = value
    return typed


def files_a_birth(walk: Walk) -> str:
    """The mother's part: from the question on the home page to the receipt. Returns the code."""
    page = walk.page
    walk.go("/", "portal-home")
    page.fill("[name=q]", "lam giay khai sinh cho con")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/**")
    walk.seen("portal-search")
    page.locator("main a[href$='/thu-tuc/1.001193/']").first.click()
    walk.seen("portal-procedure")
    walk.press("text=Nộp hồ sơ trực tuyến", "portal-sign-in")
    walk.sign_in("me.lan")
    walk.seen("portal-start")
    walk.press("main form button[type=submit]", "portal-task-list")
    draft = page.url
    answers = asked(birth_answers())
    for number, section in enumerate(("nguoi-yeu-cau", "nguoi-duoc-khai-sinh", "noi-sinh", "me", "cha", "de-nghi")):
        walk.go(f"{draft}to-khai/{section}/")
        for name, value in answers.items():
            if page.locator(f"[name={name}]").count() and page.locator(f"[name={name}]").first.is_visible():
                walk.fill(name, value)
        walk.seen("portal-form" if number == 1 else "")
        walk.press("button:has-text('Lưu và tiếp tục')")
    walk.go(f"{draft}noi-nop/", "portal-where")
    page.locator("select[name=agency]").select_option(label="Ủy ban nhân dân phường Hoa Sen")
    walk.press("button:has-text('Lưu và tiếp tục')")
    walk.go(f"{draft}giay-to/")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "giấy chứng sinh.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    walk.press("button:has-text('Tải tệp lên')", "portal-papers")
    walk.go(f"{draft}kiem-tra/", "portal-check")
    walk.press("main button:has-text('Nộp hồ sơ')", "portal-receipt")
    return page.url.rstrip("/").rpartition("/")[2]


def moves(walk: Walk, code: str, slug: str, name: str = "", choose: str = "") -> None:
    """An officer's part: open the dossier, look, and press the one button of the move."""
    walk.go(f"/can-bo/ho-so/{code}/", name)
    form = walk.page.locator(f"form[action$='/{slug}/']").first
    details = walk.page.locator("details", has=form)
    for number in range(details.count()):
        if not details.nth(number).evaluate("e => e.open"):
            details.nth(number).locator("summary").first.click()
    if choose:
        form.locator(choose).first.check()
    form.locator("button[type=submit], button:not([type])").last.click()
    walk.page.wait_for_load_state()
    walk.seen()


@pytest.mark.parametrize("width", [360, 1280])
def test_three_people_take_a_birth_registration_from_the_question_to_the_result(
    person: Callable[[int], Page], width: int
) -> None:
    Node.load(datetime.now(UTC))
    mother = Walk(person(width), width)
    code = files_a_birth(mother)
    dossier = Dossier.objects.get(code=code)

    reception = Walk(person(width), width)
    reception.go("/dang-nhap/")
    reception.sign_in("tiepnhan.hoasen")
    if "vi-tri" in reception.page.url:
        reception.press("li:has-text('Ủy ban nhân dân phường Hoa Sen') button", "desk-posts")
    reception.go("/can-bo/", "desk-worklist")
    moves(reception, code, "tiep-nhan", "desk-dossier")

    clerk = Walk(person(width), width)
    clerk.go("/dang-nhap/")
    clerk.sign_in("hotich.hoasen")
    moves(clerk, code, "chuyen", choose="[value=pass]")

    approver = Walk(person(width), width)
    approver.go("/dang-nhap/")
    approver.sign_in("chutich.hoasen")
    moves(approver, code, "quyet-dinh", "desk-decide", choose="[value=grant]")
    assert Standing.objects.get(pk=dossier.pk).state == State.DECIDED

    run_until_read(provider(Subscribers))
    moves(reception, code, "tra-ket-qua", "desk-hand-over")
    assert Standing.objects.get(pk=dossier.pk).state == State.HANDED_OVER
    run_until_read(provider(Subscribers))

    mother.go(f"/ho-so/{code}/", "portal-dossier-done")
    mother.go("/tai-khoan/thong-bao/", "portal-inbox")
    mother.go("/tai-khoan/", "portal-account")
    result = Citizen.objects.get(account__login="me.lan").results.get()
    stranger = Walk(person(width), width)
    stranger.go(f"/ket-qua/?so={result.number}&ma={result.check_code}", "portal-verified")
    stranger.go(f"/tra-cuu/?ma={code}", "portal-track")
    assert "Nguyễn Thị Lan" not in stranger.page.content()
