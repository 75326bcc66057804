"""A suggestion is taken with one key, the next thing found is one key away; what was decided goes out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import yaml
from misread import CAMPAIGN, misread
from steps import at, cell, in_force, until


def test_a_suggestion_is_taken_with_one_key(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document, subject = (
        misread(site.warehouse, "03-326.docx", {"news.count": (18, "1,8")}),
        "news.count",
    )
    page.goto(cell(site, document, subject))
    at(page, subject)
    offered = page.eval_on_selector_all("#desk [data-offer]", "all => all.map(o => o.dataset.take)")
    assert sorted(offered) == ["18", "1800"]
    page.keyboard.press("ArrowDown")
    assert page.input_value("#desk .typed") == offered[0]
    page.keyboard.press("ArrowDown")
    assert page.input_value("#desk .typed") == offered[1]
    until(
        page,
        f"document.querySelector('[data-total=unit]').textContent.replace('.', '') === '{offered[1]}'",
    )
    page.keyboard.press("Enter")
    until(page, f"!location.pathname.endsWith('{subject}')")
    assert in_force(site, document, subject) == offered[1]


def test_the_next_thing_found_is_one_key_away(
    page: Any, site: Any, sha: Callable[[str], str]
) -> None:
    document = sha("325")
    page.goto(cell(site, document, "header.place"))
    at(page, "header.place")
    page.keyboard.press("F8")
    until(page, "!location.pathname.endsWith('header.place')")
    asked = page.get_attribute("#desk", "data-here").split("/")[-1]
    assert page.locator(f'tr.asked[data-subject="{asked}"]').count() == 1


def test_an_english_reader_is_told_in_english_what_was_understood(
    client: Callable[..., Any], sha_of_325: str
) -> None:
    me = client("reviewer")
    me.post("/language", data={"to": "en", "next": "/"})

    def told(subject: str, typed: str) -> str:
        address = f"/documents/{sha_of_325}/cells/{subject}/preview"
        text: str = me.get(address, params={"typed": typed}).text
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())

    assert told("book_drive.books.count", "1310").startswith("understood as 1,310")
    assert "hay" not in told("book_drive.books.count", "1,8").split()
    assert "Unclear" in told("book_drive.books.count", "-")
    assert "day 11, month 10" in told("header.issued_on", "11/10/2021")
    assert "Unclear kind of unit “xyz”" in told("commended", "Trường A | xyz")


def command(home: Any, name: str) -> str:
    """What ``tonghop NAME --campaign`` prints."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", name, "--campaign", CAMPAIGN],
        env={**os.environ, "TONGHOP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_corrections_and_wordings_come_out_of_the_command_line(
    client: Callable[..., Any], settings: Any, sha_of_325: str
) -> None:
    me = client("reviewer")
    number = f"/documents/{sha_of_325}/cells/book_drive.books.count"
    assert me.post(number, data={"typed": "131", "base": "1310"}).status_code == 303
    issuer = f"/documents/{sha_of_325}/cells/header.issuer_unit"
    assert me.post(issuer, data={"typed": "325", "base": "325"}).status_code == 303
    cases = [json.loads(line) for line in command(settings.home, "corrections").splitlines()]
    assert [(c["read"], c["right"]) for c in cases if c["subject"].startswith("book")] == [
        ("1310", "131")
    ]
    told = yaml.safe_load(command(settings.home, "recognised"))
    assert told["units"][0]["code"] == "325"
