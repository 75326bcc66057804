"""Logging in with a real browser."""

from __future__ import annotations

from typing import Any


def test_a_person_logs_in_and_out(page: Any, site: Any) -> None:
    assert page.title().startswith("Trang chủ")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{site.url}/login**")
    page.goto(f"{site.url}/")
    assert page.url == f"{site.url}/login?next=%2F"
