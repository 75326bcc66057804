"""An officer clears reports by keyboard alone, safely for Vietnamese input methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from misread import CAMPAIGN
from steps import at, cell, in_force, until

from warehouse import decisions, queries

FIELD = "#desk .typed"


def waiting(site: Any, sha256: str) -> int:
    """What the queue page says is left of a report, counted by its links."""
    with site.warehouse.read() as connection:
        rows = queries.effective_values(connection, CAMPAIGN)
    return sum(v.needs_review for v in rows if v.document_sha256 == sha256)


def test_a_report_is_cleared_by_keyboard_alone(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("323")
    page.goto(f"{site.url}/documents/{document}/desk")
    at(page, "contests.thematic_sessions.count")
    page.keyboard.type("17")
    page.wait_for_selector("#preview .understood >> text=hiểu là 17")
    page.keyboard.press("Enter")
    at(page, "opening.institutions.people")
    page.keyboard.type("10.735")
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.includes('{document}')")
    assert in_force(site, document, "contests.thematic_sessions.count") == "17"
    assert in_force(site, document, "opening.institutions.people") == "10735"
    assert waiting(site, document) == 0


def test_while_typing_the_totals_move_and_nothing_is_written(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "book_drive.books.count"))
    at(page, "book_drive.books.count")
    page.keyboard.type("131")
    until(page, "document.querySelector('[data-total=\"unit\"]').textContent === '131'")
    with site.warehouse.read() as connection:
        rows = queries.province_table(connection, CAMPAIGN, "33")
    standing = next(r["value"] for r in rows if r["indicator"] == "book_drive.books")
    shown = int(page.inner_text('[data-total="province"]').replace(".", ""))
    assert shown == standing - 1310 + 131
    assert page.evaluate("document.activeElement.value") == "131"


def test_focus_and_typed_text_survive_what_comes_back(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(cell(site, sha("325"), "book_drive.books.count"))
    at(page, "book_drive.books.count")
    for digit in "4321":
        page.keyboard.type(digit)
        page.wait_for_timeout(70)
    page.wait_for_selector("#preview >> text=hiểu là 4.321")
    assert page.evaluate(
        "[document.activeElement.value, document.activeElement.selectionStart]"
    ) == [
        "4321",
        4,
    ]


def test_enter_while_an_input_method_composes_commits_nothing(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "header.place"))
    at(page, "header.place")
    page.keyboard.press("Control+a")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.imeSetComposition", {"text": "Văn L", "selectionStart": 5, "selectionEnd": 5})
    cdp.send(
        "Input.dispatchKeyEvent",
        {"type": "keyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229},
    )
    page.wait_for_timeout(200)
    assert page.url == cell(site, document, "header.place")
    cdp.send("Input.insertText", {"text": "Văn Lâm mới"})
    page.keyboard.press("Enter")
    until(page, "!location.pathname.endsWith('header.place')")
    assert in_force(site, document, "header.place") == "Văn Lâm mới"


def test_backspace_and_letters_belong_to_the_field(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(cell(site, sha("325"), "header.place"))
    at(page, "header.place")
    page.keyboard.press("End")
    page.keyboard.type("xsfrjzw[]09")
    for _ in range(11):
        page.keyboard.press("Backspace")
    page.keyboard.type("!")
    value = page.evaluate("document.activeElement.value")
    assert value == page.evaluate("document.activeElement.defaultValue") + "!"


def test_a_dash_asks_which_is_meant_and_unreadable_is_kept_apart(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "book_drive.books.count"))
    at(page, "book_drive.books.count")
    page.keyboard.type("-")
    page.keyboard.press("Enter")
    page.wait_for_selector("#question")
    assert page.input_value(FIELD) == "-"
    page.click("#question button[value=unreadable]")
    until(page, "!location.pathname.endsWith('book_drive.books.count')")
    with site.warehouse.read() as connection:
        last = decisions.history(connection, document, "book_drive.books.count")[-1]
    assert (last["action"], last["status"], last["value"]) == ("set_status", "unreadable", None)


@pytest.mark.parametrize("typed", ["1,8", "1.80"])
def test_a_decimal_is_questioned_with_what_it_may_be(
    page: Any, site: Any, sha: Callable[[str], str], typed: str
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "book_drive.books.count"))
    at(page, "book_drive.books.count")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_selector("#question [data-take='1800']")
    assert in_force(site, document, "book_drive.books.count") == "1310"
    page.click("#question [data-take='1800']")
    until(page, "!location.pathname.endsWith('book_drive.books.count')")
    assert in_force(site, document, "book_drive.books.count") == "1800"


def test_tab_goes_through_every_field_and_keeps_what_was_typed(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "training.law_and_science.count"))
    at(page, "training.law_and_science.count")
    page.keyboard.type("77")
    page.keyboard.press("Tab")
    at(page, "training.law_and_science.people")
    page.keyboard.press("Shift+Tab")
    at(page, "training.law_and_science.count")
    until(page, "document.activeElement.value === '77'")
    page.keyboard.press("Escape")
    assert page.input_value(FIELD) == "1"
    assert in_force(site, document, "training.law_and_science.count") == "1"


def test_history_is_one_key_away_and_taking_back_is_a_new_decision(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document, subject = sha("325"), "book_drive.books.count"
    page.goto(cell(site, document, subject))
    at(page, subject)
    page.keyboard.type("131")
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{subject}')")
    page.goto(cell(site, document, subject))
    at(page, subject)
    page.keyboard.press("F4")
    page.wait_for_selector("#history >> text=reviewer")
    assert "1310" in page.inner_text("#history")
    page.click("#history button:has-text('Rút lại')")
    page.wait_for_selector("text=Đã rút lại quyết định đó")
    assert in_force(site, document, subject) == "1310"
    with site.warehouse.read() as connection:
        actions = [d["action"] for d in decisions.history(connection, document, subject)]
    assert actions == ["correct", "undo"]


def test_the_page_follows_the_value_and_a_click_on_the_page_opens_it(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "training.law_and_science.people"))
    at(page, "training.law_and_science.people")
    inside = """(() => {
        const box = document.querySelector('.box.active rect').getBoundingClientRect();
        const pane = document.getElementById('sheets').getBoundingClientRect();
        return box.top > pane.top && box.bottom < pane.bottom && box.left > pane.left && box.right < pane.right;
    })()"""
    until(page, inside)
    page.click('.box[href$="/cells/opening.districts.count"] rect', force=True)
    at(page, "opening.districts.count")
    until(page, inside)


def test_holding_a_key_hides_the_boxes(page: Any, site: Any, sha: Callable[[str], str]) -> None:
    page.goto(cell(site, sha("325"), "book_drive.books.count"))
    at(page, "book_drive.books.count")
    page.keyboard.down("F9")
    assert not page.is_visible(".box.active rect")
    page.keyboard.up("F9")
    assert page.is_visible(".box.active rect")


def test_word_files_have_their_values_boxed_too(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(cell(site, sha("323"), "opening.institutions.people"))
    at(page, "opening.institutions.people")
    assert page.locator(".box.active rect").count() == 1
    assert page.locator("#crop image").count() == 1


def test_what_a_document_says_stays_text(page: Any, site: Any, sha: Callable[[str], str]) -> None:
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: said.append(request.url) if request.url.endswith("/evil") else None,
    )
    page.goto(cell(site, sha("325"), "theme"))
    at(page, "theme")
    assert page.evaluate("document.activeElement.value").startswith("<img src=x")
    page.keyboard.type(" ")
    page.wait_for_timeout(400)
    assert page.locator("img[src=x], #desk script, [hx-get='/evil']").count() == 0
    assert said == []


def test_what_the_annex_says_of_its_letter_is_boxed_beside_the_letterhead(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    for subject, sheet in (("header.issued_on", 1), ("annex.issued_on", 2)):
        page.goto(cell(site, sha("325"), subject))
        at(page, subject)
        assert page.locator(".box.active rect").count() >= 1, subject
        shown = page.locator(".sheet:has(.box.active)").first.get_attribute("data-page")
        assert int(shown) >= sheet
