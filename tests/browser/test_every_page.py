"""Every page that a role's links lead to: answered, sound for axe, no side-scroll, nothing too small to hit."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polib
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from motcua.catalogue.queries import edition_for
from tests.browser.conftest import sign_in
from tests.browser.test_whole_road import WIDER
from tests.browser.town import town
from tests.node import BIRTH, DAY
from tests.translations import CATALOGUE

ONCE = "pages do not depend on which PostgreSQL it is: they are gone over once, on the embedded one"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason=ONCE),
]
MOST = 70  # pages a role
# Who signs in, where the walk begins, below which addresses a dossier is opened, and whose pages are followed.
ROLES = {
    "stranger": ("", ["/", "/khung/", "/tra-cuu/bien-lai/"], "", ("portal:",)),
    "mother": ("me.lan", ["/tai-khoan/"], "/ho-so/{}/", ("portal:",)),
    "neighbour": ("chu.hung", ["/kho/", "/tai-khoan/"], "", ("portal:vault", "portal:dossier")),
    "reception": ("tiepnhan.hoasen", ["/can-bo/"], "/can-bo/ho-so/{}/", ("desk:",)),
    "clerk": ("hotich.hoasen", ["/can-bo/"], "/can-bo/ho-so/{}/", ("desk:",)),
    "approver": ("chutich.hoasen", ["/can-bo/"], "/can-bo/ho-so/{}/", ("desk:",)),
    "administrator": ("quantri", ["/quan-tri/"], "", ("designer:",)),
}
# What a finger must be able to hit (WCAG 2.5.8): 24 px each way, but for a link within a sentence.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, input")].filter(e => {
    if (!e.checkVisibility({visibilityProperty: true}) || e.closest(".hidden, .skip, svg")) return false;
    const {width, height} = e.getBoundingClientRect();
    if (Math.round(width) >= 24 && Math.round(height) >= 24) return false;
    const said = e.parentElement.innerText.trim().length > e.innerText.trim().length;
    return !(e.matches("a") && getComputedStyle(e).display === "inline" && said);
}).map(e => e.outerHTML.slice(0, 140))"""
# The words of a page that are not said to be Vietnamese, piece by piece, with those only a reader of the screen hears.
WORDS = """async path => {
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html"), words = [];
    const foreign = e => e.closest("[lang=vi], script, style, template");
    for (const e of page.querySelectorAll("[aria-label], [title], [placeholder], [alt], [data-label]"))
        if (!foreign(e)) for (const name of ["aria-label", "title", "placeholder", "alt", "data-label"])
            words.push(e.getAttribute(name) || "");
    const texts = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (!foreign(texts.currentNode.parentElement)) words.push(texts.currentNode.data);
    return words.map(each => each.trim().replace(/\\s+/g, " ")).filter(each => each);
}"""
# Contrast is the slow rule and the same at every width.
AT_DESK = "() => axe.run({resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}})"


class Crawl:
    """Follows the links of one role, one page of a pattern, at both widths."""

    def __init__(self, page: Page, starts: list[str], follows: tuple[str, ...], drawn: set[str]) -> None:
        self.page, self.follows, self.drawn = page, follows, drawn
        self.left, self.seen = list(starts), {pattern_of(each) for each in starts}
        self.found: list[str] = []
        self.noise: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.noise.append(said.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))

    def visit(self, path: str) -> None:
        """Ask for what is behind an address; what is a page is looked at."""
        answer = self.page.request.get(path, headers={"Accept": "text/html"})
        if answer.status >= 400:
            self.found.append(f"{path}: {answer.status}")
        elif answer.headers.get("content-type", "").startswith("text/html"):
            self.page.goto(path)
            for width in (360, 1280):
                self.page.set_viewport_size({"width": width, "height": 800})
                self.look(path, width)
            self.in_english(path)
            self.follow()

    def look(self, path: str, width: int) -> None:
        """What must hold of every page."""
        page, told = self.page, []
        axe = Axe().run(page).response if width == 360 else page.evaluate(AT_DESK)
        told += [f"axe {each['id']}: {each['nodes'][0]['html'][:200]}" for each in axe["violations"]]
        told += [f"wider: {each}" for each in page.evaluate(WIDER, width)[:1]]
        told += [f"small: {each}" for each in page.evaluate(SMALL)]
        told += [f"console: {each}" for each in self.noise]
        self.noise.clear()
        if page.locator("h1").count() != 1 or not page.title().partition(" – ")[0].strip():
            told.append(f"no heading or no title: {page.title()}")
        if path != "/khung/" and page.locator("main .button-primary:visible").count() > 1:
            told.append("several primary buttons")
        self.found += [f"{path} at {width}: {each}" for each in told]
        if folder := os.environ.get("MOTCUA_PAGES"):  # to look at them oneself
            name = path.partition("?")[0].strip("/").replace("/", "_")
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    def in_english(self, path: str) -> None:
        """No words of the interface are left in Vietnamese."""
        words = set(self.page.evaluate(WORDS, f"/en{path}")) - self.drawn
        self.found += [f"/en{path}: {each!r}" for each in sorted(words) if left_in_vietnamese(each)]

    def follow(self) -> None:
        """Note the links of the page to pages of a kind not seen."""
        for link in self.page.locator("a[href]").evaluate_all("all => all.map(each => each.href)"):
            parts = urlsplit(link)
            pattern = pattern_of(parts.path) if parts.netloc == urlsplit(self.page.url).netloc else None
            if pattern and pattern not in self.seen and pattern[0].startswith(self.follows):
                self.seen.add(pattern)
                self.left.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def pattern_of(path: str) -> tuple[str, ...] | None:
    """What kind of page an address is; None for files and for the same in the other language."""
    if path.startswith(("/static/", "/en/")):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return ("nothing",)
    return (match.view_name, *(str(match.kwargs[name]) for name in ("slug", "form") if name in match.kwargs))


@cache
def vietnamese() -> tuple[frozenset[str], re.Pattern[str]]:
    """The catalogue's words whose English is another: those that stand by themselves, and those with places to fill."""
    said = [each.msgid for each in polib.pofile(str(CATALOGUE)) if not each.obsolete and each.msgid != each.msgstr]
    place = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    whole = frozenset(" ".join(each.split()) for each in said if not place.search(each))
    parts = [place.split(" ".join(each.split())) for each in said if place.search(each)]
    filled = [".+".join(map(re.escape, each)) for each in parts if len("".join(each).strip()) > 12]
    return whole, re.compile("|".join(filled))


def left_in_vietnamese(words: str) -> bool:
    """Whether a piece of an English page is a Vietnamese sentence of ours."""
    whole, filled = vietnamese()
    return not words.isascii() and (words in whole or bool(filled.fullmatch(words)))


def words_of(value: Any) -> set[str]:
    """Every text in a definition."""
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(words_of, parts))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound(
    person: Callable[[int], Page], tmp_path: Path, settings: Any, role: str
) -> None:
    login, starts, dossier, follows = ROLES[role]
    settings.SIGNING = str(tmp_path / "dev-ca/signing.yaml")
    with town(datetime.now(UTC), tmp_path) as codes:
        page = person(1280)
        if login:
            sign_in(page, login)
        # What stands in the edition that the administrator draws is his own words.
        drawn = words_of(edition_for(BIRTH, DAY).definition) if role == "administrator" else set()
        crawl = Crawl(page, starts + [dossier.format(code) for code in codes if dossier], follows, drawn)
        if role == "mother":
            crawl.left += [f"/ho-so/{code}/nop-phi/" for code in codes]
        visited = 0
        while crawl.left and visited < MOST:
            crawl.visit(crawl.left.pop(0))
            visited += 1
    assert not crawl.found, "\n".join(crawl.found)
    assert crawl.left == []
