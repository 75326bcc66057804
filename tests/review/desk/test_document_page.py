"""A document's page after people decided: who, when, what was taken back, and whether approval holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from steps import at, cell, until

BOOKS = "book_drive.books.count"
LAW = "training.law_and_science.people"


def decide(page: Any, site: Any, document: str, subject: str, typed: str) -> None:
    page.goto(cell(site, document, subject))
    at(page, subject)
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{subject}')")


def lines(page: Any) -> list[str]:
    return [
        " ".join(t.split())
        for t in page.locator("section[aria-labelledby=history] li").all_inner_texts()
    ]


def test_history_says_who_when_from_what_to_what_and_why(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(f"{site.url}/documents/{document}")
    assert "Chưa ai quyết định gì" in page.inner_text("section[aria-labelledby=history]")
    decide(page, site, document, BOOKS, "131")
    page.goto(f"{site.url}/documents/{document}")
    (line,) = lines(page)
    assert line.startswith("reviewer sửa")
    assert "1310 → 131" in line
    assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}", line)
    assert "đọc sai" in line
    assert "131" in page.inner_text("section[aria-labelledby=values]").split()
    page.click("text=Xem như máy đọc")
    assert "1.310" in page.inner_text("section[aria-labelledby=values]").split()


def test_what_was_taken_back_is_struck_out_and_both_acts_stay(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    decide(page, site, document, BOOKS, "131")
    decide(page, site, document, LAW, "156")
    page.goto(cell(site, document, BOOKS))
    at(page, BOOKS)
    page.keyboard.press("F4")
    page.click("#history button:has-text('Rút lại')")
    page.wait_for_selector("text=Đã rút lại quyết định đó")
    page.goto(f"{site.url}/documents/{document}")
    told = lines(page)
    assert [t.split()[1] for t in told] == ["rút", "sửa", "sửa"], "newest first"
    struck = page.locator("section[aria-labelledby=history] li.struck")
    assert struck.count() == 1
    assert "1310 → 131" in struck.inner_text()
    assert "đã rút lại" in struck.inner_text()
    assert (
        struck.locator("strong").last.evaluate("e => getComputedStyle(e).textDecorationLine")
        == "line-through"
    )
    assert "1.310" in page.inner_text("section[aria-labelledby=values]").split()
    assert "156" in page.inner_text("section[aria-labelledby=values]").split()


def test_an_approval_is_shown_with_who_and_when_and_going_stale(
    log_in: Callable[..., Any], site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    reviewer, approver = log_in("reviewer"), log_in("approver")
    approver.goto(f"{site.url}/desk/{document}/report")
    approver.click("button:has-text('Phê duyệt báo cáo này')")
    approver.wait_for_selector(".tag.approved")
    reviewer.goto(f"{site.url}/documents/{document}")
    assert reviewer.inner_text(".head .tag.approved >> nth=-1") == "đã phê duyệt"
    history = reviewer.inner_text("section[aria-labelledby=history]")
    assert re.search(r"approver phê duyệt lúc \d\d:\d\d \d\d/\d\d/\d{4}", history)
    assert "không còn hiệu lực" not in history
    decide(reviewer, site, document, BOOKS, "131")
    reviewer.goto(f"{site.url}/documents/{document}")
    assert "phê duyệt đã cũ" in reviewer.inner_text(".head")
    assert "không còn hiệu lực" in reviewer.inner_text("section[aria-labelledby=history]")


@pytest.mark.role("analyst")
def test_an_analyst_reads_it_and_is_offered_nothing_to_change(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(f"{site.url}/documents/{sha('325')}")
    assert page.locator("main form").count() == 0
    assert page.locator("main a:has-text('Duyệt báo cáo này')").count() == 0
