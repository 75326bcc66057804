"""The desk's pages hold what the others hold: no accessibility fault, nothing scrolled sideways."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from steps import at, cell

from warehouse.archive import Archive

AXE = Path("tests/vendor/axe-core-4.14.1/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def addresses(site: Any, sha: Callable[[str], str]) -> dict[str, str]:
    """Every page of the desk."""
    document = sha("325")
    return {
        "queue": f"{site.url}/queue",
        "reports": f"{site.url}/queue/reports",
        "a number": cell(site, document, "book_drive.books.count"),
        "a Word file's number": cell(site, sha("323"), "opening.institutions.people"),
        "a field": cell(site, document, "references"),
        "an issuer": cell(site, document, "header.issuer_unit"),
        "a report": f"{site.url}/desk/{document}/report",
        "questions": f"{site.url}/desk/{document}/questions",
        "checks": f"{site.url}/checks",
        "wordings": f"{site.url}/recognised",
        "pages not drawn": cell(site, sha("326"), "news.count"),
    }


def violations(page: Any) -> list[str]:
    """Rules that the page breaks, and where."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in result["violations"]]


def test_axe_finds_nothing(page: Any, site: Any, sha: Callable[[str], str]) -> None:
    page.goto(f"{site.url}/checks")
    page.click("button[value=weighty]")
    found = {}
    for name, address in addresses(site, sha).items():
        page.goto(address)
        found[name] = violations(page)
    page.goto(cell(site, sha("325"), "book_drive.books.count"))
    at(page, "book_drive.books.count")
    page.keyboard.type("1,8")
    page.keyboard.press("Enter")
    page.wait_for_selector("#question")
    found["a question"] = violations(page)
    page.goto(f"{site.url}/queue")
    page.click("a[href*='finding%3A']")
    page.wait_for_selector("#to")
    found["a row nobody claimed"] = violations(page)
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (683, 384), (360, 740)])
def test_nothing_scrolls_sideways(
    page: Any, site: Any, sha: Callable[[str], str], width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    wide = {}
    for name, address in addresses(site, sha).items():
        page.goto(address)
        extra = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if extra > 0:
            wide[name] = extra
    assert wide == {}


def test_the_office_screen_holds_page_field_and_actions_without_scrolling(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(cell(site, sha("325"), "book_drive.books.count"))
    at(page, "book_drive.books.count")
    for selector in (".sheets", "#desk .typed", "#crop", "#go", "#finish button", "#all-rows"):
        box = page.locator(selector).first.bounding_box()
        assert box["y"] + min(box["height"], 60) <= 768, selector
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("sure", [True, False])
def test_a_place_that_is_not_sure_is_said_to_be_approximate(
    settings: Any, client: Callable[..., Any], sha: Callable[[str], str], sure: bool
) -> None:
    word = sha("323")
    archive = Archive(settings.archive_root)
    with archive.open(word, "pages.json") as stream:
        drawn = json.load(stream)
    for place in drawn["cells"]:
        place["exact"] = sure
    archive.put_stage(word, "pages.json", json.dumps(drawn).encode())
    told = client().get(f"/documents/{word}/cells/opening.institutions.people").text
    assert 'class="box' in told
    assert ("Chỗ này chỉ ước chừng" in told) is not sure
    assert (' unsure"' in told) is not sure
