"""Several people at once: nobody overwrites another, and who decided does not approve."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from misread import CAMPAIGN
from steps import at, cell, in_force, until

from warehouse import approvals, blind_checks, queries

BOOKS = "book_drive.books.count"


def test_the_second_sees_what_the_first_did(
    log_in: Callable[..., Any], site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    first, second = log_in("reviewer"), log_in("approver")
    for page in (first, second):
        page.goto(cell(site, document, BOOKS))
        at(page, BOOKS)
    assert "reviewer" in second.inner_text(".claim")
    first.keyboard.type("131")
    first.keyboard.press("Enter")
    until(first, f"!location.pathname.endsWith('{BOOKS}')")
    second.keyboard.type("13")
    second.keyboard.press("Enter")
    second.wait_for_selector("#conflict")
    assert second.inner_text("#conflict .theirs") == "131"
    assert second.inner_text("#conflict .mine") == "13"
    assert in_force(site, document, BOOKS) == "131"
    at(second, BOOKS)
    assert second.input_value("#desk .typed") == "13"
    second.keyboard.press("Enter")
    until(second, f"!location.pathname.endsWith('{BOOKS}')")
    assert in_force(site, document, BOOKS) == "13"


def test_who_decided_cannot_approve_and_an_approval_goes_stale(
    log_in: Callable[..., Any], site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    reviewer, approver = log_in("reviewer"), log_in("approver")
    reviewer.goto(cell(site, document, BOOKS))
    at(reviewer, BOOKS)
    reviewer.keyboard.type("131")
    reviewer.keyboard.press("Enter")
    until(reviewer, f"!location.pathname.endsWith('{BOOKS}')")
    approver.goto(f"{site.url}/desk/{document}/report")
    approver.click("button:has-text('Phê duyệt báo cáo này')")
    approver.wait_for_selector(".tag.approved")
    with site.warehouse.read() as connection:
        assert approvals.state(connection, document).value == "approved"
    reviewer.goto(cell(site, document, BOOKS))
    at(reviewer, BOOKS)
    reviewer.keyboard.type("132")
    reviewer.keyboard.press("Enter")
    until(reviewer, f"!location.pathname.endsWith('{BOOKS}')")
    approver.reload()
    assert "phê duyệt đã cũ" in approver.inner_text("main").lower()
    approver.goto(cell(site, document, BOOKS))
    at(approver, BOOKS)
    approver.keyboard.type("131")
    approver.keyboard.press("Enter")
    until(approver, f"!location.pathname.endsWith('{BOOKS}')")
    approver.goto(f"{site.url}/desk/{document}/report")
    approver.click("button:has-text('Phê duyệt báo cáo này')")
    approver.wait_for_selector("#refused")
    with site.warehouse.read() as connection:
        assert approvals.state(connection, document).value != "approved"


def test_a_report_goes_back_to_its_unit_with_questions_to_print(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("323")
    page.goto(f"{site.url}/desk/{document}/report")
    page.fill("#extra", "Có kèm ảnh không?")
    page.click("button:has-text('danh sách để in')")
    page.wait_for_selector(".print-list ol li")
    said = page.inner_text(".print-list")
    assert "1.073" in said
    assert "Có kèm ảnh không?" in said
    page.goto(f"{site.url}/queue/reports")
    assert "đã gửi lại đơn vị" in page.inner_text(f"tr:has(a[href*='{document}'])")


def test_values_typed_blind_show_an_error_rate(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(f"{site.url}/checks")
    page.click("button[value=weighty]")
    page.wait_for_selector(".check-box")
    with site.warehouse.read() as connection:
        waiting = len(blind_checks.waiting(connection, CAMPAIGN))
        values = {
            f"{v.indicator}.{v.measure}": v.value
            for v in queries.effective_values(connection, CAMPAIGN)
        }
    assert waiting == 20
    assert values
    shown = page.inner_text(".check-box")
    assert not any(len(str(v)) > 3 and str(v) in shown for v in values.values())
    page.fill("#typed", "7")
    page.keyboard.press("Enter")
    page.wait_for_selector("main >> text=Khác: bạn gõ 7")
    with site.warehouse.read() as connection:
        rate = blind_checks.error_rate(connection, CAMPAIGN, "weighty")
    assert (rate.checked, rate.wrong) == (1, 1)


def test_a_row_nobody_claimed_is_given_to_its_indicator_and_its_wording_kept(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(f"{site.url}/documents/{document}/cells/{BOOKS}")
    page.click("#all-rows tr.asked:has-text('Số bài đăng báo') a")
    page.wait_for_selector("#to")
    page.select_option("#to", "news.count")
    page.click("button:has-text('Gán vào chỉ tiêu này')")
    page.wait_for_selector("text=Chỉ tiêu ấy đã có số")
    assert in_force(site, document, "news.count") == "3"
    page.select_option("#to", "seminars.count")
    page.click("button:has-text('Gán vào chỉ tiêu này')")
    until(page, "!location.pathname.includes('finding')")
    assert in_force(site, document, "seminars.count") == "12"
    page.goto(f"{site.url}/recognised")
    assert "Số bài đăng báo" in page.inner_text("main")
    with page.expect_download() as download:
        page.click("text=YAML")
    rows = yaml.safe_load(download.value.path().read_text("utf-8"))
    assert rows["indicators"] == [{"code": "seminars", "aliases": ["Số bài đăng báo"]}]


def test_corrections_are_test_cases_with_place_and_both_values(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    page.goto(cell(site, sha("325"), BOOKS))
    at(page, BOOKS)
    page.keyboard.type("131")
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{BOOKS}')")
    page.goto(f"{site.url}/recognised")
    with page.expect_download() as download:
        page.click("text=JSONL")
    cases = [json.loads(x) for x in download.value.path().read_text("utf-8").splitlines()]
    assert [(c["read"], c["right"], c["raw"]) for c in cases] == [("1310", "131", "1310")]
    assert cases[0]["where"]["bbox"]


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("header.issued_on", "11/10/2021", "2021-10-11"),
        ("launch.mode", "trực tiếp", "in_person"),
        ("narrative.results", "Kết quả tốt.", "Kết quả tốt."),
    ],
)
def test_fields_are_corrected_like_numbers(
    page: Any, site: Any, sha: Callable[[str], str], field: str, typed: str, expected: str
) -> None:
    document = sha("325")
    page.goto(cell(site, document, field))
    at(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(typed)
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{field}')")
    assert in_force(site, document, field) == expected


def test_the_issuer_is_picked_from_the_registry_typed_without_diacritics(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "header.issuer_unit"))
    at(page, "header.issuer_unit")
    page.keyboard.press("Control+a")
    page.keyboard.type("an thi")
    page.click("#preview button:has-text('Huyện Ân Thi')")
    until(page, "!location.pathname.endsWith('header.issuer_unit')")
    with site.warehouse.read() as connection:
        found = {d.sha256: d.unit_code for d in queries.documents(connection, CAMPAIGN)}
    assert found[document] == "329"


def test_references_are_lines(page: Any, site: Any, sha: Callable[[str], str]) -> None:
    document = sha("325")
    page.goto(cell(site, document, "references"))
    at(page, "references")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("3764/BGDĐT-GDTrH | 31/8/2021 | Bộ GDĐT")
    page.wait_for_selector("#preview >> text=1 dòng")
    page.keyboard.press("Enter")
    until(page, "!location.pathname.endsWith('references')")
    rows = json.loads(in_force(site, document, "references") or "[]")
    assert [(r["number"], r["issued_on"], r["document_type"]) for r in rows] == [
        ("3764/BGDĐT-GDTrH", "2021-08-31", "CV")
    ]


def test_a_box_drawn_for_a_missed_value_stays_with_it(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document, subject = sha("325"), "seminars.count"
    page.goto(cell(site, document, subject))
    at(page, subject)
    page.click("[data-do=draw]")
    sheet = page.locator(".sheet svg").first.bounding_box()
    page.mouse.move(sheet["x"] + 300, 300)
    page.mouse.down()
    page.mouse.move(sheet["x"] + 360, 330)
    page.mouse.up()
    until(page, "document.activeElement.matches('#desk .typed')")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{subject}')")
    page.goto(cell(site, document, subject))
    at(page, subject)
    assert page.locator(".box.active rect").count() == 1


def test_a_box_is_drawn_without_a_mouse(page: Any, site: Any, sha: Callable[[str], str]) -> None:
    document, subject = sha("325"), "seminars.count"
    page.goto(cell(site, document, subject))
    at(page, subject)
    page.keyboard.press("Shift+F2")
    until(page, "document.activeElement.id === 'sheets'")
    assert "mũi tên" in page.inner_text("#draw-help")
    first = page.locator(".drawn").bounding_box()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    then = page.locator(".drawn").bounding_box()
    assert then["x"] > first["x"]
    assert then["y"] > first["y"]
    assert then["width"] > first["width"]
    page.keyboard.press("Enter")
    until(page, "document.activeElement.matches('#desk .typed')")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{subject}')")
    assert in_force(site, document, subject) == "4"
    page.goto(cell(site, document, subject))
    at(page, subject)
    width = page.locator(".box.active rect").evaluate("r => r.width.baseVal.value")
    assert abs(width - 64 - 4) < 1, "64 points as sized, and the frame around"
    page.keyboard.press("Shift+F2")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('#desk .typed')")
    assert page.locator(".drawn").count() == 0
    assert page.input_value("#place") == ""


def test_a_reviewer_of_another_unit_looks_and_changes_nothing(
    log_in: Callable[..., Any], site: Any, sha: Callable[[str], str]
) -> None:
    page = log_in("van-lam")
    page.goto(cell(site, sha("323"), "news.count"))
    assert page.locator("#go").count() == 0
    status = page.evaluate(
        "address => fetch(address, {method: 'POST', body: new URLSearchParams({typed: '9'})}).then(r => r.status)",
        cell(site, sha("323"), "news.count"),
    )
    assert status == 403
    assert in_force(site, sha("323"), "news.count") == "3"
    page.goto(f"{site.url}/queue")
    assert "Thành phố Hưng Yên" not in page.inner_text("main")
