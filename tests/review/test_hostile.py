"""Text of documents is shown, never obeyed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

TEXTS = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "' onfocus=window.hit=1 autofocus x='",
    '" hx-get="/logout" hx-trigger="load" x="',
    "{{ 7*7 }}{% raw %}",
    "javascript:window.hit=1",
    "<svg/onload=window.hit=1>",
    "</title><script>window.hit=1</script>",
    "an\u202egnip\u202c toàn\u200b \u2066x\u2069",
)


@pytest.fixture
def poisoned(site: Any, sha256: str) -> str:
    """Every text of one report, and of its findings and decisions, is one of ``TEXTS``."""
    bad = " ".join(TEXTS)
    import json

    with site.warehouse.write() as connection:
        row = connection.execute(
            text(
                "select e.id, e.report from extraction e join document d on d.extraction_id = e.id"
                " where d.sha256 = :s"
            ),
            {"s": sha256},
        ).one()
        report = json.loads(row.report)
        for field in ("number", "issuer", "title", "place"):
            report["header"][field] = bad
        report["header"]["addressees"] = list(TEXTS)
        report["header"]["signer"] = {"name": bad, "position": bad, "authority": None}
        report["theme"] = bad
        report["narrative"] = dict.fromkeys(report["narrative"], bad)
        report["commended"] = [{"name": bad, "kind": "other", "unit": None, "where": {}}]
        report["references"] = [
            {"number": bad, "document_type": None, "issued_on": None, "issuer": bad, "where": {}}
        ]
        values = {
            "t": bad,
            "s": sha256,
            "e": row.id,
            "r": json.dumps(report),
            "a": dt.datetime.now(dt.UTC),
        }
        for statement in (
            "update extraction set report = :r where id = :e",
            "update document set number = :t, name = :t, unit_name = :t, error_message = :t where sha256 = :s",
            "update observation set raw = :t, label = :t, needs_review = (1 = 1) where extraction_id = :e",
            "update narrative set text = :t, folded = 'script window hit' where extraction_id = :e",
            "update obligation set unit_name = :t where unit_code = '325'",
            "update receipt set name = :t, source = :t where sha256 = :s",
            "insert into finding (fingerprint, campaign, rule, severity, sha256, unit_code, message, value,"
            " other_value, places, opened_at, last_seen_at) values ('bad', 'llw-2021', 'outlier', 'error',"
            " :s, '325', :t, :t, :t, '[]', :a, :a)",
        ):
            connection.execute(
                text(statement), {k: v for k, v in values.items() if f":{k}" in statement}
            )
    return sha256


def test_hostile_text_is_inert_on_every_page(
    log_in: Callable[..., Any], site: Any, poisoned: str
) -> None:
    page = log_in("reviewer")
    broken: list[str] = []
    page.on("dialog", lambda dialog: broken.append(dialog.message))
    page.on(
        "request", lambda r: broken.append(r.url) if r.url.endswith(("/x", "/logout")) else None
    )
    for path in (
        "/",
        "/province/llw-2021",
        "/province/llw-2021/training.law_and_science.count",
        "/units/llw-2021/325",
        f"/documents/{poisoned}",
        "/findings",
        "/search?q=window",
        "/search?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E",
    ):
        page.goto(f"{site.url}{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hit") is None, path
        assert (
            page.locator(
                "main script, main img[src=x], [hx-get='/logout'], main svg[onload]"
            ).count()
            == 0
        )
        assert (
            page.evaluate("document.querySelectorAll('[onerror],[onfocus],[onload]').length") == 0
        )
        assert "\u202e" not in page.content(), path
    assert broken == []
    page.goto(f"{site.url}/documents/{poisoned}")
    assert "<script>window.hit=1</script>" in page.locator("h1").inner_text(), "shown as it is"
    assert "{{ 7*7 }}" in page.locator("h1").inner_text()
