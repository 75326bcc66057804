"""WCAG 2.2 AA as far as a machine can tell, and the sizes of screen the office has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.language import COOKIE
from tests.loopback import BROWSER, wait_until

AXE = Path("tests/vendor/axe-core-4.14.1/axe.min.js")
PAGES = {
    "login": "/login",
    "home": "/",
    "province": "/province/llw-2021",
    "cell of the province": "/province/llw-2021/training.law_and_science.count",
    "unit": "/units/llw-2021/325",
    "unit without report": "/units/llw-2021/332",
    "document": "/documents/{sha256}",
    "findings": "/findings",
    "search": "/search?q=hoc+tap",
    "upload": "/upload",
    "downloads": "/downloads",
    "users": "/users",
    "user": "/users/1",
    "audit": "/audit",
    "not found": "/nowhere",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def admin(browser: Any, site: Any) -> Any:
    """One page of an admin for all tests of this file."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    context.set_default_timeout(BROWSER)
    page = context.new_page()
    page.goto(f"{site.url}/login")
    page.fill("#name", "admin")
    page.fill("#password", "mot cau dai de nho")
    page.click("button.primary")
    page.wait_for_url(f"{site.url}/")
    yield page
    context.close()


def violations(page: Any) -> list[str]:
    """Rules that the page breaks, and where."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in result["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(admin: Any, site: Any, sha256: str, name: str) -> None:
    if name == "login":
        fresh = admin.context.browser.new_context()
        page = fresh.new_page()
        page.goto(f"{site.url}/login")
        assert violations(page) == []
        fresh.close()
        return
    admin.goto(site.url + PAGES[name].format(sha256=sha256))
    assert violations(admin) == []


def test_axe_finds_nothing_in_english(admin: Any, site: Any, sha256: str) -> None:
    page = admin.context.browser.new_page()
    page.context.add_cookies(
        [*admin.context.cookies(), {"name": COOKIE, "value": "en", "url": site.url}]
    )
    for name in sorted(PAGES.keys() - {"login"}):
        page.goto(site.url + PAGES[name].format(sha256=sha256))
        assert page.get_attribute("html", "lang") == "en", name
        assert violations(page) == [], name
    page.context.close()


@pytest.mark.parametrize(
    ("width", "height"),
    [(1366, 768), (683, 384), (360, 740)],
    ids=["office screen", "zoomed to 200 %", "phone"],
)
def test_no_page_scrolls_sideways(
    admin: Any, site: Any, sha256: str, width: int, height: int
) -> None:
    admin.set_viewport_size({"width": width, "height": height})
    wide = {}
    for name, path in PAGES.items():
        admin.goto(site.url + path.format(sha256=sha256))
        needed = admin.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wide[name] = needed
    admin.set_viewport_size({"width": 1366, "height": 768})
    assert wide == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(admin: Any, site: Any) -> None:
    admin.goto(site.url)
    admin.keyboard.press("Tab")
    assert admin.evaluate("document.activeElement.className") == "skip"
    admin.keyboard.press("Enter")
    there = "document.activeElement.id === 'main'"
    wait_until(lambda: admin.evaluate(there), "the main part", BROWSER / 1000)
    wanted = admin.locator("main a, main button, main select").count()
    seen = set()
    for _ in range(wanted + 10):
        admin.keyboard.press("Tab")
        outline = admin.evaluate(
            "(e => [e.href || e.id || e.className, getComputedStyle(e).outlineStyle,"
            " parseFloat(getComputedStyle(e).outlineWidth)])(document.activeElement)"
        )
        if admin.evaluate("document.activeElement === document.body"):
            break
        assert outline[1] != "none", outline
        assert outline[2] >= 2, outline
        seen.add(outline[0])
    assert any("/units/llw-2021/325" in one for one in seen)


def test_states_are_told_by_word_and_shape_not_only_by_colour(
    log_in: Callable[..., Any], site: Any
) -> None:
    page = log_in("analyst")
    tiles = {}
    for state in ("reported", "missing"):
        tile = page.locator(f".tile.{state}").first
        tiles[state] = (
            tile.locator(".tile-state").inner_text().split("·")[0].strip(),
            tile.locator("svg").first.get_attribute("class"),
            tile.evaluate("e => getComputedStyle(e).borderTopStyle"),
        )
    for mine, other in zip(tiles["reported"], tiles["missing"], strict=True):
        assert mine != other


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_language_of_the_page_is_stated(
    log_in: Callable[..., Any], site: Any, language: str
) -> None:
    page = log_in("analyst")
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.wait_for_selector("html[lang=en]")
        assert page.get_by_role("link", name="Home").count() == 1
        assert page.locator(".tile-name").first.get_attribute("lang") == "vi"
    assert page.locator("html").get_attribute("lang") == language
