"""What must hold for any input: each target takes bytes and fails where it does not."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from parsers import dates, legacy_encodings
from parsers.claims import claim
from parsers.mail import eml_attachments, msg_attachments
from parsers.readers.pdf_traps import refuse_traps
from parsers.sniff import may_hold_files, sniff
from parsers.unpack import unpack
from pipelines.understand import understand
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Reading, Source, Table
from schemas.errors import DamagedFile, ReadError
from schemas.numbers import LIMIT, parse_count, split_pair
from schemas.text import fold, fold_map, nfc, one_line

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_OPEN = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)


def numbers(data: bytes) -> None:
    """A value is a count within bounds, and plain digits mean themselves."""
    text = data.decode("utf-8", "replace")
    reading = parse_count(text)
    assert reading.value is None or 0 <= reading.value < LIMIT
    if reading.value is not None and re.fullmatch(r"[0-9]+", one_line(text)):
        assert reading.value == int(one_line(text))
    if reading.blank:
        assert reading.value is None
    split_pair(text)


def days(data: bytes) -> None:
    """Places lie inside the text."""
    text = nfc(data.decode("utf-8", "replace"))
    for found in dates.find_dates(text):
        assert 0 <= found.start <= found.end <= len(text)
    dates.find_day_months(text, 2021)
    dates.find_time(fold(text))


def letters(data: bytes) -> None:
    """Keeping twice keeps the same; positions stay where they were."""
    text = data.decode("utf-8", "replace")
    kept = nfc(text)
    assert nfc(kept) == kept
    assert len(fold_map(kept)) == len(kept)
    fold(text)
    for code in legacy_encodings.Code:
        legacy_encodings.decode(text, code)
    legacy_encodings.guess(text)
    legacy_encodings.to_unicode(text, ".VnTimeH")


def table(data: bytes) -> None:
    """Cells from the input: every value claimed is the meaning of what stands in its cell."""
    texts = data.decode("utf-8", "replace").split("\x1f")
    columns = max(1, len(texts[0]) % 8)
    cells = tuple(
        Cell(text, at // columns, at % columns, Anchor(table=0, row=at // columns, column=at % columns))
        for at, text in enumerate(texts[1:400])
    )  # fmt: skip
    rows = (len(cells) + columns - 1) // columns
    source = Source("x", "0" * 64, "x", 0)
    made = Table(0, rows, columns, cells, Anchor(table=0))
    read = claim(Document(source, Reading.TEXT, (made,)), form("llw-2021"))
    by_place = {(c.row, c.column): c.text for c in cells}
    for one in read.observations:
        if one.where.row is not None and one.where.column is not None:
            assert one.raw in one_line(by_place[one.where.row, one.where.column])
            assert parse_count(one.raw).value == one.value


def word_body(data: bytes) -> None:
    """The input as the body of a Word file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", _OPEN.encode() + data + b"</w:body></w:document>")
    whole_file(packed.getvalue())


def whole_file(data: bytes) -> None:
    """The input as a file: always a report or an error that has a code."""
    with tempfile.NamedTemporaryFile() as made:
        made.write(data)
        made.flush()
        report = understand(Path(made.name), "x", "33")
    assert report.error is None or (report.error.code and report.error.message)


def container(data: bytes) -> None:
    """The input as an archive or a mail: members inside the folder, or a refusal with a code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.bin"
        path.write_bytes(data)
        out = Path(folder) / "out"
        out.mkdir()
        try:
            members = unpack(path, "x", out)
            if members is not None:
                assert may_hold_files(path)
                assert all(out in member.path.parents for member in members)
            sniff(path)
        except ReadError:
            pass
        assert {p.name for p in Path(folder).iterdir()} == {"in.bin", "out"}
        for attachments in (eml_attachments, msg_attachments):
            with contextlib.suppress(DamagedFile):
                list(attachments(path))


def pdf_traps(data: bytes) -> None:
    """The look at a PDF's bytes before it is opened ends, and refuses only by name."""
    with tempfile.NamedTemporaryFile() as made:
        made.write(data)
        made.flush()
        with contextlib.suppress(ReadError):
            refuse_traps(Path(made.name), "x")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "numbers": numbers,
    "days": days,
    "letters": letters,
    "table": table,
    "word_body": word_body,
    "whole_file": whole_file,
    "container": container,
    "pdf_traps": pdf_traps,
}
