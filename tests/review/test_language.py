"""No text of the site lacks either language, and a translation keeps what it fills in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from review.language import LANGUAGES
from tools.catalogues import texts, translated

OTHERS = [language for language in LANGUAGES if language != "vi"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    known = translated(language)
    assert [text for text in texts() if text not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_the_same(language: str) -> None:
    for text, other in translated(language).items():
        fills = sorted(re.findall(r"%\(\w+\)s", text))
        assert sorted(re.findall(r"%\(\w+\)s", other)) == fills, text


def test_the_switch_holds_until_switched_back(client: Callable[..., Any]) -> None:
    me = client("analyst")
    assert "Toàn tỉnh" not in me.get("/search").text
    answer = me.post("/language", data={"to": "en", "next": "/search?q=a"})
    assert answer.headers["location"] == "/search?q=a"
    assert "Search in reports" in me.get("/search").text
    assert "Log out" in me.get("/").text
    me.post("/language", data={"to": "vi"})
    assert "Tìm trong báo cáo" in me.get("/search").text
    me.post("/language", data={"to": "xx"})
    assert "Tìm trong báo cáo" in me.get("/search").text
