"""Writes ``docs/data-dictionary.md`` from the warehouse's own dictionary."""

from __future__ import annotations

import tempfile
from pathlib import Path

from warehouse import comments, dictionary
from warehouse.engine import open_warehouse

PAGE = Path("docs/data-dictionary.md")


def page() -> str:
    """The page as it should stand."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = open_warehouse(f"sqlite:///{folder}/dictionary.sqlite")
        with warehouse.read() as connection:
            text = dictionary.markdown(comments.columns(connection))
        warehouse.dispose()
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
