"""Page pictures after loading: what the review site finds in the archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipelines import steps
from pipelines.pictures import PAGES
from schemas.errors import UnknownDocument
from schemas.settings import Settings
from warehouse import queries

WEEK = Path("samples/week-2021")


def quiet(_: str) -> None:
    return None


def pages_of(settings: Settings, sha256: str) -> dict[str, Any]:
    with steps.archive_of(settings).open(sha256, PAGES) as stream:
        return dict(json.load(stream))


def test_each_document_gets_its_pages(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    warehouse = steps.warehouse_of(settings)
    hopeless = tmp_path / "broken.pdf"
    hopeless.write_bytes(b"%PDF-1.4 and nothing more")
    files = [WEEK / "01-323.docx", WEEK / "02-325.pdf", hopeless]
    steps.ingest(settings, warehouse, [str(f) for f in files], quiet)
    failures = steps.draw(settings, warehouse, quiet)
    assert [(name, code) for name, code, _ in failures] == [("broken.pdf", "damaged_file")]
    with warehouse.read() as connection:
        by_name = {d.name: d.sha256 for d in queries.documents(connection)}
        values = queries.effective_values(connection, "llw-2021")
    archive = steps.archive_of(settings)
    for name in ("01-323.docx", "02-325.pdf"):
        for page in pages_of(settings, by_name[name])["pages"]:
            for stage, dpi in ((page["image"], 110), (page["large"], 220)):
                with archive.open(by_name[name], stage) as stream, Image.open(stream) as picture:
                    assert picture.width == pytest.approx(page["width"] * dpi / 72, abs=2)
    word = pages_of(settings, by_name["01-323.docx"])
    cells = {(c["table"], c["row"], c["column"]): c for c in word["cells"]}
    read = [v.where for v in values if v.document_sha256 == by_name["01-323.docx"]]
    assert read
    assert all((w.table, w.row, w.column) in cells for w in read)
    assert pages_of(settings, by_name["02-325.pdf"])["cells"] == []
    assert pages_of(settings, by_name["broken.pdf"])["error"]["code"] == "damaged_file"
    # A second run finds nothing to do; a file asked for by name is drawn again.
    said: list[str] = []
    assert steps.draw(settings, warehouse, said.append) == []
    assert said == []
    steps.draw(settings, warehouse, said.append, [by_name["02-325.pdf"][:10]])
    assert len(said) == 1
    with pytest.raises(UnknownDocument):
        steps.draw(settings, warehouse, quiet, ["ffff"])
    warehouse.dispose()


def test_pictures_can_be_left_out(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, pictures=False)
    warehouse = steps.warehouse_of(settings)
    steps.ingest(settings, warehouse, [str(WEEK / "02-325.pdf")], quiet)
    assert steps.draw(settings, warehouse, quiet) == []
    assert not list(tmp_path.glob("archive/*/*/pages.json"))
    warehouse.dispose()
