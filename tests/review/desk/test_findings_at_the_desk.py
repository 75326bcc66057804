"""What was found of a report and not of one value: each kind asks what can be done about it."""

from __future__ import annotations

from typing import Any

from misread import CAMPAIGN, misread, sha_of
from steps import cell

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.finding import Finding, RuleCode, Severity
from schemas.registry_index import admin_units
from warehouse import queries


def _found(site: Any, rule: RuleCode, message: str, indicator: str | None, value: str) -> str:
    """The address of a finding about the report of 326, raised anew."""
    document = sha_of(site.warehouse, "03-326.docx")
    with site.warehouse.read() as connection:
        report = queries.report(connection, document)
    where = tuple(o.where for o in report.observations[:2])
    finding = Finding(rule, Severity.ERROR, message, where, indicator, value=value)
    misread(site.warehouse, "03-326.docx", {}, (finding,))
    reconcile(site.warehouse, form(CAMPAIGN), admin_units(), "33")
    with site.warehouse.read() as connection:
        (print_of,) = connection.exec_driver_sql(
            "select fingerprint from finding where message = ?", (message,)
        ).one()
    return cell(site, document, f"finding:{print_of[:16]}")


def test_a_row_that_stands_twice_leads_to_its_cells_and_is_given_to_no_other_indicator(
    page: Any, site: Any
) -> None:
    told = "«Các cuộc thi khác» có ở 2 hàng của bảng; cần xem lấy hàng nào."
    page.goto(
        _found(site, RuleCode.DUPLICATE_ROW, told, "contests.other", "«Các cuộc thi khác»: 1")
    )
    assert page.inner_text("#value").count(told) == 1
    assert page.locator("#to").count() == 0
    page.click(".concerned a:has-text('người')")
    page.wait_for_url("**/cells/contests.other.people")
    page.go_back()
    fingerprint = page.get_attribute("#value form button[name=fingerprint]", "value")
    answer = page.request.post(
        page.url + "/assign",
        form={"to": "news.count", "typed": "1", "fingerprint": fingerprint},
        headers={"origin": site.url},
    )
    assert answer.status == 404
    page.click("button:has-text('Đã xem, không phải sửa gì ở đây')")
    page.wait_for_url(lambda address: "finding" not in address)


def test_no_indicator_is_chosen_for_a_row_before_a_person_chooses(page: Any, site: Any) -> None:
    told = "Hàng «Số buổi» không khớp hàng nào của mẫu; số chưa được lấy: 1.250, 3."
    page.goto(_found(site, RuleCode.UNCLAIMED_ROW, told, None, "1.250, 3"))
    assert page.input_value("#to") == ""
    assert page.input_value("#moved") == "1.250"
    page.click("button:has-text('Gán vào chỉ tiêu này')")
    assert "finding" in page.url


def test_words_are_not_offered_as_a_figure(page: Any, site: Any) -> None:
    told = "Hàng «Số buổi» không khớp hàng nào của mẫu; số chưa được lấy: nhiều buổi."
    page.goto(_found(site, RuleCode.UNCLAIMED_ROW, told, None, "nhiều buổi"))
    assert page.input_value("#moved") == ""
