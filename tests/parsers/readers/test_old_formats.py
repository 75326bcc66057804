"""Old formats under wrong names, with macros inside: told by content, read, and never run."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from parsers.read import read
from parsers.readers import office, word
from parsers.readers.page_pictures import draw_any
from parsers.sniff import DOC, DOCX, FODT, HTML, ODT, RTF, sniff
from pipelines.understand import understand_document
from schemas.errors import UnsafeXml
from schemas.report import Report
from tests.parsers.containers.compound import compound

SAMPLE = Path("samples/real/a_report.docx")
_LIBRARY = (
    'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
SCRIPT = {
    "Basic/script-lc.xml": f'<library:libraries {_LIBRARY}><library:library library:name="Standard" library:link="false"/></library:libraries>',
    "Basic/Standard/script-lb.xml": f'<library:library {_LIBRARY} library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>',
    "Basic/Standard/Module1.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">Sub Main\n  Shell("touch TRACE")\nEnd Sub\n</script:module>',
}
EVENT = (
    b'<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"'
    b' script:event-name="dom:load" xlink:type="simple" xlink:href="vnd.sun.star.script:'
    b'Standard.Module1.Main?language=Basic&amp;location=document"/></office:event-listeners></office:scripts>'
)


@pytest.fixture(scope="module")
def wanted() -> Report:
    return understand_document(read(SAMPLE), "33")


@pytest.mark.parametrize(
    ("kind", "media", "name"),
    [
        ("doc:MS Word 97", DOC, "báo cáo.pdf"),
        ("rtf:Rich Text Format", RTF, "báo cáo.doc"),
        ("odt:writer8", ODT, "báo cáo.docx"),
        ("fodt:OpenDocument Text Flat XML", FODT, "báo cáo.odt"),
        ("html:HTML (StarWriter)", HTML, "báo cáo.doc"),
    ],
)
def test_the_name_does_not_matter(
    tmp_path: Path, wanted: Report, kind: str, media: str, name: str
) -> None:
    made = office.convert(SAMPLE, kind, tmp_path, "x")
    path = made.rename(tmp_path / name)
    report = understand_document(read(path), "33")
    assert report.source.media_type == media
    assert [(o.key, o.value, o.raw) for o in report.observations] == [
        (o.key, o.value, o.raw) for o in wanted.observations
    ]
    assert report.header.number == wanted.header.number
    assert report.header.issued_on == wanted.header.issued_on


def test_a_script_in_an_odt_is_told_and_not_run(tmp_path: Path) -> None:
    """It would leave a file behind when the document opens."""
    made = office.convert(SAMPLE, "odt:writer8", tmp_path, "x")
    trace = tmp_path / "ran"
    path = tmp_path / "macro.odt"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "content.xml":
                data = data.replace(b"<office:scripts/>", EVENT)
                assert EVENT in data
            if name == "META-INF/manifest.xml":
                listed = "".join(
                    f'<manifest:file-entry manifest:full-path="{one}" manifest:media-type="text/xml"/>'
                    for one in SCRIPT
                )
                data = data.replace(
                    b"</manifest:manifest>", f"{listed}</manifest:manifest>".encode()
                )
            new.writestr(name, data)
        for one, script in SCRIPT.items():
            new.writestr(one, script.replace("TRACE", str(trace)))
    report = understand_document(read(path), "33")
    assert "macros_ignored" in {f.rule for f in report.findings}
    assert report.observations
    assert not trace.exists()


def test_a_project_in_a_doc_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "macro.doc"
    path.write_bytes(compound({"WordDocument": b"\0" * 4096, "Macros/VBA/dir": b"\0" * 4096}))
    assert word.has_macros(path)


def test_the_strict_form_of_docx(tmp_path: Path, wanted: Report) -> None:
    """What Word writes as "Strict Open XML Document" has other names for everything."""
    path = tmp_path / "strict.docx"
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
    }
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for loose, strict in names.items():
                data = data.replace(loose, strict)
            new.writestr(name, data)
    report = understand_document(read(path), "33")
    assert report.source.media_type == DOCX
    assert [(o.key, o.value) for o in report.observations] == [
        (o.key, o.value) for o in wanted.observations
    ]
    pages, places = draw_any(path, DOCX, tmp_path, path.name)
    assert pages
    assert places


def test_entities_in_a_flat_document_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.odt"
    path.write_bytes(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><office:document>&a;</office:document>'
    )
    with pytest.raises(UnsafeXml):
        read(path)


@pytest.mark.parametrize("kind", ["BMP", "WEBP"])
def test_pictures_of_other_kinds_are_pictures(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "picture.jpg"
    Image.new("L", (1654, 2339), 255).save(path, kind)
    assert sniff(path) == f"image/{kind.lower()}"
    assert read(path).source.pages == 1
