"""The glossary names things by the words the code uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.M)


def test_no_word_stands_twice() -> None:
    assert len(ROWS) == len(set(ROWS)) > 40


@pytest.mark.parametrize("word", ROWS)
def test_a_word_of_the_glossary_is_a_word_of_the_code(word: str) -> None:
    sources = (p for room in ("schemas", "warehouse") for p in (ROOT / room).rglob("*.py"))
    assert any(re.search(rf"\b{word}\b", p.read_text("utf-8")) for p in sources)
