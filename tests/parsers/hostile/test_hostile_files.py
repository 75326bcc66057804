"""What is set as a trap is refused by name, with a next step, before it does anything."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from PIL import Image

from parsers.read import read
from parsers.readers import docx as docx_reader
from parsers.readers.pdf_traps import refuse_traps
from pipelines.understand import understand, understand_document
from schemas.errors import (
    EncryptedOffice,
    EncryptedPdf,
    FileTooLarge,
    ImageTooLarge,
    PageTooLarge,
    PdfLoop,
    PdfStreamTooLarge,
    ReadError,
    TooManyPages,
    TooManyRows,
    UnsafePath,
    UnsafeXml,
    UnsupportedArchive,
    ZipBomb,
)
from tests.parsers.hostile import traps

BODY = "word/document.xml"


def written(data: bytes) -> Callable[[Path], Path]:
    def make(target: Path) -> Path:
        target.write_bytes(data)
        return target

    return make


def entities(declaration: str, used: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    return lambda target: traps.rewritten(
        target, {BODY: traps.with_prolog(declaration, used, encoding)}
    )


def flagged_zip(target: Path) -> Path:
    """A Word file whose members say that a password is needed."""
    traps.rewritten(target, {})
    data = target.read_bytes()
    target.write_bytes(data.replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0"))
    return target


def ole_with(target: Path, stream: str, content: bytes) -> Path:
    """The smallest compound file that holds one stream."""
    from tests.parsers.containers.compound import compound

    target.write_bytes(compound({stream: content.ljust(4096, b"\0")}))
    return target


def locked_odt(target: Path) -> Path:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b"\x8f" * 200)
        archive.writestr("META-INF/manifest.xml", manifest)
    return target


def zip_bomb(target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(BODY, b"0" * (250 * 2**20))
    return target


def sparse(target: Path) -> Path:
    with target.open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        stream.truncate(201 * 2**20)
    return target


TRAPS: dict[str, tuple[Callable[[Path], Path], type[ReadError]]] = {
    "zip_bomb.docx": (zip_bomb, ZipBomb),
    "many_members.docx": (
        lambda t: traps.rewritten(t, {f"word/x{n}.bin": b"" for n in range(2100)}),
        ZipBomb,
    ),
    "part_outside.docx": (
        lambda t: traps.rewritten(t, {"word/../../evil.xml": b"<x/>"}),
        UnsafePath,
    ),
    "billion_laughs.docx": (entities(traps.LAUGHS, "&j;"), UnsafeXml),
    "external_entity.docx": (entities(traps.OUTSIDE, "&x;"), UnsafeXml),
    "late_entity.docx": (entities("<!--" + " " * 70_000 + "-->" + traps.OUTSIDE, "&x;"), UnsafeXml),
    "utf16_entity.docx": (
        entities("<!--" + " " * 70_000 + "-->" + traps.OUTSIDE, "&x;", "utf-16"),
        UnsafeXml,
    ),
    "entity_in_styles.docx": (
        lambda t: traps.rewritten(t, {"word/styles.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}),
        UnsafeXml,
    ),
    "fifty_thousand_rows.docx": (traps.long_table, TooManyRows),
    "flagged.docx": (flagged_zip, EncryptedOffice),
    "locked.docx": (lambda t: ole_with(t, "EncryptedPackage", b"x"), EncryptedOffice),
    "locked.doc": (
        lambda t: ole_with(t, "WordDocument", b"\xec\xa5\xc1\0" + b"\0" * 6 + b"\0\1"),
        EncryptedOffice,
    ),
    "locked.odt": (locked_odt, EncryptedOffice),
    "locked.pdf": (written(traps.locked_pdf()), EncryptedPdf),
    "page_tree_loop.pdf": (written(traps.page_tree_loop()), PdfLoop),
    "forms_that_multiply.pdf": (written(traps.form_loop()), PdfLoop),
    "form_that_draws_itself.pdf": (written(traps.form_of_itself()), PdfLoop),
    "packed_forms_that_multiply.pdf": (written(traps.form_loop(packed=True)), PdfLoop),
    "page_tree_loop_in_a_stream.pdf": (written(traps.page_tree_loop_in_a_stream()), PdfLoop),
    **{
        f"forms_behind_{name}.pdf": (
            written(traps.form_loop(packed=True, filters=b"/" + name.encode() + b"/FlateDecode")),
            PdfLoop,
        )
        for name in ("ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "LZWDecode")
    },
    "inflating_behind_hex.pdf": (written(traps.inflating_content(hexed=True)), PdfStreamTooLarge),
    "runs.pdf": (written(traps.run_of_one_sign()), PdfStreamTooLarge),
    "inflating.pdf": (written(traps.inflating_content()), PdfStreamTooLarge),
    "inflating_twice.pdf": (written(traps.inflating_twice()), PdfStreamTooLarge),
    "inflating_image.pdf": (written(traps.inflating_content(image=True)), PdfStreamTooLarge),
    "huge_page.pdf": (written(traps.huge_page()), PageTooLarge),
    "three_thousand_pages.pdf": (written(traps.many_pages()), TooManyPages),
    "huge.png": (written(traps.huge_png()), ImageTooLarge),
    "archive.rar": (written(b"Rar!\x1a\x07\x01\0" + b"\0" * 40), UnsupportedArchive),
    "archive.7z": (written(b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 40), UnsupportedArchive),
    "too_large.pdf": (sparse, FileTooLarge),
}


@pytest.mark.parametrize("name", TRAPS)
def test_trap_is_refused_by_name(tmp_path: Path, name: str) -> None:
    make, kind = TRAPS[name]
    path = make(tmp_path / name)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert type(caught.value) is kind
    report = understand(path, name, "33")
    assert report.error is not None
    assert report.error.code == kind.code
    assert name in report.error.message
    assert kind.next_step in report.error.message
    assert len(report.source.sha256) == 64


def test_forms_that_only_list_each_other_are_no_loop(tmp_path: Path) -> None:
    path = written(traps.shared_forms())(tmp_path / "forms.pdf")
    refuse_traps(path, path.name)


def test_a_span_of_two_milliards_costs_nothing(tmp_path: Path) -> None:
    document = read(traps.wide_cell(tmp_path / "wide.docx"))
    assert max(t.columns for t in document.tables()) < 200


def test_a_tiff_of_too_many_pages(tmp_path: Path) -> None:
    frame = Image.new("1", (8, 8), 1)
    frame.save(tmp_path / "many.tif", save_all=True, append_images=[frame] * 400)
    assert understand(tmp_path / "many.tif", "many.tif", "33").error.code == "too_many_pages"  # type: ignore[union-attr]


@pytest.mark.parametrize("figure", ["1" * 40, "1." + "000." * 2000 + "000", "9" * 10_000])
def test_a_figure_of_forty_digits_is_no_value(tmp_path: Path, figure: str) -> None:
    document = read(traps.with_figure(tmp_path / "long.docx", figure))
    report = understand_document(document, "33")
    assert "publications" not in {o.indicator for o in report.observations}
    (finding,) = [f for f in report.findings if f.rule == "unreadable_cell"]
    assert finding.indicator == "publications"
    assert len(report.observations) == 21


@pytest.mark.parametrize("hidden", ["\u202e1230\u202c", "1\u20662\u206930", "12\u200f30"])
def test_figures_whose_order_is_turned_are_looked_at(tmp_path: Path, hidden: str) -> None:
    report = understand_document(read(traps.with_figure(tmp_path / "bidi.docx", hidden)), "33")
    (one,) = [o for o in report.observations if o.indicator == "publications"]
    assert one.needs_review
    assert sum(o.needs_review for o in report.observations) == 1
    (finding,) = [f for f in report.findings if f.rule == "hidden_characters"]
    assert finding.where == (one.where,)


@pytest.mark.parametrize("hidden", ["12\u200b30", "\ufeff1230", "1230\u200b"])
def test_invisible_characters_without_effect_are_left_out(tmp_path: Path, hidden: str) -> None:
    report = understand_document(read(traps.with_figure(tmp_path / "zero.docx", hidden)), "33")
    (one,) = [o for o in report.observations if o.indicator == "publications"]
    assert (one.value, one.needs_review) == (1230, False)


def test_macros_are_read_past_and_told(tmp_path: Path) -> None:
    types = traps.member("[Content_Types].xml").decode()
    types = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ).replace("<Default ", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default ', 1)  # fmt: skip
    links = traps.member("word/_rels/document.xml.rels").decode()
    links = links.replace(
        "</Relationships>",
        '<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
        ' Target="vbaProject.bin"/></Relationships>',
    )
    path = traps.rewritten(
        tmp_path / "macro.docm",
        {
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": links.encode(),
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        },
    )
    report = understand_document(read(path), "33")
    assert len(report.observations) == 22
    assert "macros_ignored" in {f.rule for f in report.findings}


@pytest.mark.parametrize(("kind", "told"), [("image", True), ("attachedTemplate", False)])
def test_content_from_elsewhere_is_not_fetched(tmp_path: Path, kind: str, told: bool) -> None:
    made = docx.Document(str(traps.PLAIN))
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    made.part.relate_to("http://192.0.2.1/x", base + kind, is_external=True)
    made.save(str(tmp_path / "linked.docx"))
    report = understand_document(read(tmp_path / "linked.docx"), "33")
    assert ("external_content_ignored" in {f.rule for f in report.findings}) is told
    assert len(report.observations) == 22


def test_a_table_within_the_limits_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = traps.long_table(tmp_path / "rows.docx", rows=40)
    monkeypatch.setattr(docx_reader, "MAX_CELLS", 159)
    with pytest.raises(TooManyRows):
        read(path)
    monkeypatch.setattr(docx_reader, "MAX_CELLS", 160)
    assert next(read(path).tables()).rows == 40
