"""A real chromium in front of the real application: the front, Django, and a worker that reads the ledger."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.node import shipped

# Playwright keeps an event loop in the test's thread; the ORM used beside it is not inside that loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
# `make screens` writes the pictures of the documentation anew; an ordinary run leaves the tree as it was.
KEPT = Path(__file__).resolve().parents[2] / "docs" / "screens"
PASSWORD = shipped("people.yaml")["password"]
SCREENS = KEPT if os.environ.get("MOTCUA_SCREENS") else Path(settings.VAR) / "screens"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests say what went wrong."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for all browser tests; without one on the machine they skip, saying so."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: browser tests are skipped")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    """The application as it runs in production, on a free port of this machine."""
    from motcua.sites.front import Front
    from motcua.wsgi import django_application, version

    application = Front(django_application, version=version, static_root=settings.STATIC_ROOT)
    server = make_server("127.0.0.1", 0, application, Server, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Callable[[int], Page]]:
    """A new person at a screen of the given width; Vietnamese, with an own cookie jar."""
    contexts: list[BrowserContext] = []

    def sit_down(width: int) -> Page:
        height = 780 if width < 600 else 900
        context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield sit_down
    for context in contexts:
        context.close()


def sign_in(page: Page, login: str) -> None:
    """Sign in; an officer with several posts sits down in the ward."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    if "vi-tri" in page.url:
        page.locator("li:has-text('Ủy ban nhân dân phường Hoa Sen') button").first.click()
        page.wait_for_url("**/can-bo/")
