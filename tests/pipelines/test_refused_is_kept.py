"""Whatever is refused lies in the archive all the same, with its code, and what came with it is read."""

from __future__ import annotations

from pathlib import Path

from parsers.read import sha256_of
from pipelines import steps
from schemas.settings import Settings
from tests.parsers.hostile import traps
from warehouse import queries

GOOD = Path("samples/week-2021/01-323.docx")
LATE = "<!--" + " " * 70_000 + "-->" + traps.OUTSIDE


def test_every_kind_of_trap_is_archived(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    made = {
        "loop.pdf": (traps.page_tree_loop(), "pdf_loop"),
        "forms.pdf": (traps.form_loop(), "pdf_loop"),
        "bomb.pdf": (traps.inflating_twice(), "pdf_stream_too_large"),
        "locked.pdf": (traps.locked_pdf(), "encrypted_pdf"),
        "huge.pdf": (traps.huge_page(), "page_too_large"),
        "many.pdf": (traps.many_pages(), "too_many_pages"),
        "huge.png": (traps.huge_png(), "image_too_large"),
        "old.7z": (b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 40, "unsupported_archive"),
        "empty.pdf": (b"\0" * 900, "empty_file"),
        "cut.pdf": (b"%PDF-1.7\n", "damaged_file"),
    }
    for name, (data, _) in made.items():
        (folder / name).write_bytes(data)
    body = {"word/document.xml": traps.with_prolog(LATE, "&x;")}
    traps.rewritten(folder / "entity.docx", body)
    traps.rewritten(folder / "outside.docx", {"word/../../evil.xml": b"<x/>"})
    (folder / "good.docx").write_bytes(GOOD.read_bytes())
    expected = {name: code for name, (_, code) in made.items()}
    expected |= {"entity.docx": "unsafe_xml", "outside.docx": "unsafe_path", "good.docx": None}
    settings = Settings(home=tmp_path / "home", workers=1)
    warehouse = steps.warehouse_of(settings)
    steps.ingest(settings, warehouse, [str(folder)], lambda _: None)
    with warehouse.read() as connection:
        held = {d.name: d for d in queries.documents(connection)}
    warehouse.dispose()
    assert {name: one.error_code for name, one in held.items()} == expected
    archive = steps.archive_of(settings)
    for name, one in held.items():
        assert one.sha256 == sha256_of(folder / name)
        assert archive.has(one.sha256)
        assert one.status == ("ok" if name == "good.docx" else "failed")
    assert archive.verify() == []
